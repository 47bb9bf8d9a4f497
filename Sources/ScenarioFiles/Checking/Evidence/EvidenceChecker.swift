import Diagnostics
import Modeling
import Units

/// Reads `evidence`: observations that weight the draws, and quantities that several routes estimate.
///
/// Formulas of the section become equations after all other quantities, with their text as the name, so that no formula
/// can refer to them and no draw changes; a formula that is just a name is that quantity.
struct EvidenceChecker {
  let context: CheckContext

  /// A formula of the section.
  struct Formula {
    /// The formula as parsed.
    var syntax: Syntax
    /// The quantity that computes it.
    var quantity: QuantityID
  }

  /// Formulas, each with a label and its place; or one without a label, over an index.
  typealias Labelled = [(label: String?, place: SourcePlace, formula: Formula)]

  /// An item as read, before types are known.
  enum Item {
    /// `observe: …`
    case observation(ObservationDeclaration)
    /// `estimate: …, routes: …`
    case triangulation(TriangulationDeclaration)
    /// `publishable: …`
    case publishable(PublishableDeclaration)
  }

  /// What the items say.
  struct Checked {
    var observations: [Observation] = []
    var triangulations: [Triangulation] = []
    var publishables: [PublishableReading] = []
  }

  /// An item `estimate: …, routes: …` as read.
  struct TriangulationDeclaration {
    /// Its keys.
    var fields: Fields
    /// The name of the estimated quantity.
    var name: String
    /// The place of that name.
    var namePlace: SourcePlace
    /// The routes.
    var routes: Labelled
    /// The weights.
    var weights: Labelled
    /// Whether everything could be read.
    var isSound: Bool
  }

  // MARK: - Reading

  /// The items of all files; adds their formulas as quantities, so call it before the dependency graph is built.
  func read() -> [Item] {
    context.parsed.evidence.flatMap { section -> [Item] in
      switch section.kind {
      case .sequence(let items): return items.compactMap(item)
      case .scalar(let text) where text.text == "none": return []
      default:
        context.report(.evidenceNotList(found: section.kindInWords), at: section.place)
        return []
      }
    }
  }

  private func item(_ node: Node) -> Item? {
    guard case .mapping(let entries) = node.kind else {
      reportNoItem(node.place, found: node.kindInWords)
      return nil
    }
    let keys = entries.map(\.key)
    let sets = [ScenarioSchema.observation, ScenarioSchema.triangulation, ScenarioSchema.publishable]
    // The keys that only one kind has determine the kind of item.
    let fitting = sets.filter { set in set.required.contains { keys.contains($0) } }
    guard let kind = fitting.first, fitting.count == 1 else {
      let found = fitting.isEmpty ? keys.map { "`\($0)`" } : [Problem.bothKindsOfEvidence]
      let near = keys.lazy.compactMap { key in
        context.nearest(to: key, among: sets.flatMap(\.required))
      }.first
      reportNoItem(node.place, found: found.joined(separator: ", "), suggestion: fitting.isEmpty ? near : nil)
      return nil
    }
    let (fields, isKnown) = context.attempt { Fields(entries, kind, context) }
    let lacking = kind.required.filter { fields[$0] == nil }
    // A misspelt key has been reported already.
    for key in lacking where isKnown {
      context.report(.evidenceWithoutKey(key, subject: kind.subject, required: kind.required), at: node.place)
    }
    // A misspelt `measured` must not make the observation a condition.
    guard lacking.isEmpty, isKnown || fields["measured"] != nil || kind.subject != ScenarioSchema.observation.subject
    else { return nil }
    switch kind.subject {
    case ScenarioSchema.observation.subject: return observation(fields).map(Item.observation)
    case ScenarioSchema.publishable.subject: return publishable(fields, at: node.place).map(Item.publishable)
    default: return triangulation(fields).map(Item.triangulation)
    }
  }

  private func reportNoItem(_ place: SourcePlace, found: String, suggestion: String? = nil) {
    context.report(.evidenceItem(found: found, nearest: suggestion), at: place)
  }

  private func triangulation(_ fields: Fields) -> TriangulationDeclaration? {
    guard let estimate = fields["estimate"], let by = fields["routes"] else { return nil }
    guard let name = estimate.value.text, NameTable.isName(name) else {
      context.report(.estimateName(found: estimate.value.kindInWords), at: estimate.value.span)
      return nil
    }
    let routes = formulas(by.value)
    let weights = fields["weights"].map { formulas($0.value) }
    return TriangulationDeclaration(
      fields: fields, name: name, namePlace: estimate.value.span, routes: routes ?? [], weights: (weights ?? []) ?? [],
      isSound: routes != nil && (weights.map { $0 != nil } ?? true))
  }

  /// The formulas of a mapping, or the one formula of a scalar; nil if an error was reported.
  private func formulas(_ node: Node) -> Labelled? {
    guard case .mapping(let entries) = node.kind else {
      return formula(node).map { [(label: nil, place: node.span, formula: $0)] }
    }
    var isSound = true
    let read = entries.compactMap { entry -> Labelled.Element? in
      guard let formula = formula(entry.value) else {
        isSound = false
        return nil
      }
      return (entry.key, entry.keyPlace, formula)
    }
    return isSound ? read : nil
  }

  /// A formula with the quantity that computes it.
  func formula(_ node: Node) -> Formula? {
    guard let syntax = context.syntax(of: node, "a formula") else { return nil }
    if case .name(let name) = syntax.kind, let id = context.names.quantity(name) {
      return Formula(syntax: syntax, quantity: id)
    }
    let text = syntax.text.split(whereSeparator: \.isNewline).joined(separator: " ")
    let equation = EquationDeclaration(syntax: syntax, text: text, provenance: Provenance())
    context.quantities.append(QuantityDeclaration(name: text, place: syntax.place, kind: .equation(equation)))
    return Formula(syntax: syntax, quantity: QuantityID(context.quantities.count - 1))
  }

  /// The quantities that the items use.
  func quantities(of items: [Item]) -> [QuantityID] {
    items.flatMap { item -> [QuantityID] in
      switch item {
      case .observation(let declaration):
        [declaration.observed.quantity] + (declaration.readings ?? []).flatMap { names(in: $0.syntax) }
      case .triangulation(let declaration): (declaration.routes + declaration.weights).map(\.formula.quantity)
      case .publishable(let declaration): [declaration.formula.quantity]
      }
    }
  }

  /// The quantities that a measured value names.
  private func names(in syntax: Syntax) -> [QuantityID] {
    if case .name(let name) = syntax.kind { return context.names.quantity(name).map { [$0] } ?? [] }
    return syntax.parts.flatMap(names)
  }

  // MARK: - Checking

  /// The items, once types are known; errors are reported.
  ///
  /// - Parameter isUncertain: returns whether a quantity may change from draw to draw.
  func check(_ items: [Item], isUncertain: (QuantityID) -> Bool) -> Checked {
    var all = Checked()
    for item in items {
      switch item {
      case .observation(let declaration): all.observations += observations(declaration)
      case .publishable(let declaration):
        if let checked = publishable(declaration, after: all.publishables) { all.publishables.append(checked) }
      case .triangulation(let declaration):
        if let earlier = all.triangulations.first(where: { $0.name == declaration.name }) {
          context.report(.estimatedTwice(declaration.name, first: earlier.place), at: declaration.namePlace)
        } else if let checked = triangulation(declaration, isUncertain: isUncertain) {
          all.triangulations.append(checked)
        }
      }
    }
    return all
  }

  /// Whether a formula's values are numbers; labels are reported.
  func isNumber(_ formula: Formula) -> Bool {
    guard let index = context[formula.quantity].type.categories else { return true }
    context.report(
      .labelsAsEvidence(formula.syntax.text, index: context[index].name), at: formula.syntax.place)
    return false
  }

  /// A dimension in words: the unit in which a quantity is written, or the coherent unit.
  func words(_ dimension: Dimension, of quantity: QuantityID? = nil) -> String {
    if dimension.isDimensionless { return "a pure number" }
    if let unit = quantity.flatMap({ context[$0].type.unit }), unit.dimension == dimension { return unit.text }
    return context.units.describe(dimension)
  }
}
