import Modeling
import VectorMath

import func Foundation.pow

/// Evaluates formulas in one draw, one cell at a time, from the values of the quantities that they reference.
///
/// It explains single draws; blocks of draws are computed by a plan. The last bits of the two may differ.
struct DrawFormulas {
  typealias Labels = [IndexID: Int]

  /// A value in the draw.
  struct Number {
    var value: Double
    /// Whether it is an infinity written in the scenario, which conditions treat as a number.
    var isWritten = false

    /// Whether a condition on it is NaN.
    var isUndefined: Bool { value.isNaN || value.isInfinite && !isWritten }
  }

  /// A formula at labels.
  struct Cell {
    var formula: Expression
    var labels: Labels

    init(_ formula: Expression, _ labels: Labels) {
      self.formula = formula
      self.labels = labels
    }
  }

  let model: Model
  /// The cells of quantities, in base units.
  let values: [QuantityID: [Double]]
  private let infinities = WrittenInfinities()

  init(model: Model, values: [QuantityID: [Double]]) { (self.model, self.values) = (model, values) }

  /// The position of a quantity's cell at labels, which may include additional ones; nil if one is missing.
  func position(of id: QuantityID, _ labels: Labels) -> Int? {
    let space = model[id].cells
    let positions = space.indexes.compactMap { labels[$0] }
    return positions.count == space.indexes.count ? space.cell(at: positions) : nil
  }

  /// The labels of a quantity's cell.
  func labels(of id: QuantityID, cell: Int) -> Labels {
    let space = model[id].cells
    return Labels(uniqueKeysWithValues: zip(space.indexes, space.positions(ofCell: cell)))
  }

  /// The value of a formula at labels.
  ///
  /// Whether an infinite cell has a written infinity follows from its own formula. Every such cell is settled once and
  /// before the formulas that reference it, so that the work grows with the number of cells, and no recursion runs
  /// through the quantities.
  func number(_ cell: Cell) -> Number {
    while true {
      infinities.open = []
      let number = evaluated(cell)
      guard !infinities.open.isEmpty else { return number }
      settle(infinities.open)
    }
  }

  /// Determines which cells have written infinities, those that they reference first. Cells never depend on themselves,
  /// so that this ends.
  private func settle(_ cells: [WrittenInfinities.Place]) {
    var stack = cells
    while let place = stack.last {
      guard infinities.isWritten[place] == nil, case .equation(let formula) = model[place.quantity].kind else {
        stack.removeLast()
        continue
      }
      infinities.open = []
      let number = evaluated(Cell(formula, labels(of: place.quantity, cell: place.cell)))
      if infinities.open.isEmpty {
        infinities.isWritten[place] = number.isWritten
        stack.removeLast()
      } else {
        stack += infinities.open
      }
    }
  }

  /// The value of a formula, as far as it is known which of the referenced infinities are written; the others are added
  /// to `infinities.open`.
  private func evaluated(_ cell: Cell) -> Number {
    switch cell.formula.kind {
    case .constant(let number): return Number(value: number, isWritten: number.isInfinite)
    case .quantity(let id): return number(of: id, cell.labels)
    case .label(let index): return Number(value: number(cell.labels[index], on: index))
    case .isLabel(let index, let position): return Number(value: cell.labels[index] == position ? 1 : 0)
    case .conditional(let condition, let then, let otherwise):
      // The condition is evaluated once, since nested conditions would otherwise double the work at every level.
      let decision = evaluated(Cell(condition, cell.labels))
      if decision.isUndefined { return Number(value: .nan) }
      return evaluated(Cell(decision.value != 0 ? then : otherwise, cell.labels))
    default: return result(cell, of: operands(cell).map(evaluated))
    }
  }

  private func number(of id: QuantityID, _ labels: Labels) -> Number {
    guard let position = position(of: id, labels), let cells = values[id], cells.indices.contains(position) else {
      return Number(value: .nan)
    }
    var number = Number(value: cells[position])
    guard number.value.isInfinite else { return number }
    switch model[id].kind {
    case .equation:
      let place = WrittenInfinities.Place(quantity: id, cell: position)
      if let isWritten = infinities.isWritten[place] {
        number.isWritten = isWritten
      } else {
        infinities.open.append(place)
      }
    case .input, .reference: number.isWritten = true
    }
    return number
  }

  private func number(_ position: Int?, on index: IndexID) -> Double {
    position.flatMap { model[index].numbers?[$0] } ?? .nan
  }

  // MARK: Operands

  /// The formulas that determine a formula's value in this draw, each at its labels; for an `if`, the condition and the
  /// branch taken.
  func operands(_ cell: Cell) -> [Cell] {
    let labels = cell.labels
    func at(_ formula: Expression, _ changes: Labels = [:]) -> Cell { Cell(formula, labels.merging(changes) { $1 }) }
    switch cell.formula.kind {
    case .constant, .quantity, .label, .isLabel: return []
    case .isOutcome(let id, _): return [at(choice(id, cell.formula))]
    case .negate(let a), .not(let a): return [at(a)]
    case .binary(_, let a, let b): return [at(a), at(b)]
    case .call(_, let arguments): return arguments.map { at($0) }
    case .conditional(let condition, let then, let otherwise):
      let decision = evaluated(at(condition))
      return [at(condition)] + (decision.isUndefined ? [] : [at(decision.value != 0 ? then : otherwise)])
    case .reduce(_, let operand, let over, let restricted):
      var combinations: [Labels] = [[:]]
      for index in over {
        let positions = restricted[index] ?? Array(model[index].labels.indices)
        combinations = combinations.flatMap { known in positions.map { known.merging([index: $0]) { $1 } } }
      }
      return combinations.map { at(operand, $0) }
    case .select(let operand, let selectors): return selected(operand, selectors, cell)
    case .previous(let operand, let initial, let along):
      let position = labels[along] ?? 0
      return [position == 0 ? at(initial) : at(operand, [along: position - 1])]
    case .cumulative(let operand, let along): return (0...(labels[along] ?? 0)).map { at(operand, [along: $0]) }
    case .stack(let index, let parts): return labels[index].map { [at(parts[$0])] } ?? []
    case .stock(let inflow, let survival, let along, let age, _):
      let last = labels[along] ?? 0
      return (0...last).flatMap { end in
        (0...end).flatMap { vintage in
          let years = number(end, on: along) - number(vintage, on: along)
          let position = model[age].numbers?.firstIndex(of: years)
          return [at(inflow, [along: vintage]), at(survival, [along: vintage, age: position ?? -1])]
        }
      }
    }
  }

  /// A label-valued input as a formula.
  private func choice(_ id: QuantityID, _ formula: Expression) -> Expression {
    Expression(
      .quantity(id), indexes: model[id].cells.indexes, dimension: .dimensionless, place: formula.place,
      written: FormulaText(model[id].name))
  }

  private func selected(_ operand: Expression, _ selectors: [IndexID: Selector], _ cell: Cell) -> [Cell] {
    var chosen = cell.labels
    var choices: [Cell] = []
    for index in selectors.keys.sorted() {
      switch selectors[index] {
      case .label(let position): chosen[index] = position
      case .outcome(let id):
        let choice = Cell(choice(id, cell.formula), cell.labels)
        choices.append(choice)
        chosen[index] = Int(exactly: evaluated(choice).value) ?? -1
      case .number(let terms, let constant):
        let wanted = terms.reduce(Double(constant)) {
          $0 + Double($1.value) * number(cell.labels[$1.key], on: $1.key)
        }
        chosen[index] = model[index].numbers?.firstIndex(of: wanted) ?? -1
      case nil: break
      }
    }
    return choices + (chosen.values.contains { $0 < 0 } ? [] : [Cell(operand, chosen)])
  }

  // MARK: Results

  /// A formula's value from the values of its operands.
  func result(_ cell: Cell, of operands: [Number]) -> Number {
    let values = operands.map(\.value)
    func arithmetic(_ value: Double) -> Number {
      Number(value: value, isWritten: value.isInfinite && operands.contains { $0.isWritten })
    }
    func condition(_ holds: Bool) -> Number {
      Number(value: operands.contains { $0.isUndefined } ? .nan : holds ? 1 : 0)
    }
    switch cell.formula.kind {
    case .constant, .quantity, .label, .isLabel: return evaluated(cell)
    case .isOutcome(_, let position): return condition(values[0] == Double(position))
    case .negate: return arithmetic(-values[0])
    case .not: return condition(values[0] == 0)
    case .binary(let operation, _, _):
      let (x, y) = (values[0], values[1])
      switch operation {
      case .add: return arithmetic(x + y)
      case .subtract: return arithmetic(x - y)
      case .multiply: return arithmetic(x * y)
      case .divide: return arithmetic(x / y)
      case .power: return arithmetic(PortableMath.pow(x, y))
      case .equal: return condition(x == y)
      case .notEqual: return condition(x != y)
      case .less: return condition(x < y)
      case .lessOrEqual: return condition(x <= y)
      case .greater: return condition(x > y)
      case .greaterOrEqual: return condition(x >= y)
      case .and: return condition(x != 0 && y != 0)
      case .or: return condition(x != 0 || y != 0)
      }
    case .call(let function, _): return arithmetic(function.scalar(values))
    case .conditional, .select, .previous, .stack:
      let isKnown = operands.dropLast().allSatisfy { !$0.isUndefined }
      return isKnown ? operands.last ?? Number(value: .nan) : Number(value: .nan)
    case .reduce(let reduction, _, _, _):
      switch reduction {
      case .sum: return arithmetic(values.reduce(0, +))
      case .mean: return arithmetic(values.reduce(0, +) / Double(values.count))
      case .product: return arithmetic(values.reduce(1, *))
      case .min: return arithmetic(values.contains { $0.isNaN } ? .nan : values.min() ?? .nan)
      case .max: return arithmetic(values.contains { $0.isNaN } ? .nan : values.max() ?? .nan)
      }
    case .cumulative: return arithmetic(values.reduce(0, +))
    case .stock(_, _, let along, _, let timing):
      // The cohorts of the last period come last; those of the period before immediately precede them.
      let last = cell.labels[along] ?? 0
      func end(_ count: Int, before rest: Int) -> Double {
        let pairs = values.dropLast(rest).suffix(2 * count)
        return stride(from: pairs.startIndex, to: pairs.endIndex, by: 2).reduce(0) { $0 + pairs[$1] * pairs[$1 + 1] }
      }
      let now = end(last + 1, before: 0)
      return arithmetic(timing == .end ? now : (end(last, before: 2 * (last + 1)) + now) / 2)
    }
  }
}

/// The infinite cells of a draw of which it is known whether their infinity is written in the scenario.
private final class WrittenInfinities {
  /// A cell of a quantity.
  struct Place: Hashable {
    var quantity: QuantityID
    var cell: Int
  }

  var isWritten: [Place: Bool] = [:]
  /// The cells without an answer that the last evaluation met.
  var open: [Place] = []
}
