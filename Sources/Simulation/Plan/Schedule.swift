import Modeling

/// What becomes of a value's column.
enum Sink: Hashable {
  /// Moments and sketch of an output cell.
  case summary(slot: Int)
  /// A sketch alone: a ratio to a reference.
  case ratio(slot: Int)
  /// The number of draws in which it is positive: an output less its reference.
  case positive(slot: Int)
  /// Moments alone: a difference whose mean and spread are asked for.
  case moments(slot: Int)
  /// The column is kept: draws that were asked for.
  case keep(slot: Int)
}

/// The part of a graph that sinks need, fused and put in the order of execution.
struct Schedule {
  /// A value that is computed, or read from a coordinate.
  struct Step {
    var value: ValueID
    var node: Node
    /// What its column goes into, as soon as it is there.
    var sinks: [Sink]
  }

  /// The copula components needed, each before the first step that reads a score of it.
  var components: [Int] = []
  /// The values in order; every operand that is no constant comes before.
  var steps: [Step] = []
  /// Numbers that are needed as columns.
  var constants: [(value: ValueID, number: Double)] = []

  /// The program that feeds sinks, in the order in which they are wanted.
  ///
  /// A sink of a constant is left out: nothing varies there.
  init(_ graph: Graph, sinks: [(value: ValueID, sink: Sink)]) {
    let wanted = sinks.filter { graph.constant($0.value) == nil }
    let uses = Self.uses(graph, wanted.map(\.value))
    var sinksOf: [ValueID: [Sink]] = [:]
    for (value, sink) in wanted { sinksOf[value, default: []].append(sink) }

    var isDone = [Bool](repeating: false, count: graph.nodes.count)
    var seenComponents: Set<Int> = []
    // Depth first: a value is made right before the first that needs it, so that columns live shortly.
    var stack: [(value: ValueID, isExpanded: Bool)] = []
    for (root, _) in wanted where !isDone[root.index] {
      stack.append((root, false))
      while let (value, isExpanded) = stack.popLast() {
        if isDone[value.index] { continue }
        let node = Fusion.fused(graph[value], in: graph, uses: uses)
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

  /// How often each value is an operand or a root; 0 for those that nothing needs.
  private static func uses(_ graph: Graph, _ roots: [ValueID]) -> [Int32] {
    var uses = [Int32](repeating: 0, count: graph.nodes.count)
    for root in roots { uses[root.index] += 1 }
    // Operands come before what uses them.
    for index in graph.nodes.indices.reversed() where uses[index] > 0 {
      graph.nodes[index].forEachOperand { uses[$0.index] += 1 }
    }
    return uses
  }

  /// Constant operands that an instruction carries as a number, so that they need no column.
  static func scalarOperands(of node: Node, in graph: Graph) -> [ValueID] {
    if case .binary(_, let a, let b) = node { return [a, b].filter { graph.constant($0) != nil } }
    return []
  }
}
