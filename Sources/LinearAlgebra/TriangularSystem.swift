/// Systems of linear equations with a lower triangular matrix L, row-major, such as a Cholesky factor.
package enum TriangularSystem {
  /// x with L x = b, by forward substitution.
  package static func solved(_ factor: [Double], _ b: [Double]) -> [Double] {
    var x = b
    solve(factor, &x)
    return x
  }

  /// Replaces b by x with L x = b.
  package static func solve(_ factor: [Double], _ x: inout [Double]) {
    let count = x.count
    precondition(factor.count == count * count)
    factor.withUnsafeBufferPointer { factor in
      x.withUnsafeMutableBufferPointer { x in
        // Each finished value is subtracted from all later rows, which do not wait for each other.
        for column in 0..<count {
          x[column] /= factor[column * count + column]
          let value = x[column]
          for row in (column + 1)..<max(count, column + 1) { x[row] -= factor[row * count + column] * value }
        }
      }
    }
  }

  /// x with L' x = b, by back substitution.
  package static func solvedTransposed(_ factor: [Double], _ b: [Double]) -> [Double] {
    let count = b.count
    var x = b
    precondition(factor.count == count * count)
    factor.withUnsafeBufferPointer { factor in
      x.withUnsafeMutableBufferPointer { x in
        for row in (0..<count).reversed() {
          var value = x[row]
          for k in (row + 1)..<max(count, row + 1) { value -= factor[k * count + row] * x[k] }
          x[row] = value / factor[row * count + row]
        }
      }
    }
    return x
  }
}
