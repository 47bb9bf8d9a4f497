/// A small dense symmetric matrix, such as a correlation matrix.
package struct SymmetricMatrix: Sendable, Equatable {
  /// The number of rows.
  package let size: Int
  /// The entries, row-major, both triangles.
  package private(set) var entries: [Double]

  /// The identity.
  package init(identityOfSize size: Int) {
    self.size = size
    self.entries = [Double](repeating: 0, count: size * size)
    for row in 0..<size { entries[row * size + row] = 1 }
  }

  /// An entry; setting it sets its mirror image too.
  package subscript(row: Int, column: Int) -> Double {
    get { entries[row * size + column] }
    set {
      entries[row * size + column] = newValue
      entries[column * size + row] = newValue
    }
  }

  /// The lower triangular L with L L' = A, row-major with zeros above the diagonal; nil if the matrix is not positive
  /// definite.
  ///
  /// A pivot of at most size * 2^-52 times the diagonal entry counts as zero: a singular matrix has such pivots due to
  /// rounding (Higham 2002, Accuracy and Stability of Numerical Algorithms, theorem 10.7).
  package func choleskyFactor() -> [Double]? {
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
}
