import Diagnostics
import Modeling
import Sampling

/// A scenario with its variants: read once and checked once; for each variant only its changes are checked.
///
/// A variant equals the scenario under `--set`. If it replaces values and leaves every coordinate, name and dependence
/// unchanged, only the inputs concerned are checked; otherwise the whole scenario is checked, without reading it again.
public final class VariantFactory {
  /// The scenario with the assignments of the options.
  public let base: Model
  /// The sweeps that the scenario defines.
  public let sweeps: [NamedSweep]
  private let parsed: ParsedScenario
  private let options: Scenario.Options
  private let checker: ModelChecker
  private let checked: ModelChecker.Checked
  /// Warnings of the variants requested so far, each once.
  public private(set) var warnings: [Diagnostic] = []
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
  public init(fileAt path: String, options: Scenario.Options = Scenario.Options()) throws(Diagnostics) {
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
  public struct Variant: Sendable {
    /// The model.
    public var model: Model
    /// The inputs that differ from the scenario's, if nothing else does; nil if other parts of the models differ.
    public var changed: Set<QuantityID>?
  }

  /// The variant described by a row of a sweep.
  ///
  /// - Throws: the errors in its values, placed in `flag`s like `--vary`.
  public func variant(
    _ columns: [String], _ values: [String?], flag: String = "--vary"
  ) throws(Diagnostics) -> Variant {
    do throws(Diagnostics) {
      let variant = try unchecked(columns, values, flag: flag)
      let found = untried
      if !found.isEmpty { warnings += check(columns, values, flag: flag).checked(found) }
      untried = []
      return variant
    } catch {
      throw Diagnostics(check(columns, values, flag: flag).checked(error.all))
    }
  }

  /// Checks all variants of a plan, so that their mistakes are reported before any variant is computed.
  ///
  /// - Throws: the errors, each once, however many variants share it; those of further variants are left out after 20.
  public func check(_ plan: SweepPlan, flag: String) throws(Diagnostics) {
    var problems: [Diagnostic] = []
    var seen: Set<String> = []
    for variant in plan.variants {
      do {
        _ = try self.variant(plan.columns, variant.values, flag: flag)
      } catch {
        for problem in error.all where problem.severity == .error {
          let place = problem.place.map { "\($0.file.path) \($0.file.lines.first ?? "") \($0.column)" } ?? ""
          if seen.insert("\(place) \(problem.message)").inserted { problems.append(problem) }
        }
        if problems.count >= 20 { break }
      }
    }
    if !problems.isEmpty { throw Diagnostics(problems) }
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
          _ = try self.unchecked(changedColumns, changed, flag: flag)
          return self.untried
        } catch {
          return error.all
        }
      }
      return nil
    }
  }

  private func unchecked(
    _ columns: [String], _ values: [String?], flag: String
  ) throws(Diagnostics) -> Variant {
    var settings = base.settings
    var assignments: [Assignment] = []
    var problems: [Diagnostic] = []
    for (column, value) in zip(columns, values) {
      guard let value else { continue }
      do throws(Diagnostics) {
        if column.hasPrefix("run."), checker.context.names.quantity("run") == nil {
          try set(String(column.dropFirst(4)), value, flag, in: &settings)
        } else {
          assignments.append(try assignment("\(column)=\(value)", flag))
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
  private func assignment(_ text: String, _ flag: String) throws(Diagnostics) -> Assignment {
    if let known = assignments[text] { return known }
    let made = try AssignmentParser.assignment(from: text, flag: flag)
    assignments[text] = made
    return made
  }

  /// Applies a setting: `run.seed`, `run.draws`, `run.design`.
  private func set(
    _ key: String, _ value: String, _ flag: String, in settings: inout RunSettings
  ) throws(Diagnostics) {
    let text = ScalarText(flag: flag, text: value)
    let node = Node(.scalar(text), at: text.place(offset: 0, length: max(1, value.count)))
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
    settings.origins[key] = .flag("run.\(key)=\(value)")
  }

  /// The scenario with further assignments after its own.
  public func variant(_ assignments: [Assignment]) throws(Diagnostics) -> Variant {
    var revisions: [QuantityID: Revision] = [:]
    var problems: [Diagnostic] = []
    var names: [String] = []
    for assignment in assignments where !names.contains(assignment.name) { names.append(assignment.name) }
    for name in names {
      let own = assignments.filter { $0.name == name }
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
    let all = parsed.assignments.filter { $0.name == context[id].name } + own
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
