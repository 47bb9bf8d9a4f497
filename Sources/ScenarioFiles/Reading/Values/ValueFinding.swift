import Diagnostics
import Modeling

/// The diagnosis of a text that is not a value but appears where one is expected.
struct ValueFinding {
  /// The problem, without the possible meanings.
  var problem: Problem
  /// The possible meanings, each ready to replace the text.
  var readings: [Reading]

  /// Creates a diagnosis.
  init(_ problem: Problem, readings: [Reading] = []) {
    self.problem = problem
    self.readings = readings
  }

  /// A possible meaning of the text.
  struct Reading {
    /// The text in the language's notation.
    var text: String
    /// The condition under which it applies, if there are several.
    var condition: String?

    /// Creates a reading with its condition.
    init(_ text: String, _ condition: String? = nil) {
      self.text = text
      self.condition = condition
    }
  }

  /// The problem, placed at the whole text.
  ///
  /// Readings that are not formulas of the language are omitted.
  func diagnostic(of source: ScalarText) -> Diagnostic {
    let sound = readings.filter { reading in
      (try? FormulaParser.syntax(of: ScalarText(flag: "", text: reading.text))) != nil
    }
    let leading = source.text.prefix { $0.isWhitespace }.count
    let text = LooseText(source.text).text
    let shown = "`\(InvisibleCharacter.shown(String(text.prefix(60))))`"
    var problem = problem.offering(sound.map { .init($0.text, meaning: $0.condition) })
    problem.found = problem.message.contains(shown) ? nil : shown
    return Diagnostic(problem, at: source.place(offset: leading, length: max(1, text.count)))
  }
}

/// The context of a value, which determines the meaning of a missing one.
enum ValueRole {
  /// In a scenario or a flag.
  case value
  /// In a table of an input, where a blank cell may be filled.
  case tableCell
  /// In a table of cases or variants, where a blank cell keeps the scenario's value.
  case caseCell
}

/// Parses values: a number, an interval, a distribution, or an expression of constants.
///
/// Pasted data contain texts that the grammar would evaluate to something else (`2023-04-01` as a difference, `(4.1)`
/// as 4.1) or split (`N/A` as a quotient of names). They are recognised as a whole, and one message explains each of
/// them.
enum ValueText {
  /// The tree of a value.
  ///
  /// - Parameters:
  ///   - role: The context.
  ///   - isKnown: Whether a name or label is known, so that it is not taken for a missing-value marker.
  /// - Throws: The diagnosis of the text, or its syntax errors.
  static func syntax(
    of source: ScalarText, role: ValueRole = .value, isKnown: (String) -> Bool = { _ in true }
  ) throws(Diagnostics) -> Syntax {
    let syntax: Syntax
    do throws(Diagnostics) {
      syntax = try FormulaParser.syntax(of: source)
    } catch {
      guard let finding = finding(inUnparsed: source.text, role: role) else { throw error }
      throw Diagnostics([finding.diagnostic(of: source)])
    }
    if let finding = finding(in: syntax, role: role, isKnown: isKnown) {
      throw Diagnostics([finding.diagnostic(of: source)])
    }
    return syntax
  }

  /// The diagnosis of a text that parses but probably means something else; nil for values.
  static func finding(in syntax: Syntax, role: ValueRole, isKnown: (String) -> Bool) -> ValueFinding? {
    switch syntax.kind {
    case .number: return syntax.isInParentheses ? accountingNegative(syntax.text) : nil
    case .name(let name):
      // In a table a single symbol such as `x` is a missing-value marker, even if the name exists.
      let mark = missing(syntax.isInParentheses ? "(\(name))" : name, role: role)
      if let mark, role == .tableCell && name.count == 1 || !isKnown(name) { return mark }
      return isKnown(name) ? nil : truth(name) ?? date(name)
    case .list: return parentheses(LooseText(syntax.text))
    case .binary(.and, let left, let right):
      // `10 and 20` would be 1, since both are true.
      guard case .number = left.kind, case .number = right.kind else { return nil }
      return range(LooseText(syntax.text))
    case .interval(let low, let high, _):
      for end in [low, high] {
        guard var finding = finding(in: end, role: role, isKnown: isKnown) else { continue }
        finding.problem = finding.problem.inInterval(end: end.text, meant: finding.readings.first?.text)
        finding.readings = []
        return finding
      }
      return nil
    case .binary(.add, _, _): return syntax.text.contains("+-") ? uncertainty(LooseText(syntax.text)) : nil
    case .binary(.divide, let left, let right):
      if case .name = left.kind, case .name = right.kind, let finding = missing(syntax.text, role: role) {
        return finding
      }
      return dateOfQuotient(syntax.text)
    case .binary(.subtract, _, _):
      return date(syntax.text) ?? rangeOrDifference(syntax)
    default: return nil
    }
  }

  /// The diagnosis of a cell that must be a plain number; nil if there is none.
  static func finding(ofCell text: String) -> ValueFinding? {
    guard let syntax = try? FormulaParser.syntax(of: ScalarText(flag: "", text: text)) else {
      return finding(inUnparsed: text, role: .tableCell)
    }
    return finding(in: syntax, role: .tableCell) { _ in false }
  }

  /// The diagnosis of a text that does not parse; nil if there is none.
  static func finding(inUnparsed text: String, role: ValueRole) -> ValueFinding? {
    guard text.utf8.count <= 200 else { return invisible(text) }
    let loose = LooseText(text)
    guard !loose.isAtEnd else { return nil }
    if let finding = missing(loose.text, role: role) ?? grouped(loose) ?? invisible(text) { return finding }
    for shape in shapes {
      if let finding = shape(loose) { return finding }
    }
    return nil
  }

  /// The recognisers, more specific ones first.
  private static let shapes: [@Sendable (LooseText) -> ValueFinding?] = [
    { date($0.text) }, { time($0) }, { range($0) }, { parentheses($0) },
    { trailingMinus($0) }, { power($0) }, { foreignDigits($0) }, { signed($0) }, { uncertainty($0) }, { bound($0) },
    { currency($0) }, { percent($0) }, { footnote($0) }, { spreadsheet($0) },
  ]
}

extension CheckContext {
  /// The parsed value; reported if the text is not a value.
  func value(of source: ScalarText, role: ValueRole = .value) -> Syntax? {
    do throws(Diagnostics) {
      return try ValueText.syntax(of: source, role: role) { isKnownName($0) }
    } catch {
      report(error)
      return nil
    }
  }

  /// The parsed value where only one number is possible: an end of an interval, an observed value. Advice that leads to
  /// an interval or a distribution is left out.
  func number(of source: ScalarText, role: ValueRole) -> Syntax? {
    do throws(Diagnostics) {
      return try ValueText.syntax(of: source, role: role) { isKnownName($0) }
    } catch {
      for problem in error.all { report(problem.whereNumberExpected) }
      return nil
    }
  }

  /// Whether a text is a name of the scenario or a label of one of its indexes.
  func isKnownName(_ text: String) -> Bool {
    names[text] != nil || indexes.indices.contains { position(ofLabel: text, on: IndexID($0)) != nil }
  }
}

extension Diagnostic {
  /// The same problem in a place for one number.
  fileprivate var whereNumberExpected: Diagnostic {
    let several = [ValueCode.range, .bound, .uncertainty].map(\.code)
    guard several.contains(code) else { return self }
    var problem = self
    if code == ValueCode.range.code { problem.message = Problem.rangeAsNumber.message }
    (problem.expected, problem.suggestion, problem.readings, problem.notes) = ("a number", nil, [], [])
    return problem
  }
}
