extension Model {
  /// Whether a quantity is a condition: its formula is a comparison, `and`, `or` or `not`, so that its value in a draw
  /// is 1 if the condition holds and 0 if it does not, and its mean is a probability.
  ///
  /// The formula decides, not the values: an equation that yields 1 or 0 by arithmetic, or an input such as
  /// `bernoulli(30%)`, is a number. Equations that pass a condition on are conditions too: another name for one, a
  /// choice between two, a condition at another label, and `min`, `max` and `product` of conditions (all or any of
  /// them).
  package func isCondition(_ id: QuantityID) -> Bool {
    Expression.isCondition(id) { quantity in
      if case .equation(let formula) = self[quantity].kind { formula } else { nil }
    }
  }
}

extension BinaryOperator {
  /// Whether the result of the operation is 1 or 0 as the truth value of a condition.
  package var givesCondition: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or: true
    case .add, .subtract, .multiply, .divide, .power: false
    }
  }
}

extension Expression {
  /// Whether a quantity is a condition, given the formulas of equations; see `Model.isCondition`.
  package static func isCondition(_ id: QuantityID, formula: (QuantityID) -> Expression?) -> Bool {
    // Each quantity that is passed on must be a condition as well; equations of a cycle depend on each other, so each
    // is visited once.
    var seen: Set<QuantityID> = [id]
    var open = [id]
    while let next = open.popLast() {
      guard let passed = formula(next)?.passedConditions else { return false }
      open += passed.filter { seen.insert($0).inserted }
    }
    return true
  }

  /// The quantities that must be conditions for the formula to be one; nil if it is always a number.
  fileprivate var passedConditions: [QuantityID]? {
    switch kind {
    case .isLabel, .isOutcome, .not: []
    case .binary(let operation, _, _): operation.givesCondition ? [] : nil
    case .quantity(let id): [id]
    case .conditional(_, let then, let otherwise): Self.joined([then, otherwise])
    case .select(let operand, _): operand.passedConditions
    case .previous(let operand, let initial, _): Self.joined(initial.isZeroOrOne ? [operand] : [operand, initial])
    case .stack(_, let operands): Self.joined(operands)
    case .reduce(let reduction, let operand, _, _):
      [.min, .max, .product].contains(reduction) ? operand.passedConditions : nil
    case .call(let function, let operands): ["min", "max"].contains(function.name) ? Self.joined(operands) : nil
    case .constant, .label, .negate, .cumulative, .stock: nil
    }
  }

  /// The quantities of several formulas; nil if one of the formulas is always a number.
  private static func joined(_ formulas: [Expression]) -> [QuantityID]? {
    var all: [QuantityID] = []
    for formula in formulas {
      guard let passed = formula.passedConditions else { return nil }
      all += passed
    }
    return all
  }

  /// Whether it is the number 0 or 1.
  private var isZeroOrOne: Bool {
    if case .constant(let number) = kind { number == 0 || number == 1 } else { false }
  }
}
