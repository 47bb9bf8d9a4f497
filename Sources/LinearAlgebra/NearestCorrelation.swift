extension SymmetricMatrix {
  /// The correlation matrix nearest to this one, in the sum of the squares of all entries' moves, among those whose
  /// eigenvalues are at least `least`.
  ///
  /// Alternating projections onto the matrices with such eigenvalues and onto those with a diagonal of ones, with
  /// Dykstra's correction (Higham 2002, Computing the nearest correlation matrix, doi:10.1093/imanum/22.3.329,
  /// algorithm 3.3), until neither moves an entry by more than 1e-12; the diagonal is kept exactly.
  ///
  /// Higham's own nearest matrix is that of `least` = 0: singular, so that some scores would follow from the others.
  /// A floor of 1e-8 moves entries by about as much, and leaves a matrix that has a Cholesky factor.
  ///
  /// - Returns: nil if the projections do not settle within 5,000 rounds, or an entry is not a number.
  public func nearestCorrelation(least: Double = 1e-8) -> SymmetricMatrix? {
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

  /// The matrix with the same eigenvectors, and eigenvalues of at least a number: itself and what is added to those
  /// that lie below.
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
