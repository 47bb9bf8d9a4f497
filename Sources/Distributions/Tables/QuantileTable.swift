import Foundation
import VectorMath

/// A distribution's quantile function as a table over u, for blocks of draws.
///
/// Error in probability, for quantile functions that are smooth or smooth in pieces: at most 1e-10, and 1e-8 of the
/// tail probability in either tail, for u in 2^-53 ... 1 - 2^-53, rounding of the values apart. Cells that hold a jump
/// or a kink have no polynomial, nor do tails below 2^-28; draws there take the distribution's scalar quantile,
/// exactly.
///
/// Building one takes a millisecond or two for beta and gamma distributions; it depends on the distribution alone, so
/// that one serves all cells and draws of equal distributions (`Distribution.description` tells distributions apart).
public struct QuantileTable: Sendable {
  /// How the rows are to be read.
  public let layout: QuantileTableLayout
  /// The rows; not numbers where a cell has no polynomial.
  public let rows: CacheAlignedDoubles
  /// The share of draws that take the scalar quantile, apart from the furthest tails; 0 for most distributions.
  public let scalarShare: Double
  private let distribution: any Distribution

  /// The table of a distribution.
  public init(_ distribution: any Distribution) { self.init(QuantileCurve(distribution), distribution) }

  init(_ curve: QuantileCurve, _ distribution: any Distribution) {
    let layout = QuantileTableLayout()
    let rows = CacheAlignedDoubles(count: layout.doubleCount)
    let width = CellPolynomial.coefficientCount
    var scalarShare = 0.0
    var values = [Double](repeating: 0, count: width)
    for number in 0..<layout.rowCount {
      let cell = layout.cell(ofRow: number)
      let row = rows.start + number * width
      if cell.width == 0 {
        row[0] = curve.median
      } else if cell.low < QuantileCurve.deepestTail {
        row.update(repeating: .nan, count: width)
      } else {
        for (k, node) in CellPolynomial.nodes.enumerated() {
          values[k] = curve.value(tail: cell.tail(at: node), isUpper: cell.isUpper)
        }
        CellPolynomial.write(through: values, into: row)
        if !Self.isAccurate(row, cell, curve) {
          row.update(repeating: .nan, count: width)
          scalarShare += cell.width
        }
      }
    }
    self.layout = layout
    self.rows = rows
    self.scalarShare = scalarShare
    self.distribution = distribution
  }

  /// Compares a cell's polynomial with the curve where an interpolant of degree 7 errs most: at the ends and in the
  /// middle, where the next Chebyshev polynomial is extreme.
  private static func isAccurate(
    _ coefficients: UnsafePointer<Double>, _ cell: QuantileTableLayout.Cell, _ curve: QuantileCurve
  ) -> Bool {
    for position in [-0.5, 0, 0.5] {
      let tail = cell.tail(at: position)
      let (exact, slope) = curve.point(tail: tail, isUpper: cell.isUpper)
      let miss = (CellPolynomial.value(coefficients, at: position) - exact).magnitude
      // slope / t is dx / du. Half of what is promised.
      let allowed = max(min(5e-9, 5e-11 / tail) * slope.magnitude, 4 * Double.ulpOfOne * exact.magnitude)
      guard miss <= allowed else { return false }
    }
    return true
  }

  /// out = the quantile of each probability; not a number where that is not. Out and u lie apart.
  public func fill(_ out: MutableColumn, at u: Column, count: Int) {
    if !Columns.lookUp(rows.start, layout, at: u, into: out, count: count) { fillMissing(out, at: u, count: count) }
  }

  /// Gives draws that the rows leave out the scalar quantile.
  public func fillMissing(_ out: MutableColumn, at u: Column, count: Int) {
    for i in 0..<count where out[i].isNaN && !u[i].isNaN {
      out[i] = u[i] < 0.5 ? distribution.quantile(u[i]) : distribution.quantile(survival: 1 - u[i])
    }
  }
}
