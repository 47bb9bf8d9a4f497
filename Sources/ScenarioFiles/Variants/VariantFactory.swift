import Diagnostics
import Modeling
import Sampling

/// A scenario with its variants: read once and checked once; for each variant only its changes are checked.
///
/// A variant equals the scenario under `--set`. If it replaces values and leaves every coordinate, name and dependence
/// unchanged, only the inputs concerned are checked; otherwise the whole scenario is checked, without reading it again.
package final class VariantFactory {
  /// The scenario with the assignments of the options.
  package let base: Model
  /// The sweeps that the scenario defines.
  package let sweeps: [NamedSweep]
  private let parsed: ParsedScenario
  private let options: Scenario.Options
  private let checker: ModelChecker
  private let checked: ModelChecker.Checked
  /// Warnings of the variants requested so far, each once.
  package private(set) var warnings: [Diagnostic] = []
  /// Warnings of revisions whose suggestions have not been tried.
  private var untried: [Diagnostic] = []
  /// Revised inputs by the input's name and the assignments' texts.
  private var inputs: [String: Revision] = [:]

  private var assignments: [String: Assignment] = [:]

  /// An input after assignments.
  private struct Revision {
    var quantity: Quantity
    /// Whether only the input's values differ.
    var isPlain: Bool
  }

  /// Reads and checks a scenario.
  ///
  /// - Throws: every diagnostic of the scenario, errors and warnings, in the order of their places.
  package init(fileAt path: String, options: Scenario.Options = Scenario.Options()) throws(Diagnostics) {
    let check = SuggestionChecker(ofFileAt: path, options: options)
    do throws(Diagnostics) {
      parsed = try ScenarioReader(options: options).parsedScenario(ofFileAt: path)
      checker = ModelChecker(parsed, options: options)
      checked = try checker.checked()
    } catch {
      throw Diagnostics(check.checked(error.all))
    }
    self.options = options
    var base = checked.model
    base.warnings = check.checked(base.warnings)
    self.base = base
    sweeps = SweepReader(context: checker.context).sweeps()
  }

  /// A variant's model.
  package struct Variant: Sendable {
    /// The model.
    package var model: Model
    /// The inputs that differ from the scenario's, if nothing else does; nil if other parts of the models differ.
    package var changed: Set<QuantityID>?
  }

  /// The variant described by values of columns, as a sweep's variations give them.
  ///
  /// - Throws: the errors in its values, placed in `flag`s like `--vary`.
  package func variant(
    _ columns: [String], _ values: [String?], flag: String = "--vary"
  ) throws(Diagnostics) -> Variant {
    try tried(
      SweepPlan.settings(columns, values, flag: flag), by: check(columns, values, flag: flag))
  }

  /// A variant of a plan, by its number from 0.
  ///
  /// - Throws: the errors in its values, placed in the plan's table, or in `flag`s like `--vary`.
  package func variant(_ number: Int, of plan: SweepPlan, flag: String) throws(Diagnostics) -> Variant {
    let variant = plan.variants[number]
    let trial = plan.table.map { check(ofTable: $0.csv, number) } ?? check(plan.columns, variant.values, flag: flag)
    return try tried(plan.settings(of: variant, flag: flag), by: trial)
  }

  private func tried(_ settings: [SweepPlan.Setting], by check: SuggestionChecker) throws(Diagnostics) -> Variant {
    do throws(Diagnostics) {
      let variant = try unchecked(settings)
      let found = untried
      if !found.isEmpty { warnings += check.checked(found) }
      untried = []
      return variant
    } catch {
      throw Diagnostics(check.checked(error.all))
    }
  }

  /// Checks all variants of a plan, so that their mistakes are reported before any variant is computed.
  ///
  /// - Throws: the errors, each once, however many variants share it; those of further variants are left out after 20.
  package func check(
    _ plan: SweepPlan, flag: String, only some: Range<Int>? = nil
  ) throws(Diagnostics) {
    try requireHeaders(of: plan)
    var problems: [Diagnostic] = []
    var first: [String: Int] = [:]
    var lines: [Int: [Int]] = [:]
    for number in some ?? plan.variants.indices where problems.count < 20 {
      do {
        _ = try variant(number, of: plan, flag: flag)
      } catch {
        for problem in error.all where problem.severity == .error {
          // A table is one file; each value of a flag is a file of its own.
          let place = plan.table == nil ? problem.place.map { "\($0.file.lines.first ?? "") \($0.column)" } ?? "" : ""
          let key = "\(place) \(problem.message)"
          if let known = first[key] {
            guard plan.table != nil, let line = problem.place?.line, line != problems[known].place?.line,
              lines[known]?.last != line
            else { continue }
            lines[known, default: []].append(line)
          } else {
            first[key] = problems.count
            problems.append(problem)
          }
        }
      }
    }
    for (position, others) in lines { problems[position].notes.append(.init(CellProblems.text(others))) }
    if !problems.isEmpty { throw Diagnostics(problems) }
  }

  /// Requires that a table's headers name inputs, and that their units are units of these.
  private func requireHeaders(of plan: SweepPlan, isTrial: Bool = false) throws(Diagnostics) {
    let context = checker.context
    let (_, problems) = context.collecting {
      for header in plan.headers where !header.text.hasPrefix("run.") {
        do throws(Diagnostics) {
          let assignment = try AssignmentParser.assignment(from: header, role: .value)
          if context[named: assignment.name] == nil {
            AssignmentChecker(context: context, assignments: [assignment]).reportNoInput(assignment)
          }
        } catch {
          context.report(error)
        }
      }
      for (target, text) in plan.headerUnits {
        let name = String(target.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        guard let unit = UnitReader(context).unit(text), let id = context.names.quantity(name), target.last != "*",
          !target.dropFirst(name.count).hasPrefix("."), base[id].unit.dimension != unit.dimension
        else { continue }
        context.report(.caseUnitMismatch(name, expected: base[id].unit.text, found: unit.text), at: text.place)
      }
    }
    guard !problems.isEmpty, let (csv, _) = plan.table else { return }
    throw Diagnostics(isTrial ? problems : check(ofTable: csv, 0).checked(problems))
  }

  /// Tries suggestions for a variant in a table of variants.
  private func check(ofTable csv: CSVTable, _ number: Int) -> SuggestionChecker {
    SuggestionChecker { file, text in
      guard file.path == csv.file.path else { return nil }
      do throws(Diagnostics) {
        let plan = try SweepPlan(CSVTable(SourceFile(path: file.path, text: text)), checksValues: false)
        guard plan.variants.indices.contains(number) else { return nil }
        self.untried = []
        try self.requireHeaders(of: plan, isTrial: true)
        _ = try self.unchecked(plan.settings(of: plan.variants[number], flag: file.path))
        return self.untried
      } catch {
        return error.all
      }
    }
  }

  /// Tries suggestions for a variant's texts: those of its columns, `NAME=value`, or only of a setting's value.
  private func check(_ columns: [String], _ values: [String?], flag: String) -> SuggestionChecker {
    SuggestionChecker { file, text in
      let old = file.lines.joined(separator: "\n")
      var (changedColumns, changed) = (columns, values)
      for (position, column) in columns.enumerated() {
        guard let value = values[position], file.path == flag else { continue }
        if old == value {
          changed[position] = text
        } else if old == "\(column)=\(value)", let equals = text.lastIndex(of: "="), text.hasSuffix("=\(value)") {
          changedColumns[position] = String(text[..<equals])
        } else if old == "\(column)=\(value)", text.hasPrefix("\(column)=") {
          changed[position] = String(text.dropFirst(column.count + 1))
        } else {
          continue
        }
        do throws(Diagnostics) {
          self.untried = []
          _ = try self.unchecked(SweepPlan.settings(changedColumns, changed, flag: flag))
          return self.untried
        } catch {
          return error.all
        }
      }
      return nil
    }
  }

  private func unchecked(_ wanted: [SweepPlan.Setting]) throws(Diagnostics) -> Variant {
    var settings = base.settings
    var assignments: [Assignment] = []
    var problems: [Diagnostic] = []
    for setting in wanted {
      do throws(Diagnostics) {
        if setting.target.hasPrefix("run."), checker.context.names.quantity("run") == nil {
          try set(String(setting.target.dropFirst(4)), setting.value, in: &settings)
        } else {
          assignments.append(try assignment(setting.whole, setting.role))
        }
      } catch {
        problems += error.all
      }
    }
    if !problems.isEmpty { throw Diagnostics(problems) }
    var variant = try variant(assignments)
    variant.model.settings = settings
    return variant
  }

  /// An assignment's text, parsed once.
  private func assignment(_ source: ScalarText, _ role: ValueRole) throws(Diagnostics) -> Assignment {
    // Each cell of a table has a place of its own.
    if role == .value, let known = assignments[source.text] { return known }
    let made = try AssignmentParser.assignment(from: source, role: role)
    if role == .value { assignments[source.text] = made }
    return made
  }

  /// Applies a setting: `run.seed`, `run.draws`, `run.design`.
  private func set(_ key: String, _ value: ScalarText, in settings: inout RunSettings) throws(Diagnostics) {
    let node = Node(.scalar(value), at: value.place(offset: 0, length: max(1, value.text.count)))
    let entry = ParsedScenario.Entry(name: key, namePlace: node.place, value: node, folder: "")
    let (read, problems) = checker.context.collecting {
      RunChecker(context: checker.context, options: Scenario.Options()).check([entry])
    }
    guard ["draws", "seed", "design"].contains(key) else {
      throw Diagnostics(.fixedSetting(key), at: node.place)
    }
    if problems.contains(where: { $0.severity == .error }) { throw Diagnostics(problems) }
    switch key {
    case "draws": settings.draws = read.draws
    case "seed": settings.seed = read.seed
    default: settings.design = read.design
    }
    settings.origins[key] = .flag("run.\(key)=\(value.text)")
  }

  /// The scenario with further assignments after its own.
  package func variant(_ assignments: [Assignment]) throws(Diagnostics) -> Variant {
    var revisions: [QuantityID: Revision] = [:]
    var problems: [Diagnostic] = []
    let byName = Dictionary(grouping: assignments, by: \.name)
    var seen: Set<String> = []
    for name in assignments.map(\.name) where seen.insert(name).inserted {
      guard let own = byName[name] else { continue }
      guard let id = checker.context.names.quantity(name), base[id].input != nil else {
        problems +=
          checker.context.collecting {
            AssignmentChecker(context: checker.context, assignments: own).reportNoInput(own[0])
          }.problems
        continue
      }
      do throws(Diagnostics) { revisions[id] = try revision(of: id, own) } catch { problems += error.all }
    }
    if problems.contains(where: { $0.severity == .error }) { throw Diagnostics(problems) }
    let digest = ModelChecker.digest(base.files, parsed.assignments + assignments)
    guard revisions.values.allSatisfy(\.isPlain) else {
      var whole = parsed
      whole.assignments += assignments
      return Variant(model: try ModelChecker(whole, options: options).model(), changed: nil)
    }
    var model = base
    for (id, revision) in revisions { model.quantities[id.position] = revision.quantity }
    model.digest = digest
    model.invocation = ModelChecker.invocation(parsed, assignments, options)
    return Variant(model: model, changed: Set(revisions.keys))
  }

  /// An input after assignments, checked once.
  private func revision(of id: QuantityID, _ own: [Assignment]) throws(Diagnostics) -> Revision {
    let key = own.map(\.flag).joined(separator: "\n")
    if let known = inputs[key] { return known }
    let context = checker.context
    guard let original = checked.stated[id], var stated = context[id].inputDeclaration else {
      throw Diagnostics(.variationOfNoInput(context[id].name), at: own[0].namePlace)
    }
    let all = (context.assignments[context[id].name] ?? []) + own
    let (made, problems) = context.collecting { () -> CheckedInput? in
      let assigner = AssignmentChecker(context: context, assignments: all)
      for assignment in own { assigner.apply(assignment, to: &stated) }
      let check = InputChecker(
        context: context, id: id, declaration: stated, isCorrelated: checked.correlated.contains(id))
      guard var final = check.check(stated.assigned ?? stated.labelledValues) else { return nil }
      assigner.applyToCells(id, stated, &final)
      checker.requireUnit(of: original, in: final, id, at: stated.assigned?.first?.syntax.place)
      return final
    }
    if problems.contains(where: { $0.severity == .error }) { throw Diagnostics(problems) }
    guard let made else { throw Diagnostics(problems) }
    untried += problems
    var quantity = base[id]
    let input = ModelChecker.input(made, checked.dimensions)
    if case .reference = quantity.kind { quantity.kind = .reference(input) } else { quantity.kind = .input(input) }
    quantity.unit = made.unit
    quantity.provenance = stated.provenance
    quantity.origin = own.last.map { .flag($0.flag) } ?? quantity.origin
    let revision = Revision(
      quantity: quantity,
      isPlain: made.coordinates.map(\.address) == original.coordinates.map(\.address)
        && made.dependence == original.dependence
        && made.categories == original.categories && !own.contains { $0.value.names.contains(where: isQuantity) })
    inputs[key] = revision
    return revision
  }

  private func isQuantity(_ name: String) -> Bool { checker.context.names.quantity(name) != nil }
}

extension Syntax {
  /// The names in the expression, in order.
  fileprivate var names: [String] {
    if case .name(let name) = kind { return [name] }
    return parts.flatMap(\.names)
  }
}

extension CheckContext {
  /// The input or reference with a name.
  fileprivate subscript(named name: String) -> InputDeclaration? {
    names.quantity(name).flatMap { self[$0].inputDeclaration }
  }
}
