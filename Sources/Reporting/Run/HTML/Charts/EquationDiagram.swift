import Modeling

/// The graph of equations as a chart: boxes with names, and arrows from a quantity to those that use it.
struct EquationDiagram {
  private var names: [String] = []
  private var kinds: [Markup] = []
  private var forth: [(from: Int, to: Int)] = []
  private var back: [(from: Int, to: Int)] = []

  /// Inputs are drawn too if there are at most this many boxes.
  private static let inputLimit = 40
  /// Larger graphs are not drawn; the list shows them.
  private static let nodeLimit = 400
  private static let boxHeight = 22.0
  private static let gap = 44.0

  init(of model: Model, _ graph: QuantityGraph) {
    let equations = graph.equations
    let all = Set(equations.map(\.name))
    let used = equations.flatMap(\.uses).filter { !all.contains($0) }
    let inputs = Set(used).count + equations.count <= Self.inputLimit ? used : []
    var numbers: [String: Int] = [:]
    for name in inputs where numbers[name] == nil {
      numbers[name] = names.count
      names.append(name)
      kinds.append("node in")
    }
    for node in equations {
      numbers[node.name] = names.count
      names.append(node.name)
      kinds.append(node.isOutput ? "node out" : node.formula == nil ? "node in" : "node")
    }
    // An edge against the order of evaluation closes a cycle, and therefore passes through `previous`.
    var ranks: [String: Int] = [:]
    for (rank, id) in model.order.flatMap(\.quantities).enumerated() { ranks[model[id].name] = rank }
    for node in equations {
      guard let to = numbers[node.name] else { continue }
      for name in node.uses {
        guard let from = numbers[name] else { continue }
        let isForth = inputs.contains(name) || (ranks[name] ?? from) < (ranks[node.name] ?? to)
        if isForth { forth.append((from, to)) } else { back.append((from, to)) }
      }
    }
  }

  /// The chart at its natural size; nil if it would be too large to read.
  var drawing: PageChart.Drawing? {
    guard names.count > 1, names.count <= Self.nodeLimit else { return nil }
    let graph = LayeredGraph(nodes: names.count, edges: forth)
    let widths = names.map { TextMeasure.width($0, size: 12) + 14 }
    var columns = [Double](repeating: 0, count: graph.columnCount)
    for (place, width) in zip(graph.places, widths) { columns[place.column] = max(columns[place.column], width) }
    var starts: [Double] = []
    var next = 8.0
    for width in columns {
      starts.append(next)
      next += width + Self.gap
    }
    let top = back.isEmpty ? 8.0 : 20
    func left(_ node: Int) -> Double { starts[graph.places[node].column] }
    func right(_ node: Int) -> Double { left(node) + widths[node] }
    func middle(_ node: Int) -> Double { graph.places[node].height + top }

    var body = Markup.none
    for (edge, bends) in zip(forth, graph.bends) {
      var path: Markup = "M\(right(edge.from)) \(middle(edge.from))"
      var at = (x: right(edge.from), y: middle(edge.from))
      func curve(toX x: Double, y: Double) {
        let half = (at.x + x) / 2
        path += "C\(half) \(at.y) \(half) \(y) \(x) \(y)"
        at = (x, y)
      }
      for (step, bend) in bends.enumerated() {
        let column = graph.places[edge.from].column + 1 + step
        curve(toX: starts[column], y: bend + top)
        path += "H\(starts[column] + columns[column])"
        at.x = starts[column] + columns[column]
      }
      curve(toX: left(edge.to) - 5, y: middle(edge.to))
      path += "m0 -3l5 3l-5 3"
      body += "<path d=\"\(path)\" class=\"edge\" data-from=\"\(names[edge.from])\" data-to=\"\(names[edge.to])\"/>"
    }
    for edge in back { body += arc(from: (right(edge.from), middle(edge.from)), to: (left(edge.to), middle(edge.to))) }
    for node in names.indices {
      let (x, y) = (left(node), middle(node) - Self.boxHeight / 2)
      body += """
        <a href="#q-\(names[node])" data-node="\(names[node])"><rect x="\(x)" y="\(y)" width="\(widths[node])" \
        height="\(Self.boxHeight)" rx="4" class="\(kinds[node])"/>\
        <text x="\(x + widths[node] / 2)" y="\(y + 15)" class="c">\(names[node])</text></a>
        """
    }
    return PageChart.Drawing(width: next - Self.gap + 8, height: graph.height + top + 14, body: body)
  }

  /// An arrow against the reading direction, drawn above the boxes.
  private func arc(from: (x: Double, y: Double), to: (x: Double, y: Double)) -> Markup {
    let over = min(from.y, to.y) - 20
    return """
      <path d="M\(from.x - 8) \(from.y - 11)C\(from.x) \(over) \(to.x) \(over) \(to.x + 8) \(to.y - 11)m-4 -4l4 4l3 -5" \
      class="back"/>
      """
  }
}
