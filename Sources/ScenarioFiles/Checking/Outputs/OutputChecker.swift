import Diagnostics
import Modeling
import Units

/// Reads `outputs`: the reported quantities, their units, and the references they are compared with.
struct OutputChecker {
  let context: CheckContext

  /// The outputs; errors are reported.
  func check() -> [Output] { context.parsed.outputs.compactMap(output) }

  private func output(_ entry: ParsedScenario.Entry) -> Output? {
    guard case .mapping(let entries) = entry.value.kind else {
      context.error(
        "an output is a mapping", at: entry.value.span, expected: "`\(entry.name): {unit: …}`",
        found: entry.value.kindInWords)
      return nil
    }
    let fields = Fields(entries, ScenarioSchema.output, context)
    let unit = fields["unit"].map { UnitReader(context).unit($0.value) }
    let scope = fields["scope"].map { ScopeReader(context).tags($0.value) } ?? [:]
    let note = fields.text("note")
    guard let id = quantity(entry) else { return nil }
    let type = context[id].type
    let comparisons = comparisons(fields["compare"]?.value, of: id, scope)
    if let index = type.categories {
      context.error(
        "`\(entry.name)` cannot be an output: its values are labels of `\(context[index].name)`", at: entry.namePlace)
      return nil
    }
    guard let dimension = type.dimensionality.dimension else { return nil }
    switch unit {
    case .some(let unit?):
      guard unit.dimension == dimension else {
        context.error(
          "`\(entry.name)` is not in this unit", at: fields["unit"]?.value.span,
          expected: dimension.isDimensionless
            ? "a pure number: `\"1\"` or `percent`" : "a unit like \(unitText(id, dimension))",
          found: unit.text, advice: missingTime(dimension, unit), notes: definition(of: id))
        return nil
      }
      return Output(
        quantity: id, unit: unit, scope: scope, comparisons: comparisons, note: note, place: entry.namePlace)
    case .some(nil): return nil
    case nil:
      guard dimension.isDimensionless else {
        context.error(
          "the output `\(entry.name)` needs a unit", at: entry.namePlace,
          expected: "`unit:`, as \(unitText(id, dimension))",
          notes: definition(of: id))
        return nil
      }
      return Output(
        quantity: id, unit: .one, scope: scope, comparisons: comparisons, note: note, place: entry.namePlace)
    }
  }

  /// The unit in which a quantity is written, if it has one; otherwise the coherent unit.
  private func unitText(_ id: QuantityID, _ dimension: Dimension) -> String {
    context[id].type.unit?.text ?? context.units.describe(dimension)
  }

  private func definition(of id: QuantityID) -> [Diagnostic.Note] {
    [
      .init(
        "`\(context[id].name)` is \(context.names.kind(context[id].name) ?? "") defined here", at: context[id].place)
    ]
  }

  /// A suggestion for a unit that differs by one `/year`.
  private func missingTime(_ dimension: Dimension, _ unit: Unit) -> String? {
    guard let ratio = try? dimension / unit.dimension else { return nil }
    if ratio == .time { return "a `/year` is missing in the formula, or is one too many in the unit" }
    if ratio == Dimension.time.inverse {
      return "a `* 1 year` is missing in the formula, or `/year` in the unit: `\(unit.text)/year`"
    }
    return "they differ by a factor in \(context.units.describe(ratio))"
  }

  private func quantity(_ entry: ParsedScenario.Entry) -> QuantityID? {
    guard let id = context.names.quantity(entry.name) else {
      guard !context.isUnreadable(entry.name) else { return nil }
      let candidates = context.quantities.map(\.name)
      context.error(
        context.names[entry.name] == nil ? "unknown name `\(entry.name)`" : "an index cannot be an output",
        at: entry.namePlace, expected: "an input or an equation",
        suggestion: context.nearest(to: entry.name, among: candidates))
      return nil
    }
    if case .reference = context[id].kind {
      context.error(
        "the reference `\(entry.name)` cannot be an output", at: entry.namePlace, expected: "an input or an equation",
        advice: "an equation `NAME: \(entry.name)` can be")
      return nil
    }
    return id
  }

  // MARK: - Comparisons

  private func comparisons(_ node: Node?, of output: QuantityID, _ scope: [String: String]) -> [Modeling.Comparison] {
    guard let node else { return [] }
    // A single reference needs no brackets.
    let items: [Node]
    if case .sequence(let list) = node.kind { items = list } else { items = [node] }
    var seen: Set<String> = []
    return items.compactMap { item in
      guard let comparison = comparison(item, of: output, scope) else { return nil }
      guard seen.insert(comparison.text).inserted else {
        context.error("`\(comparison.text)` is compared with twice", at: item.place)
        return nil
      }
      return comparison
    }
  }

  private func comparison(
    _ node: Node, of output: QuantityID, _ scope: [String: String]
  ) -> Modeling.Comparison? {
    var text: Node? = node
    var convert: Node?
    if case .mapping(let entries) = node.kind {
      let fields = Fields(entries, ScenarioSchema.comparison, context)
      text = fields["reference"]?.value
      convert = fields["convert"]?.value
      if text == nil {
        context.error(
          "a comparison needs its reference", at: node.place, expected: "`{reference: NAME, convert: NAME}`")
        return nil
      }
    }
    guard let text, let syntax = context.syntax(of: text, "a reference"), let (id, labels) = reference(syntax) else {
      return nil
    }
    guard case .reference(let stated) = context[id].kind else { return nil }
    var factor: QuantityID?
    if let convert {
      guard let id = self.factor(convert, of: output) else { return nil }
      factor = id
    }
    let type = context[id].type
    if let index = type.categories {
      context.error("labels of `\(context[index].name)` cannot be compared with", at: syntax.place)
      return nil
    }
    if let a = context[output].type.dimensionality.dimension, let b = type.dimensionality.dimension, a != b {
      context.error(
        "`\(context[output].name)` and `\(context[id].name)` are not of one unit", at: syntax.place,
        found: "\(unitText(output, a)) and \(unitText(id, b))", notes: definition(of: id))
      return nil
    }
    guard convert != nil || scopesAgree(scope, stated.scope, output, id, at: syntax.place) else { return nil }
    let tags = Set(scope.keys).symmetricDifference(stated.scope.keys)
    return Modeling.Comparison(
      reference: id, labels: labels, convert: factor, text: syntax.text, unstatedTags: tags.sorted())
  }

  /// `bitcoin`, `bitcoin[edition=revised_2023]`
  private func reference(_ syntax: Syntax) -> (QuantityID, [IndexID: Int])? {
    let base: Syntax
    var selections: [Selection] = []
    if case .select(let inner, let given) = syntax.kind { (base, selections) = (inner, given) } else { base = syntax }
    guard case .name(let name) = base.kind, let id = context.names.quantity(name), case .reference = context[id].kind
    else {
      guard !context.isUnreadable(base.text) else { return nil }
      let known = context.quantities.filter { if case .reference = $0.kind { true } else { false } }.map(\.name)
      let kind = context.names.kind(base.text)
      context.error(
        kind == nil ? "unknown reference `\(base.text)`" : "`\(base.text)` is no reference", at: base.place,
        found: kind.map { $0 }, suggestion: context.nearest(to: base.text, among: known))
      return nil
    }
    guard let indexes = context[id].type.indexes else { return nil }
    var labels: [IndexID: Int] = [:]
    for selection in selections {
      guard let index = context.names.index(selection.index), indexes.contains(index) else {
        context.error(
          "`\(name)` does not run over `\(selection.index)`", at: selection.indexPlace,
          found: "it is over \(context.list(indexes))")
        return nil
      }
      guard !selection.namesSeveralLabels, let label = selection.labels.first,
        let position = context.position(ofLabel: label.text, on: index)
      else {
        FormulaChecker(context: context, use: .constant)
          .reportUnknownLabel(
            selection.labels.map(\.text).joined(separator: ", "), on: index,
            at: selection.labels.first?.place ?? selection.indexPlace)
        return nil
      }
      labels[index] = position
    }
    return (id, labels)
  }

  private func factor(_ node: Node, of output: QuantityID) -> QuantityID? {
    guard let name = node.text, let id = context.names.quantity(name) else {
      guard !context.isUnreadable(node.text ?? "") else { return nil }
      context.error(
        "unknown name `\(node.text ?? "")`", at: node.span, expected: "an input or equation that is a pure number",
        suggestion: context.nearest(to: node.text ?? "", among: context.quantities.map(\.name)))
      return nil
    }
    guard context[id].type.dimensionality.mayBePure, context[id].type.categories == nil else {
      context.error(
        "`convert` multiplies the output, and must be a pure number", at: node.span,
        found: context[id].type.dimensionality.dimension.map { "`\(name)` is in \(context.units.describe($0))" })
      return nil
    }
    let lacking = (context[id].type.indexes ?? []).subtracting(context[output].type.indexes ?? [])
    guard lacking.isEmpty || context[output].type.indexes == nil else {
      context.error(
        "`convert` runs over \(context.list(lacking)), which the output does not have", at: node.span,
        found: "`\(context[output].name)` is over \(context.list(context[output].type.indexes ?? []))")
      return nil
    }
    return id
  }

  /// Whether the tags stated on both sides are equal; a comparison with differing tags is rejected.
  private func scopesAgree(
    _ a: [String: String], _ b: [String: String], _ output: QuantityID, _ reference: QuantityID, at place: SourcePlace
  ) -> Bool {
    let differing = a.keys.filter { tag in b[tag].map { $0 != a[tag] } ?? false }.sorted()
    guard !differing.isEmpty else { return true }
    let (left, right) = (context[output].name, context[reference].name)
    context.error(
      "`\(left)` and `\(right)` cover different things", at: place,
      found: differing.map { "\($0): \(a[$0] ?? "") against \(b[$0] ?? "")" }.joined(separator: "; "),
      advice: "convert the output: `{reference: \(right), convert: NAME}`, NAME being a pure number times `\(left)`",
      notes: [.init("the scope of `\(right)` is stated here", at: context[reference].place)])
    return false
  }
}
