import Distributions

/// The number of values inside intervals that should cover a given share of them.
///
/// Values are taken as independent trials. Cases that share an error of the model are not, and then the interval is too
/// narrow and the test rejects too often.
package struct Coverage: Sendable, Equatable {
  /// Values inside.
  package var inside: Int
  /// All values.
  package var count: Int
  /// The share that should be inside.
  package var nominal: Double

  /// Values inside intervals of a nominal share.
  package init(inside: Int, of count: Int, nominal: Double) {
    self.inside = inside
    self.count = count
    self.nominal = nominal
  }

  /// The share inside.
  package var share: Double { Double(inside) / Double(count) }

  /// The 95 % interval of the true share (Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404): quantiles of beta
  /// distributions, 0 and 1 where none or all are inside.
  package var interval: (low: Double, high: Double) {
    let (k, n) = (Double(inside), Double(count))
    let low = inside == 0 ? 0 : TestDistribution.beta(k, n - k + 1)?.quantile(0.025) ?? .nan
    let high = inside == count ? 1 : TestDistribution.beta(k + 1, n - k)?.quantile(survival: 0.025) ?? .nan
    return (low, high)
  }

  /// The probability, if the nominal share is the true one, of a number inside that is no more probable than this one: the
  /// exact two-sided binomial test by the method of small probabilities (as R's `binom.test`), with a relative 1e-7 for
  /// ties. At least 0.05: coverage is not rejected.
  package var probability: Double {
    guard count > 0, let distribution = TestDistribution.binomial(count, nominal) else { return .nan }
    let own = distribution.probability(of: Double(inside))
    let sum = (0...count).reduce(0.0) { sum, k in
      let other = distribution.probability(of: Double(k))
      return other <= own * (1 + 1e-7) ? sum + other : sum
    }
    return min(sum, 1)
  }
}

/// Distributions that tests need, by their arguments.
enum TestDistribution {
  static func student(df: Double) -> (any Distribution)? { distribution("student", [df, 0, 1]) }
  static func beta(_ alpha: Double, _ beta: Double) -> (any Distribution)? {
    distribution("beta", [alpha, beta, 0, 1])
  }
  static func binomial(_ n: Int, _ p: Double) -> (any Distribution)? { distribution("binomial", [Double(n), p]) }
  static func chiSquared(df: Double) -> (any Distribution)? { distribution("chi_squared", [df]) }

  private static func distribution(_ name: String, _ arguments: [Double]) -> (any Distribution)? {
    guard let family = DistributionCatalogue.family(named: name) else { return nil }
    return try? family.distribution(arguments)
  }
}
