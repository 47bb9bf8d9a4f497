import Diagnostics
import Modeling
import Units

/// Warns about a bare number that replaces a percentage.
///
/// If a scenario has `load: 20% to 60%`, `--set load=40` means 4000 %, not 40 %, because bare numbers are pure numbers.
/// A value above 1 without a percent sign in place of percentages from 0 to 100 % is hardly ever intended, wherever it
/// is written: in a flag, in a table of cases, in a sweep, in a scenario that extends another, or next to percentages
/// in one value. The same is true of a percentage above 100 %, of a negative number and of a factor that leads to one,
/// unless the input is a growth rate.
struct ShareChecker {
  let context: CheckContext
  /// The input.
  let name: String

  /// Checks texts that replace others, or appear next to them, as values of an input whose bare numbers are in `unit`.
  func report(_ syntaxes: [Syntax], insteadOf others: [Syntax], unit: Unit?) {
    if let unit { guard unit.dimension.isDimensionless, unit.scale == 1 else { return } }
    let shares = others.filter(\.isShare)
    guard others.allSatisfy({ $0.isShare || $0.isBare }) else { return }
    var seen: Set<String> = []
    for syntax in syntaxes where seen.insert(syntax.place.description).inserted {
      // A value with a percentage of its own, as in `normal(10, 20%)`, is compared with other values only.
      guard let share = shares.first(where: { $0.place.description != syntax.place.description }) else { continue }
      guard let numbers = syntax.pureNumbers, let outside = Self.outside(numbers.map(\.value)) else { continue }
      let isBare = outside > 0 && numbers.allSatisfy { !$0.isPercent }
      guard isBare || !GrowthRates(context: context).contain(name) else { continue }
      context.report(
        .numberAsShare(
          Self.percent(outside), text: syntax.text, replaced: share.text, suggestion: syntax.inPercent,
          isPlausible: outside <= Self.mostPlausible),
        at: syntax.place)
    }
  }

  /// Checks a factor that multiplies the values of an input.
  func report(factor: Double, _ syntax: Syntax, of values: [Syntax]) {
    guard values.allSatisfy(\.isShare), factor.isFinite, !GrowthRates(context: context).contain(name) else { return }
    for value in values {
      let numbers = (value.pureNumbers ?? []).filter(\.isPercent).map { factor * $0.value }
      guard let outside = Self.outside(numbers) else { continue }
      context.report(.factorOfShare(Self.percent(outside), factor: syntax.text, of: value.text), at: syntax.place)
      return
    }
  }

  /// The largest number that may be meant as it is: 1.5 is 150 % or 1.5 %, but a share of 4000 % is a percentage without
  /// its sign.
  private static let mostPlausible = 10.0

  /// The number that is farthest outside 0 to 1, above if there is one.
  private static func outside(_ numbers: [Double]) -> Double? {
    if let largest = numbers.max(), largest > 1 { return largest }
    return numbers.min().flatMap { $0 < 0 ? $0 : nil }
  }

  private static func percent(_ number: Double) -> String { MessageText.number(MessageText.rounded(100 * number)) }
}

extension Syntax {
  /// Whether its numbers on the value's axis are percentages from 0 to 100 %.
  fileprivate var isShare: Bool {
    switch kind {
    case .number(let value, nil, isPercent: true): return value <= 1
    // Without explicit bounds a beta distribution is between 0 and 1.
    case .call("beta", _, let arguments) where arguments.allSatisfy({ !["low", "high"].contains($0.nameText) }):
      return arguments.count == 2 || numbersInPercent
    default: return numbersInPercent
    }
  }

  /// Whether none of its numbers on the value's axis has a unit or a percent sign.
  fileprivate var isBare: Bool { bareNumbers != nil }

  /// The numbers on the value's axis, if they are all literals without unit and percent sign.
  fileprivate var bareNumbers: [Double]? {
    var numbers: [Double] = []
    for number in numbersOnItsAxis ?? [self] {
      guard case .number(let value, nil, isPercent: false) = number.kind, value.isFinite else { return nil }
      numbers.append(value)
    }
    return numbers.isEmpty ? nil : numbers
  }

  /// The numbers on the value's axis with their signs, if they are all literals without unit.
  fileprivate var pureNumbers: [(value: Double, isPercent: Bool)]? {
    var numbers: [(value: Double, isPercent: Bool)] = []
    for number in numbersOnItsAxis ?? [self] {
      guard case .number(let value, nil, let isPercent) = number.withoutSign.kind, value.isFinite else { return nil }
      if case .negate(let operand) = number.kind, case .negate = operand.kind { return nil }
      let isNegative = if case .negate = number.kind { true } else { false }
      numbers.append((isNegative ? -value : value, isPercent))
    }
    return numbers
  }

  /// The text with a percent sign after each number on the value's axis, if all are on its first line.
  fileprivate var inPercent: String? {
    guard let numbers = bareNumbers, numbers.contains(where: { $0 > 1 }) else { return nil }
    var characters = Array(text)
    for number in (numbersOnItsAxis ?? [self]).sorted(by: { $0.place.column > $1.place.column }) {
      let end = number.place.column - place.column + number.text.count
      guard number.place.line == place.line, characters.indices.contains(end - 1),
        String(characters[(end - number.text.count)..<end]) == number.text
      else { return nil }
      characters.insert("%", at: end)
    }
    return String(characters)
  }
}
