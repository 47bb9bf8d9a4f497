import Modeling

/// Which quantities' definitions name which others, before anything is known of their types.
struct DependencyGraph {
  /// A name in a definition.
  struct Edge {
    /// The quantity that is named.
    var target: QuantityID
    /// Whether it stands inside `previous(…)`, so that its value is needed at the label before only.
    var isPrevious: Bool
    /// Where the name is written.
    var place: SourcePlace
  }

  /// The names in each quantity's definition, in the order in which they are written.
  private(set) var edges: [[Edge]]

  /// The graph of all quantities.
  init(_ context: CheckContext) {
    edges = context.quantities.map { quantity in
      var found: [Edge] = []
      // An input keeps its definition under assignments, which add what they name.
      let cells = context.parsed.assignments.filter { $0.name == quantity.name && !quantity.isEquation }.map(\.value)
      for syntax in quantity.definitions + cells {
        Self.collect(syntax, context, isPrevious: false, into: &found)
      }
      return found
    }
  }

  /// A walk without recursion limits of its own: formulas are no deeper than the parser lets them be.
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
        // A moment of `stock`, which an input or equation may be called like.
        if function == "stock", argument.nameText == "at" { continue }
        collect(argument.value, context, isPrevious: isPrevious, into: &found)
      }
    case .binary(.equal, let left, let right), .binary(.notEqual, let left, let right):
      // A label may be called like an input: beside a labelled index it is a label.
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

  /// Some quantities and all that they need.
  func reach(of start: [QuantityID]) -> Set<QuantityID> {
    var reached = Set(start)
    var frontier = start
    while let next = frontier.popLast() {
      for edge in edges[next.position] where reached.insert(edge.target).inserted { frontier.append(edge.target) }
    }
    return reached
  }

  /// The strongly connected components, each after those that it needs; members in the quantities' order.
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
  /// - Parameter member: a quantity that the cycle must pass through, if given; the cycle then begins there.
  /// - Returns: the edges in order; each leads to the quantity in which the next is written.
  func cycle(
    within members: [QuantityID], through member: QuantityID? = nil, follows: (QuantityID, Edge) -> Bool
  ) -> [(from: QuantityID, edge: Edge)]? {
    let inside = Set(members)
    var best: [(from: QuantityID, edge: Edge)]?
    // A cycle that is shown need not be the shortest of hundreds; a few starts find a short one.
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
  /// The parsed texts that define it.
  var definitions: [Syntax] {
    switch kind {
    case .equation(let equation): [equation.syntax].compactMap(\.self)
    case .input(let stated), .reference(let stated): (stated.labelledValues + (stated.assigned ?? [])).map(\.syntax)
    }
  }
}
