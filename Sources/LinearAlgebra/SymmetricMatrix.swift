import Foundation

/// A small dense symmetric matrix, such as a correlation matrix.
public struct SymmetricMatrix: Sendable, Equatable {
  /// The number of rows.
  public let size: Int
  /// The entries, row-major, both triangles.
  public private(set) var entries: [Double]

  /// The identity.
  public init(identityOfSize size: Int) {
    self.size = size
    self.entries = [Double](repeating: 0, count: size * size)
    for row in 0..<size { entries[row * size + row] = 1 }
  }

  /// An entry; setting it sets its mirror image too.
  public subscript(row: Int, column: Int) -> Double {
    get { entries[row * size + column] }
    set {
      entries[row * size + column] = newValue
      entries[column * size + row] = newValue
    }
  }

  /// The lower triangular L, row-major with zeros above the diagonal, for which L times its transpose is the matrix;
  /// nil if the matrix is not positive definite.
  ///
  /// A pivot at or below size * 2^-52 times the diagonal entry counts as zero: it is what rounding leaves of a singular
  /// matrix (Higham 2002, Accuracy and Stability of Numerical Algorithms, theorem 10.7).
  public func choleskyFactor() -> [Double]? {
    var factor = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for column in 0...row {
        var sum = entries[row * size + column]
        for k in 0..<column { sum -= factor[row * size + k] * factor[column * size + k] }
        if row == column {
          let pivot = entries[row * size + row]
          guard sum > Double(size) * 0x1p-52 * pivot else { return nil }
          factor[row * size + row] = sum.squareRoot()
        } else {
          factor[row * size + column] = sum / factor[column * size + column]
        }
      }
    }
    return factor
  }

  /// Eigenvalues in ascending order with their eigenvectors of length one.
  ///
  /// Cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 4th ed. 2013, section 8.5) until the off-diagonal
  /// part is below 1e-15 of the whole; absolute error of a few 1e-16 times the norm. Cost: some 10 n^3 operations.
  public func eigenpairs() -> [(value: Double, vector: [Double])] {
    var a = entries
    var vectors = SymmetricMatrix(identityOfSize: size).entries
    let norm = a.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for _ in 0..<60 {
      var off = 0.0
      for row in 0..<size { for column in 0..<row { off += 2 * a[row * size + column] * a[row * size + column] } }
      if off.squareRoot() <= 1e-15 * norm { break }
      for p in 0..<size {
        for q in (p + 1)..<max(size, p + 1) where a[p * size + q] != 0 { rotate(&a, &vectors, p, q) }
      }
    }
    return (0..<size).map { k in (a[k * size + k], (0..<size).map { vectors[$0 * size + k] }) }.sorted { $0.0 < $1.0 }
  }

  /// The rotation in the plane (p, q) that makes entry (p, q) zero.
  private func rotate(_ a: inout [Double], _ vectors: inout [Double], _ p: Int, _ q: Int) {
    let theta = (a[q * size + q] - a[p * size + p]) / (2 * a[p * size + q])
    let t = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<size {
      let (x, y) = (a[k * size + p], a[k * size + q])
      (a[k * size + p], a[k * size + q]) = (c * x - s * y, s * x + c * y)
    }
    for k in 0..<size {
      let (x, y) = (a[p * size + k], a[q * size + k])
      (a[p * size + k], a[q * size + k]) = (c * x - s * y, s * x + c * y)
      let (u, v) = (vectors[k * size + p], vectors[k * size + q])
      (vectors[k * size + p], vectors[k * size + q]) = (c * u - s * v, s * u + c * v)
    }
  }
}
