import Diagnostics
import Distributions
import Modeling
import Sampling
import TextFormats
import Units

/// Turns a parsed scenario into a checked model, or into all its problems.
///
/// The order is that of a compiler: names first, so that everything may be used before it is defined; then the texts;
/// then types in dependency order, with the equations of a cycle together; then outputs.
struct ModelChecker {
  let context: CheckContext
  private let options: Scenario.Options

  /// A checker of a scenario.
  init(_ parsed: ParsedScenario, options: Scenario.Options) {
    context = CheckContext(parsed)
    context.isTrial = options.isTrial
    self.options = options
  }

  /// The model.
  ///
  /// - Throws: every problem found, errors and warnings, in the order of their places.
  func model() throws(Diagnostics) -> Model { try checked().model }

  /// The model, and the cases of a table; their problems are reported with those of the scenario.
  ///
  /// - Throws: every problem found, errors and warnings, in the order of their places.
  func model(readingCases table: CSVTable?) throws(Diagnostics) -> (model: Model, cases: [CaseTable.Case]) {
    let checked = try checked(readingCases: table)
    return (checked.model, checked.cases)
  }

  /// A scenario without errors, with the data that its variants are checked against.
  struct Checked {
    var model: Model
    /// The cases of a table.
    var cases: [CaseTable.Case]
    /// Inputs and references, including the scenario's assignments.
    var stated: [QuantityID: CheckedInput]
    var dimensions: DimensionAssignment
    /// Inputs that a correlation names.
    var correlated: Set<QuantityID>
  }

  /// The model, with the data that its variants are checked against.
  ///
  /// - Throws: every problem found, errors and warnings, in the order of their places.
  func checked(readingCases table: CSVTable? = nil) throws(Diagnostics) -> Checked {
    UnitReader(context).declareUnits()
    IndexChecker(context: context).check()
    defineNames()
    readDefinitions()
    AssignmentChecker(context: context).apply()
    let correlations = CorrelationReader(context: context).read()
    let evidence = EvidenceChecker(context: context).read()
    let verdicts = VerdictChecker(context: context).read()
    for position in context.latents.indices { LatentFormulas(context: context).read(&context.latents[position]) }
    let targets = TargetChecker(context: context).define()
    let graph = DependencyGraph(context)
    let correlated = Set(correlations.items.flatMap(\.inputs))
    let values = checkDefinitions(graph, correlated: correlated)
    let labelled = OutputChecker(context: context, verdicts: verdicts).check()
    let outputs = labelled.map(\.output)
    let declared = context.quantities.count
    let found = EvidenceChecker(context: context)
      .check(evidence) { isUncertain($0, graph, values.final) }
    // Formulas that observations are computed from depend on declared quantities only.
    let derived = (declared..<context.quantities.count).map { EvaluationGroup(quantities: [QuantityID($0)]) }
    let latents = context.latents.compactMap { LatentChecker(context: context, graph: graph).check($0) }
    let settings = RunChecker(context: context, options: options).check()
    let dimensions = DimensionAssignment(context, stated: values.stated, final: values.final)
    let structure = CorrelationChecker(context: context, correlations: correlations)
      .structure(stated: values.stated, final: values.final, dimensions)
    // An error may keep a quantity from being used; then it must not be reported as unused.
    if !context.hasErrors {
      UsageChecker(
        context: context, graph: graph, outputs: outputs,
        evidence: EvidenceChecker(context: context).quantities(of: evidence)
          + context.latents.flatMap { [$0.quantity] + $0.read },
        targets: targets
      ).report()
    }
    var cases: [CaseTable.Case] = []
    if let table, !context.hasErrors {
      cases = CaseReader(context: context, outputs: outputs, final: values.final).cases(in: table)
    }
    _ = SweepReader(context: context).sweeps()
    let publication = PublicationReader(context: context).read()
    let problems = context.sortedDiagnostics()
    if problems.containsError { throw problems }
    var model = Model(
      title: context.parsed.title ?? context.parsed.file.stem, about: context.parsed.about, indexes: context.indexes,
      units: context.units,
      quantities: quantities(values.final, dimensions, targets),
      order: values.order + derived, coordinates: dimensions.coordinates + structure.further,
      components: structure.components
        + latents.compactMap { latent in
          values.final[latent.input].flatMap { LatentChecker.component(of: latent, $0, dimensions) }
        },
      repairs: structure.repairs, outputs: outputs, correlations: correlations.texts, settings: settings,
      digest: digest, warnings: problems.all + context.verificationWarnings,
      files: files, skippedTableRows: context.skippedTableRows, targets: targets)
    for (output, label) in labelled {
      if let label { model.quantities[output.quantity.position].label = label }
    }
    model.invocation = invocation
    model.path = context.parsed.file.publishedPath
    model.folder = context.parsed.root.published
    model.publication = publication
    model.observations = found.observations
    model.latents = latents
    model.triangulations = found.triangulations
    model.publishables = found.publishables
    return Checked(
      model: model, cases: cases, stated: values.final, dimensions: dimensions, correlated: correlated)
  }

  /// Whether a quantity may change from draw to draw, because it is or depends on an input with a distribution.
  private func isUncertain(
    _ id: QuantityID, _ graph: DependencyGraph, _ final: [QuantityID: CheckedInput]
  ) -> Bool {
    graph.reach(of: [id]).contains { final[$0]?.supportPoints.contains(where: \.isUncertain) ?? false }
  }

  // MARK: - Names and texts

  /// Defines every name, with a position in the model's order: inputs, equations, references.
  private func defineNames() {
    let parsed = context.parsed
    for entry in parsed.inputs { define(entry, "an input", .input(InputDeclaration(entry: entry))) }
    for entry in parsed.latents {
      var hidden = entry
      hidden.name = LatentDeclaration.hiddenName(entry.name)
      let id = QuantityID(context.quantities.count)
      context.quantities.append(
        QuantityDeclaration(name: hidden.name, place: entry.namePlace, kind: .input(InputDeclaration(entry: hidden))))
      context.names.defineHidden(hidden.name, as: .quantity(id), kind: "a latent total", at: entry.namePlace)
      context.latents.append(LatentDeclaration(entry: entry, input: id, quantity: id))
    }
    for (position, entry) in parsed.latents.enumerated() {
      context.latents[position].quantity = QuantityID(context.quantities.count)
      define(entry, "a latent total", .equation(EquationDeclaration(text: "", provenance: Provenance())))
    }
    for entry in parsed.equations {
      define(entry, "an equation", .equation(EquationDeclaration(text: "", provenance: Provenance())))
    }
    for entry in parsed.references { define(entry, "a reference", .reference(InputDeclaration(entry: entry))) }
  }

  private func define(_ entry: ParsedScenario.Entry, _ kind: String, _ declaration: QuantityDeclaration.Kind) {
    let id = QuantityID(context.quantities.count)
    context.quantities.append(QuantityDeclaration(name: entry.name, place: entry.namePlace, kind: declaration))
    context.names.define(entry.name, as: .quantity(id), kind: kind, at: entry.namePlace, in: context)
  }

  private func readDefinitions() {
    let parsed = context.parsed
    var position = 0
    for entry in parsed.inputs {
      let stated = InputReader(context: context).read(entry, isReference: false)
      context.quantities[position].kind = .input(stated)
      position += 1
    }
    for latent in context.latents.indices { LatentReader(context: context).read(&context.latents[latent]) }
    position += 2 * parsed.latents.count
    for entry in parsed.equations {
      context.quantities[position].kind = .equation(EquationChecker(context: context).read(entry))
      position += 1
    }
    for entry in parsed.references {
      let stated = InputReader(context: context).read(entry, isReference: true)
      context.quantities[position].kind = .reference(stated)
      position += 1
    }
  }

  // MARK: - Types

  private typealias Values = (
    stated: [QuantityID: CheckedInput], final: [QuantityID: CheckedInput], order: [EvaluationGroup]
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
      if let declaration = context[id].inputDeclaration {
        check(id, declaration, isCorrelated: correlated.contains(id), &values)
      } else {
        EquationChecker(context: context).check(id)
      }
    }
    return values
  }

  private func check(_ id: QuantityID, _ declaration: InputDeclaration, isCorrelated: Bool, _ values: inout Values) {
    let checker = InputChecker(context: context, id: id, declaration: declaration, isCorrelated: isCorrelated)
    let original = checker.check(declaration.labelledValues)
    var final = original
    if let assigned = declaration.assigned { final = checker.check(assigned) }
    if final != nil {
      AssignmentChecker(context: context).applyToCells(id, declaration, &final!)
    }
    guard let original, let final else {
      context[id].type = QuantityType(
        dimensionality: declaration.unit.map { .known($0.dimension) } ?? .unknown,
        indexes: declaration.isSound ? Set(declaration.over) : nil, unit: declaration.unit)
      return
    }
    requireUnit(of: original, in: final, id, at: declaration.assigned?.first?.syntax.place)
    ShareChecker(context: context, name: context[id].name)
      .report(
        declaration.labelledValues.map(\.syntax),
        insteadOf: declaration.labelledValues.map(\.syntax) + replaced(declaration), unit: declaration.unit)
    PercentChecker(context: context, name: context[id].name).report(final)
    context[id].type = QuantityType(
      dimensionality: .known(original.unit.dimension), indexes: Set(declaration.over), categories: final.categories,
      unit: original.unit)
    values.stated[id] = original
    values.final[id] = final
    context.inputRanges[id] = final.range
  }

  /// The texts that an entry has in the scenario that this one extends.
  private func replaced(_ declaration: InputDeclaration) -> [Syntax] {
    func texts(_ node: Node) -> [Syntax] {
      switch node.kind {
      case .scalar(let text): (try? FormulaParser.syntax(of: text)).map { [$0] } ?? []
      case .sequence: []
      case .mapping(let entries):
        // The texts of a value are under `value`, possibly in a mapping by labels.
        (entries.first { $0.key == "value" }.map { [$0] } ?? entries).flatMap { texts($0.value) }
      }
    }
    return declaration.entry.replaced.map(texts) ?? []
  }

  /// Requires that an assigned value has the dimension of the value it replaces.
  func requireUnit(of original: CheckedInput, in final: CheckedInput, _ id: QuantityID, at place: SourcePlace?) {
    guard original.unit.dimension != final.unit.dimension else { return }
    context.report(
      .assignedUnit(
        context[id].name, expected: original.unit.text,
        found: final.unit == .one ? "a pure number" : final.unit.text),
      at: place)
  }

  // MARK: - The model's parts

  private func quantities(
    _ final: [QuantityID: CheckedInput], _ dimensions: DimensionAssignment, _ targets: [Target]
  ) -> [Quantity] {
    let units = reportUnits()
    var made = context.quantities.indices.map { quantity(QuantityID($0), final, dimensions, units) }
    for target in targets {
      let unit = TargetChecker(context: context).unit(of: target) { id in made[id.position].unit }
      if let unit { made[target.quantity.position].unit = unit }
    }
    return made
  }

  private func quantity(
    _ id: QuantityID, _ final: [QuantityID: CheckedInput], _ dimensions: DimensionAssignment, _ units: [String: String]
  ) -> Quantity {
    let declaration = context[id]
    let indexes = declaration.type.indexes ?? []
    let cells = CellSpace(Array(indexes), in: context.indexes)
    let dimension = declaration.type.dimensionality.dimension ?? .dimensionless
    switch declaration.kind {
    case .equation(let equation):
      let reported = units[declaration.name].flatMap { try? context.units.parse($0) }
      let unit = equation.unit ?? reported ?? Unit(coherent: dimension)
      let expression = equation.expression ?? Typed.broken(.missing(at: declaration.place)).expression(context)
      return Quantity(
        name: declaration.name, label: equation.label, kind: .equation(expression), cells: cells, unit: unit,
        provenance: equation.provenance, origin: .file(declaration.place), formula: equation.text)
    case .input(let stated):
      return Quantity(
        name: declaration.name, label: stated.label, kind: .input(input(id, final, dimensions)), cells: cells,
        unit: final[id]?.unit ?? Unit(coherent: dimension), provenance: stated.provenance,
        origin: origin(id) ?? .file(declaration.place))
    case .reference(let stated):
      return Quantity(
        name: declaration.name, label: stated.label, kind: .reference(input(id, final, dimensions)), cells: cells,
        unit: final[id]?.unit ?? Unit(coherent: dimension), scope: stated.scope, provenance: stated.provenance,
        origin: origin(id) ?? .file(declaration.place))
    }
  }

  /// The last flag that replaced a quantity's value.
  private func origin(_ id: QuantityID) -> Origin? {
    context.assignments[context[id].name]?.last.map { .flag($0.flag) }
  }

  /// The units in which equations are reported, by the names of outputs.
  private func reportUnits() -> [String: String] {
    var units: [String: String] = [:]
    for entry in context.parsed.outputs where units[entry.name] == nil {
      guard case .mapping(let fields) = entry.value.kind else { continue }
      units[entry.name] = fields.first { $0.key == "unit" }?.value.text
    }
    return units
  }

  private func input(
    _ id: QuantityID, _ final: [QuantityID: CheckedInput], _ dimensions: DimensionAssignment
  ) -> Input {
    final[id].map { Self.input($0, dimensions) } ?? Input(supportPoints: [], cells: [])
  }

  /// A checked input with its numbered coordinates.
  static func input(_ checked: CheckedInput, _ dimensions: DimensionAssignment) -> Input {
    let supportPoints = checked.supportPoints.map { supportPoint in
      SupportPoint(
        value: supportPoint.value, coordinate: supportPoint.address.flatMap { dimensions[$0] },
        labels: supportPoint.labels,
        outside: supportPoint.outside, text: supportPoint.text, origin: supportPoint.labelledValue.origin,
        provenance: supportPoint.labelledValue.provenance)
    }
    let groups = checked.groups.map { group in
      ShareGroup(
        parameters: group.parameters, coordinates: group.addresses.compactMap { dimensions[$0] }, labels: group.labels)
    }
    return Input(
      supportPoints: supportPoints, cells: checked.cells, shareGroups: groups, categories: checked.categories,
      dependence: checked.dependence)
  }

  private var invocation: [String] { Self.invocation(context.parsed, [], options) }

  /// The command-line words that identify the scenario, with further assignments after its own.
  static func invocation(_ parsed: ParsedScenario, _ further: [Assignment], _ options: Scenario.Options) -> [String] {
    let assignments = (parsed.assignments + further).flatMap { ["--set", $0.flag] }
    let path = parsed.file.publishedPath
    let scenario = options.given == nil ? [path] : [GivenScenario.word, "--as", path]
    let root = options.root.map { ["--root", $0.hasPrefix("/") ? parsed.root.published : $0] }
    return scenario + assignments + (root ?? [])
  }

  /// The scenario's files, followed by the tables that they name.
  private var files: [(path: String, sha256: String)] { context.parsed.files + context.parsed.root.tables.read }

  private var digest: String { Self.digest(files, context.parsed.assignments) }

  /// SHA-256 of the hashes of the files, in order, and of the flags that change values.
  static func digest(_ files: [(path: String, sha256: String)], _ assignments: [Assignment]) -> String {
    let files = files.map { "\($0.path) \($0.sha256)\n" }
    let flags = assignments.map { "\($0.flag)\n" }
    return Sha256.hexadecimal(of: Array((files + flags).joined().utf8))
  }
}

extension CheckContext {
  /// The problems, errors before warnings, each in the order of places.
  func sortedDiagnostics() -> Diagnostics {
    func before(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
      switch (a.place, b.place) {
      case (let a?, let b?): a < b
      case (nil, .some): true
      default: false
      }
    }
    // The warning about a hidden function would repeat the error about its call.
    let called = diagnostics.filter { $0.severity == .error && $0.code == NameCode.hidden.code }.flatMap(\.notes)
      .compactMap(\.place)
    let distinct = diagnostics.filter { diagnostic in
      !(diagnostic.severity == .warning && diagnostic.code == NameCode.hidden.code
        && called.contains { $0 == diagnostic.place })
    }
    // Comparing positions makes the sort stable, which Swift does not guarantee.
    let all = distinct.enumerated().sorted { a, b in
      if before(a.element, b.element) { return true }
      return before(b.element, a.element) ? false : a.offset < b.offset
    }
    .map(\.element)
    return Diagnostics(all.filter { $0.severity == .error } + all.filter { $0.severity == .warning })
  }
}

extension Syntax {
  /// An empty text, for a missing one.
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
