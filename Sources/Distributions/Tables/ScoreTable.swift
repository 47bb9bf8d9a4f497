import Foundation
import VectorMath

/// A law's quantile function as a table over normal scores, F^-1(Phi(z)), for draws that a copula has made dependent.
///
/// It skips the way through Phi, and is smooth where the table over u is. Scores beyond +-8.25 are held there. Cells
/// that hold a jump or a kink take the law's scalar quantile.
public struct ScoreTable: Sendable {
  /// How the rows are to be read.
  public let layout: ScoreTableLayout
  /// The rows; not numbers where a cell has no polynomial.
  public let rows: [Double]
  /// The share of draws that take the scalar quantile; 0 for most laws.
  public let scalarShare: Double
  private let law: any Law

  /// The table of a law.
  public init(_ law: any Law) { self.init(QuantileCurve(law), law) }

  init(_ curve: QuantileCurve, _ law: any Law) {
    let layout = ScoreTableLayout()
    var rows: [Double] = []
    rows.reserveCapacity(layout.doubleCount)
    var scalarShare = 0.0
    func value(_ z: Double) -> (value: Double, slope: Double, tail: Double) {
      // The curve reaches to 2^-54; the last cell to 7.9e-17 = 1.4 x 2^-54.
      let tail = StandardNormal.survival(z.magnitude)
      let (value, slope) = curve.value(tail: tail, isUpper: z > 0)
      return (value, slope, tail)
    }
    for row in 0..<layout.rowCount {
      let values = CellPolynomial.nodes.map { value(layout.score(ofRow: row, at: $0)).value }
      var coefficients = CellPolynomial.coefficients(through: values)
      let isAccurate = [-0.4999, 0, 0.4999].allSatisfy { position in
        let exact = value(layout.score(ofRow: row, at: position))
        let miss = (CellPolynomial.value(coefficients, at: position) - exact.value).magnitude
        return miss
          <= max(min(5e-9, 5e-11 / exact.tail) * exact.slope.magnitude, 4 * Double.ulpOfOne * exact.value.magnitude)
      }
      if !isAccurate {
        coefficients = coefficients.map { _ in .nan }
        scalarShare +=
          (StandardNormal.cdf(layout.score(ofRow: row, at: 0.5))
          - StandardNormal.cdf(layout.score(ofRow: row, at: -0.5)))
          .magnitude
      }
      rows += coefficients
    }
    self.layout = layout
    self.rows = rows
    self.scalarShare = scalarShare
    self.law = law
  }

  /// out = the quantile of each score's probability; not a number where that is not.
  public func fill(_ out: MutableColumn, at z: Column, count: Int) {
    Columns.lookUp(rows, layout, at: z, into: out, count: count)
    guard scalarShare > 0 else { return }
    for i in 0..<count where out[i].isNaN {
      out[i] =
        z[i] < 0
        ? law.quantile(StandardNormal.cdf(z[i])) : law.quantile(survival: StandardNormal.survival(z[i]))
    }
  }
}
