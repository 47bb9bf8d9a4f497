import Modeling

/// The quantities that formulas and distributions use directly, each once, in the order of first use.
struct DirectDependencies {
  private(set) var all: [QuantityID] = []
  private var seen: Set<QuantityID> = []

  /// The quantities used by a quantity's formula, or by the arguments of an input's distributions.
  init(of quantity: Quantity) {
    switch quantity.kind {
    case .equation(let formula): add(formula)
    case .input(let input), .reference(let input):
      for supportPoint in input.supportPoints {
        if case .distribution(let distribution) = supportPoint.value { add(distribution) }
      }
      for group in input.shareGroups { group.parameters.forEach { add($0) } }
    }
  }

  private mutating func add(_ id: QuantityID) {
    if seen.insert(id).inserted { all.append(id) }
  }

  private mutating func add(_ distribution: DistributionExpression) {
    switch distribution {
    case .fixed: break
    case .family(_, _, let arguments): arguments.forEach { add($0) }
    case .truncated(let inner, let low, let high):
      add(inner)
      if let low { add(low) }
      if let high { add(high) }
    case .mixture(let distributions, _): distributions.forEach { add($0) }
    case .affine(let inner, _, _): add(inner)
    }
  }

  private mutating func add(_ formula: Expression) {
    switch formula.kind {
    case .constant, .label, .isLabel: break
    case .quantity(let id), .isOutcome(let id, _): add(id)
    case .negate(let operand), .not(let operand): add(operand)
    case .binary(_, let left, let right):
      add(left)
      add(right)
    case .call(_, let arguments), .stack(_, let arguments): arguments.forEach { add($0) }
    case .conditional(let condition, let then, let otherwise):
      add(condition)
      add(then)
      add(otherwise)
    case .reduce(_, let operand, _, _), .cumulative(let operand, _): add(operand)
    case .select(let operand, let selectors):
      add(operand)
      for index in selectors.keys.sorted() { if case .outcome(let id) = selectors[index] { add(id) } }
    case .previous(let operand, let initial, _):
      add(operand)
      add(initial)
    case .stock(let inflow, let survival, _, _, _):
      add(inflow)
      add(survival)
    }
  }
}
