import Modeling
import Units

/// `estimate: NAME, routes: {ROUTE: FORMULA, …}`
extension EvidenceChecker {
  /// Maximum of cells times routes: each has its own distribution in memory.
  private static let mostRouteCells = 2_000

  /// A triangulation; nil if an error was reported.
  func triangulation(_ declaration: TriangulationDeclaration, isUncertain: (QuantityID) -> Bool) -> Triangulation? {
    let fields = declaration.fields
    let provenance = fields.provenance
    let pools = fields["pool"].map { self.pools($0.value) }
    let heterogeneity = fields["heterogeneity"].map { self.heterogeneity($0.value) }
    let unit = fields["unit"].map { UnitReader(context).unit($0.value) }
    guard declaration.isSound, (declaration.routes + declaration.weights).allSatisfy({ isNumber($0.formula) }),
      var routes = routes(declaration), let dimension = commonDimension(declaration)
    else { return nil }
    let indexes = routes.reduce(into: Set<IndexID>()) { all, route in
      all.formUnion((context[route.quantity].type.indexes ?? []).subtracting(route.labels.keys))
    }
    let cells = CellSpace(Array(indexes), in: context.indexes)
    guard context.cellCount(indexes) <= Self.mostRouteCells / routes.count else {
      context.report(
        .tooManyRouteCells(
          routes: routes.count, cells: context.cellCount(indexes), limit: Self.mostRouteCells),
        at: declaration.namePlace)
      return nil
    }
    guard weigh(&routes, declaration, cells: indexes, isUncertain: isUncertain) else { return nil }
    guard let shown = reportUnit(unit, dimension, declaration) else { return nil }
    if case .some(nil) = pools { return nil }
    if case .some(nil) = heterogeneity { return nil }
    return Triangulation(
      name: declaration.name, routes: routes, cells: cells, unit: shown,
      pools: (pools ?? nil) ?? Triangulation.Pool.allCases,
      heterogeneity: (heterogeneity ?? nil) ?? Triangulation.usualHeterogeneity, provenance: provenance,
      place: declaration.namePlace)
  }

  // MARK: - Routes

  /// The routes, still with equal weights.
  private func routes(_ declaration: TriangulationDeclaration) -> [Triangulation.Route]? {
    guard let first = declaration.routes.first, first.label == nil else {
      if let over = declaration.fields["over"] {
        context.report(.overWithSeveralRoutes, at: over.keyPlace)
        return nil
      }
      guard declaration.routes.count >= 2 else {
        context.report(.singleRoute, at: declaration.namePlace)
        return nil
      }
      // A route with unknown indexes has been reported already.
      guard declaration.routes.allSatisfy({ context[$0.formula.quantity].type.indexes != nil }) else { return nil }
      return declaration.routes.map {
        .init(
          label: $0.label ?? "", quantity: $0.formula.quantity, weight: .number(1 / Double(declaration.routes.count)))
      }
    }
    guard let indexes = context[first.formula.quantity].type.indexes, let over = routeIndex(declaration, among: indexes)
    else { return nil }
    let labels = context[over].labels
    guard labels.count >= 2 else {
      context.report(.tooFewRouteLabels(context[over].name, labels: labels.count), at: declaration.namePlace)
      return nil
    }
    return labels.indices.map {
      .init(
        label: labels[$0], quantity: first.formula.quantity, labels: [over: $0],
        weight: .number(1 / Double(labels.count)))
    }
  }

  /// The index whose labels are the routes.
  private func routeIndex(_ declaration: TriangulationDeclaration, among indexes: Set<IndexID>) -> IndexID? {
    guard let formula = declaration.routes.first?.formula else { return nil }
    guard let over = declaration.fields["over"] else {
      let labelled = context.sorted(indexes.filter { !context[$0].isNumeric })
      context.report(
        .routesWithoutIndex(
          formula.syntax.text, indexes: context.list(indexes), candidate: labelled.first.map { context[$0].name }),
        at: formula.syntax.place)
      return nil
    }
    guard let name = over.value.text, let index = context.names.index(name) else {
      FormulaChecker(context: context, use: .constant).reportNoIndex(over.value.text ?? "", at: over.value.span)
      return nil
    }
    guard indexes.contains(index) else {
      context.report(
        .routesLackIndex(formula.syntax.text, index: name, indexes: context.list(indexes)), at: over.value.span)
      return nil
    }
    return index
  }

  /// The common dimension of all routes.
  private func commonDimension(_ declaration: TriangulationDeclaration) -> Dimension? {
    var common: (dimension: Dimension, route: Formula)?
    for (_, _, formula) in declaration.routes {
      guard let dimension = context[formula.quantity].type.dimensionality.dimension else { return nil }
      guard let first = common else {
        common = (dimension, formula)
        continue
      }
      guard first.dimension == dimension else {
        context.report(
          .routeUnits(
            first: (first.route.syntax.text, words(first.dimension, of: first.route.quantity)),
            other: (formula.syntax.text, words(dimension, of: formula.quantity))),
          at: formula.syntax.place)
        return nil
      }
    }
    return common?.dimension
  }

  private func reportUnit(_ unit: Unit??, _ dimension: Dimension, _ declaration: TriangulationDeclaration) -> Unit? {
    let route = declaration.routes.first?.formula.quantity
    switch unit {
    case .some(let unit?):
      guard unit.dimension == dimension else {
        context.report(
          .estimateUnit(
            declaration.name, unit: dimension.isDimensionless ? nil : words(dimension, of: route), found: unit.text),
          at: declaration.fields["unit"]?.value.span)
        return nil
      }
      return unit
    case .some(nil): return nil
    case nil:
      guard dimension.isDimensionless else {
        context.report(
          .estimateWithoutUnit(declaration.name, unit: words(dimension, of: route)), at: declaration.namePlace)
        return nil
      }
      return .one
    }
  }

  // MARK: - Weights

  /// Sets the weights of routes; false if an error was reported.
  private func weigh(
    _ routes: inout [Triangulation.Route], _ declaration: TriangulationDeclaration, cells: Set<IndexID>,
    isUncertain: (QuantityID) -> Bool
  ) -> Bool {
    guard let first = declaration.weights.first else { return true }
    for (_, _, formula) in declaration.weights {
      guard isWeight(formula, isUncertain: isUncertain) else { return false }
    }
    guard first.label == nil else { return weighByLabel(&routes, declaration, cells: cells) }
    guard let over = routes.first?.labels.keys.first, routes.allSatisfy({ $0.labels.count == 1 }),
      (context[first.formula.quantity].type.indexes ?? []).contains(over)
    else {
      context.report(
        .weightsIndex(
          first.formula.syntax.text,
          indexes: context.list(context[first.formula.quantity].type.indexes ?? []), routes: routes.map(\.label)),
        at: first.formula.syntax.place)
      return false
    }
    guard hasKnownCells(first.formula, among: cells.union([over])) else { return false }
    for position in routes.indices {
      routes[position].weight = .quantity(first.formula.quantity, labels: routes[position].labels)
    }
    return true
  }

  private func weighByLabel(
    _ routes: inout [Triangulation.Route], _ declaration: TriangulationDeclaration, cells: Set<IndexID>
  ) -> Bool {
    var given: Set<String> = []
    var numbers: [Double] = []
    for (label, place, formula) in declaration.weights {
      guard let label, let position = routes.firstIndex(where: { $0.label == label }) else {
        context.report(
          .unknownRoute(
            label ?? "", routes: routes.map(\.label),
            nearest: context.nearest(to: label ?? "", among: routes.map(\.label))),
          at: place)
        return false
      }
      given.insert(label)
      guard hasKnownCells(formula, among: cells) else { return false }
      if case .equation(let equation) = context[formula.quantity].kind, let expression = equation.expression,
        let number = IndexEvaluator(context).constant(expression)
      {
        guard number >= 0, number <= 1 else {
          context.report(.weightOutOfRange(found: formula.syntax.text), at: formula.syntax.place)
          return false
        }
        numbers.append(number)
        routes[position].weight = .number(number)
      } else {
        routes[position].weight = .quantity(formula.quantity, labels: [:])
      }
    }
    let lacking = routes.map(\.label).filter { !given.contains($0) }
    guard lacking.isEmpty else {
      context.report(.routesWithoutWeight(lacking), at: declaration.fields["weights"]?.keyPlace)
      return false
    }
    if numbers.count == routes.count, abs(numbers.reduce(0, +) - 1) > 1e-9 {
      context.report(
        .weightSum(MessageText.number(MessageText.rounded(numbers.reduce(0, +)))),
        at: declaration.fields["weights"]?.keyPlace)
      return false
    }
    return true
  }

  private func isWeight(_ formula: Formula, isUncertain: (QuantityID) -> Bool) -> Bool {
    guard let dimension = context[formula.quantity].type.dimensionality.dimension else { return false }
    guard dimension.isDimensionless else {
      context.report(
        .weightNotPure(found: formula.syntax.text, unit: words(dimension)), at: formula.syntax.place)
      return false
    }
    guard !isUncertain(formula.quantity) else {
      context.report(.uncertainWeight(found: formula.syntax.text), at: formula.syntax.place)
      return false
    }
    return true
  }

  private func hasKnownCells(_ formula: Formula, among cells: Set<IndexID>) -> Bool {
    guard let indexes = context[formula.quantity].type.indexes else { return false }
    let further = indexes.subtracting(cells)
    guard further.isEmpty else {
      context.report(
        .weightIndexes(formula.syntax.text, further: context.list(further)), at: formula.syntax.place)
      return false
    }
    return true
  }

  // MARK: - Choices

  /// `linear`, `[linear, hierarchical]`
  private func pools(_ node: Node) -> [Triangulation.Pool]? {
    let known = Triangulation.Pool.allCases.map(\.rawValue)
    let items: [Node]
    if case .sequence(let list) = node.kind { items = list } else { items = [node] }
    var pools: [Triangulation.Pool] = []
    for item in items {
      guard let pool = item.text.flatMap(Triangulation.Pool.init(rawValue:)) else {
        context.report(
          .unknownPool(
            item.kindInWords, pools: known, nearest: item.text.flatMap { context.nearest(to: $0, among: known) }),
          at: item.span)
        return nil
      }
      if !pools.contains(pool) { pools.append(pool) }
    }
    return pools
  }

  private func heterogeneity(_ node: Node) -> Double? {
    guard let syntax = context.syntax(of: node, "a number") else { return nil }
    let typed = FormulaChecker(context: context, use: .constant).check(syntax)
    guard !typed.isBroken else { return nil }
    guard typed.dimensionality.mayBePure, let number = IndexEvaluator(context).constant(typed.expression(context)),
      number > 0, number < .infinity
    else {
      context.report(.heterogeneity(found: syntax.text), at: syntax.place)
      return nil
    }
    return number
  }
}
