import Diagnostics
import Modeling
import Units

/// `observe: CONDITION, probability: 95%`
extension EvidenceChecker {
  /// The observations that a condition holds in each of its cells; empty if an error was reported.
  func condition(_ declaration: ObservationDeclaration) -> [Observation] {
    let (fields, observed) = (declaration.fields, declaration.observed)
    guard isNumber(observed), let indexes = context[observed.quantity].type.indexes else { return [] }
    if let unit = fields["unit"] {
      context.report(.unitOfCondition, at: unit.keyPlace)
      return []
    }
    guard hasIndexes(declaration, indexes) else { return [] }
    guard let probability = probability(fields) else { return [] }
    // A formula with an error has been reported.
    if case .equation(let equation) = context[observed.quantity].kind, equation.expression == nil { return [] }
    guard isCondition(observed.quantity) else {
      context.report(.observedNumber(observed.syntax.text), at: observed.syntax.place)
      return []
    }
    let margin = margin(of: observed.quantity)
    let quantity = margin.map { derived($0.formula) } ?? observed.quantity
    let cells = CellSpace(Array(indexes), in: context.indexes)
    guard cells.count <= Self.mostReadings else {
      context.report(.tooManyReadings(cells.count, limit: Self.mostReadings), at: declaration.place)
      return []
    }
    return (0..<cells.count).map { cell in
      Observation(
        observed: .init(quantity, cell: cell), shown: .init(observed.quantity, cell: cell),
        text: text(of: observed, cell: cell, cells),
        measurement: .positive(orZero: margin?.orZero ?? false, probability: probability),
        distributionText: probability < 1 ? "holds, \(fields["probability"]?.value.text ?? "")" : "holds", unit: .one,
        provenance: fields.provenance, place: declaration.place)
    }
  }

  /// Whether the values of a quantity are truth values.
  func isCondition(_ quantity: QuantityID) -> Bool {
    Expression.isCondition(quantity) { id in
      if case .equation(let equation) = context[id].kind { equation.expression } else { nil }
    }
  }

  /// For a comparison `a < b`, the formula `b - a`, whose size says how far a draw is from the condition; `orZero` where
  /// the condition also holds for equal values. Nil for other conditions.
  private func margin(of quantity: QuantityID) -> (formula: Expression, orZero: Bool)? {
    guard case .equation(let equation) = context[quantity].kind, let expression = equation.expression,
      case .binary(let operation, let left, let right) = expression.kind
    else { return nil }
    let (small, large): (Expression, Expression)
    switch operation {
    case .less, .lessOrEqual: (small, large) = (left, right)
    case .greater, .greaterOrEqual: (small, large) = (right, left)
    default: return nil
    }
    let difference = Expression(
      .binary(.subtract, large, small), indexes: expression.indexes, dimension: large.dimension,
      place: expression.place, written: expression.written)
    return (difference, operation == .lessOrEqual || operation == .greaterOrEqual)
  }

  /// The probability of a condition: 1 if none is stated; nil if an error was reported.
  private func probability(_ fields: Fields) -> Double? {
    guard let field = fields["probability"] else { return 1 }
    let text = (field.value.text ?? "").filter { $0 != " " }
    let isPercent = text.hasSuffix("%")
    let number = Double(isPercent ? String(text.dropLast()) : text).map { isPercent ? $0 / 100 : $0 }
    guard let number, number > 0, number <= 1 else {
      context.report(
        .conditionProbability(found: field.value.text.map { "`\($0)`" } ?? field.value.kindInWords),
        at: field.value.span)
      return nil
    }
    return number
  }
}
