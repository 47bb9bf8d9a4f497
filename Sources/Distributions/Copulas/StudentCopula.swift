import Foundation

/// The copula of a multivariate Student distribution: normal scores z divided by sqrt(W / df) with one common W,
/// chi-squared with df degrees of freedom.
///
/// Its coordinates have dependence in both tails, even if they are uncorrelated. Source: Demarta & McNeil 2005,
/// doi:10.1111/j.1751-5823.2005.tb00254.x.
package struct StudentCopula: Sendable, Hashable {
  /// Degrees of freedom.
  package let df: Double

  /// The allowed degrees of freedom. Below this range, extremes of the coordinates nearly always coincide; above it,
  /// the copula equals the normal copula in every digit that a simulation shows.
  package static let degrees = Domain(1, 1000)

  /// The copula with degrees of freedom in `degrees`.
  package init(df: Double) { self.df = df }

  /// The distribution of W.
  package var mixing: any Distribution { ChiSquared(checked: [df]) }

  /// The limit of P(V <= t | U <= t) as t goes to 0, equal to that of the upper tail, for coordinates with the score
  /// correlation r: 2 T(-sqrt((df + 1)(1 - r) / (1 + r))) with T the Student cdf of df + 1 degrees (Demarta & McNeil
  /// 2005, equation 9).
  package func tailDependence(score: Double) -> Double {
    2 * StandardStudent(df: df + 1).cdf(-((df + 1) * (1 - score) / (1 + score)).squareRoot())
  }

  /// The normal scores of Student values t = z / sqrt(W / df), as two tables over probabilities. With x = W / (W + z^2)
  /// and y = 1 - x, the tail beyond |t| is I_x(df / 2, 1 / 2) / 2; its score is `outer` at x or, with the opposite
  /// sign, `inner` at y. Each is used where its argument is the smaller one, and so accurate to the last digit.
  package var outer: any Distribution { StudentScore(df: df, isInner: false) }
  /// See `outer`.
  package var inner: any Distribution { StudentScore(df: df, isInner: true) }

  // MARK: Rank correlations

  /// Spearman's rho of coordinates with the score correlation r.
  ///
  /// It is 6 / pi times the expectation of arcsin(r sqrt(V2 V3 / ((V1 + V2)(V1 + V3)))) with V1, V2, V3 independent and
  /// distributed as W: for (X, Y) of the copula and independent X', Y', rho = 6 P((X - X')(Y - Y') > 0) - 3, and given
  /// the three mixing values the differences are normal with the correlation r W1 / sqrt((W1 + W2)(W1 + W3)), W = df /
  /// V (Heinen & Valdesogo 2020, doi:10.1016/j.jmva.2020.104650). The expectation is a sum over `nodes` quantiles of
  /// each V, at Gauss-Legendre points of a variable that stretches both tails; the absolute error is below 1e-7.
  package func spearman(score: Double) -> Double { Self.spearman(score, ratios) }

  /// The score correlation for a Spearman's rho between -1 and 1.
  package func score(spearman: Double) -> Double {
    if spearman == 0 { return 0 }
    let ratios = ratios
    let wanted = spearman.magnitude
    // Secant steps from the normal copula's score, which is slightly too small, and from its proportional correction.
    let least = 2 * sin(Double.pi * wanted / 6)
    var last = (score: least, found: Self.spearman(least, ratios))
    var score = min(least * wanted / last.found, 1)
    for _ in 0..<20 where score != last.score {
      let found = Self.spearman(score, ratios)
      if (found - wanted).magnitude < 1e-12 { break }
      let slope = (found - last.found) / (score - last.score)
      last = (score, found)
      score = min(max(score + (wanted - found) / slope, least), 1)
    }
    return spearman < 0 ? -score : score
  }

  private static let nodes = 24

  /// For each quantile of V1, its weight and the weighted square roots of V2 / (V1 + V2).
  private var ratios: [(weight: Double, roots: [(weight: Double, root: Double)])] {
    let distribution = mixing
    let points = GaussLegendre.points(Self.nodes).map { point -> (weight: Double, value: Double) in
      // u = v^3 (10 - 15 v + 6 v^2)
      let (v, w) = (point.x, 1 - point.x)
      let near = min(v, w)
      let tail = near * near * near * (10 - 15 * near + 6 * near * near)
      return (
        point.weight * 30 * v * v * w * w, v < 0.5 ? distribution.quantile(tail) : distribution.quantile(survival: tail)
      )
    }
    return points.map { first in
      (
        first.weight,
        points.map { second in (second.weight, (second.value / (first.value + second.value)).squareRoot()) }
      )
    }
  }

  private static func spearman(
    _ score: Double, _ ratios: [(weight: Double, roots: [(weight: Double, root: Double)])]
  ) -> Double {
    var sum = 0.0
    for (weight, roots) in ratios {
      var inner = 0.0
      for (i, a) in roots.enumerated() {
        inner += a.weight * a.weight * asin(score * a.root * a.root)
        for b in roots[..<i] { inner += 2 * a.weight * b.weight * asin(score * a.root * b.root) }
      }
      sum += weight * inner
    }
    return 6 / Double.pi * sum
  }
}

/// The normal score of a Student value as a function of x = W / (W + z^2), on the lower side, or of y = 1 - x, on the
/// upper side. It increases with its argument like a quantile function, so that it can be tabulated.
struct StudentScore: Distribution {
  let df: Double
  let isInner: Bool
  private var function: IncompleteBeta { IncompleteBeta(0.5 * df, 0.5) }

  private func score(_ x: Double, _ y: Double) -> Double {
    let score = StandardNormal.quantile(0.5 * function.tails(x, y).lower)
    return isInner ? -score : score
  }

  func quantile(_ p: Double) -> Double { isInner ? score(1 - p, p) : score(p, 1 - p) }
  func quantile(survival q: Double) -> Double { isInner ? score(q, 1 - q) : score(1 - q, q) }

  /// The argument with a given score, from whose tail it follows by the incomplete beta function.
  func cdf(_ score: Double) -> Double {
    guard isInner ? score >= 0 : score <= 0 else { return isInner ? 0 : 1 }
    let tail = 2 * StandardNormal.survival(score.magnitude)
    let (x, y) = function.quantile(tail, 1 - tail)
    return isInner ? y : x
  }
  func density(_ score: Double) -> Double {
    let p = cdf(score)
    let (x, y) = isInner ? (1 - p, p) : (p, 1 - p)
    return 2 * StandardNormal.density(score) / function.tails(x, y).density
  }
  var mean: Double { Moments.integrated(self).mean }
  var sd: Double { Moments.integrated(self).sd }
  var support: ClosedRange<Double> { isInner ? 0 ... .infinity : -.infinity...0 }
  var description: String { "score of student(\(DistributionText.number(df))), \(isInner ? "inner" : "outer")" }
}
