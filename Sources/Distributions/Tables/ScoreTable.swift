import Foundation
import VectorMath

/// A distribution's quantile function as a table over normal scores, F^-1(Phi(z)), for draws correlated by a copula.
///
/// It skips the way through Phi, and is smooth where the table over u is. Cells that hold a jump or a kink and scores
/// beyond 5.75 take the distribution's scalar quantile, in the tail of the score, down to probabilities of 1e-308.
package struct ScoreTable: Sendable {
  /// The layout of the rows.
  package let layout: ScoreTableLayout
  /// The rows; NaN where a cell has no polynomial.
  package let rows: CacheAlignedDoubles
  /// The fraction of draws that use the scalar quantile; 0 for most distributions.
  package let scalarShare: Double
  private let distribution: any Distribution

  /// The table of a distribution.
  package init(_ distribution: any Distribution) { self.init(QuantileCurve(distribution), distribution) }

  init(_ curve: QuantileCurve, _ distribution: any Distribution) {
    let layout = ScoreTableLayout()
    let rows = CacheAlignedDoubles(count: layout.doubleCount)
    let width = CellPolynomial.coefficientCount
    var scalarShare = 0.0
    var place = 0
    for number in 0..<layout.rowCount {
      let row = rows.start + number * width
      guard let cell = Self.cells[number] else {
        row.update(repeating: .nan, count: width)
        continue
      }
      let values = curve.values(at: cell.nodes, isUpper: cell.isUpper, near: &place)
      CellPolynomial.write(through: values, into: row)
      if !Self.isAccurate(row, cell, curve, near: place) {
        row.update(repeating: .nan, count: width)
        scalarShare += cell.share
      }
    }
    self.layout = layout
    self.rows = rows
    self.scalarShare = scalarShare
    self.distribution = distribution
  }

  /// The largest score whose tail probability is covered by curves: 4.5e-9 beyond 5.75, and 2^-28 is 3.7e-9.
  private static let furthestScore = 5.75

  /// What does not depend on the distribution: whether a cell is above 0, which is an end of a cell, the logarithms to base
  /// 2 of the tail probabilities at which it is computed and then compared, the latter themselves, and its probability.
  private struct Cell {
    var isUpper = false
    var nodes = SIMD8<Double>(repeating: 0)
    var checks = SIMD3<Double>(repeating: 0), checkTails = SIMD3<Double>(repeating: 0)
    var share = 0.0
  }

  /// Positions at which a cell is compared: nearly the ends, and the middle.
  private static let positions = [-0.4999, 0, 0.4999]

  /// The cells of the rows; nil beyond the furthest score.
  private static let cells: [Cell?] = {
    let layout = ScoreTableLayout()
    return (0..<layout.rowCount).map { number in
      let ends = (layout.score(ofRow: number, at: -0.5), layout.score(ofRow: number, at: 0.5))
      if max(-ends.0, ends.1) > furthestScore { return nil }
      var cell = Cell()
      cell.isUpper = ends.1 > 0
      for (k, node) in CellPolynomial.nodes.enumerated() {
        cell.nodes[k] = log2(StandardNormal.survival(layout.score(ofRow: number, at: node).magnitude))
      }
      for (k, position) in positions.enumerated() {
        cell.checkTails[k] = StandardNormal.survival(layout.score(ofRow: number, at: position).magnitude)
        cell.checks[k] = log2(cell.checkTails[k])
      }
      cell.share = StandardNormal.cdf(ends.1) - StandardNormal.cdf(ends.0)
      return cell
    }
  }()

  /// Compares a cell's polynomial with the curve.
  private static func isAccurate(
    _ coefficients: UnsafePointer<Double>, _ cell: Cell, _ curve: QuantileCurve, near place: Int
  ) -> Bool {
    var place = place
    for (k, position) in positions.enumerated() {
      let exact = curve.point(at: cell.checks[k], isUpper: cell.isUpper, near: &place)
      let miss = (CellPolynomial.value(coefficients, at: position) - exact.value).magnitude
      let allowed = max(
        min(5e-9, 5e-11 / cell.checkTails[k]) * exact.slope.magnitude, 4 * Double.ulpOfOne * exact.value.magnitude)
      guard miss <= allowed else { return false }
    }
    return true
  }

  /// out = the quantile of each score's probability; NaN if the score is NaN. `out` and `z` must not overlap.
  package func fill(_ out: MutableColumn, at z: Column, count: Int) {
    if !Columns.lookUp(rows.start, layout, at: z, into: out, count: count) { fillMissing(out, at: z, count: count) }
  }

  /// Gives draws that the rows leave out the scalar quantile.
  package func fillMissing(_ out: MutableColumn, at z: Column, count: Int) {
    for i in 0..<count where out[i].isNaN && !z[i].isNaN {
      let tail = max(StandardNormal.survival(z[i].magnitude), Double.leastNormalMagnitude)
      out[i] = z[i] < 0 ? distribution.quantile(tail) : distribution.quantile(survival: tail)
    }
  }
}
