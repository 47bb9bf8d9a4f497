import Foundation

/// The polynomial that a table holds for each cell: degree 7 in the position s = -1/2 ... 1/2 within the cell.
///
/// It interpolates the function at the eight Chebyshev points of the cell, which keeps its error within about three
/// times that of the best polynomial of the degree.
public enum CellPolynomial {
  /// Coefficients a row.
  public static let coefficientCount = 8

  /// The positions at which a function has to be known: cos((2 j + 1) π / 16) / 2, j = 0 ..< 8.
  public static let nodes: [Double] = (0..<8).map { cos(Double(2 * $0 + 1) * .pi / 16) / 2 }

  /// The coefficients, constant first, of the polynomial through values at the nodes.
  ///
  /// By discrete orthogonality, with x = 2 s and T the Chebyshev polynomials, c_k = (2/8) Σ_j f_j T_k(x_j) (half of it
  /// for k = 0), and the sum of c_k T_k(2 s) is then written out in powers of s.
  public static func coefficients(through values: [Double]) -> [Double] {
    precondition(values.count == 8, "A cell's polynomial goes through eight values.")
    // Differences from one value are interpolated, so that a constant function gives exactly a constant.
    let base = values[4]
    var coefficients = [Double](repeating: 0, count: 8)
    for k in 0..<8 {
      var weight = 0.0
      for j in 0..<8 { weight += (values[j] - base) * chebyshevAtNodes[k][j] }
      weight *= k == 0 ? 1.0 / 8 : 2.0 / 8
      for power in 0...k { coefficients[power] += weight * chebyshevPowers[k][power] }
    }
    coefficients[0] += base
    return coefficients
  }

  /// The polynomial's value at a position, as the kernels compute it.
  public static func value(_ c: UnsafePointer<Double>, at s: Double) -> Double {
    let s2 = s * s
    let first = c[1] * s + (c[2] + c[3] * s) * s2
    let second = (c[4] + c[5] * s) + (c[6] + c[7] * s) * s2
    return c[0] + (first + second * (s2 * s2))
  }

  /// T_k at the nodes.
  private static let chebyshevAtNodes: [[Double]] = (0..<8).map { k in
    (0..<8).map { j in cos(Double(k * (2 * j + 1)) * .pi / 16) }
  }

  /// T_k(2 s) in powers of s; T_(k+1)(x) = 2 x T_k(x) - T_(k-1)(x).
  private static let chebyshevPowers: [[Double]] = {
    var powers: [[Double]] = [[1], [0, 2]]
    for k in 2..<8 {
      var next = [0] + powers[k - 1].map { 4 * $0 }
      for (power, value) in powers[k - 2].enumerated() { next[power] -= value }
      powers.append(next)
    }
    return powers
  }()
}
