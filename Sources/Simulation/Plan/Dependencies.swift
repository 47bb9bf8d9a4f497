import Modeling

extension Model {
  /// A quantity and all its direct and indirect dependencies.
  public func dependencies(of id: QuantityID) -> Set<QuantityID> { Dependencies.closure(of: [id], in: self) }
}

/// Dependencies between quantities.
enum Dependencies {
  /// Some quantities and all their dependencies.
  static func closure(of wanted: [QuantityID], in model: Model) -> Set<QuantityID> {
    var reached = Set(wanted)
    var open = wanted
    while let next = open.popLast() {
      for need in direct(next, in: model, excludingPreviousAlong: nil) where reached.insert(need).inserted {
        open.append(need)
      }
    }
    return reached
  }

  /// Some quantities and all quantities that depend on them.
  static func dependents(of changed: Set<QuantityID>, in model: Model) -> Set<QuantityID> {
    var reached = changed
    for group in model.order {
      let isReached = group.quantities.contains { id in
        reached.contains(id) || direct(id, in: model, excludingPreviousAlong: nil).contains(where: reached.contains)
      }
      // The equations of a cycle depend on each other.
      if isReached, group.along != nil || group.quantities.count == 1 { reached.formUnion(group.quantities) }
    }
    return reached
  }

  /// Sorts members of an evaluation group so that each follows its dependencies at the same label; otherwise the order
  /// is kept.
  static func order(of members: [QuantityID], in model: Model, along: IndexID?) -> [QuantityID] {
    guard members.count > 1 else { return members }
    let inside = Set(members)
    var missing: [QuantityID: Set<QuantityID>] = [:]
    for id in members {
      missing[id] = Set(direct(id, in: model, excludingPreviousAlong: along)).intersection(inside).subtracting([id])
    }
    var ordered: [QuantityID] = []
    var rest = members
    while let next = rest.firstIndex(where: { missing[$0]?.isEmpty ?? true }) {
      let id = rest.remove(at: next)
      ordered.append(id)
      for other in rest { missing[other]?.remove(id) }
    }
    return ordered + rest
  }

  /// The quantities referenced by a quantity's formulas.
  private static func direct(
    _ id: QuantityID, in model: Model, excludingPreviousAlong along: IndexID?
  ) -> [QuantityID] {
    var found: [QuantityID] = []
    func collect(_ expression: Expression) { self.collect(expression, excludingPreviousAlong: along, into: &found) }
    func collect(_ term: DistributionExpression) {
      switch term {
      case .fixed: break
      case .family(_, _, let arguments): arguments.forEach(collect)
      case .truncated(let base, let low, let high):
        collect(base)
        low.map(collect)
        high.map(collect)
      case .mixture(let terms, _): terms.forEach(collect)
      case .affine(let base, _, _): collect(base)
      }
    }
    switch model[id].kind {
    case .equation(let formula): collect(formula)
    case .input(let input), .reference(let input):
      for supportPoint in input.supportPoints {
        if case .distribution(let term) = supportPoint.value { collect(term) }
      }
      input.shareGroups.flatMap(\.parameters).forEach(collect)
    }
    return found
  }

  private static func collect(
    _ expression: Expression, excludingPreviousAlong along: IndexID?, into found: inout [QuantityID]
  ) {
    var open = [expression]
    while let next = open.popLast() {
      switch next.kind {
      case .constant, .label, .isLabel: break
      case .quantity(let id), .isOutcome(let id, _): found.append(id)
      case .negate(let a), .not(let a), .cumulative(let a, _): open.append(a)
      case .binary(_, let a, let b): open += [a, b]
      case .call(_, let arguments), .stack(_, let arguments): open += arguments
      case .conditional(let condition, let then, let otherwise): open += [condition, then, otherwise]
      case .reduce(_, let operand, _, _): open.append(operand)
      case .select(let operand, let selectors):
        open.append(operand)
        for case .outcome(let id) in selectors.values { found.append(id) }
      case .previous(let operand, let initial, let index):
        if index != along { open.append(operand) }
        open.append(initial)
      case .stock(let inflow, let survival, _, _, _): open += [inflow, survival]
      }
    }
  }
}
