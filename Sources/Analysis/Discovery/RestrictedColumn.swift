import Modeling
import Simulation

/// A column that boxes restrict, with the cell in whose values its bounds are reported.
///
/// A coordinate may move many cells of an input, such as one probability for all years. Bounds are reported at the
/// labels that the condition names: `total[year=2035] > 100 TWh/year` has thresholds of 2035. For an index without a
/// named label, the label is that of `Model.defaultCell`.
struct RestrictedColumn: Sendable {
  /// The input's name, with the labels of the cell if the cells differ: `sales[class=car, year=2035]`.
  let name: String
  let quantity: QuantityID
  /// The source of its values.
  let request: ColumnRequest

  /// The columns that each target of a problem depends on, in reported form for its condition.
  ///
  /// - Parameter columns: the observable columns of the problem's factors.
  static func all(_ columns: [ScalarColumn], _ problem: SensitivityProblem) -> [[RestrictedColumn]] {
    let model = problem.model
    return problem.targets.indices.map { target in
      let named = NamedLabels(of: problem.targets[target], in: model)
      return columns.filter { problem.needs(target, $0.factor) }.map { column in
        guard case .cell(let id, let seen) = column.request else {
          return RestrictedColumn(name: column.name, quantity: column.quantity(in: problem), request: column.request)
        }
        let cell = named.cell(of: id, movedLike: seen, in: model)
        return RestrictedColumn(
          name: model.hasOneValue(id) ? model[id].name : model.labelledName(id, cell: cell), quantity: id,
          request: .cell(id, cell))
      }
    }
  }
}

/// The labels named by a condition.
struct NamedLabels {
  private let labels: [IndexID: Int]

  /// The labels of the target's cell, then those its formula selects, then those selected by conditions that it names;
  /// if there are several labels of an index, the last one counts.
  init(of target: TargetCell, in model: Model) {
    let space = model[target.quantity].cells
    var labels = Dictionary(uniqueKeysWithValues: zip(space.indexes, space.positions(ofCell: target.cell)))
    var seen: Set<QuantityID> = [target.quantity]
    var open = [target.quantity]
    while !open.isEmpty {
      var next: [QuantityID] = []
      var found: [IndexID: Int] = [:]
      for id in open {
        guard case .equation(let formula) = model[id].kind else { continue }
        var parts = [formula]
        while let part = parts.popLast() {
          parts += part.operands
          switch part.kind {
          case .select(_, let selectors):
            for case (let index, .label(let position)) in selectors {
              found[index] = max(position, found[index] ?? 0)
            }
          case .quantity(let id) where model.isCondition(id) && seen.insert(id).inserted: next.append(id)
          default: break
          }
        }
      }
      labels.merge(found) { old, _ in old }
      open = next
    }
    self.labels = labels
  }

  /// The cell nearest to the labels among the cells of an input with the same coordinates as the given one: the fewest
  /// indexes with a label other than the named one, then the fewest with one other than the default cell's.
  func cell(of id: QuantityID, movedLike seen: Int, in model: Model) -> Int {
    guard let input = model[id].input, input.cells.indices.contains(seen) else { return seen }
    let space = model[id].cells
    let coordinates = input.coordinates(ofCell: seen)
    guard !coordinates.isEmpty else { return seen }
    let wanted = space.positions(ofCell: model.defaultCell(of: space, fixed: labels))
    func distance(_ cell: Int) -> (named: Int, other: Int) {
      var distance = (named: 0, other: 0)
      for (axis, (position, target)) in zip(space.positions(ofCell: cell), wanted).enumerated() where position != target
      {
        if labels[space.indexes[axis]] == nil { distance.other += 1 } else { distance.named += 1 }
      }
      return distance
    }
    let moved = input.cells.indices.filter { input.coordinates(ofCell: $0) == coordinates }
    return moved.min { distance($0) < distance($1) } ?? seen
  }
}

extension Input {
  /// The coordinates that a cell depends on.
  fileprivate func coordinates(ofCell cell: Int) -> Set<CoordinateID> {
    var rule = cells[cell]
    while case .scaled(let inner, _) = rule { rule = inner }
    switch rule {
    case .supportPoint(let supportPoint): return Set([supportPoints[supportPoint].coordinate].compactMap(\.self))
    case .interpolated(let from, let to, _, _): return Set([from, to].compactMap { supportPoints[$0].coordinate })
    case .scaled: return []
    }
  }
}

extension Model {
  /// Whether all cells of an input have the value of one support point, so that labels can be omitted.
  fileprivate func hasOneValue(_ id: QuantityID) -> Bool {
    guard let input = self[id].input else { return false }
    return input.supportPoints.count == 1
      && input.cells.allSatisfy { if case .supportPoint = $0 { true } else { false } }
  }
}
