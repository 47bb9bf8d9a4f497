extension SymmetricMatrix {
  /// The nearest correlation matrix in the Frobenius norm among those with eigenvalues of at least `least`.
  ///
  /// Alternating projections onto the matrices with such eigenvalues and onto those with a unit diagonal, with
  /// Dykstra's correction (Higham 2002, Computing the nearest correlation matrix, doi:10.1093/imanum/22.3.329,
  /// algorithm 3.3), until neither changes an entry by more than 1e-12; the diagonal is exact.
  ///
  /// Higham's own nearest matrix is that of `least` = 0. It is singular, so that some scores would be determined by the
  /// others. A floor of 1e-8 changes entries by about as much and leaves a matrix with a Cholesky factor.
  ///
  /// - Returns: nil if the projections do not converge within 5,000 iterations, or an entry is NaN.
  package func nearestCorrelation(least: Double = 1e-8) -> SymmetricMatrix? {
    var nearest = self
    for row in 0..<size { nearest[row, row] = 1 }
    var correction = [Double](repeating: 0, count: size * size)
    for _ in 0..<5_000 {
      var shifted = nearest
      for row in 0..<size {
        for column in 0...row {
          shifted[row, column] = nearest[row, column] - correction[row * size + column]
        }
      }
      guard let projected = shifted.raised(to: least) else { return nil }
      var move = 0.0
      for row in 0..<size {
        for column in 0...row {
          correction[row * size + column] = projected[row, column] - shifted[row, column]
          let kept = row == column ? 1 : projected[row, column]
          move = max(move, (kept - nearest[row, column]).magnitude, (kept - projected[row, column]).magnitude)
          nearest[row, column] = kept
        }
      }
      if move <= 1e-12 { return nearest }
    }
    return nil
  }

  /// The matrix with the same eigenvectors and with eigenvalues raised to at least `least`.
  private func raised(to least: Double) -> SymmetricMatrix? {
    let pairs = eigenpairs()
    guard pairs.count == size else { return nil }
    var result = self
    for (value, vector) in pairs where value < least {
      for row in 0..<size {
        let weight = (least - value) * vector[row]
        for column in 0...row { result[row, column] += weight * vector[column] }
      }
    }
    return result
  }
}
