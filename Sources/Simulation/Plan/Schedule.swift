import Modeling

/// The consumer of a computed column.
enum Sink: Hashable {
  /// Moments and sketch of an output cell.
  case summary(slot: Int)
  /// A sketch alone: a ratio to a reference.
  case ratio(slot: Int)
  /// The number of draws in which the value is positive: an output minus its reference.
  case positive(slot: Int)
  /// Moments only: a difference whose mean and standard deviation are requested.
  case moments(slot: Int)
  /// The column is kept: requested draws.
  case keep(slot: Int)
}

/// The part of a graph that sinks need, fused and in execution order.
struct Schedule {
  /// A value that is computed, or read from a coordinate.
  struct Step {
    var value: ValueID
    var node: GraphNode
    /// The sinks that take its column as soon as it is computed.
    var sinks: [Sink]
  }

  /// The required copula components, each before the first step that reads one of its scores.
  var components: [Int] = []
  /// The values in execution order; all operands that are not constants come first.
  var steps: [Step] = []
  /// Constants that need columns.
  var constants: [(value: ValueID, number: Double)] = []

  /// The schedule that feeds sinks, in the given order.
  ///
  /// A sink of a constant is omitted, because it does not vary.
  init(_ graph: Graph, sinks: [(value: ValueID, sink: Sink)]) {
    let wanted = sinks.filter { graph.constant($0.value) == nil }
    let uses = Self.uses(graph, wanted.map(\.value))
    var sinksOf: [ValueID: [Sink]] = [:]
    for (value, sink) in wanted { sinksOf[value, default: []].append(sink) }

    var isDone = [Bool](repeating: false, count: graph.nodes.count)
    var seenComponents: Set<Int> = []
    let isFusing = graph.rules.contains(.fusion)
    // Depth first: a value is computed immediately before its first use, so that live ranges stay short.
    var stack: [(value: ValueID, isExpanded: Bool)] = []
    for (root, _) in wanted where !isDone[root.index] {
      stack.append((root, false))
      while let (value, isExpanded) = stack.popLast() {
        if isDone[value.index] { continue }
        let node = isFusing ? Fusion.fused(graph[value], in: graph, uses: uses) : graph[value]
        if isExpanded {
          isDone[value.index] = true
          if case .score(let component, _) = node, seenComponents.insert(component).inserted {
            components.append(component)
          }
          if case .constant(let bits, _) = node {
            constants.append((value, Double(bitPattern: bits)))
          } else {
            steps.append(Step(value: value, node: node, sinks: sinksOf[value] ?? []))
          }
          continue
        }
        stack.append((value, true))
        var operands: [ValueID] = []
        node.forEachOperand { operands.append($0) }
        let scalars = Self.scalarOperands(of: node, in: graph)
        for operand in operands.reversed() where !isDone[operand.index] && !scalars.contains(operand) {
          stack.append((operand, false))
        }
      }
    }
  }

  /// The number of uses of each value as an operand or root; 0 for those that are not needed.
  private static func uses(_ graph: Graph, _ roots: [ValueID]) -> [Int32] {
    var uses = [Int32](repeating: 0, count: graph.nodes.count)
    for root in roots { uses[root.index] += 1 }
    // Operands precede their users.
    for index in graph.nodes.indices.reversed() where uses[index] > 0 {
      graph.nodes[index].forEachOperand { uses[$0.index] += 1 }
    }
    return uses
  }

  /// Constant operands that an instruction holds as a number, so that they need no column.
  static func scalarOperands(of node: GraphNode, in graph: Graph) -> [ValueID] {
    if case .binary(_, let a, let b) = node { return [a, b].filter { graph.constant($0) != nil } }
    return []
  }
}
