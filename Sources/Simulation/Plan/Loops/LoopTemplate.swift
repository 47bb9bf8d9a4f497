import Modeling

/// The formula of one cell, read from the graph: the nodes between a cell's value and the cells of the leaves.
struct LoopTemplate: Equatable {
  /// The nodes, whose operands are numbered as in `CellLoop`.
  private(set) var nodes: [GraphNode] = []
  /// The number of the cell's value.
  private(set) var root = ValueID(0)
  /// The factor of the cell's value in a sum.
  private(set) var weight = 1.0

  /// The formula of a cell; nil if it reads a value that is no cell of a leaf, or is one itself.
  ///
  /// - Parameters:
  ///   - value: the cell's value.
  ///   - leaves: the value of each leaf at the cell.
  ///   - isWeighted: whether a factor of the value is a weight, as in a sum.
  init?(of value: ValueID, leaves: [ValueID], isWeighted: Bool, in graph: Graph) {
    var numbers: [ValueID: ValueID] = [:]
    for (number, leaf) in leaves.enumerated() where numbers.updateValue(ValueID(number), forKey: leaf) != nil {
      return nil
    }
    var bare = value
    if isWeighted { (bare, weight) = graph.unscaled(value) }
    guard numbers[bare] == nil, graph.constant(bare) == nil else { return nil }
    // Operands first, without recursion: a formula may be a long chain.
    var open = [bare]
    while let next = open.last {
      if numbers[next] != nil {
        open.removeLast()
        continue
      }
      let node = graph[next]
      var missing: [ValueID] = []
      node.forEachOperand { if numbers[$0] == nil { missing.append($0) } }
      if !missing.isEmpty {
        open += missing
        continue
      }
      guard let local = node.replacingOperands({ numbers[$0] }) else { return nil }
      numbers[next] = ValueID(leaves.count + nodes.count)
      nodes.append(local)
      open.removeLast()
    }
    root = ValueID(leaves.count + nodes.count - 1)
  }

  /// The axes along which each number varies, as bits: leaves first.
  ///
  /// - Parameter leaves: those of the leaves.
  func axes(leaves: [UInt64]) -> [UInt64] {
    var axes = leaves
    for node in nodes {
      var own: UInt64 = 0
      node.forEachOperand { own |= axes[$0.index] }
      axes.append(own)
    }
    return axes
  }

  /// Whether a sum of such cells has no denominator that several cells share, which the rule `denominators` would take out
  /// of the sum: each one varies along the last axis, and so differs between neighbours.
  ///
  /// - Parameters:
  ///   - axes: those of each number.
  ///   - last: the bit of the last axis.
  func hasOwnDenominators(axes: [UInt64], last: UInt64) -> Bool {
    let count = axes.count - nodes.count
    func areOwn(_ denominators: [ValueID]) -> Bool { denominators.allSatisfy { axes[$0.index] & last != 0 } }
    guard case .product(_, let numerators, let denominators) = nodes[root.index - count] else { return true }
    return areOwn(denominators)
      && numerators.allSatisfy { factor in
        guard factor.index >= count, case .product(_, _, let inner) = nodes[factor.index - count] else { return true }
        return areOwn(inner)
      }
  }
}
