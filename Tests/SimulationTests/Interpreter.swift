import Foundation
import Modeling

/// What formulas mean, as slowly and plainly as can be said: one draw, one cell, by recursion over the tree.
///
/// It shares nothing with the engine but the model. Values of inputs are given.
final class Interpreter {
  typealias Labels = [IndexID: Int]

  private let model: Model
  private let inputs: [QuantityID: [Double]]
  private var known: [QuantityID: [Int: Double]] = [:]

  /// The meaning of a model's formulas in a draw, given the cells of its inputs and references.
  init(_ model: Model, inputs: [QuantityID: [Double]]) {
    self.model = model
    self.inputs = inputs
  }

  /// The value of a quantity at labels.
  func value(_ id: QuantityID, _ labels: Labels) -> Double {
    let space = model[id].cells
    let positions = space.indexes.map { labels[$0] ?? -1 }
    if positions.contains(where: { $0 < 0 }) { return .nan }
    let cell = space.cell(at: positions)
    if let given = inputs[id] { return given[cell] }
    if let found = known[id]?[cell] { return found }
    guard case .equation(let formula) = model[id].kind else { return .nan }
    let own = labels.filter { space.indexes.contains($0.key) }
    let found = value(formula, own)
    known[id, default: [:]][cell] = found
    return found
  }

  /// All cells of a quantity.
  func cells(_ id: QuantityID) -> [Double] {
    let space = model[id].cells
    return (0..<space.count).map { cell in
      value(id, Labels(uniqueKeysWithValues: zip(space.indexes, space.positions(ofCell: cell))))
    }
  }

  /// The value of a formula at labels.
  func value(_ e: Expression, _ labels: Labels) -> Double {
    func at(_ changes: Labels) -> Labels { labels.merging(changes) { $1 } }
    switch e.kind {
    case .constant(let x): return x
    case .quantity(let id): return value(id, labels)
    case .label(let index): return model[index].numbers?[labels[index] ?? 0] ?? .nan
    case .isLabel(let index, let position): return labels[index] == position ? 1 : 0
    case .isOutcome(let id, let position): return operate(.equal, value(id, labels), Double(position))
    case .negate(let a): return -value(a, labels)
    case .not(let a): return operate(.equal, value(a, labels), 0)
    case .binary(let operation, let a, let b): return operate(operation, value(a, labels), value(b, labels))
    case .call(let function, let arguments): return call(function.name, arguments.map { value($0, labels) })
    case .conditional(let c, let a, let b):
      let condition = value(c, labels)
      return condition.isFinite ? value(condition != 0 ? a : b, labels) : .nan
    case .reduce(let reduction, let a, let over, let restricted):
      var combinations: [Labels] = [[:]]
      for index in over {
        let positions = restricted[index] ?? Array(model[index].labels.indices)
        combinations = combinations.flatMap { c in positions.map { c.merging([index: $0]) { $1 } } }
      }
      return reduce(reduction, combinations.map { value(a, at($0)) })
    case .select(let a, let selectors):
      var chosen: Labels = [:]
      for (index, selector) in selectors {
        guard let position = position(selector, on: index, labels) else { return .nan }
        chosen[index] = position
      }
      return value(a, at(chosen))
    case .previous(let a, let initial, let along):
      let position = labels[along] ?? 0
      return position == 0 ? value(initial, labels) : value(a, at([along: position - 1]))
    case .cumulative(let a, let along):
      return (0...(labels[along] ?? 0)).map { value(a, at([along: $0])) }.reduce(0, +)
    case .stack(let index, let parts): return value(parts[labels[index] ?? 0], labels)
    case .stock(let inflow, let survival, let along, let age, let timing):
      func end(_ t: Int) -> Double {
        guard t >= 0 else { return 0 }
        return (0...t).map { v in
          let years = (model[along].numbers?[t] ?? 0) - (model[along].numbers?[v] ?? 0)
          let position = model[age].numbers?.firstIndex(of: years) ?? 0
          return value(inflow, at([along: v])) * value(survival, at([along: v, age: position]))
        }.reduce(0, +)
      }
      let t = labels[along] ?? 0
      return timing == .end ? end(t) : (end(t - 1) + end(t)) / 2
    }
  }

  private func position(_ selector: Selector, on index: IndexID, _ labels: Labels) -> Int? {
    switch selector {
    case .label(let position): return position
    case .outcome(let id): return Int(exactly: value(id, labels))
    case .number(let terms, let constant):
      let wanted = terms.reduce(Double(constant)) {
        $0 + Double($1.value) * (model[$1.key].numbers?[labels[$1.key] ?? 0] ?? .nan)
      }
      return model[index].numbers?.firstIndex(of: wanted)
    }
  }

  private func reduce(_ reduction: Reduction, _ values: [Double]) -> Double {
    switch reduction {
    case .sum: values.reduce(0, +)
    case .mean: values.reduce(0, +) / Double(values.count)
    case .product: values.reduce(1, *)
    case .min: values.contains { $0.isNaN } ? .nan : values.min() ?? .nan
    case .max: values.contains { $0.isNaN } ? .nan : values.max() ?? .nan
    }
  }

  private func operate(_ operation: BinaryOperator, _ a: Double, _ b: Double) -> Double {
    switch operation {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .power: pow(a, b)
    case .equal: condition(a, b, a == b)
    case .notEqual: condition(a, b, a != b)
    case .less: condition(a, b, a < b)
    case .lessOrEqual: condition(a, b, a <= b)
    case .greater: condition(a, b, a > b)
    case .greaterOrEqual: condition(a, b, a >= b)
    case .and: condition(a, b, a != 0 && b != 0)
    case .or: condition(a, b, a != 0 || b != 0)
    }
  }

  /// Random models write no infinity, so that every one is computed, and decides nothing.
  private func condition(_ a: Double, _ b: Double, _ holds: Bool) -> Double {
    a.isFinite && b.isFinite ? (holds ? 1 : 0) : .nan
  }

  private func call(_ name: String, _ x: [Double]) -> Double {
    if x.contains(where: \.isNaN) { return .nan }
    switch name {
    case "exp": return exp(x[0])
    case "log": return log(x[0])
    case "log10": return log10(x[0])
    case "sqrt": return x[0].squareRoot()
    case "abs": return abs(x[0])
    case "sin": return sin(x[0])
    case "cos": return cos(x[0])
    case "tan": return tan(x[0])
    case "min": return x.min() ?? .nan
    case "max": return x.max() ?? .nan
    case "clamp": return min(max(x[0], x[1]), x[2])
    default: return .nan
    }
  }
}
