import Foundation
import VectorMath

/// A law's quantile function as a table over u, for blocks of draws.
///
/// Error in probability, for quantile functions that are smooth or smooth in pieces: at most 1e-10, and 1e-8 of the
/// tail probability in either tail, for u in 2^-53 ... 1 - 2^-53, rounding of the values apart. Cells that hold a jump
/// or a kink have no polynomial; draws there take the law's scalar quantile, exactly.
///
/// Building one takes a millisecond or two for beta and gamma laws; it depends on the law alone, so that one serves
/// all cells and draws of equal laws (`Law.description` tells laws apart).
public struct QuantileTable: Sendable {
  /// How the rows are to be read.
  public let layout: QuantileTableLayout
  /// The rows; not numbers where a cell has no polynomial.
  public let rows: [Double]
  /// The share of draws that take the scalar quantile; 0 for most laws.
  public let scalarShare: Double
  private let law: any Law

  /// The table of a law.
  public init(_ law: any Law) { self.init(QuantileCurve(law), law) }

  init(_ curve: QuantileCurve, _ law: any Law) {
    let layout = QuantileTableLayout()
    var rows: [Double] = []
    rows.reserveCapacity(layout.doubleCount)
    var scalarShare = 0.0
    let blank = [Double](repeating: .nan, count: CellPolynomial.coefficientCount)
    for row in 0..<layout.rowCount {
      let cell = layout.cell(ofRow: row)
      guard cell.width > 0 else {
        rows.append(curve.median)
        rows += blank.dropFirst().map { _ in 0 }
        continue
      }
      let values = CellPolynomial.nodes.map { curve.value(tail: cell.tail(at: $0), isUpper: cell.isUpper).value }
      var coefficients = CellPolynomial.coefficients(through: values)
      if !Self.isAccurate(coefficients, cell, curve) {
        coefficients = blank
        scalarShare += cell.width
      }
      rows += coefficients
    }
    self.layout = layout
    self.rows = rows
    self.scalarShare = scalarShare
    self.law = law
  }

  /// Compares a cell's polynomial with the curve where an interpolant of degree 7 errs most: at the ends and in the
  /// middle, where the next Chebyshev polynomial is extreme.
  private static func isAccurate(
    _ coefficients: [Double], _ cell: QuantileTableLayout.Cell, _ curve: QuantileCurve
  ) -> Bool {
    for position in [-0.5, 0, 0.5] {
      let tail = cell.tail(at: position)
      let (exact, slope) = curve.value(tail: tail, isUpper: cell.isUpper)
      let miss = (CellPolynomial.value(coefficients, at: position) - exact).magnitude
      // slope / t is dx / du. Half of what is promised.
      let allowed = max(min(5e-9, 5e-11 / tail) * slope.magnitude, 4 * Double.ulpOfOne * exact.magnitude)
      guard miss <= allowed else { return false }
    }
    return true
  }

  /// out = the quantile of each probability; not a number where that is not.
  public func fill(_ out: MutableColumn, at u: Column, count: Int) {
    Columns.lookUp(rows, layout, at: u, into: out, count: count)
    guard scalarShare > 0 else { return }
    for i in 0..<count where out[i].isNaN {
      out[i] = u[i] < 0.5 ? law.quantile(u[i]) : law.quantile(survival: 1 - u[i])
    }
  }
}
