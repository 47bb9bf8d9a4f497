import Diagnostics
import Modeling
import Units

/// Warns about a bare number that replaces a percentage.
///
/// If a scenario has `load: 20% to 60%`, `--set load=40` means 4000 %, not 40 %, because bare numbers are pure numbers.
/// A value above 1 without a percent sign in place of percentages from 0 to 100 % is hardly ever intended, wherever it
/// is written: in a flag, in a table of cases, in a sweep, in a scenario that extends another, or next to percentages
/// in one value.
struct ShareChecker {
  let context: CheckContext

  /// Checks texts that replace others, or appear next to them, as values of an input whose bare numbers are in `unit`.
  func report(_ syntaxes: [Syntax], insteadOf others: [Syntax], unit: Unit?) {
    if let unit { guard unit.dimension.isDimensionless, unit.scale == 1 else { return } }
    guard let share = others.first(where: \.isShare), others.allSatisfy({ $0.isShare || $0.isBare }) else { return }
    var seen: Set<String> = []
    for syntax in syntaxes where seen.insert(syntax.place.description).inserted {
      guard let largest = syntax.bareNumbers?.max(), largest > 1 else { continue }
      context.report(
        .numberAsShare(
          MessageText.number(MessageText.rounded(100 * largest)), text: syntax.text, replaced: share.text,
          suggestion: syntax.inPercent),
        at: syntax.place)
    }
  }
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

  /// The text with a percent sign after each number on the value's axis, if all are on its first line.
  fileprivate var inPercent: String? {
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
