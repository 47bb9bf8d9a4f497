/// The rule `fusion`: consecutive arithmetic in one instruction.
///
/// Products of many factors and sums of many terms are single nodes from the start (`Folding.swift`). The remaining
/// case is a sum of products, each of which would be written to a column only to be read again.
enum Fusion {
  /// Fuses a sum whose terms are products of two values with no other uses into one instruction over all their factors.
  ///
  /// The kernels round each product before it is weighted and added, so that the bits are the same except for the sign
  /// of a zero.
  static func fused(_ node: GraphNode, in graph: Graph, uses: [Int32]) -> GraphNode {
    guard case .linear(let shift, let weights, let terms) = node, terms.count > 1 else { return node }
    let one = 1.0.bitPattern
    var (left, right): ([ValueID], [ValueID]) = ([], [])
    for term in terms {
      guard uses[term.index] == 1,
        case .product(let scale, let numerators, let denominators) = graph[term], scale == one, numerators.count == 2,
        denominators.isEmpty
      else { return node }
      left.append(numerators[0])
      right.append(numerators[1])
    }
    return .dot(shift: shift, weights: weights, left: left, right: right)
  }
}
