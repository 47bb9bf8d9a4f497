import Diagnostics
import Modeling

/// A verdict as read, before types are known.
struct VerdictDeclaration {
  /// Its keys.
  var fields: Fields
  /// The condition; nil if an error was reported.
  var condition: EvidenceChecker.Formula?
  /// False if a key was reported as unknown: it may be a misspelt required one.
  var hasKnownKeys: Bool
  /// The place of the verdict.
  var place: SourcePlace
}

/// Reads `verdict` of outputs: published claims, each with the condition that decides it.
///
/// Conditions become equations in the way of formulas of evidence: after all other quantities, so that no formula can
/// name them and no draw changes.
struct VerdictChecker {
  let context: CheckContext

  // MARK: - Reading

  /// The verdicts of all outputs, by the output's name; adds their conditions as quantities, so call it before the
  /// dependency graph is built.
  func read() -> [String: [VerdictDeclaration]] {
    var all: [String: [VerdictDeclaration]] = [:]
    for output in context.parsed.outputs {
      guard case .mapping(let entries) = output.value.kind, let entry = entries.first(where: { $0.key == "verdict" })
      else { continue }
      // A single verdict needs no brackets.
      let items: [Node]
      if case .sequence(let list) = entry.value.kind, !list.isEmpty { items = list } else { items = [entry.value] }
      all[output.name, default: []] += items.compactMap { declaration($0, keyPlace: entry.keyPlace) }
    }
    return all
  }

  private func declaration(_ node: Node, keyPlace: SourcePlace) -> VerdictDeclaration? {
    guard case .mapping(let entries) = node.kind else {
      context.report(.verdictNotMapping(found: node.kindInWords), at: node.place)
      return nil
    }
    let (fields, hasKnownKeys) = context.attempt { Fields(entries, ScenarioSchema.verdict, context) }
    let formula = fields["if"].flatMap { EvidenceChecker(context: context).formula($0.value) }
    return VerdictDeclaration(
      fields: fields, condition: formula, hasKnownKeys: hasKnownKeys, place: entries.first?.keyPlace ?? keyPlace)
  }

  // MARK: - Checking

  /// The verdicts of an output, once types are known; errors are reported.
  func check(_ declarations: [VerdictDeclaration]) -> [Verdict] { declarations.compactMap(verdict) }

  private func verdict(_ declaration: VerdictDeclaration) -> Verdict? {
    let fields = declaration.fields
    // All parts are checked, so that all their errors are reported together.
    let words = words(declaration)
    let texts = ["quote", "source"].map { text($0, fields) }
    let certainty = certainty(fields)
    let url = address(fields)
    let condition = condition(declaration)
    guard let words, let condition, let certainty, texts.allSatisfy({ $0 != nil }), let url else { return nil }
    return Verdict(
      claim: words.claim, quote: texts[0] ?? nil, condition: condition.quantity,
      conditionText: condition.syntax.text.onOneLine, words: words.verdicts, certainty: certainty,
      source: texts[1] ?? nil, url: url, place: declaration.place)
  }

  /// The claim and the words of the three decisions; nil if an error was reported.
  private func words(_ declaration: VerdictDeclaration) -> (claim: String, verdicts: [Verdict.Decision: String])? {
    let fields = declaration.fields
    let required = ScenarioSchema.verdict.required
    for key in required where fields[key] == nil && declaration.hasKnownKeys {
      context.report(.verdictWithoutKey(key, required: required), at: declaration.place)
    }
    let read = ["claim", "then", "else", "undecided"].map { text($0, fields) }
    guard case .some(.some(let claim)) = read[0], case .some(.some(let then)) = read[1],
      case .some(.some(let otherwise)) = read[2], case .some(let undecided) = read[3]
    else { return nil }
    let words = [then, otherwise, undecided ?? Verdict.defaultUndecided]
    if let repeated = words.indices.first(where: { words[..<$0].contains(words[$0]) }) {
      context.report(
        .verdictWordsTwice(words[repeated]),
        at: fields[["then", "else", "undecided"][repeated]]?.value.span ?? declaration.place)
      return nil
    }
    return (claim, [.yes: words[0], .no: words[1], .undecided: words[2]])
  }

  /// The text of a key: `.some(nil)` without the key, nil if it has no letter or digit or is not a text, which is
  /// reported.
  private func text(_ key: String, _ fields: Fields) -> String?? {
    guard let field = fields[key] else { return .some(nil) }
    guard let text = fields.text(key) else { return nil }
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else {
      context.report(.verdictTextEmpty(key), at: field.value.place)
      return nil
    }
    return .some(text.onOneLine)
  }

  /// The formula of the condition, a single truth value; nil if an error was reported.
  private func condition(_ declaration: VerdictDeclaration) -> EvidenceChecker.Formula? {
    guard let formula = declaration.condition, let indexes = context[formula.quantity].type.indexes else { return nil }
    // A formula with an error has been reported.
    if case .equation(let equation) = context[formula.quantity].kind, equation.expression == nil { return nil }
    guard EvidenceChecker(context: context).isCondition(formula.quantity) else {
      let isNumber = context[formula.quantity].type.categories == nil
      context.report(.verdictOfNumber(formula.syntax.text, isNumber: isNumber), at: formula.syntax.place)
      return nil
    }
    guard indexes.isEmpty else {
      let names = context.sorted(indexes).map { context[$0].name }
      let over = names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]"
      let label = context.sorted(indexes).first.map { "\(context[$0].name)=\(context[$0].labels.last ?? "label")" }
      context.report(
        .verdictOfSeveralCells(
          formula.syntax.text, indexes: context.list(indexes), label: label ?? "",
          suggestion: "min(\(formula.syntax.text.onOneLine), over=\(over))"),
        at: formula.syntax.place)
      return nil
    }
    return formula
  }

  /// The certainty; nil if an error was reported.
  private func certainty(_ fields: Fields) -> Double? {
    guard let field = fields["certainty"] else { return Verdict.defaultCertainty }
    let text = (field.value.text ?? "").filter { $0 != " " }
    let isPercent = text.hasSuffix("%")
    let number = Double(isPercent ? String(text.dropLast()) : text)
    let share = number.map { isPercent ? $0 / 100 : $0 }
    guard let share, share > 0.5, share <= 1 else {
      let isMeantAsPercent = !isPercent && number.map { $0 > 50 && $0 <= 100 } ?? false
      context.report(
        .verdictCertainty(
          found: field.value.text.map { "`\($0)`" } ?? field.value.kindInWords,
          suggestion: isMeantAsPercent ? "\(text)%" : nil),
        at: field.value.span)
      return nil
    }
    return share
  }

  /// The address: `.some(nil)` without one, nil if an error was reported.
  private func address(_ fields: Fields) -> String?? {
    guard let field = fields["url"] else { return .some(nil) }
    guard let text = fields.text("url") else { return nil }
    let scheme = ["https://", "http://"].first { text.hasPrefix($0) }
    guard let scheme, text.count > scheme.count, !text.contains(where: \.isWhitespace) else {
      context.report(.verdictAddress(found: text, suggestion: Self.address(meantBy: text)), at: field.value.span)
      return nil
    }
    return .some(text)
  }

  /// The address that a text such as `doi:10.1145/3531146` or `example.org/page` means.
  private static func address(meantBy text: String) -> String? {
    guard !text.isEmpty, !text.contains(where: \.isWhitespace) else { return nil }
    if text.lowercased().hasPrefix("doi:") { return "https://doi.org/\(text.dropFirst(4))" }
    if text.hasPrefix("10.") && text.contains("/") { return "https://doi.org/\(text)" }
    let host = text.prefix { $0 != "/" }
    let isHost = host.contains(".") && !host.hasPrefix(".") && !host.hasSuffix(".") && !host.contains(":")
    return isHost ? "https://\(text)" : nil
  }
}
