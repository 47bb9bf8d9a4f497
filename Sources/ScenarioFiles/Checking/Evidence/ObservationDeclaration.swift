import Diagnostics
import Modeling

/// An item `observe: …` as read, before types are known.
struct ObservationDeclaration {
  /// A measured value with the labels that it is for.
  struct Reading {
    /// The value as parsed.
    var syntax: Syntax
    /// The labels; a value without an index's label is for all of them.
    var labels: [IndexID: Int]
  }

  /// Its keys.
  var fields: Fields
  /// The observed formula.
  var observed: EvidenceChecker.Formula
  /// The indexes for each of whose labels there is a reading.
  var over: [IndexID]
  /// The measured values; nil for a condition.
  var readings: [Reading]?
  /// The place of the formula.
  var place: SourcePlace
}

/// Reading an observation.
extension EvidenceChecker {
  /// The declaration of an item; nil if an error was reported.
  func observation(_ fields: Fields) -> ObservationDeclaration? {
    guard let observe = fields["observe"] else { return nil }
    var (node, over) = withoutIndexes(observe.value)
    if let named = fields["over"] {
      guard let indexes = InputReader(context: context).indexes(named.value) else { return nil }
      over += indexes.filter { !over.contains($0) }
    }
    guard let formula = formula(node) else { return nil }
    var readings: [ObservationDeclaration.Reading]?
    if let measured = fields["measured"] {
      let (read, isSound) = context.attempt { self.readings(measured.value, over: over, at: [:]) }
      guard isSound else { return nil }
      readings = read
    }
    node = observe.value
    return ObservationDeclaration(
      fields: fields, observed: formula, over: over, readings: readings, place: node.span)
  }

  /// A formula without a final `[year]` or `[year, region]`, and the indexes that it names.
  private func withoutIndexes(_ node: Node) -> (Node, [IndexID]) {
    guard case .scalar(var scalar) = node.kind, scalar.text.hasSuffix("]"),
      let bracket = scalar.text.lastIndex(of: "[")
    else { return (node, []) }
    let names = scalar.text[scalar.text.index(after: bracket)...].dropLast().split(separator: ",")
      .map { $0.drop { $0 == " " }.prefix { $0 != " " } }
    let indexes = names.compactMap { context.names.index(String($0)) }
    guard !indexes.isEmpty, indexes.count == names.count else { return (node, []) }
    let length = scalar.text.distance(from: scalar.text.startIndex, to: bracket)
    scalar.text = String(scalar.text[..<bracket])
    scalar.places = Array(scalar.places.prefix(length + 1))
    var shortened = node
    shortened.kind = .scalar(scalar)
    return (shortened, indexes)
  }

  /// The measured values of a text, or of a mapping from the labels of `over`, nested in its order.
  private func readings(
    _ node: Node, over: [IndexID], at labels: [IndexID: Int]
  ) -> [ObservationDeclaration.Reading] {
    guard case .mapping(let entries) = node.kind else {
      return context.value(of: node, "a distribution").map { [.init(syntax: $0, labels: labels)] } ?? []
    }
    guard let index = over.first else {
      context.report(.measuredLabelsWithoutIndex, at: entries.first?.keyPlace ?? node.place)
      return []
    }
    return entries.flatMap { entry -> [ObservationDeclaration.Reading] in
      guard let position = context.position(ofLabel: entry.key, on: index) else {
        FormulaChecker(context: context, use: .constant).reportUnknownLabel(entry.key, on: index, at: entry.keyPlace)
        return []
      }
      var inner = labels
      inner[index] = position
      return readings(entry.value, over: Array(over.dropFirst()), at: inner)
    }
  }
}
