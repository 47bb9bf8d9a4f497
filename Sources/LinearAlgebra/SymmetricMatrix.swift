import COpenBLAS

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

  /// Eigenvalues in ascending order with their eigenvectors of length one; empty if they cannot be found, as where an
  /// entry is not a number.
  ///
  /// LAPACK's divide and conquer (`dsyevd`) on one thread; absolute error of a few 1e-16 times the norm. Cost: some 10
  /// n^3 operations.
  public func eigenpairs() -> [(value: Double, vector: [Double])] {
    guard size > 0, entries.allSatisfy(\.isFinite) else { return [] }
    var vectors = entries
    var values = [Double](repeating: 0, count: size)
    var (n, rows) = (blasint(size), blasint(size))
    var info: blasint = 0
    // Lengths that LAPACK's documentation gives for all eigenvectors.
    var (workLength, wholeLength) = (blasint(1 + 6 * size + 2 * size * size), blasint(3 + 5 * size))
    var work = [Double](repeating: 0, count: Int(workLength))
    var whole = [blasint](repeating: 0, count: Int(wholeLength))
    OpenBLAS.shared.dsyevd(
      "V", "L", &n, &vectors, &rows, &values, &work, &workLength, &whole, &wholeLength, &info, 1, 1)
    guard info == 0 else { return [] }
    // Columns of Fortran's are rows here.
    return (0..<size).map { k in (values[k], Array(vectors[(k * size)..<((k + 1) * size)])) }
  }
}
