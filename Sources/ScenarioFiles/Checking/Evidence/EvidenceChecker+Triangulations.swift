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
      context.error(
        "\(routes.count) routes in \(context.cellCount(indexes)) cells are too many", at: declaration.namePlace,
        expected: "at most \(Self.mostRouteCells) together", advice: "select the cells that matter: `[year=2025]`")
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
    let usage = "`{fleet: FORMULA, models: FORMULA}`, or one formula and `over: INDEX`"
    guard let first = declaration.routes.first, first.label == nil else {
      if let over = declaration.fields["over"] {
        context.error("`over` belongs to routes that are one formula", at: over.keyPlace, expected: usage)
        return nil
      }
      guard declaration.routes.count >= 2 else {
        context.error("a quantity is estimated by two routes or more", at: declaration.namePlace, expected: usage)
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
      context.error(
        "a quantity is estimated by two routes or more", at: declaration.namePlace,
        found: "`\(context[over].name)` has \(labels.count == 1 ? "one label" : "no labels")")
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
      context.error(
        "routes that are one formula need the index that tells them apart", at: formula.syntax.place,
        expected: "`over: \(labelled.first.map { context[$0].name } ?? "INDEX")`",
        found: "`\(formula.syntax.text)` is over \(context.list(indexes))")
      return nil
    }
    guard let name = over.value.text, let index = context.names.index(name) else {
      FormulaChecker(context: context, use: .constant).reportNoIndex(over.value.text ?? "", at: over.value.span)
      return nil
    }
    guard indexes.contains(index) else {
      context.error(
        "`\(formula.syntax.text)` does not run over `\(name)`", at: over.value.span,
        found: "it is over \(context.list(indexes))")
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
        context.error(
          "routes to one quantity have one unit", at: formula.syntax.place,
          expected: "\(words(first.dimension, of: first.route.quantity)), as `\(first.route.syntax.text)`",
          found: "`\(formula.syntax.text)`, \(words(dimension, of: formula.quantity))")
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
        context.error(
          "the routes to `\(declaration.name)` are not in this unit", at: declaration.fields["unit"]?.value.span,
          expected: dimension.isDimensionless
            ? "a pure number: `\"1\"` or `percent`" : "a unit like \(words(dimension, of: route))",
          found: unit.text)
        return nil
      }
      return unit
    case .some(nil): return nil
    case nil:
      guard dimension.isDimensionless else {
        context.error(
          "the estimate `\(declaration.name)` needs a unit", at: declaration.namePlace,
          expected: "`unit:`, as \(words(dimension, of: route))")
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
      context.error(
        "weights that are one formula run over the index of the routes", at: first.formula.syntax.place,
        expected: "`{\(routes.map { "\($0.label): …" }.joined(separator: ", "))}`",
        found:
          "`\(first.formula.syntax.text)` is over \(context.list(context[first.formula.quantity].type.indexes ?? []))")
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
        context.error(
          "there is no route `\(label ?? "")`", at: place, expected: routes.map(\.label).joined(separator: ", "),
          suggestion: context.nearest(to: label ?? "", among: routes.map(\.label)))
        return false
      }
      given.insert(label)
      guard hasKnownCells(formula, among: cells) else { return false }
      if case .equation(let equation) = context[formula.quantity].kind, let expression = equation.expression,
        let number = IndexEvaluator(context).constant(expression)
      {
        guard number >= 0, number <= 1 else {
          context.error("a weight lies between 0 and 1", at: formula.syntax.place, found: "`\(formula.syntax.text)`")
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
      context.error(
        "\(MessageText.list(lacking.map { "`\($0)`" })) \(lacking.count == 1 ? "has" : "have") no weight",
        at: declaration.fields["weights"]?.keyPlace, expected: "a weight for each route: 0 leaves one out of the pools")
      return false
    }
    if numbers.count == routes.count, abs(numbers.reduce(0, +) - 1) > 1e-9 {
      context.error(
        "weights sum to 1", at: declaration.fields["weights"]?.keyPlace,
        found: "a sum of \(MessageText.number(MessageText.rounded(numbers.reduce(0, +))))")
      return false
    }
    return true
  }

  private func isWeight(_ formula: Formula, isUncertain: (QuantityID) -> Bool) -> Bool {
    guard let dimension = context[formula.quantity].type.dimensionality.dimension else { return false }
    guard dimension.isDimensionless else {
      context.error(
        "a weight is a pure number", at: formula.syntax.place, found: "`\(formula.syntax.text)`, \(words(dimension))")
      return false
    }
    guard !isUncertain(formula.quantity) else {
      context.error(
        "a weight is certain", at: formula.syntax.place,
        found: "`\(formula.syntax.text)` changes from draw to draw",
        advice: "give a constant: how sure one is of a route shows in its own distribution")
      return false
    }
    return true
  }

  private func hasKnownCells(_ formula: Formula, among cells: Set<IndexID>) -> Bool {
    guard let indexes = context[formula.quantity].type.indexes else { return false }
    let further = indexes.subtracting(cells)
    guard further.isEmpty else {
      context.error(
        "a weight runs over the indexes of its routes", at: formula.syntax.place,
        found: "`\(formula.syntax.text)` runs over \(context.list(further)) too")
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
        context.error(
          "there is no pool \(item.kindInWords)", at: item.span, expected: known.joined(separator: ", "),
          suggestion: item.text.flatMap { context.nearest(to: $0, among: known) })
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
      context.error(
        "`heterogeneity` is a positive number: the spread between logarithms of routes", at: syntax.place,
        expected: "as 0.5, where routes may well be a factor of 1.6 apart, and hardly one of 7",
        found: "`\(syntax.text)`")
      return nil
    }
    return number
  }
}
