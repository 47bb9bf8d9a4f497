import Diagnostics
import Modeling

/// Texts that are not values, and ranges written as differences inside a value.
///
/// `3-5` evaluates to -2, and a file that means three to five would run with it. As a whole value it is an error.
/// Inside a value, as in `normal(2-4, 1)`, a difference of two literals with the second greater is hardly ever meant.
extension DistributionChecker {
  /// Whether a text is a value, and so is each of its arguments; a date, a range or a missing-value marker is reported.
  func isValue(_ syntax: Syntax) -> Bool {
    if let finding = ValueText.finding(in: syntax, role: .value, isKnown: context.isKnownName) {
      report(finding, of: syntax)
      return false
    }
    return syntax.holdsDistribution ? holdsValues(syntax) : true
  }

  /// Whether the arguments of distributions, and the constants that are combined with them, are values.
  private func holdsValues(_ syntax: Syntax) -> Bool {
    switch syntax.kind {
    case .call("empirical", _, _): return true
    case .call(let name, _, let arguments) where Syntax.isDistribution(name):
      return arguments.filter { $0.nameText != "along" }.map { isArgument($0.value) }.allSatisfy(\.self)
    case .binary where syntax.holdsDistribution: return syntax.parts.map(isArgument).allSatisfy(\.self)
    case .negate(let operand): return isArgument(operand)
    default: return true
    }
  }

  private func isArgument(_ syntax: Syntax) -> Bool {
    switch syntax.kind {
    case .list(let items): return items.map(isArgument).allSatisfy(\.self)
    // A quotient of two quantities, even if they are called `n` and `a`.
    case .binary(.divide, let left, let right)
    where [left, right].allSatisfy({ if case .name(let name) = $0.kind { context.isKnownName(name) } else { false } }):
      return true
    default: return isValue(syntax)
    }
  }

  private func report(_ finding: ValueFinding, of syntax: Syntax) {
    let (text, place) = syntax.withParentheses
    let whole = ScalarText(
      text: text, places: [(line: Int, column: Int)](repeating: (1, 1), count: text.count + 1), file: place.file)
    var diagnostic = finding.diagnostic(of: whole)
    diagnostic.place = place
    context.report(diagnostic)
  }

  /// Warns about each difference in a value that looks like a range.
  func reportRanges(_ syntax: Syntax) {
    if case .binary(.subtract, let left, let right) = syntax.kind, let range = Self.range(left, right) {
      context.report(.differenceAsRange(suggestion: range), at: syntax.place)
      return
    }
    for part in syntax.parts { reportRanges(part) }
  }

  /// The range between two numbers; nil unless the first is smaller.
  private static func range(_ left: Syntax, _ right: Syntax) -> String? {
    guard case .number(let low, let lowUnit, let isLowPercent) = left.kind,
      case .number(let high, let highUnit, let isHighPercent) = right.kind,
      lowUnit == nil || lowUnit?.text == highUnit?.text
    else { return nil }
    // `1 - 5%` and `0.8 - 30%` subtract from a fraction; `2-5%` omits the first percent sign.
    let lacksSign = isHighPercent && !isLowPercent
    if lacksSign && low <= 1 { return nil }
    guard low < (lacksSign ? 100 * high : high) else { return nil }
    return "\(left.text)\(lacksSign ? "%" : "") to \(right.text)"
  }
}

extension Syntax {
  /// The text and the place with the parentheses directly around them.
  fileprivate var withParentheses: (text: String, place: SourcePlace) {
    guard isInParentheses, place.column > 1, place.file.lines.indices.contains(place.line - 1) else {
      return (text, place)
    }
    let around = place.file.lines[place.line - 1].dropFirst(place.column - 2).prefix(place.length + 2)
    guard around == "(\(text))" else { return (text, place) }
    var wider = place
    (wider.column, wider.length) = (place.column - 1, place.length + 2)
    return (String(around), wider)
  }
}
