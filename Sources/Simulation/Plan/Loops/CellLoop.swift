import Modeling
import VectorMath

/// A sum or an extreme of a formula over many cells, computed in one instruction, cell by cell.
///
/// Without it every cell is an instruction of its own, and plan, memory and compile time grow with the cells. The
/// operands of the instruction are the cells of the quantities that the formula reads: a grid of n rows and m columns
/// has n + m of them, not n * m. `LoopLowering.swift` says when a formula has one.
struct CellLoop: Hashable {
  /// A quantity that the formula reads.
  struct Leaf: Hashable {
    /// The position of its first cell among the operands.
    var first: Int
    /// The number of its cells.
    var count: Int
    /// The distance of its cells along each axis of the loop; 0 along an index that it does not have.
    var strides: [Int]
  }

  /// What is made of the cells.
  enum Accumulation: Hashable {
    /// Their sum, each times a weight (the bits of a number).
    case sum(weight: UInt64)
    /// The least or the greatest of them.
    case extreme(BinaryOperation)
  }

  /// The number of labels along each axis, the last one fastest.
  var extents: [Int]
  var leaves: [Leaf]
  /// The formula of a cell. Its operands are numbers: of the leaves first, then of the nodes, each after its operands.
  var nodes: [GraphNode]
  /// The number of the cell's value.
  var root: ValueID
  var reduction: Accumulation

  /// The number of cells.
  var cells: Int { extents.reduce(1, *) }

  /// The number of values that a draw takes: each node of each cell.
  var values: Int { cells * max(1, nodes.count) }

  /// The numbers whose values differ along the last axis, leaves first; the others are computed once for all its labels.
  var varying: [Bool] {
    var varying = leaves.map { ($0.strides.last ?? 0) != 0 }
    for node in nodes {
      var isVarying = false
      node.forEachOperand { isVarying = isVarying || varying[$0.index] }
      varying.append(isVarying)
    }
    return varying
  }
}

extension GraphNode {
  /// The node with other operands; nil for one that a loop over cells does not compute, or without one of its operands.
  func replacingOperands(_ replacement: (ValueID) -> ValueID?) -> GraphNode? {
    func all(_ ids: [ValueID]) -> [ValueID]? {
      let replaced = ids.compactMap(replacement)
      return replaced.count == ids.count ? replaced : nil
    }
    switch self {
    case .constant: return self
    case .unary(let operation, let a): return replacement(a).map { .unary(operation, $0) }
    case .wholePower(let a, let exponent): return replacement(a).map { .wholePower($0, exponent) }
    case .binary(let operation, let a, let b):
      guard let a = replacement(a), let b = replacement(b) else { return nil }
      return .binary(operation, a, b)
    case .product(let scale, let numerators, let denominators):
      guard let above = all(numerators), let below = all(denominators) else { return nil }
      return .product(scale: scale, numerators: above, denominators: below)
    case .linear(let shift, let weights, let terms):
      guard let terms = all(terms) else { return nil }
      return .linear(shift: shift, weights: weights, terms: terms)
    case .select(let condition, let then, let otherwise):
      guard let condition = replacement(condition), let then = replacement(then),
        let otherwise = replacement(otherwise)
      else { return nil }
      return .select(condition, then: then, otherwise: otherwise)
    case .uniform, .score, .dot, .quantileTable, .scoreTable, .steps, .conditional, .varyingDistribution, .call, .loop:
      return nil
    }
  }
}
