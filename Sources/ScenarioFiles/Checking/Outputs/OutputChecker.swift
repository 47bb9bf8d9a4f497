import Diagnostics
import Modeling
import Units

/// Reads `outputs`: the reported quantities, their units, and the references they are compared with.
struct OutputChecker {
  let context: CheckContext
  /// The verdicts as read, by the name of their output.
  let verdicts: [String: [VerdictDeclaration]]

  /// The outputs, each with the name in words that it gives its quantity; errors are reported.
  func check() -> [(output: Output, label: String?)] { context.parsed.outputs.compactMap(output) }

  private func output(_ entry: ParsedScenario.Entry) -> (output: Output, label: String?)? {
    guard case .mapping(let entries) = entry.value.kind else {
      context.report(.outputNotMapping(entry.name, found: entry.value.kindInWords), at: entry.value.span)
      return nil
    }
    let fields = Fields(entries, ScenarioSchema.output, context)
    let unit = fields["unit"].map { UnitReader(context).unit($0.value) }
    let scope = fields["scope"].map { ScopeReader(context).tags($0.value) } ?? [:]
    let note = fields.text("note")
    let label = fields.label
    guard let id = quantity(entry) else { return nil }
    let type = context[id].type
    let comparisons = comparisons(fields["compare"]?.value, of: id, scope)
    let verdicts = VerdictChecker(context: context).check(verdicts[entry.name] ?? [])
    if let index = type.categories {
      context.report(.labelsAsOutput(entry.name, index: context[index].name), at: entry.namePlace)
      return nil
    }
    guard let dimension = type.dimensionality.dimension else { return nil }
    switch unit {
    case .some(let unit?):
      guard unit.dimension == dimension else {
        context.report(
          .outputUnit(
            entry.name, unit: dimension.isDimensionless ? nil : unitText(id, dimension), found: unit.text,
            advice: difference(dimension, unit).map(Problem.outputUnitAdvice), notes: definition(of: id)),
          at: fields["unit"]?.value.span)
        return nil
      }
      return (
        Output(
          quantity: id, unit: unit, scope: scope, comparisons: comparisons, note: note, verdicts: verdicts,
          place: entry.namePlace), label
      )
    case .some(nil): return nil
    case nil:
      guard dimension.isDimensionless else {
        context.report(
          .outputWithoutUnit(entry.name, unit: unitText(id, dimension), notes: definition(of: id)),
          at: entry.namePlace)
        return nil
      }
      return (
        Output(
          quantity: id, unit: .one, scope: scope, comparisons: comparisons, note: note, verdicts: verdicts,
          place: entry.namePlace), label
      )
    }
  }

  /// The unit in which a quantity is written, if it has one; otherwise the coherent unit.
  private func unitText(_ id: QuantityID, _ dimension: Dimension) -> String {
    context[id].type.unit?.text ?? context.units.describe(dimension)
  }

  private func definition(of id: QuantityID) -> [Diagnostic.Note] {
    [
      Problem.definition(
        of: context[id].name, kind: context.names.kind(context[id].name) ?? "", at: context[id].place)
    ]
  }

  /// The quotient of an output's dimension and that of its unit; nil if it has too large an exponent.
  private func difference(_ dimension: Dimension, _ unit: Unit) -> Problem.OutputUnitDifference? {
    guard let ratio = try? dimension / unit.dimension else { return nil }
    if ratio == .time { return .perYearTooFew }
    if ratio == Dimension.time.inverse { return .yearTooFew(unit: unit.text) }
    return .factor(context.units.describe(ratio))
  }

  private func quantity(_ entry: ParsedScenario.Entry) -> QuantityID? {
    guard let id = context.names.quantity(entry.name) else {
      guard !context.isUnreadable(entry.name) else { return nil }
      let nearest = context.nearest(to: entry.name, among: context.quantities.map(\.name))
      context.report(
        context.names[entry.name] == nil
          ? .unknownOutputQuantity(entry.name, nearest: nearest) : .indexAsOutput(nearest: nearest),
        at: entry.namePlace)
      return nil
    }
    if case .reference = context[id].kind {
      context.report(.referenceAsOutput(entry.name), at: entry.namePlace)
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
        context.report(.repeatedComparison(comparison.text), at: item.place)
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
        context.report(.comparisonWithoutReference, at: node.place)
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
      context.report(.labelsAsReference(index: context[index].name), at: syntax.place)
      return nil
    }
    if let a = context[output].type.dimensionality.dimension, let b = type.dimensionality.dimension, a != b {
      context.report(
        .comparisonUnit(
          context[output].name, context[id].name, units: (unitText(output, a), unitText(id, b)),
          notes: definition(of: id)),
        at: syntax.place)
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
      context.report(
        .notAReference(
          base.text, kind: context.names.kind(base.text), nearest: context.nearest(to: base.text, among: known)),
        at: base.place)
      return nil
    }
    guard let indexes = context[id].type.indexes else { return nil }
    var labels: [IndexID: Int] = [:]
    for selection in selections {
      guard let index = context.names.index(selection.index), indexes.contains(index) else {
        context.report(
          .referenceSelection(name, index: selection.index, indexes: context.list(indexes)),
          at: selection.indexPlace)
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
      context.report(
        .unknownFactor(
          node.text ?? "", nearest: context.nearest(to: node.text ?? "", among: context.quantities.map(\.name))),
        at: node.span)
      return nil
    }
    guard context[id].type.dimensionality.mayBePure, context[id].type.categories == nil else {
      let unit = context[id].type.categories == nil ? context[id].type.dimensionality.dimension : nil
      context.report(.factorNotPure(name, unit: unit.map(context.units.describe)), at: node.span)
      return nil
    }
    let lacking = (context[id].type.indexes ?? []).subtracting(context[output].type.indexes ?? [])
    guard lacking.isEmpty || context[output].type.indexes == nil else {
      context.report(
        .factorIndexes(
          context.list(lacking), output: context[output].name,
          indexes: context.list(context[output].type.indexes ?? [])),
        at: node.span)
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
    context.report(
      .scopesDiffer(
        context[output].name, context[reference].name,
        differences: differing.map { ($0, a[$0] ?? "", b[$0] ?? "") }, definition: context[reference].place),
      at: place)
    return false
  }
}
