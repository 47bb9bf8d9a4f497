import Diagnostics
import Modeling
import Units

/// Reports percentages where bare numbers have a unit, which a percent sign cannot scale.
///
/// `50%` is the pure number 0.5. With `unit: MW` it would be 0.5 MW, and `10% + 5` with `unit: percent` would be 510 %,
/// because a percentage makes all numbers of its sum pure numbers.
struct PercentagesInUnit {
  let context: CheckContext
  /// The unit of bare numbers.
  let unit: Unit

  /// Whether a constant has a percentage that does not fit the unit; it is reported.
  func report(_ syntax: Syntax) -> Bool {
    let terms = syntax.terms
    guard let percentage = terms.first(where: { $0.isPercent && $0.numberIsNotFree }) else { return false }
    if !unit.dimension.isDimensionless {
      // `10%` with `unit: 1/year` is a rate of 10 % per year.
      if unit.dimension.exponents.allSatisfy({ $0.base == .time }) { return false }
      guard !syntax.holdsUnit, case .number(let value, _, _) = percentage.kind else { return false }
      context.report(
        .percentOfUnit(
          percentage.text, meaning: MessageText.number(MessageText.rounded(value)), unit: unit.text),
        at: syntax.place)
      return true
    }
    // `1 - 10%` is a share of 90 %.
    let number = terms.first { term in
      if case .number(let value, nil, isPercent: false) = term.kind { value > 1 && value.isFinite } else { false }
    }
    guard unit.scale != 1, let number else { return false }
    context.report(.percentAndNumber(number.text, in: syntax.text, unit: unit.text), at: syntax.place)
    return true
  }
}

extension Syntax {
  /// The terms of a sum, without their signs; the text itself if it is not a sum.
  fileprivate var terms: [Syntax] {
    switch kind {
    case .negate(let operand): operand.terms
    case .binary(.add, let left, let right), .binary(.subtract, let left, let right): left.terms + right.terms
    default: [self]
    }
  }
}
