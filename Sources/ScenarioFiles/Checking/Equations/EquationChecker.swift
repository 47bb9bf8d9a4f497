import Modeling
import Units

/// Reads the section `equations` and determines the dimensions and indexes of equations.
struct EquationChecker {
  let context: CheckContext

  // MARK: - Reading

  /// The equation of an entry: its formula, or a mapping with `formula`, `unit`, `source`, `note`.
  func read(_ entry: ParsedScenario.Entry) -> EquationDeclaration {
    var equation = EquationDeclaration(text: "", provenance: Provenance())
    var formula: Node? = entry.value
    if case .mapping(let entries) = entry.value.kind {
      formula = nil
      let fields = Fields(entries, ScenarioSchema.equation, context)
      formula = fields["formula"]?.value
      if let unit = fields["unit"] {
        equation.unit = UnitReader(context).unit(unit.value)
        equation.unitPlace = unit.value.span
      }
      equation.provenance = fields.provenance
      equation.label = fields.label
      if formula == nil {
        context.report(.equationWithoutFormula(entry.name), at: entry.namePlace)
      }
    }
    guard let formula else { return equation }
    equation.syntax = context.syntax(of: formula, "a formula")
    equation.text = (formula.text ?? "").split(whereSeparator: \.isNewline).joined(separator: " ")
    return equation
  }

  // MARK: - Types

  /// Determines the type of one equation outside any cycle.
  func check(_ id: QuantityID) {
    guard case .equation(let equation) = context[id].kind else { return }
    guard let syntax = equation.syntax else {
      context[id].type = QuantityType(dimensionality: equation.unit.map { .known($0.dimension) } ?? .unknown)
      return
    }
    let (typed, isSound) = context.attempt { FormulaChecker(context: context, use: .equation(id)).check(syntax) }
    settle(id, typed, isSound: isSound)
  }

  /// Stores an equation's final formula.
  func settle(_ id: QuantityID, _ typed: Typed, isSound: Bool) {
    guard case .equation(var equation) = context[id].kind else { return }
    var dimensionality = typed.dimensionality
    if let unit = equation.unit {
      if let dimension = dimensionality.dimension, dimensionality != .free, dimension != unit.dimension {
        let found = FormulaChecker(context: context, use: .equation(id)).words(dimensionality)
        context.report(
          .equationUnit(context[id].name, expected: unit.text, found: found), at: equation.unitPlace)
      }
      dimensionality = .known(unit.dimension)
    } else if dimensionality == .free {
      dimensionality = .pure
    }
    context[id].type = QuantityType(
      dimensionality: dimensionality, indexes: typed.isBroken ? nil : typed.indexes, unit: equation.unit)
    if isSound, !typed.isBroken {
      var settled = typed
      settled.dimensionality = dimensionality
      let expression = settled.expression(context)
      LabelChecker(context).check(expression)
      GapChecker(context).check(expression, of: context[id].name)
      equation.expression = expression
      context[id].kind = .equation(equation)
    }
  }
}
