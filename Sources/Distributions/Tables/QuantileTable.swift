import Foundation
import VectorMath

/// A distribution's quantile function as a table over u, for blocks of draws.
///
/// Error in probability, for smooth or piecewise smooth quantile functions: at most 1e-10, and 1e-8 of the tail
/// probability in either tail, for u in 2^-53 ... 1 - 2^-53, rounding of the values excluded. Cells with a jump or a
/// kink, and tails below 2^-28, have no polynomial; draws there use the distribution's scalar quantile, exactly.
///
/// Building a table takes one or two milliseconds for beta and gamma distributions. It depends on the distribution
/// alone, so that one table serves all cells and draws of equal distributions (`Distribution.description` identifies
/// the distribution).
package struct QuantileTable: Sendable {
  /// The layout of the rows.
  package let layout: QuantileTableLayout
  /// The rows; NaN where a cell has no polynomial.
  package let rows: CacheAlignedDoubles
  /// The fraction of draws that use the scalar quantile, excluding the far tails; 0 for most distributions.
  package let scalarShare: Double
  private let distribution: any Distribution

  /// The table of a distribution.
  package init(_ distribution: any Distribution) { self.init(QuantileCurve(distribution), distribution) }

  init(_ curve: QuantileCurve, _ distribution: any Distribution) {
    let layout = QuantileTableLayout()
    let rows = CacheAlignedDoubles(count: layout.doubleCount)
    let width = CellPolynomial.coefficientCount
    var scalarShare = 0.0
    var place = 0
    for number in 0..<layout.rowCount {
      let cell = layout.cell(ofRow: number)
      let row = rows.start + number * width
      if cell.width == 0 {
        row[0] = curve.median
      } else if cell.low < QuantileCurve.deepestTail {
        row.update(repeating: .nan, count: width)
      } else {
        let tails = Self.tails[number % layout.rowsPerSide]
        let values = curve.values(at: tails.nodes, isUpper: cell.isUpper, near: &place)
        CellPolynomial.write(through: values, into: row)
        if !Self.isAccurate(row, tails, curve, isUpper: cell.isUpper, near: place) {
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

  /// The logarithms to base 2 of the tail probabilities at which a cell is computed and then compared, and the latter.
  private struct CellTails {
    var nodes = SIMD8<Double>(repeating: 0)
    var checks = SIMD3<Double>(repeating: 0), checkTails = SIMD3<Double>(repeating: 0)
  }

  /// Positions at which a cell is compared: an interpolant of degree 7 has its largest errors at the ends and in the
  /// middle, at the extrema of the next Chebyshev polynomial.
  private static let positions = [-0.5, 0, 0.5]

  /// Those of the rows of one side, which are the same for all distributions; zeros where no curve is.
  private static let tails: [CellTails] = {
    let layout = QuantileTableLayout()
    return (0..<layout.rowsPerSide).map { number in
      let cell = layout.cell(ofRow: number)
      var tails = CellTails()
      guard cell.width > 0, cell.low >= QuantileCurve.deepestTail else { return tails }
      for (k, node) in CellPolynomial.nodes.enumerated() { tails.nodes[k] = log2(cell.tail(at: node)) }
      for (k, position) in positions.enumerated() {
        tails.checkTails[k] = cell.tail(at: position)
        tails.checks[k] = log2(tails.checkTails[k])
      }
      return tails
    }
  }()

  /// Compares a cell's polynomial with the curve.
  private static func isAccurate(
    _ coefficients: UnsafePointer<Double>, _ tails: CellTails, _ curve: QuantileCurve, isUpper: Bool, near place: Int
  ) -> Bool {
    var place = place
    for (k, position) in positions.enumerated() {
      let (exact, slope) = curve.point(at: tails.checks[k], isUpper: isUpper, near: &place)
      let miss = (CellPolynomial.value(coefficients, at: position) - exact).magnitude
      // slope / t is dx / du. The tolerance is half of the documented error.
      let allowed = max(
        min(5e-9, 5e-11 / tails.checkTails[k]) * slope.magnitude, 4 * Double.ulpOfOne * exact.magnitude)
      guard miss <= allowed else { return false }
    }
    return true
  }

  /// out = the quantile of each probability; NaN if the probability is NaN. `out` and `u` must not overlap.
  package func fill(_ out: MutableColumn, at u: Column, count: Int) {
    if !Columns.lookUp(rows.start, layout, at: u, into: out, count: count) { fillMissing(out, at: u, count: count) }
  }

  /// Fills in the scalar quantile for draws without a polynomial.
  package func fillMissing(_ out: MutableColumn, at u: Column, count: Int) {
    for i in 0..<count where out[i].isNaN && !u[i].isNaN {
      out[i] = u[i] < 0.5 ? distribution.quantile(u[i]) : distribution.quantile(survival: 1 - u[i])
    }
  }
}
