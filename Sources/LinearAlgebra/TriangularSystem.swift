/// Systems of linear equations with a lower triangular matrix L, row-major, such as a Cholesky factor.
package enum TriangularSystem {
  /// x with L x = b, by forward substitution.
  package static func solved(_ factor: [Double], _ b: [Double]) -> [Double] {
    var x = b
    for row in b.indices {
      for k in 0..<row { x[row] -= factor[row * b.count + k] * x[k] }
      x[row] /= factor[row * b.count + row]
    }
    return x
  }

  /// x with L' x = b, by back substitution.
  package static func solvedTransposed(_ factor: [Double], _ b: [Double]) -> [Double] {
    var x = b
    for row in b.indices.reversed() {
      for k in (row + 1)..<max(b.count, row + 1) { x[row] -= factor[k * b.count + row] * x[k] }
      x[row] /= factor[row * b.count + row]
    }
    return x
  }
}
