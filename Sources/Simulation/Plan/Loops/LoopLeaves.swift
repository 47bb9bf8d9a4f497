import Modeling

/// The quantities that the cells of a formula read, for a loop over the cells.
struct LoopLeaves {
  /// The equations whose formulas may become part of a loop, so that their own cells are lowered only where something
  /// else needs them: arithmetic cell by cell, of many cells.
  ///
  /// The choice depends on the equation alone, so that a value has the same bits whatever else is computed.
  private let isInner: [Bool]
  private let model: Model

  /// Minimum number of cells of an equation that becomes part of a loop. Fewer cost little as instructions, whose columns
  /// others may share.
  static let fewestCells = 4096

  /// The leaves of a model's formulas.
  init(_ model: Model) {
    self.model = model
    let cyclic = Set(model.order.filter { $0.along != nil }.flatMap(\.quantities))
    isInner = model.quantities.enumerated().map { position, quantity in
      guard case .equation(let formula) = quantity.kind, quantity.cells.count >= Self.fewestCells else { return false }
      return !cyclic.contains(QuantityID(position)) && Self.operands(of: formula) != nil
    }
  }

  /// The formula of an equation that may become part of a loop; nil for other quantities.
  func formula(of id: QuantityID) -> Expression? {
    guard isInner[id.position], case .equation(let formula) = model[id].kind else { return nil }
    return formula
  }

  /// The quantities that a formula reads, also through equations that are part of the loop, in their order; nil if it has
  /// an operation that is not cell by cell.
  func quantities(of formula: Expression) -> [QuantityID]? {
    guard var open = Self.operands(of: formula) else { return nil }
    var found: Set<QuantityID> = []
    var seen: Set<QuantityID> = []
    while let next = open.popLast() {
      guard seen.insert(next).inserted else { continue }
      guard let inner = self.formula(of: next) else {
        found.insert(next)
        continue
      }
      guard let operands = Self.operands(of: inner) else { return nil }
      open += operands
    }
    return found.sorted()
  }

  /// The quantities that a formula of arithmetic names; nil if it has any other operation.
  private static func operands(of formula: Expression) -> [QuantityID]? {
    var found: [QuantityID] = []
    var open = [formula]
    while let next = open.popLast() {
      switch next.kind {
      case .constant: break
      case .quantity(let id): found.append(id)
      case .negate(let a), .not(let a): open.append(a)
      case .binary(_, let a, let b): open += [a, b]
      case .call(_, let arguments): open += arguments
      case .conditional(let condition, let then, let otherwise): open += [condition, then, otherwise]
      case .label, .isLabel, .isOutcome, .reduce, .select, .previous, .cumulative, .stack, .stock: return nil
      }
    }
    return found
  }

  /// The equations, among some quantities and what they depend on, whose cells are not planned because only loops read
  /// them, as far as formulas show.
  func onlyInLoops(of wanted: [QuantityID]) -> Set<QuantityID> {
    let inner = Set(model.quantities.indices.map(QuantityID.init).filter { isInner[$0.position] })
    guard !inner.isEmpty else { return [] }
    var seen = Set(wanted)
    var open = wanted
    while let next = open.popLast() {
      let named: [QuantityID]
      if case .equation(let formula) = model[next].kind {
        named = outsideLoops(formula)
      } else {
        named = model[next].directDependencies()
      }
      for id in named where seen.insert(id).inserted { open.append(id) }
    }
    return inner.subtracting(seen)
  }

  /// The quantities that a formula names outside of loops, and those that its loops read.
  private func outsideLoops(_ formula: Expression) -> [QuantityID] {
    var found: [QuantityID] = []
    var open = [formula]
    while let next = open.popLast() {
      switch next.kind {
      case .quantity(let id): found.append(id)
      case .reduce(let reduction, let operand, _, _):
        if reduction != .product, let read = quantities(of: operand) { found += read } else { open.append(operand) }
      default:
        if case .select(_, let selectors) = next.kind {
          for case .outcome(let id) in selectors.values { found.append(id) }
        }
        if case .isOutcome(let id, _) = next.kind { found.append(id) }
        open += next.operands
      }
    }
    return found
  }
}
