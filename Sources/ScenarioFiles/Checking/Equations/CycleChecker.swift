import Diagnostics
import Modeling
import Units

/// Checks quantities that depend on each other: such a cycle must run through `previous`, along one index.
///
/// Units and indexes of a cycle are the least fixed point: every equation starts with no index and an open unit, and is
/// checked again until nothing changes. Sets of indexes only grow and units only change from open to known, so this
/// terminates.
struct CycleChecker {
  let context: CheckContext
  let graph: DependencyGraph

  /// Determines the types of a cycle's equations.
  ///
  /// - Returns: the index along which the cycle runs; nil if an error was reported.
  func check(_ members: [QuantityID]) -> IndexID? {
    if reportBadCycle(members) {
      for id in members { context[id].type = QuantityType(dimensionality: declared(id) ?? .unknown) }
      return nil
    }
    let types = solve(members)
    var isSound = true
    for id in members {
      guard case .equation(let equation) = context[id].kind, let syntax = equation.syntax else {
        isSound = false
        continue
      }
      let checker = FormulaChecker(context: context, use: .equation(id), assumptions: types)
      let (typed, sound) = context.attempt { checker.check(syntax) }
      if sound, typed.dimensionality == .open {
        context.report(.undeterminedUnit(context[id].name), at: context[id].place)
      }
      isSound = isSound && sound && typed.dimensionality != .open
      EquationChecker(context: context).settle(id, typed, isSound: sound)
    }
    return isSound ? along(members) : nil
  }

  private func declared(_ id: QuantityID) -> Dimensionality? {
    guard case .equation(let equation) = context[id].kind else { return nil }
    return equation.unit.map { .known($0.dimension) }
  }

  // MARK: - Invalid cycles

  /// Reports a cycle without `previous`, or through an input's distribution.
  private func reportBadCycle(_ members: [QuantityID]) -> Bool {
    if let stated = members.first(where: { !context[$0].isEquation }) {
      guard let cycle = graph.cycle(within: members, through: stated, follows: { _, _ in true }) else { return false }
      context.report(
        .cycleThroughInput(context[stated].name, chain: chain(cycle), notes: notes(cycle)), at: cycle[0].edge.place)
      return true
    }
    guard let cycle = graph.cycle(within: members, follows: { !$1.isPrevious }) else { return false }
    if cycle.count == 1 {
      context.report(.selfReference(context[cycle[0].from].name), at: cycle[0].edge.place)
    } else {
      context.report(.cycle(chain(cycle), notes: notes(cycle)), at: cycle[0].edge.place)
    }
    return true
  }

  /// The names along a cycle, from its first member to the same one.
  private func chain(_ cycle: [(from: QuantityID, edge: DependencyGraph.Edge)]) -> [String] {
    cycle.map { context[$0.from].name } + [context[cycle[0].from].name]
  }

  private func notes(_ cycle: [(from: QuantityID, edge: DependencyGraph.Edge)]) -> [Diagnostic.Note] {
    cycle.dropFirst().prefix(8).map {
      Problem.dependency(of: context[$0.from].name, on: context[$0.edge.target].name, at: $0.edge.place)
    }
  }

  // MARK: - The least fixed point

  /// The types of a cycle's equations: each is checked again whenever the type of an equation it names has changed.
  private func solve(_ members: [QuantityID]) -> [QuantityID: QuantityType] {
    let inside = Set(members)
    var types: [QuantityID: QuantityType] = [:]
    var dependents: [QuantityID: [QuantityID]] = [:]
    for id in members {
      types[id] = QuantityType(dimensionality: declared(id) ?? .open, indexes: [])
      let needed = Set(graph.edges[id.position].map(\.target)).intersection(inside)
      for target in needed.sorted() { dependents[target, default: []].append(id) }
    }
    var waiting = members
    var isWaiting = inside
    var next = 0
    while next < waiting.count {
      let id = waiting[next]
      next += 1
      isWaiting.remove(id)
      guard case .equation(let equation) = context[id].kind, let syntax = equation.syntax,
        var type = types[id], let before = type.indexes
      else { continue }
      let typed = context.silently {
        FormulaChecker(context: context, use: .equation(id), assumptions: types).check(syntax)
      }
      type.indexes = before.union(typed.indexes)
      if type.dimensionality == .open, case .known = typed.dimensionality {
        type.dimensionality = typed.dimensionality
      }
      guard type.indexes != before || type.dimensionality != types[id]?.dimensionality else { continue }
      types[id] = type
      for dependent in dependents[id, default: []] where isWaiting.insert(dependent).inserted {
        waiting.append(dependent)
      }
    }
    return types
  }

  // MARK: - The index along which it runs

  /// The one index along which all `previous` of a cycle run; obstacles are reported.
  private func along(_ members: [QuantityID]) -> IndexID? {
    let inside = Set(members)
    var candidates: Set<IndexID> = []
    for id in members {
      guard case .equation(let equation) = context[id].kind, let expression = equation.expression else { return nil }
      Self.visit(expression) { part in
        if case .previous(let operand, _, let along) = part.kind, Self.names(operand, inside) {
          candidates.insert(along)
        }
      }
    }
    let first = context.sorted(candidates).first { index in isAcyclic(members, without: index) }
    guard let index = first else {
      context.report(
        .cycleAlongSeveralIndexes(members.map { context[$0].name }, found: context.list(candidates)),
        at: context[members[0]].place)
      return nil
    }
    for id in members {
      guard case .equation(let equation) = context[id].kind, let expression = equation.expression else { return nil }
      guard expression.indexes.contains(index) else {
        context.report(
          .cycleMemberWithoutIndex(context[id].name, index: context[index].name), at: context[id].place)
        return nil
      }
      guard !reportsMixing(expression, inside, along: index) else { return nil }
    }
    return index
  }

  /// Whether no quantity depends on itself at the same label of an index.
  private func isAcyclic(_ members: [QuantityID], without index: IndexID) -> Bool {
    let inside = Set(members)
    var needs: [QuantityID: Set<QuantityID>] = [:]
    for id in members {
      guard case .equation(let equation) = context[id].kind, let expression = equation.expression else { return false }
      needs[id] = Self.needed(expression, inside, index)
    }
    // Kahn (1962), doi:10.1145/368996.369025: repeatedly remove the members that depend on no remaining member.
    var dependents: [QuantityID: [QuantityID]] = [:]
    for (id, targets) in needs { for target in targets { dependents[target, default: []].append(id) } }
    var free = members.filter { needs[$0, default: []].isEmpty }
    var taken = 0
    while let id = free.popLast() {
      taken += 1
      for dependent in dependents[id, default: []] {
        needs[dependent, default: []].remove(id)
        if needs[dependent, default: []].isEmpty { free.append(dependent) }
      }
    }
    return taken == members.count
  }

  /// The members that a formula needs at the same label of an index.
  private static func needed(_ expression: Expression, _ inside: Set<QuantityID>, _ index: IndexID) -> Set<QuantityID> {
    switch expression.kind {
    case .quantity(let id): inside.contains(id) ? [id] : []
    case .previous(_, let initial, index): needed(initial, inside, index)
    default: expression.operands.reduce(into: []) { $0.formUnion(needed($1, inside, index)) }
    }
  }

  /// Reports a member that is reduced, accumulated or selected over the cycle's index.
  private func reportsMixing(_ expression: Expression, _ inside: Set<QuantityID>, along index: IndexID) -> Bool {
    var found: (use: Problem.CycleUse, place: SourcePlace)?
    Self.visit(expression) { part in
      let use: Problem.CycleUse?
      switch part.kind {
      case .reduce(let reduction, let operand, let over, _):
        use = over.contains(index) && Self.names(operand, inside) ? .reduced(by: reduction.rawValue) : nil
      case .cumulative(let operand, index): use = Self.names(operand, inside) ? .accumulated : nil
      case .select(let operand, let selectors):
        use = selectors[index] != nil && Self.names(operand, inside) ? .selected : nil
      case .stock(let inflow, let survival, index, _, _):
        use = Self.names(inflow, inside) || Self.names(survival, inside) ? .stocked : nil
      default: use = nil
      }
      if found == nil, let use { found = (use, part.place) }
    }
    guard let found else { return false }
    context.report(.cycleValuesUsed(found.use, over: context[index].name), at: found.place)
    return true
  }

  private static func names(_ expression: Expression, _ inside: Set<QuantityID>) -> Bool {
    if case .quantity(let id) = expression.kind { return inside.contains(id) }
    return expression.operands.contains { names($0, inside) }
  }

  private static func visit(_ expression: Expression, _ body: (Expression) -> Void) {
    body(expression)
    for operand in expression.operands { visit(operand, body) }
  }
}
