import Distributions
import Modeling
import Units

/// An operation with finite operands and a non-finite result.
package struct FailedOperation: Sendable, Equatable {
  /// An operand's value, in a unit.
  package struct Operand: Sendable, Equatable {
    /// The value.
    package var value: Double
    /// The unit; empty for pure numbers.
    package var unit: String

    /// An operand's value.
    package init(value: Double, unit: String = "") {
      self.value = value
      self.unit = unit
    }
  }

  /// The operator between two operands, `/`, or the name of a function, a reduction or a distribution.
  package var name: String
  /// Whether the name is written between the operands.
  package var isInfix: Bool
  /// The operands.
  package var operands: [Operand]

  /// An operation on operands.
  package init(name: String, isInfix: Bool = false, operands: [Operand]) {
    self.name = name
    self.isInfix = isInfix
    self.operands = operands
  }
}

/// Traces a non-finite value in a draw back to the operation that produced it.
struct FirstCause {
  /// A cell, with the part of it that was not finite although all its operands were.
  struct Cause {
    var quantity: QuantityID
    var cell: Int
    /// The part of the cell's formula, or the distribution, as written; nil if unknown.
    var formula: String?
    var operation: FailedOperation?
  }

  private typealias Cell = DrawFormulas.Cell

  private let formulas: DrawFormulas
  private var model: Model { formulas.model }

  /// A draw, given by the cells of its quantities in base units.
  init(_ model: Model, values: [QuantityID: [Double]]) { formulas = DrawFormulas(model: model, values: values) }

  /// The origin of a cell's non-finite value.
  ///
  /// Every step leads to a cell that is computed earlier, so that the search terminates. If nothing is found, because
  /// this evaluation rounds differently from the plan, the cell reached is returned without an operation.
  func cause(of id: QuantityID, cell: Int) -> Cause {
    var found = Cause(quantity: id, cell: cell, formula: nil, operation: nil)
    var seen: Set<[Int]> = []
    while seen.insert([found.quantity.position, found.cell]).inserted {
      let labels = formulas.labels(of: found.quantity, cell: found.cell)
      let step: Step?
      switch model[found.quantity].kind {
      case .equation(let formula): step = self.step(Cell(formula, labels))
      case .input(let input), .reference(let input): step = self.step(input, cell: found.cell, of: found.quantity)
      }
      switch step {
      case .cell(let id, let cell): (found.quantity, found.cell) = (id, cell)
      case .operation(let operation, let text):
        (found.operation, found.formula) = (operation, text)
        return found
      case nil: return found
      }
    }
    return found
  }

  private enum Step {
    /// Continue with a cell that the formula references.
    case cell(QuantityID, Int)
    /// The search ends here.
    case operation(FailedOperation, String?)
  }

  /// The step from a non-finite formula to its cause; nil if the formula is finite here.
  private func step(_ start: Cell) -> Step? {
    var cell = start
    guard !formulas.number(cell).value.isFinite else { return nil }
    while true {
      if case .quantity(let id) = cell.formula.kind {
        return formulas.position(of: id, cell.labels).map { .cell(id, $0) }
      }
      let operands = formulas.operands(cell)
      let numbers = operands.map { formulas.number($0) }
      let next =
        numbers.firstIndex { $0.isUndefined } ?? numbers.firstIndex { !$0.value.isFinite }
      guard let next else {
        return .operation(operation(cell, zip(operands, numbers).map { ($0, $1.value) }), text(cell.formula))
      }
      cell = operands[next]
    }
  }

  private func operation(_ cell: Cell, _ operands: [(Cell, Double)]) -> FailedOperation {
    let values = operands.map { operand(of: $0.formula, $1) }
    return switch cell.formula.kind {
    case .binary(let operation, _, _): FailedOperation(name: operation.rawValue, isInfix: true, operands: values)
    case .call(let function, _): FailedOperation(name: function.name, operands: values)
    case .reduce(let reduction, _, _, _): FailedOperation(name: reduction.rawValue, operands: values)
    case .constant(let number): FailedOperation(name: number < 0 ? "-inf" : "inf", operands: [])
    case .cumulative: FailedOperation(name: "cumulative", operands: values)
    case .stock: FailedOperation(name: "stock", operands: values)
    case .negate, .not, .conditional, .select, .previous, .stack, .quantity, .label, .isLabel, .isOutcome:
      FailedOperation(name: cell.formula.text, operands: [])
    }
  }

  /// A value in its quantity's report unit, otherwise in coherent units.
  private func operand(of formula: Expression, _ value: Double) -> FailedOperation.Operand {
    if case .quantity(let id) = formula.kind, model[id].input?.categories == nil {
      let unit = model[id].unit
      return .init(value: value / unit, unit: unit.text == "1" ? "" : unit.text)
    }
    let isPure = formula.dimension.isDimensionless
    return .init(value: value, unit: isPure ? "" : model.units.describe(formula.dimension))
  }

  /// A formula on one line, as written.
  private func text(_ formula: Expression) -> String? {
    formula.text.isEmpty ? nil : formula.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: Inputs

  private func step(_ input: Input, cell: Int, of id: QuantityID) -> Step? {
    func step(_ rule: CellRule) -> Step? {
      switch rule {
      case .supportPoint(let supportPoint): return self.step(input.supportPoints[supportPoint], of: input)
      case .scaled(let rule, _): return step(rule)
      case .interpolated(let from, let to, _, let isLogarithmic):
        if let known = self.step(input.supportPoints[from], of: input) ?? self.step(input.supportPoints[to], of: input)
        {
          return known
        }
        let labels = formulas.labels(of: id, cell: cell)
        let ends = [from, to].compactMap { supportPoint in
          formulas.position(of: id, labels.merging(input.supportPoints[supportPoint].labels) { $1 })
            .flatMap { formulas.values[id]?[$0] }
        }
        guard isLogarithmic, let end = ends.first(where: { $0 <= 0 }) else { return nil }
        let unit = model[id].unit
        return .operation(
          FailedOperation(name: "log", operands: [.init(value: end / unit, unit: unit.text)]),
          "interpolate: log")
      }
    }
    return step(input.cells[cell])
  }

  private func step(_ supportPoint: SupportPoint, of input: Input) -> Step? {
    switch supportPoint.value {
    case .constant(let number):
      return number.isFinite
        ? nil : .operation(FailedOperation(name: number < 0 ? "-inf" : "inf", operands: []), supportPoint.text)
    case .share(let position, _):
      let group = input.shareGroups[position]
      let parameters = group.parameters.map { Cell($0, group.labels) }
      if let known = parameters.lazy.compactMap({ self.step($0) }).first { return known }
      let values = parameters.map { self.operand(of: $0.formula, formulas.number($0).value) }
      return .operation(FailedOperation(name: "dirichlet", operands: values), supportPoint.text)
    case .distribution(let term):
      if let known = term.arguments.lazy.compactMap({ self.step(Cell($0, supportPoint.labels)) }).first {
        return known
      }
      return impossible(term, supportPoint.labels).map { .operation($0, supportPoint.text) }
    }
  }

  /// The part of a distribution that does not exist for its arguments in the draw.
  private func impossible(_ term: DistributionExpression, _ labels: DrawFormulas.Labels) -> FailedOperation? {
    func value(_ formula: Expression) -> Double { formulas.number(Cell(formula, labels)).value }
    switch term {
    case .fixed: return nil
    case .family(let family, let way, let arguments):
      guard (try? family.distribution(arguments.map(value), parameterisation: way)) == nil else { return nil }
      return FailedOperation(name: family.name, operands: arguments.map { operand(of: $0, value($0)) })
    case .truncated(let base, let low, let high):
      if let inner = impossible(base, labels) { return inner }
      return FailedOperation(
        name: "truncate", operands: [low, high].compactMap { $0 }.map { operand(of: $0, value($0)) })
    case .mixture(let terms, _): return terms.lazy.compactMap { impossible($0, labels) }.first
    case .affine(let base, _, _): return impossible(base, labels)
    }
  }
}
