import VectorMath

/// What the simplification rules see of a value: leaves of the same kind have the same nodes above them.
///
/// The rules look at a value's own operation, at the operands of exponentials and products, and at whether a value is
/// finite. They look deeper only to use what they find, and then the formula of a cell reads something that is no leaf.
struct LeafKind: Equatable {
  private var operations: [Operation] = []
  private var isFinite: Bool
  private var writesInfinity: Bool

  private enum Operation: Equatable {
    case unary(UnaryOperation)
    case binary(BinaryOperation)
    case wholePower
    case product(Int), linear(Int, isWide: Bool), loop
    case other
    case source
  }

  /// The kind of a value; nil for those whose number or factor the rules use: constants, multiples and quotients.
  init?(of id: ValueID, in graph: Graph) {
    isFinite = graph.isFinite(id)
    writesInfinity = graph.writesInfinity(id)
    switch graph[id] {
    case .constant: return nil
    case .product(let scale, _, let denominators) where scale != 1.0.bitPattern || !denominators.isEmpty: return nil
    default: break
    }
    add(id, graph, depth: 3)
  }

  private mutating func add(_ id: ValueID, _ graph: Graph, depth: Int) {
    let node = graph[id]
    operations.append(Self.operation(node, graph))
    guard depth > 1 else { return }
    switch node {
    case .unary, .product: node.forEachOperand { add($0, graph, depth: depth - 1) }
    default: break
    }
  }

  private static func operation(_ node: GraphNode, _ graph: Graph) -> Operation {
    switch node {
    case .uniform, .score, .quantileTable, .scoreTable, .steps, .conditional, .varyingDistribution: .source
    case .unary(let operation, _): .unary(operation)
    case .binary(let operation, _, _): .binary(operation)
    case .wholePower: .wholePower
    case .product(_, let numerators, _): .product(numerators.count)
    case .linear(let shift, let weights, let terms):
      // Exponents with larger terms are not joined, see `ExponentSum`.
      .linear(
        terms.count,
        isWide: Double(bitPattern: shift).magnitude > ExponentSum.largestTerm
          || zip(weights, terms).contains {
            Double(bitPattern: $0).magnitude * graph.bound(of: $1) > ExponentSum.largestTerm
          })
    case .loop: .loop
    case .constant, .dot, .select, .call: .other
    }
  }
}
