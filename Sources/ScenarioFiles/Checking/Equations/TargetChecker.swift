import Modeling
import Units

/// Creates equations from formulas requested outside the section `equations`.
///
/// A target has no name that a formula could use, so it changes no draw and no other quantity of the scenario.
struct TargetChecker {
  let context: CheckContext

  /// Adds the targets of flags after all other quantities; call it before the dependency graph is built.
  func define() -> [Target] { context.parsed.targets.map { define($0, text: $0.text) } }

  /// Adds one formula after all other quantities.
  func define(_ syntax: Syntax, text: String) -> Target {
    let id = QuantityID(context.quantities.count)
    let text = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    context.quantities.append(
      QuantityDeclaration(
        name: text, place: syntax.place,
        kind: .equation(EquationDeclaration(syntax: syntax, text: text, provenance: Provenance()))))
    return Target(quantity: id, text: text, place: syntax.place)
  }

  /// The unit of a checked target: that of the first name in it with the same dimension.
  ///
  /// - Parameter reportUnit: the unit in which a quantity is reported.
  /// - Returns: nil if no name has that dimension; then the coherent unit is used.
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
