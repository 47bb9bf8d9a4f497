import Diagnostics
import Distributions
import Modeling
import Sampling
import Units
import VectorMath

/// Checks latent totals once types are known.
struct LatentChecker {
  let context: CheckContext
  let graph: DependencyGraph

  /// The checked latent total; nil if an error was reported.
  func check(_ declaration: LatentDeclaration) -> LatentTotal? {
    let (figures, isSound) = context.attempt { declaration.figures.compactMap { figure($0, of: declaration) } }
    let routes = declaration.routes.compactMap { route($0.label, $0.formula, of: declaration) }
    guard isSound, routes.count == declaration.routes.count, let index = declaration.index,
      let unit = declaration.unit, var path = declaration.path
    else { return nil }
    path.start.mean += PortableMath.log(unit.reportScale.value)
    return LatentTotal(
      quantity: declaration.quantity, input: declaration.input, index: index, path: path, routes: routes,
      figures: figures, priors: declaration.priors, yearError: declaration.yearError, today: declaration.today,
      future: declaration.future, unit: unit, place: declaration.entry.namePlace)
  }

  private func route(
    _ label: String, _ formula: EvidenceChecker.Formula, of declaration: LatentDeclaration
  ) -> LatentTotal.Route? {
    guard let index = declaration.index, let unit = declaration.unit,
      hasUnit(formula, unit), let indexes = context[formula.quantity].type.indexes
    else { return nil }
    guard indexes == [index] else {
      context.report(
        .latentRouteIndex(formula.syntax.text, index: context[index].name, found: context.list(indexes)),
        at: formula.syntax.place)
      return nil
    }
    guard !graph.reach(of: [formula.quantity]).contains(declaration.input) else {
      context.report(
        .latentRouteCycle(formula.syntax.text, name: declaration.entry.name), at: formula.syntax.place)
      return nil
    }
    return LatentTotal.Route(label: label, quantity: formula.quantity)
  }

  private func figure(_ read: LatentDeclaration.Figure, of declaration: LatentDeclaration) -> LatentTotal.Figure? {
    guard let index = declaration.index, hasUnit(read.formula, read.unit),
      let indexes = context[read.formula.quantity].type.indexes
    else { return nil }
    guard indexes.isEmpty || indexes == [index] else {
      context.report(
        .latentFigureIndex(read.formula.syntax.text, index: context[index].name, found: context.list(indexes)),
        at: read.formula.syntax.place)
      return nil
    }
    var cell = 0
    if !indexes.isEmpty {
      guard let position = read.position else {
        FormulaChecker(context: context, use: .constant).reportUnknownLabel(
          MessageText.number(read.label), on: index, at: read.place)
        return nil
      }
      cell = position
    }
    let scale = read.unit.reportScale.value
    var sd = 0.0
    if let low = read.low, let high = read.high, high > low {
      sd = PortableMath.log(high / low) / (2 * StandardNormal.quantile(0.95))
    }
    return LatentTotal.Figure(
      name: read.name, publisher: read.publisher, bias: read.bias, kind: read.kind,
      read: .init(read.formula.quantity, cell: cell), text: read.formula.syntax.text.onOneLine,
      value: read.value * scale, sd: sd, label: read.label, published: read.published, unit: read.unit,
      provenance: read.provenance, place: read.place)
  }

  /// Whether a formula's values are numbers in the dimension of a unit; others are reported.
  private func hasUnit(_ formula: EvidenceChecker.Formula, _ unit: Unit) -> Bool {
    guard EvidenceChecker(context: context).isNumber(formula),
      let dimension = context[formula.quantity].type.dimensionality.dimension
    else { return false }
    guard dimension == unit.dimension else {
      context.report(
        .latentUnit(
          formula.syntax.text, expected: unit == .one ? "a pure number" : unit.text,
          found: EvidenceChecker(context: context).words(dimension, of: formula.quantity)),
        at: formula.syntax.place)
      return false
    }
    return true
  }

  /// The component that correlates the cells of a latent total as its path says; nil for a single label.
  static func component(
    of total: LatentTotal, _ checked: CheckedInput, _ dimensions: DimensionAssignment
  ) -> CopulaComponent? {
    let count = total.path.labels.count
    guard count > 1 else { return nil }
    // Components are in byte order of addresses, which need not be that of the labels.
    let ordered = checked.coordinates.enumerated().sorted {
      Array($0.element.address.description.utf8).lexicographicallyPrecedes(Array($1.element.address.description.utf8))
    }
    let coordinates = ordered.compactMap { dimensions[$0.element.address] }
    let labels = ordered.map(\.offset)
    guard coordinates.count == count else { return nil }
    return total.path.correlationFactor(order: labels).map { CopulaComponent(coordinates: coordinates, factor: $0) }
  }
}
