import Diagnostics
import Distributions
import Modeling
import Units

/// Messages about invalid distributions.
extension DistributionChecker {
  /// Reports why a distribution cannot be created, with the arguments as written.
  func report(
    _ error: DistributionError, distribution: String, arguments: [String: DistributionArgument], at place: SourcePlace,
    unit: Unit? = nil
  ) {
    func written(_ name: String, _ value: Double) -> String {
      arguments[name]?.typed.syntax.text ?? MessageText.number(MessageText.rounded(value))
    }
    switch error {
    case .outOfDomain(let parameter, let value, let domain):
      context.report(
        .outOfDomain(parameter, of: distribution, domain: Self.words(domain), found: written(parameter, value)),
        at: arguments[parameter]?.typed.syntax.place ?? place)
    case .order(let names, let values, let allowsEqual):
      let pairs = zip(zip(names, values), zip(names, values).dropFirst())
      let bad = pairs.first { allowsEqual ? $0.1 > $1.1 : $0.1 >= $1.1 }
      let (low, high) = bad ?? ((names.first ?? "", 0), (names.last ?? "", 0))
      // The mode is wrong if the ends are in order.
      let culprit = high.0 == names.last || arguments[high.0] == nil ? low.0 : high.0
      context.report(
        .argumentOrder(
          low.0, isAbove: low.1 > high.1, high.0, of: distribution,
          expected: names.joined(separator: allowsEqual ? " <= " : " < "),
          found: zip(names, values).map { "\($0) = \(written($0, $1))" }.joined(separator: ", ")),
        at: arguments[culprit]?.typed.syntax.place ?? place)
    case .noFit(_, _, _, let nearest):
      let scale = unit?.scale ?? 1
      let ends = nearest.map { interval in
        let (low, high) = (interval.lowerBound / scale, interval.upperBound / scale)
        return (low: Self.rounded(low, width: high - low), high: Self.rounded(high, width: high - low))
      }
      context.report(.noFit(distribution, nearest: ends, unit: unit?.text), at: place)
    case .noMiddle(_, let possible):
      let ends = [possible.lowerBound, possible.upperBound].map {
        MessageText.short($0 / (unit?.scale ?? 1))
      }
      context.report(.noMiddle(distribution, low: ends[0], high: ends[1], unit: unit?.text), at: place)
    case .ambiguous:
      context.report(.ambiguousFit(distribution), at: place)
    case .notFittable(_, let free):
      let rest = DistributionCatalogue.family(named: distribution).map { family in
        family.parameterisations[0].parameters.filter { $0.defaultValue != nil && arguments[$0.name] == nil }
      }
      // Arguments with a default can be fitted if all others are given.
      let fitted = rest?.count == 2 && !free.isEmpty ? rest?.map(\.name) : nil
      context.report(.notFittable(distribution, free: free, fitted: fitted), at: place)
    case .weights: context.report(.sumNotOne("weights"), at: place)
    case .emptyTruncation: context.report(.emptyTruncation(), at: place)
    case .decreasing(_, let between, let spare):
      let ends = [between.lowerBound, between.upperBound].map { "\(MessageText.number((1000 * $0).rounded() / 10))%" }
      let rest = spare.map { "\(MessageText.number(MessageText.rounded(100 * $0)))%" }.joined(separator: " or ")
      context.report(
        .fallingQuantiles(distribution, from: ends[0], to: ends[1], leavingOut: spare.isEmpty ? nil : rest), at: place)
    case .impossible(let reason): context.report(.impossibleDistribution(reason), at: place)
    }
  }

  /// An end of an interval at four significant digits of the width or of the end itself, whichever is finer, so that the
  /// rounded interval is nearly the same one.
  private static func rounded(_ end: Double, width: Double) -> String {
    let size = min(end.magnitude, width)
    guard size > 1e-300, size < 1e300 else { return MessageText.number(end) }
    // Powers of ten above 1, which are exact for all usual numbers.
    var (up, down) = (1.0, 1.0)
    while size * up < 1000 { up *= 10 }
    while size / down >= 10_000 { down *= 10 }
    let whole = (end * up / down).rounded()
    return MessageText.number(whole.magnitude < 0x1p53 ? whole / up * down : end)
  }

  /// `above 0`, `from 0 to 1`.
  static func words(_ domain: Domain) -> String {
    let low = domain.low == -.infinity ? nil : MessageText.number(domain.low)
    let high = domain.high == .infinity ? nil : MessageText.number(domain.high)
    if domain.isWhole {
      let end = high.map { " to \($0)" } ?? " on"
      return low.map { "a whole number from \($0)\(end)" } ?? "a whole number"
    }
    switch (low, high) {
    case (nil, nil): return "a finite number"
    case (let low?, nil): return domain.includesLow ? "\(low) or more" : "above \(low)"
    case (nil, let high?): return domain.includesHigh ? "\(high) or less" : "below \(high)"
    case (let low?, let high?):
      return domain.includesLow && domain.includesHigh ? "from \(low) to \(high)" : "between \(low) and \(high)"
    }
  }
}
