import LinearAlgebra

/// Least squares from sums over draws, with a ridge so small that it only matters if regressors are linear combinations of
/// others, as with shares.
struct LeastSquares {
  /// The coefficients; all 0 if the moments are not those of any columns.
  let slopes: [Double]

  /// Solves for the coefficients of the first `size` features; the feature with number `size` is the target.
  ///
  /// - Parameters:
  ///   - count: the number of draws.
  ///   - size: the number of regressors.
  ///   - sum: the sum of a feature over the draws.
  ///   - product: the sum of the product of two features; the first number is not the smaller one.
  init(count: Int, size: Int, sum: (Int) -> Double, product: (Int, Int) -> Double) {
    let n = Double(max(1, count))
    func covariance(_ i: Int, _ j: Int) -> Double { product(i, j) / n - sum(i) / n * (sum(j) / n) }
    var moments = SymmetricMatrix(identityOfSize: size)
    for i in 0..<size {
      for j in 0...i { moments[i, j] = covariance(i, j) }
      moments[i, i] = moments[i, i] * (1 + 1e-8) + 1e-12
    }
    guard let l = moments.choleskyFactor() else {
      slopes = [Double](repeating: 0, count: size)
      return
    }
    let forward = TriangularSystem.solved(l, (0..<size).map { covariance(size, $0) })
    slopes = TriangularSystem.solvedTransposed(l, forward)
  }
}
