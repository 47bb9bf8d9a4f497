import Foundation
import Modeling

/// What all cases together say of one output.
package struct OutputScore: Sendable {
  /// Bars of the histogram of percentiles.
  package static let bars = 10

  /// A group that is left out of the fit.
  package struct GroupScore: Sendable {
    /// The group.
    package var group: String
    /// Its cases alone.
    package var inside: Statistics
    /// All other cases.
    package var others: Statistics
  }

  /// What some cases say.
  package struct Statistics: Sendable {
    /// The number of observed values.
    package var count: Int
    /// The number of them inside the central 50 % interval.
    package var inside50: Coverage
    /// The number of them inside the central 90 % interval.
    package var inside90: Coverage
    /// Percentiles counted in `bars` bars of equal width.
    package var percentiles: [Int]
    /// The geometric mean of observed over median, with its 95 % interval by Student's distribution of the logarithms;
    /// not a number where any is not positive.
    package var bias: (value: Double, low: Double, high: Double)
    /// The median over the cases of the ratio of the 95th to the 5th percentile.
    package var width: Double
    /// The mean score.
    package var crps: Double
    /// The mean score of logarithms.
    package var logCrps: Double
    /// The mean score of logarithms that a baseline forecast has: Student's distribution of the logarithms of the other
    /// observed values; in a group that is kept out, of the values of the other groups. Not a number where there are
    /// fewer than three others.
    package var baselineLogCrps: Double
    /// 1 - logCrps / baselineLogCrps: 1 is perfect, 0 no better than the baseline forecast.
    package var skill: Double { 1 - logCrps / baselineLogCrps }
  }

  /// The output.
  package var output: Output
  /// One for each observed value, in the order of the cases.
  package var cases: [CaseScore]
  /// All of them.
  package var all: Statistics
  /// Each group, in the order in which they come first; empty unless there are two.
  package var groups: [GroupScore]
  /// For each case, the baseline forecast's score of logarithms, fitted to the other cases.
  package var baseline: [Double]

  init(output: Output, cases: [CaseScore]) {
    self.output = output
    self.cases = cases
    let observed = cases.map(\.observed)
    let baseline = zip(observed, BaselineForecast.leavingOneOut(of: observed)).map { $1?.logCrps(of: $0) ?? .nan }
    self.baseline = baseline
    all = Statistics(cases, baseline: baseline)
    var names: [String] = []
    var known: Set<String> = []
    for group in cases.compactMap(\.group) where known.insert(group).inserted { names.append(group) }
    groups =
      names.count < 2
      ? []
      : names.map { name in
        let own = cases.filter { $0.group == name }
        let others = cases.filter { $0.group != name }
        let distribution = BaselineForecast(others.map(\.observed))
        let kept = cases.indices.filter { cases[$0].group != name }
        return GroupScore(
          group: name, inside: Statistics(own, baseline: own.map { distribution?.logCrps(of: $0.observed) ?? .nan }),
          others: Statistics(others, baseline: kept.map { baseline[$0] }))
      }
  }
}

extension OutputScore.Statistics {
  init(_ cases: [CaseScore], baseline: [Double]) {
    count = cases.count
    inside50 = Coverage(inside: cases.filter(\.isInside50).count, of: cases.count, nominal: 0.5)
    inside90 = Coverage(inside: cases.filter(\.isInside90).count, of: cases.count, nominal: 0.9)
    var bars = [Int](repeating: 0, count: OutputScore.bars)
    for one in cases where one.percentile.isFinite {
      bars[min(Int(one.percentile * Double(bars.count)), bars.count - 1)] += 1
    }
    percentiles = bars
    bias = Self.bias(cases.map(\.ratio))
    let widths = cases.map { $0.p05 > 0 ? $0.p95 / $0.p05 : .nan }.filter { !$0.isNaN }.sorted()
    width = widths.isEmpty ? .nan : 0.5 * (widths[(widths.count - 1) / 2] + widths[widths.count / 2])
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    crps = mean(cases.map(\.crps))
    logCrps = mean(cases.map(\.logCrps))
    baselineLogCrps = mean(baseline)
  }

  /// The geometric mean of ratios with its 95 % interval.
  private static func bias(_ ratios: [Double]) -> (value: Double, low: Double, high: Double) {
    let logarithms = ratios.map { $0 > 0 ? log($0) : .nan }
    let n = Double(ratios.count)
    let mean = logarithms.reduce(0, +) / n
    guard ratios.count > 1, let distribution = TestDistribution.student(df: n - 1) else {
      return (exp(mean), .nan, .nan)
    }
    let variance = logarithms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    let half = distribution.quantile(0.975) * (variance / n).squareRoot()
    return (exp(mean), exp(mean - half), exp(mean + half))
  }
}
