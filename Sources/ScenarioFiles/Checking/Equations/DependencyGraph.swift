import Diagnostics
import Modeling

/// The graph of names in the definitions of quantities, built before types are known.
struct DependencyGraph {
  /// A name in a definition.
  struct Edge {
    /// The quantity that is named.
    var target: QuantityID
    /// Whether it is inside `previous(…)`, so that only its value at the preceding label is needed.
    var isPrevious: Bool
    /// The place of the name.
    var place: SourcePlace
  }

  /// The names in each quantity's definition, in the order in which they are written.
  private(set) var edges: [[Edge]]

  /// The graph of all quantities.
  init(_ context: CheckContext) {
    edges = context.quantities.map { quantity in
      var found: [Edge] = []
      // Under assignments an input keeps its definition; the names in them are added.
      let cells = quantity.isEquation ? [] : (context.assignments[quantity.name] ?? []).map(\.value)
      for syntax in quantity.definitions + cells {
        Self.collect(syntax, context, isPrevious: false, into: &found)
      }
      return found
    }
  }

  /// Recursion needs no limit here, because the parser limits the depth of formulas.
  private static func collect(
    _ syntax: Syntax, _ context: CheckContext, isPrevious: Bool, into found: inout [Edge]
  ) {
    switch syntax.kind {
    case .name(let name):
      if let target = context.names.quantity(name) {
        found.append(Edge(target: target, isPrevious: isPrevious, place: syntax.place))
      }
    case .call("previous", _, let arguments):
      for argument in arguments {
        let isOperand = argument.name == nil
        collect(argument.value, context, isPrevious: isPrevious || isOperand, into: &found)
      }
    case .call(let function, _, let arguments):
      for argument in arguments where argument.nameText != "over" && argument.nameText != "along" {
        // `at` of `stock` is a keyword, even if an input or equation has the same name.
        if function == "stock", argument.nameText == "at" { continue }
        collect(argument.value, context, isPrevious: isPrevious, into: &found)
      }
    case .binary(.equal, let left, let right), .binary(.notEqual, let left, let right):
      // A label may have the name of an input; compared with a labelled index, it is a label.
      for (side, other) in [(left, right), (right, left)] where !namesLabels(other, context) {
        collect(side, context, isPrevious: isPrevious, into: &found)
      }
    case .select(let base, let selections):
      collect(base, context, isPrevious: isPrevious, into: &found)
      for selection in selections {
        guard let index = context.names.index(selection.index), let label = selection.labels.first,
          context.position(ofLabel: label.text, on: index) == nil, let formula = selection.formula
        else { continue }
        collect(formula, context, isPrevious: isPrevious, into: &found)
      }
    default:
      for part in syntax.parts { collect(part, context, isPrevious: isPrevious, into: &found) }
    }
  }

  private static func namesLabels(_ syntax: Syntax, _ context: CheckContext) -> Bool {
    guard case .name(let name) = syntax.kind, let index = context.names.index(name) else { return false }
    return !context[index].isNumeric
  }

  /// The given quantities and everything they depend on.
  func reach(of start: [QuantityID]) -> Set<QuantityID> {
    var reached = Set(start)
    var frontier = start
    while let next = frontier.popLast() {
      for edge in edges[next.position] where reached.insert(edge.target).inserted { frontier.append(edge.target) }
    }
    return reached
  }

  /// The strongly connected components, each after those it depends on; members are in the quantities' order.
  ///
  /// Tarjan (1972), "Depth-first search and linear graph algorithms", doi:10.1137/0201010, with an explicit stack.
  func components() -> [[QuantityID]] {
    var number: [Int?] = Array(repeating: nil, count: edges.count)
    var low = Array(repeating: 0, count: edges.count)
    var isOpen = Array(repeating: false, count: edges.count)
    var open: [Int] = []
    var result: [[QuantityID]] = []
    var count = 0
    for start in edges.indices where number[start] == nil {
      var path: [(node: Int, next: Int)] = [(start, 0)]
      while let (node, next) = path.last {
        if next == 0 {
          number[node] = count
          low[node] = count
          count += 1
          open.append(node)
          isOpen[node] = true
        }
        if next < edges[node].count {
          path[path.count - 1].next += 1
          let target = edges[node][next].target.position
          if number[target] == nil {
            path.append((target, 0))
          } else if isOpen[target], let seen = number[target] {
            low[node] = Swift.min(low[node], seen)
          }
          continue
        }
        path.removeLast()
        if let above = path.last { low[above.node] = Swift.min(low[above.node], low[node]) }
        if low[node] == number[node] {
          var members: [QuantityID] = []
          while let member = open.popLast() {
            isOpen[member] = false
            members.append(QuantityID(member))
            if member == node { break }
          }
          result.append(members.sorted())
        }
      }
    }
    return result
  }

  /// Whether a component is a cycle: several quantities, or one that names itself.
  func isCycle(_ component: [QuantityID]) -> Bool {
    component.count > 1 || edges[component[0].position].contains { $0.target == component[0] }
  }

  /// A shortest cycle within some quantities along edges that `follows` accepts; nil if there is none.
  ///
  /// - Parameter member: a quantity that the cycle must pass through, if given; the cycle then begins with it.
  /// - Returns: the edges in order; the target of each contains the next one.
  func cycle(
    within members: [QuantityID], through member: QuantityID? = nil, follows: (QuantityID, Edge) -> Bool
  ) -> [(from: QuantityID, edge: Edge)]? {
    let inside = Set(members)
    var best: [(from: QuantityID, edge: Edge)]?
    // The cycle is for display and need not be the shortest of hundreds; a few starts find a short one.
    for start in member.map({ [$0] }) ?? Array(members.prefix(200)) {
      var arrival: [QuantityID: (from: QuantityID, edge: Edge)] = [:]
      var frontier = [start]
      search: while !frontier.isEmpty {
        var next: [QuantityID] = []
        for node in frontier {
          for edge in edges[node.position] where inside.contains(edge.target) && follows(node, edge) {
            guard arrival[edge.target] == nil else { continue }
            arrival[edge.target] = (node, edge)
            if edge.target == start { break search }
            next.append(edge.target)
          }
        }
        frontier = next
      }
      guard arrival[start] != nil else { continue }
      var path: [(from: QuantityID, edge: Edge)] = []
      var node = start
      repeat {
        guard let step = arrival[node] else { break }
        path.append(step)
        node = step.from
      } while node != start
      if best.map({ path.count < $0.count }) ?? true { best = path.reversed() }
    }
    return best
  }
}

extension QuantityDeclaration {
  /// The parsed texts that define the quantity.
  var definitions: [Syntax] {
    switch kind {
    case .equation(let equation): [equation.syntax].compactMap(\.self)
    case .input(let stated), .reference(let stated): (stated.labelledValues + (stated.assigned ?? [])).map(\.syntax)
    }
  }
}
