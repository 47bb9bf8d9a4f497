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
      context.error(
        "`\(parameter)` of `\(distribution)` is out of range", at: arguments[parameter]?.typed.syntax.place ?? place,
        expected: Self.words(domain), found: written(parameter, value))
    case .order(let names, let values, let allowsEqual):
      let pairs = zip(zip(names, values), zip(names, values).dropFirst())
      let bad = pairs.first { allowsEqual ? $0.1 > $1.1 : $0.1 >= $1.1 }
      let (low, high) = bad ?? ((names.first ?? "", 0), (names.last ?? "", 0))
      let verb = low.1 > high.1 ? "above" : "equal to"
      // The mode is wrong if the ends are in order.
      let culprit = high.0 == names.last || arguments[high.0] == nil ? low.0 : high.0
      context.error(
        "`\(low.0)` of `\(distribution)` is \(verb) its `\(high.0)`",
        at: arguments[culprit]?.typed.syntax.place ?? place,
        expected: names.joined(separator: allowsEqual ? " <= " : " < "),
        found: zip(names, values).map { "\($0) = \(written($0, $1))" }.joined(separator: ", "))
    case .noFit(_, _, _, let nearest):
      let scale = unit?.scale ?? 1
      context.error(
        "no `\(distribution)` distribution has these quantiles", at: place,
        advice: nearest.map {
          "the nearest interval that one has is about \(MessageText.short($0.lowerBound / scale)) to \(MessageText.short($0.upperBound / scale))\(unit.map { " \($0.text)" } ?? "")"
        })
    case .noMiddle(_, let possible):
      let ends = [possible.lowerBound, possible.upperBound].map {
        MessageText.short($0 / (unit?.scale ?? 1))
      }
      context.error(
        "no `\(distribution)` distribution has these quantiles", at: place,
        advice:
          "with the outer two, the middle one can be from \(ends[0]) to \(ends[1])\(unit.map { " \($0.text)" } ?? ""); "
          + "`quantiles(…)` takes others")
    case .ambiguous:
      context.error(
        "several `\(distribution)` distributions have these quantiles", at: place,
        advice: "give one of its arguments instead of a quantile, or other quantiles")
    case .notFittable(_, let free):
      let rest = DistributionCatalogue.family(named: distribution).map { family in
        family.parameterisations[0].parameters.filter { $0.defaultValue != nil && arguments[$0.name] == nil }
      }
      context.error(
        "`\(distribution)` cannot be fitted to an interval", at: place,
        expected: "a distribution with exactly two free arguments",
        found: free.isEmpty ? "none is free" : "free: \(free.joined(separator: ", "))",
        // Arguments with a default can be fitted if all others are given.
        advice: rest?.count == 2 && !free.isEmpty
          ? "with \(free.map { "`\($0)=`" }.joined(separator: ", ")) it is fitted by \(MessageText.list(rest?.map(\.name) ?? []))"
          : nil)
    case .weights:
      context.error("the weights do not sum to 1", at: place)
    case .emptyTruncation:
      context.error("`truncate` leaves nothing of the distribution", at: place)
    case .decreasing(_, let between, let spare):
      let ends = [between.lowerBound, between.upperBound].map { "\(MessageText.number((1000 * $0).rounded() / 10))%" }
      let rest = spare.map { "\(MessageText.number(MessageText.rounded(100 * $0)))%" }.joined(separator: " or ")
      context.error(
        "no `\(distribution)` distribution has all these quantiles", at: place,
        found: "its quantile function would fall between \(ends[0]) and \(ends[1])",
        advice: (spare.isEmpty ? "" : "leave out \(rest), or ") + "give it an end with `low=` or `high=`, or move one")
    case .impossible(let reason):
      context.error(reason, at: place)
    }
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
