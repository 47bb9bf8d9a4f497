/// The polynomial of degree 7 in a table cell, as a function of the position s = -1/2 ... 1/2 within the cell.
///
/// It interpolates the function at the eight Chebyshev points of the cell, so that its error is at most about three
/// times that of the best polynomial of this degree.
package enum CellPolynomial {
  /// Coefficients per row.
  package static let coefficientCount = 8

  /// The interpolation nodes: cos((2 j + 1) π / 16) / 2, j = 0 ..< 8.
  package static let nodes: [Double] = (0..<8).map { PortableMath.cos(Double(2 * $0 + 1) * .pi / 16) / 2 }

  /// The coefficients, constant first, of the polynomial through the values at the nodes.
  package static func coefficients(through values: [Double]) -> [Double] {
    precondition(values.count == coefficientCount, "A cell's polynomial goes through eight values.")
    return [Double](unsafeUninitializedCapacity: coefficientCount) { coefficients, count in
      guard let start = coefficients.baseAddress else { return }
      write(through: SIMD8(values), into: start)
      count = coefficientCount
    }
  }

  /// Writes the coefficients, constant first, of the polynomial through the values at the nodes.
  ///
  /// By discrete orthogonality, with x = 2 s and T the Chebyshev polynomials, c_k = (2/8) Σ_j f_j T_k(x_j) (half of it
  /// for k = 0). The sum of c_k T_k(2 s) is then expanded in powers of s, so that the whole transform is one matrix.
  package static func write(through values: SIMD8<Double>, into coefficients: UnsafeMutablePointer<Double>) {
    // Differences from one value are interpolated, so that a constant function is reproduced exactly.
    let differences = values - values[4]
    var sums = SIMD8<Double>(repeating: 0)
    transform.withUnsafeBufferPointer { transform in
      for j in 0..<coefficientCount { sums += differences[j] * transform[j] }
    }
    for power in 0..<coefficientCount { coefficients[power] = sums[power] }
    coefficients[0] += values[4]
  }

  /// The polynomial's value at a position, with the arithmetic of the kernels.
  package static func value(_ c: UnsafePointer<Double>, at s: Double) -> Double {
    let s2 = s * s
    let first = c[1] * s + (c[2] + c[3] * s) * s2
    let second = (c[4] + c[5] * s) + (c[6] + c[7] * s) * s2
    return c[0] + (first + second * (s2 * s2))
  }

  /// The coefficients of all powers for a value of 1 at one node and 0 at the others, node by node.
  private static let transform: [SIMD8<Double>] = {
    // T_k(2 s) in powers of s; T_(k+1)(x) = 2 x T_k(x) - T_(k-1)(x).
    var powers: [[Double]] = [[1], [0, 2]]
    for k in 2..<8 {
      var next = [0] + powers[k - 1].map { 4 * $0 }
      for (power, value) in powers[k - 2].enumerated() { next[power] -= value }
      powers.append(next)
    }
    return (0..<8).map { j in
      var column = SIMD8<Double>(repeating: 0)
      for power in 0..<8 {
        column[power] = (power..<8).reduce(0) { sum, k in
          let atNode = PortableMath.cos(Double(k * (2 * j + 1)) * .pi / 16)
          return sum + (k == 0 ? 1.0 / 8 : 2.0 / 8) * atNode * powers[k][power]
        }
      }
      return column
    }
  }()
}
