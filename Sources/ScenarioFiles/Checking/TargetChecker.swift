import Modeling
import Units

/// Makes equations of the formulas that are asked for beside the section `equations`.
///
/// A target has no name that a formula could use, so it changes nothing of the scenario: no draw, no other quantity.
struct TargetChecker {
  let context: CheckContext

  /// Enters the targets of flags behind all other quantities; call it before the dependency graph is made.
  func define() -> [Target] { context.parsed.targets.map { define($0, text: $0.text) } }

  /// Enters one formula behind all other quantities.
  func define(_ syntax: Syntax, text: String) -> Target {
    let id = QuantityID(context.quantities.count)
    let text = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    context.quantities.append(
      QuantityDeclaration(
        name: text, place: syntax.place,
        kind: .equation(EquationDeclaration(syntax: syntax, text: text, provenance: Provenance()))))
    return Target(quantity: id, text: text, place: syntax.place)
  }

  /// The unit in which a checked target is given: that of the first name in it that has its dimension.
  ///
  /// - Parameter reportUnit: the unit in which a quantity is reported.
  /// - Returns: nil where no name has it, and the coherent unit must serve.
  func unit(of target: Target, _ reportUnit: (QuantityID) -> Unit?) -> Unit? {
    guard case .equation(let equation) = context[target.quantity].kind, let syntax = equation.syntax,
      let dimension = context[target.quantity].type.dimensionality.dimension
    else { return nil }
    var open = [syntax]
    while let next = open.popLast() {
      if case .name(let name) = next.kind, let id = context.names.quantity(name),
        context[id].type.dimensionality.dimension == dimension, let unit = reportUnit(id)
      {
        return unit
      }
      open += next.parts.reversed()
    }
    return nil
  }
}
