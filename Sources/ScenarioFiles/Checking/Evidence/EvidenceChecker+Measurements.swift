import Diagnostics
import Distributions
import Modeling
import Units

/// Measured values: numbers, distributions, and families whose arguments are formulas.
extension EvidenceChecker {
  /// A checked measured value.
  struct Measurement {
    /// The unit in which it is reported.
    var unit: Unit
    /// What was observed at labels.
    var kind: ([IndexID: Int]) -> Observation.Measurement
  }

  /// The measured value of a reading; nil if an error was reported.
  func measurement(
    _ reading: ObservationDeclaration.Reading, of declaration: ObservationDeclaration, unit given: Unit?
  ) -> Measurement? {
    let (syntax, observed) = (reading.syntax, declaration.observed)
    if !syntax.holdsDistribution, let named = context.firstName(in: syntax) {
      context.report(.nameInMeasured(named.text), at: syntax.place)
      return nil
    }
    guard
      let value = DistributionChecker(context: context, quantity: observed.quantity, over: Set(declaration.over))
        .check(syntax, unit: given)
    else { return nil }
    let type = context[observed.quantity].type
    guard let dimension = type.dimensionality.dimension, let own = value.dimensionality.dimension else { return nil }
    guard type.dimensionality.unified(with: value.dimensionality) != nil else {
      context.report(
        .measuredUnit(
          expected: words(dimension, of: observed.quantity), found: syntax.text, unit: words(own),
          isPure: own.isDimensionless),
        at: syntax.place)
      return nil
    }
    let written = syntax.firstUnit.flatMap { try? context.units.parse($0.text) }
    let shown = given ?? written ?? type.unit ?? Unit(coherent: dimension)
    let unit = shown.dimension == dimension ? shown : Unit(coherent: dimension)
    switch value.kind {
    case .constant(let number): return Measurement(unit: unit) { _ in .distribution(Constant(number)) }
    case .distribution(.fixed(let fixed)):
      guard hasBoundedDensity(fixed, syntax) else { return nil }
      return Measurement(unit: unit) { _ in .distribution(fixed) }
    case .distribution(.family(let family, let parameterisation, let arguments)):
      let quantities = arguments.map { (id: derived($0), cells: CellSpace($0.indexes, in: context.indexes)) }
      return Measurement(unit: unit) { labels in
        .varying(
          family, parameterisation: parameterisation,
          arguments: quantities.map { quantity in
            .init(quantity.id, cell: quantity.cells.cell(at: quantity.cells.indexes.map { labels[$0] ?? 0 }))
          })
      }
    case .distribution, .categories, .shares:
      context.report(.measuredKind(found: syntax.text), at: syntax.place)
      return nil
    }
  }

  /// A quantity that computes a checked formula: that of a name, or a new one, to which no formula can refer.
  func derived(_ expression: Expression) -> QuantityID {
    if case .quantity(let id) = expression.kind { return id }
    let id = QuantityID(context.quantities.count)
    var equation = EquationDeclaration(text: expression.text, provenance: Provenance())
    equation.expression = expression
    context.quantities.append(
      QuantityDeclaration(name: expression.text, place: expression.place, kind: .equation(equation)))
    context[id].type = QuantityType(
      dimensionality: .known(expression.dimension), indexes: Set(expression.indexes), unit: nil)
    return id
  }
}
