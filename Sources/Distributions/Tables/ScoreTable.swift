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
    func isAccurate(_ coefficients: UnsafePointer<Double>, _ number: Int) -> Bool {
      [-0.4999, 0, 0.4999].allSatisfy { position in
        let z = layout.score(ofRow: number, at: position)
        let tail = StandardNormal.survival(z.magnitude)
        let exact = curve.point(tail: tail, isUpper: z > 0)
        let miss = (CellPolynomial.value(coefficients, at: position) - exact.value).magnitude
        return miss
          <= max(min(5e-9, 5e-11 / tail) * exact.slope.magnitude, 4 * Double.ulpOfOne * exact.value.magnitude)
      }
    }
    var values = [Double](repeating: 0, count: width)
    for number in 0..<layout.rowCount {
      let row = rows.start + number * width
      let ends = (layout.score(ofRow: number, at: -0.5), layout.score(ofRow: number, at: 0.5))
      if max(-ends.0, ends.1) > Self.furthestScore {
        row.update(repeating: .nan, count: width)
        continue
      }
      for (k, node) in CellPolynomial.nodes.enumerated() {
        let z = layout.score(ofRow: number, at: node)
        values[k] = curve.value(tail: StandardNormal.survival(z.magnitude), isUpper: z > 0)
      }
      CellPolynomial.write(through: values, into: row)
      if !isAccurate(row, number) {
        row.update(repeating: .nan, count: width)
        scalarShare += StandardNormal.cdf(ends.1) - StandardNormal.cdf(ends.0)
      }
    }
    self.layout = layout
    self.rows = rows
    self.scalarShare = scalarShare
    self.distribution = distribution
  }

  /// The largest score whose tail probability is covered by curves: 4.5e-9 beyond 5.75, and 2^-28 is 3.7e-9.
  private static let furthestScore = 5.75

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
