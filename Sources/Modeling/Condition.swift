extension Model {
  /// Whether a quantity is a condition: its formula is a comparison, `and`, `or` or `not`, so that its value in a draw is 1
  /// where the condition holds and 0 where it does not, and its mean is a probability.
  ///
  /// The checked formula decides, never the values: an equation that gives 1 or 0 by arithmetic, or an input such as
  /// `bernoulli(30%)`, is a number. Equations that pass a condition on are conditions too: another name for one, a choice
  /// between two, a condition at another label, and `min`, `max` and `product` of conditions (all of them, any of them).
  public func isCondition(_ id: QuantityID) -> Bool {
    // Each quantity that is passed on must be a condition as well; equations of a cycle need each other, and are looked
    // at once.
    var seen: Set<QuantityID> = [id]
    var open = [id]
    while let next = open.popLast() {
      guard case .equation(let formula) = self[next].kind, let passed = formula.passedConditions else { return false }
      open += passed.filter { seen.insert($0).inserted }
    }
    return true
  }
}

extension BinaryOperator {
  /// Whether the result is 1 where something holds and 0 where it does not.
  public var givesCondition: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or: true
    case .add, .subtract, .multiply, .divide, .power: false
    }
  }
}

extension Expression {
  /// The quantities that must be conditions for the formula to be one; nil where it is a number whatever they are.
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

  /// Those of several formulas; nil where one of them is a number.
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
