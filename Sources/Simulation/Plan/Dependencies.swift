import Modeling

extension Model {
  /// A quantity and all its direct and indirect dependencies.
  package func dependencies(of id: QuantityID) -> Set<QuantityID> { Dependencies.closure(of: [id], in: self) }
}

/// Dependencies between quantities.
enum Dependencies {
  /// Some quantities and all their dependencies.
  static func closure(of wanted: [QuantityID], in model: Model) -> Set<QuantityID> {
    var reached = Set(wanted)
    var open = wanted
    while let next = open.popLast() {
      for need in model[next].directDependencies() where reached.insert(need).inserted {
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
        reached.contains(id) || model[id].directDependencies().contains(where: reached.contains)
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
      missing[id] = Set(model[id].directDependencies(excludingPreviousAlong: along)).intersection(inside).subtracting([
        id
      ])
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
}
