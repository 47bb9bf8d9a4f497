import Simulation
import VectorMath

/// The gains of disclosures, from the widths of a target with and without them.
struct DisclosureWidths: Sendable {
  /// The width without disclosure.
  let prior: ExpectedConditionalWidth.Width
  /// The noise floor, at least 0.
  private(set) var floor = Double.nan
  private let widths: ExpectedConditionalWidth

  /// The gains for a target.
  init(_ widths: ExpectedConditionalWidth) {
    self.widths = widths
    prior = widths.prior
  }

  /// Estimates the noise floor from inert inputs.
  mutating func setFloor(_ rules: [ConditioningRule], workers: Int, _ levels: (Int) -> [UInt8]) {
    let gains = concurrentMap(rules.count, workers: workers) { number in
      prior.value - widths.posterior(rules[number], assigned: rules[number].bins(inertLevels: levels(number))).value
    }
    let limit = NoiseFloor.upper(gains)
    floor = limit < 0 ? 0 : limit
  }

  /// The gain of knowing what a rule knows; without a rule, all that the target depends on.
  ///
  /// - Parameter bins: the bin of each measured draw.
  func gain(of factors: [Int], _ rule: ConditioningRule?, _ bins: [UInt16]) -> DisclosureAnalysis.Gain {
    let posterior = rule.map { widths.posterior($0, assigned: bins) } ?? (prior.value.isFinite ? .zero : .unknown)
    let gain = ReplicateExtrapolation.Statistic(
      value: prior.value - posterior.value, without: zip(prior.without, posterior.without).map { $0 - $1 }, doubt: 0
    ).uncertain
    var result = DisclosureAnalysis.Gain(
      factors: factors, width: max(posterior.value, 0), gain: gain.value,
      error: PortableMath.hypot(gain.error, posterior.doubt + prior.doubt), distinguishable: nil)
    // `max` would turn NaN into 0.
    if posterior.value.isNaN { result.width = .nan }
    if result.width > prior.value, result.width - prior.value <= result.reach { result.width = prior.value }
    result.gain = prior.value - result.width
    return result
  }

  /// The gain with its comparison with the noise floor.
  func judged(_ gain: DisclosureAnalysis.Gain) -> DisclosureAnalysis.Gain {
    var gain = gain
    if gain.gain.isFinite, gain.error.isFinite, floor.isFinite {
      gain.distinguishable = gain.gain > floor && gain.gain > gain.reach
    }
    return gain
  }
}
