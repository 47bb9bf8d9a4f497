import Diagnostics
import Distributions
import Modeling
import Sampling
import Units

/// Applies `--set`: `NAME=value`, `NAME.ARGUMENT=value`, `NAME*=number`, `NAME[label,…]=value`.
///
/// The first two forms replace the value's text before it is checked; the others change cells afterwards. A changed
/// input keeps its coordinates, so that its own probabilities and all other draws stay the same.
struct AssignmentChecker {
  let context: CheckContext
  /// The given assignments, in order; nil for those of the scenario.
  private let given: [Assignment]?

  /// Creates a checker of the given assignments, by default those of the scenario.
  init(context: CheckContext, assignments: [Assignment]? = nil) {
    self.context = context
    given = assignments
  }

  /// Applies the assignments that replace texts; reports names that are not inputs.
  func apply() {
    for assignment in given ?? context.parsed.assignments {
      guard let id = context.names.quantity(assignment.name), var stated = context[id].inputDeclaration else {
        reportNoInput(assignment)
        continue
      }
      apply(assignment, to: &stated)
      set(stated, of: id)
    }
  }

  /// Replaces texts of an input's value if the assignment does so.
  func apply(_ assignment: Assignment, to stated: inout InputDeclaration) {
    switch assignment.target {
    case .factor, .cell: break
    case .value:
      ShareChecker(context: context, name: assignment.name)
        .report([assignment.value], insteadOf: stated.labelledValues.map(\.syntax), unit: stated.unit)
      // The old value's source does not apply to the new value.
      stated.provenance = Provenance(disclosableBy: stated.provenance.disclosableBy)
      stated.assigned = (stated.assigned ?? stated.labelledValues).map { labelledValue in
        var changed = labelledValue
        changed.syntax = assignment.value
        changed.unit = nil
        changed.origin = .flag(assignment.flag)
        changed.provenance = Provenance()
        return changed
      }
    case .argument(let argument):
      stated.assigned = replaced(argument, assignment, in: stated.assigned ?? stated.labelledValues)
    }
  }

  private func set(_ stated: InputDeclaration, of id: QuantityID) {
    switch context[id].kind {
    case .input: context[id].kind = .input(stated)
    case .reference: context[id].kind = .reference(stated)
    case .equation: break
    }
  }

  /// Reports that an assignment's name is not an input.
  func reportNoInput(_ assignment: Assignment) {
    guard !context.isUnreadable(assignment.name) else { return }
    let inputs = context.quantities.filter { !$0.isEquation }.map(\.name)
    context.report(
      .assignedName(
        assignment.name, kind: context.names.kind(assignment.name),
        nearest: context.nearest(to: assignment.name, among: inputs)),
      at: assignment.namePlace)
  }

  // MARK: - Arguments

  /// The labelled values with one argument of their distributions replaced; a missing argument is reported.
  private func replaced(_ argument: String, _ assignment: Assignment, in labelledValues: [LabelledValue])
    -> [LabelledValue]
  {
    var result = labelledValues
    for position in labelledValues.indices {
      switch replacing(argument, by: assignment.value, in: labelledValues[position].syntax) {
      case .replaced(let syntax):
        result[position].syntax = syntax
        result[position].origin = .flag(assignment.flag)
      case .lacks(let distribution, let known):
        context.report(
          .assignedArgument(
            argument, of: distribution, arguments: known, input: assignment.name,
            value: labelledValues[position].syntax.text, nearest: context.nearest(to: argument, among: known)),
          at: place(of: argument, in: assignment))
        return labelledValues
      case .isConstant: continue
      }
    }
    if zip(labelledValues, result).allSatisfy({ $0.syntax.text == $1.syntax.text }) {
      context.report(
        .argumentOfConstant(assignment.name, value: assignment.value.text), at: assignment.namePlace)
    }
    return result
  }

  /// The place of an argument in an assignment: after the name and a point.
  private func place(of argument: String, in assignment: Assignment) -> SourcePlace {
    var place = assignment.namePlace
    guard assignment.flag.hasPrefix("\(assignment.name).\(argument)") else { return place }
    place.column += assignment.name.count + 1
    place.length = argument.count
    return place
  }

  private enum Replacement {
    case replaced(Syntax)
    case lacks(distribution: String, known: [String])
    case isConstant
  }

  private func replacing(_ name: String, by value: Syntax, in syntax: Syntax) -> Replacement {
    func inside(_ part: Syntax, _ make: (Syntax) -> Syntax.Kind) -> Replacement {
      // Once: parts may contain parts to any depth.
      let replacement = replacing(name, by: value, in: part)
      if case .replaced(let new) = replacement { return .replaced(rebuilt(syntax, make(new))) }
      return replacement
    }
    switch syntax.kind {
    case .interval(let low, let high, let within):
      switch name {
      case "low": return .replaced(rebuilt(syntax, .interval(value, high, within: within)))
      case "high": return .replaced(rebuilt(syntax, .interval(low, value, within: within)))
      default: return .lacks(distribution: "interval", known: ["low", "high"])
      }
    case .negate(let operand): return inside(operand) { .negate($0) }
    case .binary(let sign, let left, let right):
      if left.holdsDistribution { return inside(left) { .binary(sign, $0, right) } }
      return right.holdsDistribution ? inside(right) { .binary(sign, left, $0) } : .isConstant
    case .call(let distribution, let place, let arguments) where Syntax.isDistribution(distribution):
      return replacing(name, by: value, inCall: distribution, place, arguments, syntax)
    default: return .isConstant
    }
  }

  private func replacing(
    _ name: String, by value: Syntax, inCall distribution: String, _ place: SourcePlace, _ arguments: [Argument],
    _ syntax: Syntax
  ) -> Replacement {
    func with(_ position: Int, _ new: Syntax) -> Replacement {
      var changed = arguments
      changed[position].value = new
      return .replaced(rebuilt(syntax, .call(distribution, namePlace: place, changed)))
    }
    if let position = arguments.firstIndex(where: { $0.nameText == name }) { return with(position, value) }
    if let position = arguments.firstIndex(where: { $0.value.isInterval }), name == "low" || name == "high",
      case .replaced(let interval) = replacing(name, by: value, in: arguments[position].value)
    {
      return with(position, interval)
    }
    if distribution == "truncate" {
      for (position, own) in ["distribution", "low", "high"].enumerated() where own == name && position > 0 {
        if position < arguments.count, arguments[position].name == nil { return with(position, value) }
      }
      guard let base = arguments.first?.value else { return .isConstant }
      let replacement = replacing(name, by: value, in: base)
      if case .replaced(let new) = replacement { return with(0, new) }
      return replacement
    }
    guard let family = DistributionCatalogue.family(named: distribution) else {
      return .lacks(distribution: distribution, known: arguments.compactMap(\.nameText))
    }
    let positional = arguments.prefix { $0.name == nil }.count
    let names = arguments.compactMap(\.nameText)
    let way = family.parameterisation(positional: positional, named: names) ?? 0
    let parameters = family.parameterisations[way].parameters.map(\.name)
    if let position = parameters.firstIndex(of: name) {
      if position < positional { return with(position, value) }
      // The argument was left at its default.
      var changed = arguments
      changed.append(
        Argument(name: Syntax(.name(name), at: value.place, text: name), value: value))
      return .replaced(rebuilt(syntax, .call(distribution, namePlace: place, changed)))
    }
    return .lacks(distribution: distribution, known: parameters)
  }

  private func rebuilt(_ syntax: Syntax, _ kind: Syntax.Kind) -> Syntax {
    let new = Syntax(kind, at: syntax.place, text: "")
    return Syntax(kind, at: syntax.place, text: new.spelled)
  }

  // MARK: - Cells

  /// Applies the assignments that change cells of a checked input.
  func applyToCells(_ id: QuantityID, _ declaration: InputDeclaration, _ checked: inout CheckedInput) {
    let name = context[id].name
    for assignment in given ?? context.assignments[name] ?? [] where assignment.name == name {
      switch assignment.target {
      case .value, .argument: continue
      case .factor: multiply(assignment, id, declaration, &checked)
      case .cell(let labels): replaceCell(assignment, at: labels, id, declaration, &checked)
      }
    }
  }

  private func multiply(
    _ assignment: Assignment, _ id: QuantityID, _ declaration: InputDeclaration, _ checked: inout CheckedInput
  ) {
    let distributions = DistributionChecker(context: context, quantity: id, over: [])
    guard let factor = distributions.constant(assignment.value, unit: nil), case .constant(let number) = factor.kind
    else {
      return
    }
    guard factor.dimensionality.mayBePure, checked.categories == nil else {
      context.report(
        checked.categories == nil
          ? .factorWithUnit(found: assignment.value.text) : .factorOfLabels(assignment.name),
        at: assignment.value.place)
      return
    }
    ShareChecker(context: context, name: assignment.name)
      .report(
        factor: number, assignment.value, of: (declaration.assigned ?? declaration.labelledValues).map(\.syntax))
    checked.cells = checked.cells.map { .scaled($0, by: number) }
  }

  private func replaceCell(
    _ assignment: Assignment, at labels: [String], _ id: QuantityID, _ declaration: InputDeclaration,
    _ checked: inout CheckedInput
  ) {
    let space = CellSpace(declaration.over, in: context.indexes)
    guard !space.indexes.isEmpty else {
      context.report(.cellWithoutIndex(assignment.name), at: assignment.namePlace)
      return
    }
    guard let labels = ordered(labels, space, assignment) else { return }
    guard labels.count == space.indexes.count else {
      context.report(
        .cellLabelCount(
          assignment.name, indexes: context.list(declaration.over), order: space.indexes.map { context[$0].name },
          found: labels.count),
        at: assignment.namePlace)
      return
    }
    var positions: [Int] = []
    for (index, label) in zip(space.indexes, labels) {
      guard let position = context.position(ofLabel: label, on: index) else {
        FormulaChecker(context: context, use: .constant).reportUnknownLabel(label, on: index, at: assignment.namePlace)
        return
      }
      positions.append(position)
    }
    let labelledValue = LabelledValue(syntax: assignment.value, origin: .flag(assignment.flag))
    ShareChecker(context: context, name: assignment.name)
      .report([assignment.value], insteadOf: declaration.labelledValues.map(\.syntax), unit: declaration.unit)
    let distributions = DistributionChecker(context: context, quantity: id, over: Set(declaration.over))
    guard let value = distributions.check(assignment.value, unit: declaration.unit) else { return }
    guard value.dimensionality.unified(with: .known(checked.unit.dimension)) != nil else {
      context.report(
        .cellUnit(
          assignment.name, expected: checked.unit.text, found: assignment.value.text,
          unit: distributions.words(value.dimensionality)),
        at: assignment.value.place)
      return
    }
    let cell = space.cell(at: positions)
    let place = Dictionary(uniqueKeysWithValues: zip(space.indexes, positions))
    let kind: SupportPoint.Value
    switch value.kind {
    case .constant(let number): kind = .constant(number)
    case .distribution(let term): kind = .distribution(term)
    case .categories(let index, let term) where index == checked.categories: kind = .distribution(term)
    case .categories, .shares:
      context.report(.cellValue, at: assignment.value.place)
      return
    }
    var address: CoordinateAddress?
    if value.isUncertain {
      guard let known = addressOfCell(cell, place, assignment, declaration, &checked) else { return }
      address = known
    }
    let text = SupportPointText.text(of: labelledValue, unit: declaration.unit)
    checked.cells[cell] = .supportPoint(checked.supportPoints.count)
    checked.supportPoints.append(
      CheckedInput.CheckedSupportPoint(
        value: kind, address: address, isUncertain: value.isUncertain, labels: place, labelledValue: labelledValue,
        text: text))
  }

  /// The labels of a cell in the order of the indexes' names; results print a cell with those names, as in
  /// `x[region=us,year=2025]`. Nil after reporting a problem.
  private func ordered(_ labels: [String], _ space: CellSpace, _ assignment: Assignment) -> [String]? {
    guard labels.contains(where: { $0.contains("=") }) else { return labels }
    var named: [String: String] = [:]
    for label in labels {
      let parts = label.split(separator: "=", omittingEmptySubsequences: false)
      if parts.count == 2 { named[parts[0].trimmingSpaces] = parts[1].trimmingSpaces }
    }
    let names = space.indexes.map { context[$0].name }
    let found = names.compactMap { named[$0] }
    guard found.count == names.count, labels.count == names.count else {
      context.report(.cellNotation(assignment.name, order: names), at: assignment.namePlace)
      return nil
    }
    return found
  }

  /// The coordinate of a cell that gets a distribution: the coordinate of its support point, or else a new one.
  private func addressOfCell(
    _ cell: Int, _ place: [IndexID: Int], _ assignment: Assignment, _ declaration: InputDeclaration,
    _ checked: inout CheckedInput
  ) -> CoordinateAddress? {
    if case .supportPoint(let supportPoint) = checked.cells[cell],
      let known = checked.supportPoints[supportPoint].address,
      checked.supportPoints[supportPoint].isUncertain
    {
      return known
    }
    if checked.dependence.isEmpty, !declaration.over.isEmpty {
      guard let modes = DependenceReader(context).modes(of: declaration, except: []) else { return nil }
      checked.dependence = modes
    }
    let unsharedLabels = place.filter { checked.dependence[$0.key] != .shared }
    let address = CoordinateAddress(
      name: assignment.name,
      labels: unsharedLabels.map { .init(index: context[$0.key].name, label: context[$0.key].labels[$0.value]) })
    if !checked.known.contains(address) {
      checked.known.insert(address)
      checked.coordinates.append(
        CheckedInput.CheckedCoordinate(
          address: address, labels: unsharedLabels, places: context.places(of: unsharedLabels)))
    }
    return address
  }
}

extension Syntax {
  /// The text of a tree, assembled from the texts of its parts.
  fileprivate var spelled: String {
    switch kind {
    case .interval(let low, let high, let within):
      "\(low.text) to \(high.text)" + (within.map { " within \($0.text)" } ?? "")
    case .negate(let operand): "-\(FormulaChecker.operand(operand))"
    case .binary(let sign, let left, let right):
      "\(FormulaChecker.operand(left)) \(sign.rawValue) \(FormulaChecker.operand(right))"
    case .call(let name, _, let arguments):
      "\(name)(\(arguments.map { ($0.name.map { "\($0.text)=" } ?? "") + $0.value.text }.joined(separator: ", ")))"
    default: text
    }
  }
}
