import Diagnostics
import Modeling

/// Texts that are not values, and ranges written as differences inside a value.
///
/// `3-5` evaluates to -2, and a file that means three to five would run with it. As a whole value it is an error.
/// Inside a value, as in `normal(2-4, 1)`, a difference of two literals with the second greater is hardly ever meant.
extension DistributionChecker {
  /// Whether a text is a value; a date, a range or a missing-value marker is reported.
  func isValue(_ syntax: Syntax) -> Bool {
    guard let finding = ValueText.finding(in: syntax, role: .value, isKnown: context.isKnownName) else { return true }
    let whole = ScalarText(
      text: syntax.text, places: [(line: Int, column: Int)](repeating: (1, 1), count: syntax.text.count + 1),
      file: syntax.place.file)
    var diagnostic = finding.diagnostic(of: whole)
    diagnostic.place = syntax.place
    context.report(diagnostic)
    return false
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
