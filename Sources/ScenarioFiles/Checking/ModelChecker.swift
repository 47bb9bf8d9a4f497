import Distributions
import Modeling
import Sampling
import Units

/// Turns a scenario as read into a checked model, or into all that is wrong with it.
///
/// The order is that of a compiler: names first, so that everything may be used before it is defined; then the texts;
/// then types in the order of need, equations of a cycle together; then what is reported.
struct ModelChecker {
  let context: CheckContext
  private let options: Scenario.Options

  /// A checker of a scenario.
  init(_ draft: Draft, options: Scenario.Options) {
    context = CheckContext(draft)
    self.options = options
  }

  /// The model.
  ///
  /// - Throws: every problem found, errors and warnings, in the order of their places.
  func model() throws(Diagnostics) -> Model { try checked().model }

  /// The model, and the cases of a table, whose mistakes are reported with the scenario's.
  ///
  /// - Throws: every problem found, errors and warnings, in the order of their places.
  func model(readingCases table: CSVTable?) throws(Diagnostics) -> (model: Model, cases: [CaseTable.Case]) {
    let checked = try checked(readingCases: table)
    return (checked.model, checked.cases)
  }

  /// A scenario that has been found in order, with what its variants are checked against.
  struct Checked {
    var model: Model
    /// The cases of a table.
    var cases: [CaseTable.Case]
    /// Inputs and references, assignments of the scenario included.
    var stated: [QuantityID: CheckedStated]
    var dealing: CoordinateDealing
    /// Inputs that a correlation names.
    var correlated: Set<QuantityID>
  }

  /// The model, and what its variants are checked against.
  ///
  /// - Throws: every problem found, errors and warnings, in the order of their places.
  func checked(readingCases table: CSVTable? = nil) throws(Diagnostics) -> Checked {
    UnitReading(context).declareUnits()
    IndexChecker(context: context).check()
    defineNames()
    readDefinitions()
    AssignmentChecker(context: context).apply()
    let correlations = CorrelationReading(context: context).read()
    let evidence = EvidenceChecker(context: context).read()
    let targets = TargetChecker(context: context).define()
    let graph = DependencyGraph(context)
    let correlated = Set(correlations.items.flatMap(\.inputs))
    let values = checkDefinitions(graph, correlated: correlated)
    let outputs = OutputChecker(context: context).check()
    let (observations, triangulations) = EvidenceChecker(context: context)
      .check(evidence) { isUncertain($0, graph, values.final) }
    let settings = RunChecker(context: context, options: options).check()
    let dealing = CoordinateDealing(context, stated: values.stated, final: values.final)
    let structure = CorrelationChecker(context: context, correlations: correlations)
      .structure(stated: values.stated, final: values.final, dealing)
    // What a mistake keeps from being used is not unused.
    if !context.hasErrors {
      UsageWarnings(
        context: context, graph: graph, outputs: outputs, evidence: EvidenceChecker.quantities(of: evidence),
        targets: targets
      ).report()
    }
    var cases: [CaseTable.Case] = []
    if let table, !context.hasErrors {
      cases = CaseReading(context: context, outputs: outputs, final: values.final).cases(in: table)
    }
    _ = SweepReading(context: context).sweeps()
    let problems = context.sortedDiagnostics()
    if problems.containsError { throw problems }
    var model = Model(
      title: context.draft.title ?? context.draft.file.stem, about: context.draft.about, indexes: context.indexes,
      units: context.units,
      quantities: quantities(values.final, dealing, targets),
      order: values.order, coordinates: dealing.coordinates + structure.further, components: structure.components,
      repairs: structure.repairs, outputs: outputs, correlations: correlations.texts, settings: settings,
      digest: digest, warnings: problems.all,
      files: files, skippedTableRows: context.skippedTableRows, targets: targets)
    model.invocation = invocation
    model.observations = observations
    model.triangulations = triangulations
    return Checked(
      model: model, cases: cases, stated: values.final, dealing: dealing, correlated: correlated)
  }

  /// Whether a quantity may change from draw to draw: it is, or needs, an input with a law.
  private func isUncertain(
    _ id: QuantityID, _ graph: DependencyGraph, _ final: [QuantityID: CheckedStated]
  ) -> Bool {
    graph.reach(of: [id]).contains { final[$0]?.sites.contains(where: \.isUncertain) ?? false }
  }

  // MARK: - Names and texts

  /// Enters every name, with a place in the model's order: inputs, equations, references.
  private func defineNames() {
    let draft = context.draft
    for entry in draft.inputs { define(entry, "an input", .input(StatedDraft(entry: entry))) }
    for entry in draft.equations {
      define(entry, "an equation", .equation(EquationDraft(text: "", provenance: Provenance())))
    }
    for entry in draft.references { define(entry, "a reference", .reference(StatedDraft(entry: entry))) }
  }

  private func define(_ entry: Draft.Entry, _ kind: String, _ draft: QuantityDraft.Kind) {
    let id = QuantityID(context.quantities.count)
    context.quantities.append(QuantityDraft(name: entry.name, place: entry.namePlace, kind: draft))
    context.names.define(entry.name, as: .quantity(id), kind: kind, at: entry.namePlace, in: context)
  }

  private func readDefinitions() {
    let draft = context.draft
    var position = 0
    for entry in draft.inputs {
      let stated = StatedReading(context: context).read(entry, isReference: false)
      context.quantities[position].kind = .input(stated)
      position += 1
    }
    for entry in draft.equations {
      context.quantities[position].kind = .equation(EquationChecker(context: context).read(entry))
      position += 1
    }
    for entry in draft.references {
      let stated = StatedReading(context: context).read(entry, isReference: true)
      context.quantities[position].kind = .reference(stated)
      position += 1
    }
  }

  // MARK: - Types

  private typealias Values = (
    stated: [QuantityID: CheckedStated], final: [QuantityID: CheckedStated], order: [EvaluationGroup]
  )

  private func checkDefinitions(_ graph: DependencyGraph, correlated: Set<QuantityID>) -> Values {
    var values: Values = ([:], [:], [])
    for component in graph.components() {
      if graph.isCycle(component) {
        let along = CycleChecker(context: context, graph: graph).check(component)
        values.order.append(EvaluationGroup(quantities: component, along: along))
        continue
      }
      let id = component[0]
      values.order.append(EvaluationGroup(quantities: [id]))
      if let draft = context[id].stated {
        check(id, draft, isCorrelated: correlated.contains(id), &values)
      } else {
        EquationChecker(context: context).check(id)
      }
    }
    return values
  }

  private func check(_ id: QuantityID, _ draft: StatedDraft, isCorrelated: Bool, _ values: inout Values) {
    let checker = StatedChecker(context: context, id: id, draft: draft, isCorrelated: isCorrelated)
    let original = checker.check(draft.leaves)
    var final = original
    if let assigned = draft.assigned { final = checker.check(assigned) }
    if final != nil {
      AssignmentChecker(context: context).applyToCells(id, draft, &final!)
    }
    guard let original, let final else {
      context[id].type = QuantityType(
        dimensionality: draft.unit.map { .known($0.dimension) } ?? .unknown,
        indexes: draft.isSound ? Set(draft.over) : nil, unit: draft.unit)
      return
    }
    requireUnit(of: original, in: final, id, at: draft.assigned?.first?.syntax.place)
    ShareWarnings(context: context)
      .report(draft.leaves.map(\.syntax), insteadOf: draft.leaves.map(\.syntax) + replaced(draft), unit: draft.unit)
    PercentWarnings(context: context, name: context[id].name).report(final)
    context[id].type = QuantityType(
      dimensionality: .known(original.unit.dimension), indexes: Set(draft.over), outcomes: final.outcomes,
      unit: original.unit)
    values.stated[id] = original
    values.final[id] = final
  }

  /// The texts that an entry had in the scenario that this one extends.
  private func replaced(_ draft: StatedDraft) -> [Syntax] {
    func texts(_ node: Node) -> [Syntax] {
      switch node.kind {
      case .scalar(let text): (try? FormulaParser.syntax(of: text)).map { [$0] } ?? []
      case .sequence: []
      case .mapping(let entries):
        // The texts of a value stand under `value`, and there perhaps under labels.
        (entries.first { $0.key == "value" }.map { [$0] } ?? entries).flatMap { texts($0.value) }
      }
    }
    return draft.entry.replaced.map(texts) ?? []
  }

  /// An assigned value has the dimension of what it replaces.
  func requireUnit(of original: CheckedStated, in final: CheckedStated, _ id: QuantityID, at place: SourcePlace?) {
    guard original.unit.dimension != final.unit.dimension else { return }
    context.error(
      "the value set for `\(context[id].name)` is not in its unit", at: place, expected: original.unit.text,
      found: final.unit == .one ? "a pure number" : final.unit.text)
  }

  // MARK: - The model's parts

  private func quantities(
    _ final: [QuantityID: CheckedStated], _ dealing: CoordinateDealing, _ targets: [Target]
  ) -> [Quantity] {
    var made = context.quantities.indices.map { quantity(QuantityID($0), final, dealing) }
    for target in targets {
      let unit = TargetChecker(context: context).unit(of: target) { id in made[id.position].unit }
      if let unit { made[target.quantity.position].unit = unit }
    }
    return made
  }

  private func quantity(
    _ id: QuantityID, _ final: [QuantityID: CheckedStated], _ dealing: CoordinateDealing
  ) -> Quantity {
    let draft = context[id]
    let indexes = draft.type.indexes ?? []
    let cells = CellSpace(Array(indexes), in: context.indexes)
    let dimension = draft.type.dimensionality.dimension ?? .dimensionless
    switch draft.kind {
    case .equation(let equation):
      let unit = equation.unit ?? reportUnit(id) ?? Unit(coherent: dimension)
      let expression = equation.expression ?? Typed.broken(.missing(at: draft.place)).expression(context)
      return Quantity(
        name: draft.name, kind: .equation(expression), cells: cells, unit: unit, provenance: equation.provenance,
        origin: .file(draft.place), formula: equation.text)
    case .input(let stated):
      return Quantity(
        name: draft.name, kind: .input(input(id, final, dealing)), cells: cells,
        unit: final[id]?.unit ?? Unit(coherent: dimension), provenance: stated.provenance,
        origin: origin(id) ?? .file(draft.place))
    case .reference(let stated):
      return Quantity(
        name: draft.name, kind: .reference(input(id, final, dealing)), cells: cells,
        unit: final[id]?.unit ?? Unit(coherent: dimension), scope: stated.scope, provenance: stated.provenance,
        origin: origin(id) ?? .file(draft.place))
    }
  }

  /// The last flag that replaced a quantity's value.
  private func origin(_ id: QuantityID) -> Origin? {
    context.draft.assignments.last { $0.name == context[id].name }.map { .flag($0.flag) }
  }

  /// The unit in which an equation is reported, where it is an output.
  private func reportUnit(_ id: QuantityID) -> Unit? {
    for entry in context.draft.outputs where entry.name == context[id].name {
      guard case .mapping(let fields) = entry.value.kind,
        let text = fields.first(where: { $0.key == "unit" })?.value.text
      else { continue }
      return try? context.units.parse(text)
    }
    return nil
  }

  private func input(
    _ id: QuantityID, _ final: [QuantityID: CheckedStated], _ dealing: CoordinateDealing
  ) -> Input {
    final[id].map { Self.input($0, dealing) } ?? Input(sites: [], cells: [])
  }

  /// A checked input with its coordinates' numbers.
  static func input(_ checked: CheckedStated, _ dealing: CoordinateDealing) -> Input {
    let sites = checked.sites.map { site in
      Site(
        value: site.value, coordinate: site.address.flatMap { dealing[$0] }, labels: site.labels,
        outside: site.outside, text: site.text, origin: site.leaf.origin, provenance: site.leaf.provenance)
    }
    let groups = checked.groups.map { group in
      ShareGroup(
        parameters: group.parameters, coordinates: group.addresses.compactMap { dealing[$0] }, labels: group.labels)
    }
    return Input(
      sites: sites, cells: checked.cells, shareGroups: groups, outcomes: checked.outcomes, across: checked.across)
  }

  private var invocation: [String] { Self.invocation(context.draft, [], options) }

  /// The words that say which scenario it is, with further assignments behind its own.
  static func invocation(_ draft: Draft, _ further: [Assignment], _ options: Scenario.Options) -> [String] {
    let assignments = (draft.assignments + further).flatMap { ["--set", $0.flag] }
    return [draft.file.path] + assignments + (options.root.map { ["--root", $0] } ?? [])
  }

  /// The scenario's files, then the tables that they name.
  private var files: [(path: String, sha256: String)] { context.draft.files + context.draft.root.tables.read }

  private var digest: String { Self.digest(files, context.draft.assignments) }

  /// SHA-256 over the hashes of the files, in order, and the flags that change values.
  static func digest(_ files: [(path: String, sha256: String)], _ assignments: [Assignment]) -> String {
    let files = files.map { "\($0.path) \($0.sha256)\n" }
    let flags = assignments.map { "\($0.flag)\n" }
    return Sha256.hexadecimal(of: Array((files + flags).joined().utf8))
  }
}

extension CheckContext {
  /// The problems, warnings after errors, each in the order of places.
  func sortedDiagnostics() -> Diagnostics {
    func before(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
      switch (a.place, b.place) {
      case (let a?, let b?): a < b
      case (nil, .some): true
      default: false
      }
    }
    // The sort is stable by position, which Swift does not promise of its own.
    let all = diagnostics.enumerated().sorted { a, b in
      if before(a.element, b.element) { return true }
      return before(b.element, a.element) ? false : a.offset < b.offset
    }
    .map(\.element)
    return Diagnostics(all.filter { $0.severity == .error } + all.filter { $0.severity == .warning })
  }
}

extension Syntax {
  /// A text that is not there.
  static func missing(at place: SourcePlace) -> Syntax {
    Syntax(.number(.nan, unit: nil, isPercent: false), at: place, text: "")
  }
}

extension SourceFile {
  /// The file's name without folders and extension.
  var stem: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }
}
