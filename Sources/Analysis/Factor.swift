import Diagnostics
import Modeling
import Simulation

/// A factor of a sensitivity analysis: an input with all its cells, one of its coordinates, or a group of inputs.
package struct Factor: Sendable {
  /// The input's name, the coordinate's (`shipments[2025]`), or the group's.
  package var name: String
  /// The inputs and references in it.
  package var quantities: [QuantityID]
  /// All coordinates that move when the factor does.
  package var coordinates: [CoordinateID]
  /// The coordinates that a target depends on.
  package var needed: [CoordinateID]
  /// Figures that could be published, by their positions in the model.
  package var publishables: [Int] = []

  /// Creates a factor.
  package init(name: String, quantities: [QuantityID], coordinates: [CoordinateID], needed: [CoordinateID]) {
    self.name = name
    self.quantities = quantities
    self.coordinates = coordinates
    self.needed = needed
  }
}

extension Factor {
  /// Who could publish it, each party once.
  package func parties(in model: Model) -> [String] {
    let all = quantities.map { model[$0].provenance } + publishables.map { model.publishables[$0].provenance }
    var seen: Set<String> = []
    return all.compactMap(\.disclosableBy).filter { seen.insert($0).inserted }
  }
}

/// The grouping of a model's coordinates into factors.
package enum Grouping: Sendable, Equatable {
  /// An input, or an uncertain reference, with all its cells.
  case input
  /// Every coordinate is a factor.
  case cell
  /// Inputs with the same `disclosable_by` form one factor, every other input is one.
  case disclosable
}

extension Factor {
  /// The factors that targets depend on, in the model's order, and the uncertain inputs that they do not depend on.
  ///
  /// - Parameters:
  ///   - needed: the coordinates that targets depend on.
  ///   - groups: names of groups with the names of their inputs; they take precedence over the grouping.
  static func all(
    of model: Model, needed: Set<CoordinateID>, by grouping: Grouping, groups: [(name: String, inputs: [String])]
  ) -> (factors: [Factor], inactive: [String]) {
    var coordinates: [QuantityID: [CoordinateID]] = [:]
    for (position, coordinate) in model.coordinates.enumerated() {
      coordinates[coordinate.quantity, default: []].append(CoordinateID(position))
    }
    var factors: [Factor] = []
    var places: [String: Int] = [:]
    var inactive: [String] = []
    for id in coordinates.keys.sorted() {
      let own = coordinates[id] ?? []
      let used = own.filter(needed.contains)
      let quantity = model[id]
      guard !used.isEmpty else {
        if case .input = quantity.kind { inactive.append(model.reportedName(ofInput: id)) }
        continue
      }
      let group =
        groups.first { $0.inputs.contains(quantity.name) }?.name
        ?? (grouping == .disclosable ? quantity.provenance.disclosableBy : nil)
      if let group {
        if let place = places[group] {
          factors[place].quantities.append(id)
          factors[place].coordinates += own
          factors[place].needed += used
        } else {
          places[group] = factors.count
          factors.append(Factor(name: group, quantities: [id], coordinates: own, needed: used))
        }
      } else if grouping == .cell {
        factors += used.map { coordinate in
          Factor(
            name: model.reportedName(of: coordinate), quantities: [id],
            coordinates: [coordinate], needed: [coordinate])
        }
      } else {
        factors.append(
          Factor(name: model.reportedName(ofInput: id), quantities: [id], coordinates: own, needed: used))
      }
    }
    return (factors, inactive)
  }

  /// Factors with the figures that could be published: each alone, or with the inputs that the same party could publish.
  static func adding(
    publishablesOf model: Model, to factors: [Factor], by grouping: Grouping
  ) throws(Diagnostics) -> [Factor] {
    var factors = factors
    for (position, reading) in model.publishables.enumerated() {
      let needed = Array(try Evaluator(model: model, requests: [.cell(reading.quantity, 0)]).coordinates)
      let party = grouping == .disclosable ? reading.provenance.disclosableBy : nil
      let name = party ?? reading.name
      if party != nil, let place = factors.firstIndex(where: { $0.name == name }) {
        factors[place].needed += needed.filter { !factors[place].needed.contains($0) }
        factors[place].publishables.append(position)
      } else {
        var factor = Factor(name: name, quantities: [], coordinates: [], needed: needed)
        factor.publishables = [position]
        factors.append(factor)
      }
    }
    return factors
  }

  /// Sets of dependent factors: the factors of each list are connected by correlated coordinates.
  static func dependent(_ factors: [Factor], in model: Model) -> [[Int]] {
    var owner: [CoordinateID: Int] = [:]
    for (position, factor) in factors.enumerated() {
      for coordinate in factor.coordinates { owner[coordinate] = position }
    }
    var parent = Array(factors.indices)
    func root(_ start: Int) -> Int {
      var node = start
      while parent[node] != node { node = parent[node] }
      return node
    }
    for component in model.components {
      let members = component.coordinates.compactMap { owner[$0] }
      for member in members.dropFirst() { parent[root(member)] = root(members[0]) }
    }
    let lists = Dictionary(grouping: factors.indices, by: root).values
    return lists.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }
}
