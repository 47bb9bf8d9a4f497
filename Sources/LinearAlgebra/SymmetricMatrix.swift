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
    var (upper, factor) = ([Double](), [Double]())
    return writeCholeskyFactor(adding: 0, upper: &upper, into: &factor) ? factor : nil
  }

  /// Writes the factor of the matrix with a number added to its diagonal, into memory that many calls share.
  ///
  /// - Parameters:
  ///   - diagonal: the number.
  ///   - upper: memory for the work, of any length before.
  ///   - factor: the factor, as `choleskyFactor` returns it.
  /// - Returns: false if the sum is not positive definite.
  package func writeCholeskyFactor(
    adding diagonal: Double, upper: inout [Double], into factor: inout [Double]
  ) -> Bool {
    // The upper factor is computed in place, row by row: each finished row is subtracted from all later ones, so that the
    // inner loop runs over neighbouring numbers.
    if upper.count == entries.count {
      for place in entries.indices { upper[place] = entries[place] }
    } else {
      upper = entries
    }
    for k in 0..<size { upper[k * size + k] += diagonal }
    let isDefinite = upper.withUnsafeMutableBufferPointer { buffer -> Bool in
      guard let start = buffer.baseAddress else { return true }
      for k in 0..<size {
        let row = start + k * size
        guard row[k] > Double(size) * 0x1p-52 * (entries[k * size + k] + diagonal) else { return false }
        let pivot = row[k].squareRoot()
        row[k] = pivot
        for j in (k + 1)..<max(size, k + 1) { row[j] /= pivot }
        for i in (k + 1)..<max(size, k + 1) {
          let (later, multiple) = (start + i * size, row[i])
          for j in i..<size { later[j] -= multiple * row[j] }
        }
      }
      return true
    }
    guard isDefinite else { return false }
    if factor.count != entries.count { factor = [Double](repeating: 0, count: size * size) }
    for row in 0..<size { for column in 0...row { factor[row * size + column] = upper[column * size + row] } }
    return true
  }

  /// Adds a multiple of another matrix of the same size.
  package mutating func add(_ multiple: Double, times other: SymmetricMatrix) {
    precondition(other.size == size)
    for place in entries.indices { entries[place] += multiple * other.entries[place] }
  }
}
