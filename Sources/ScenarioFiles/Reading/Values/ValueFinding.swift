import Modeling

/// What a text is that stands where a value should, and is none.
struct ValueFinding {
  /// What it is, in a sentence.
  var message: String
  /// What would be right, in words.
  var expected: String?
  /// What was probably meant: all readings, each ready to be put in its place.
  var readings: [Reading] = []
  /// What to do, in words.
  var advice: String?

  /// A way to read the text.
  struct Reading {
    /// The text in the language.
    var text: String
    /// When it is meant, where there are several.
    var condition: String?

    /// A reading, and when it is meant.
    init(_ text: String, _ condition: String? = nil) {
      self.text = text
      self.condition = condition
    }
  }

  /// The problem, at the whole text.
  ///
  /// A reading that is no formula of the language is left out.
  func diagnostic(of source: ScalarText) -> Diagnostic {
    let sound = readings.filter { reading in
      (try? FormulaParser.syntax(of: ScalarText(flag: "", text: reading.text))) != nil
    }
    let shownReadings = sound.map { sound.count > 1 ? $0.text + ($0.condition.map { " (\($0))" } ?? "") : $0.text }
    let leading = source.text.prefix { $0.isWhitespace }.count
    let text = LooseText(source.text).text
    let shown = "`\(InvisibleCharacter.shown(String(text.prefix(60))))`"
    return Diagnostic(
      message, at: source.place(offset: leading, length: max(1, text.count)), expected: expected,
      found: message.contains(shown) ? nil : shown,
      suggestion: shownReadings.isEmpty ? nil : shownReadings.joined(separator: ", or "),
      notes: advice.map { [.init($0)] } ?? [])
  }
}

/// Where a value stands: what a missing one means there.
enum ValueRole {
  /// In a scenario or a flag.
  case value
  /// In a table of an input, where a blank cell may be filled.
  case tableCell
  /// In a table of cases or variants, where a blank cell leaves the scenario's value.
  case caseCell
}

/// Values: a number, an interval, a distribution, or constants put together.
///
/// Data that people paste hold texts that the grammar would compute as something else (`2023-04-01` as a difference,
/// `(4.1)` as 4.1) or take apart (`N/A` as a quotient of names). They are recognised as a whole, and one message says
/// what each of them is.
enum ValueText {
  /// The tree of a value.
  ///
  /// - Parameters:
  ///   - role: Where it stands.
  ///   - isKnown: Whether a name or label is known, so that it is not taken for a mark of a missing value.
  /// - Throws: What the text is instead, or what is wrong with it as a formula.
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

  /// What a text is that the grammar takes, and that was hardly meant as what it would compute; nil for values.
  static func finding(in syntax: Syntax, role: ValueRole, isKnown: (String) -> Bool) -> ValueFinding? {
    switch syntax.kind {
    case .number: return syntax.isInParentheses ? accountingNegative(syntax.text) : nil
    case .name(let name):
      // In a table a lone sign such as `x` is no name, even if there is one.
      let mark = missing(syntax.isInParentheses ? "(\(name))" : name, role: role)
      if let mark, role == .tableCell && name.count == 1 || !isKnown(name) { return mark }
      return isKnown(name) ? nil : truth(name) ?? date(name)
    case .list: return parentheses(LooseText(syntax.text))
    case .binary(.and, let left, let right):
      // `10 and 20` would be 1, for both are true.
      guard case .number = left.kind, case .number = right.kind else { return nil }
      return range(LooseText(syntax.text))
    case .interval(let low, let high, _):
      for end in [low, high] {
        guard var finding = finding(in: end, role: role, isKnown: isKnown) else { continue }
        finding.expected = "an interval `low to high` whose ends are numbers"
        finding.advice = finding.readings.first.map { "`\(end.text)` was perhaps meant as \($0.text)" }
        finding.readings = []
        return finding
      }
      return nil
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

  /// What a cell is that must be a plain number; nil if it cannot be told.
  static func finding(ofCell text: String) -> ValueFinding? {
    guard let syntax = try? FormulaParser.syntax(of: ScalarText(flag: "", text: text)) else {
      return finding(inUnparsed: text, role: .tableCell)
    }
    return finding(in: syntax, role: .tableCell) { _ in false }
  }

  /// What a text is that is no formula; nil if it cannot be told.
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

  /// The shapes that are looked for, the more special ones first.
  private static let shapes: [@Sendable (LooseText) -> ValueFinding?] = [
    { date($0.text) }, { time($0) }, { range($0) }, { parentheses($0) },
    { trailingMinus($0) }, { power($0) }, { foreignDigits($0) }, { signed($0) }, { uncertainty($0) }, { bound($0) },
    { currency($0) }, { percent($0) }, { footnote($0) }, { spreadsheet($0) },
  ]
}

extension CheckContext {
  /// The parse of a value; reported if it is none.
  func value(of source: ScalarText, role: ValueRole = .value) -> Syntax? {
    do throws(Diagnostics) {
      return try ValueText.syntax(of: source, role: role) { isKnownName($0) }
    } catch {
      report(error)
      return nil
    }
  }

  /// Whether a text is a name of the scenario or a label of one of its indexes.
  func isKnownName(_ text: String) -> Bool {
    names[text] != nil || indexes.indices.contains { position(ofLabel: text, on: IndexID($0)) != nil }
  }
}
