extension Expression {
  /// The formulas one level down, in the order in which they are written; empty for constants and names.
  package var operands: [Expression] {
    switch kind {
    case .constant, .quantity, .label, .isLabel, .isOutcome: []
    case .negate(let operand), .not(let operand), .reduce(_, let operand, _, _), .select(let operand, _),
      .cumulative(let operand, _):
      [operand]
    case .binary(_, let left, let right): [left, right]
    case .call(_, let arguments): arguments
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .previous(let operand, let initial, _): [operand, initial]
    case .stack(_, let parts): parts
    case .stock(let inflow, let survival, _, _, _): [inflow, survival]
    }
  }

  /// The quantities that the operation itself names: not those in its operands.
  fileprivate var named: [QuantityID] {
    switch kind {
    case .quantity(let id), .isOutcome(let id, _): [id]
    case .select(_, let selectors):
      selectors.keys.sorted().compactMap { if case .outcome(let id)? = selectors[$0] { id } else { nil } }
    default: []
    }
  }
}

extension DistributionExpression {
  /// The formulas among the arguments of the distribution and of the distributions in it, in the order in which they
  /// are written.
  package var arguments: [Expression] {
    switch self {
    case .fixed: []
    case .family(_, _, let arguments): arguments
    case .truncated(let base, let low, let high): base.arguments + [low, high].compactMap(\.self)
    case .mixture(let terms, _): terms.flatMap(\.arguments)
    case .affine(let base, _, _): base.arguments
    }
  }
}

extension Quantity {
  /// The formulas of an equation, or of an input's distributions and shares.
  package var formulas: [Expression] {
    switch kind {
    case .equation(let formula): [formula]
    case .input(let input), .reference(let input):
      input.supportPoints.flatMap { point -> [Expression] in
        if case .distribution(let distribution) = point.value { distribution.arguments } else { [] }
      } + input.shareGroups.flatMap(\.parameters)
    }
  }

  /// The quantities that its formulas name directly, each once, in the order of first use.
  ///
  /// - Parameter along: the index whose preceding labels do not count: the operands of `previous` along it are left
  ///   out; nil to include all.
  package func directDependencies(excludingPreviousAlong along: IndexID? = nil) -> [QuantityID] {
    var found: [QuantityID] = []
    var seen: Set<QuantityID> = []
    func collect(_ formula: Expression) {
      if case .previous(_, let initial, let index) = formula.kind, index == along {
        collect(initial)
      } else {
        for operand in formula.operands { collect(operand) }
      }
      for id in formula.named where seen.insert(id).inserted { found.append(id) }
    }
    for formula in formulas { collect(formula) }
    return found
  }
}
