import Modeling
import TextFormats

/// The quantities of a scenario and their dependencies: the graph from inputs to outputs.
struct QuantityGraph: Sendable {
  /// The kind of a quantity, which determines its shape in diagrams.
  enum Kind { case input, equation, output, reference }

  /// A quantity.
  struct Vertex: Sendable {
    /// The name.
    var name: String
    /// The names of its indexes.
    var indexes: [String]
    /// The kind: `output` for inputs and equations that are reported.
    var kind: Kind
    /// Its unit.
    var unit: String
    /// The unit in which it is reported, as in headers: blank for pure numbers.
    var reportUnit: String
    /// An equation's formula as written; nil for an input.
    var formula: String?
    /// The names that its formulas use directly, in the order of first use.
    var uses: [String]
    /// True if it is an output.
    var isOutput: Bool
    /// True for an equation, and for an input whose distribution's arguments are formulas.
    fileprivate var isComputed: Bool

    /// `electricity[year]`, then `TWh/year`: the lines of its box in a diagram.
    var lines: [String] {
      [name + (indexes.isEmpty ? "" : "[\(indexes.joined(separator: ","))]")]
        + (reportUnit.isEmpty ? [] : [reportUnit])
    }
  }

  /// The quantities, in the scenario's order.
  private(set) var nodes: [Vertex]
  /// Edges from a quantity to those that use it, by position in `nodes`.
  private(set) var uses: [(from: Int, to: Int)] = []
  /// Edges from an output to the references with which it is compared, each once, by position in `nodes`.
  private(set) var comparisons: [(output: Int, reference: Int)] = []

  /// The graph of a model.
  init(of model: Model) {
    let outputs = Dictionary(model.outputs.map { ($0.quantity.position, $0) }) { first, _ in first }
    nodes = []
    for (position, quantity) in model.quantities.enumerated() {
      // A latent total is equal to a hidden input, which is not shown.
      let isLatent = model.latents.contains { $0.quantity.position == position }
      let used = isLatent ? [] : quantity.directDependencies()
      for id in used { uses.append((id.position, position)) }
      let kind: Kind =
        switch quantity.kind {
        case .reference: .reference
        case .input: outputs[position] == nil ? .input : .output
        case .equation: outputs[position] == nil ? .equation : .output
        }
      nodes.append(
        Vertex(
          name: quantity.name, indexes: quantity.cells.indexes.map { model[$0].name }, kind: kind,
          unit: quantity.unit.text, reportUnit: (outputs[position]?.unit ?? quantity.unit).shown,
          formula: isLatent ? Self.latentFormula : Self.formula(of: quantity), uses: used.map { model[$0].name },
          isOutput: outputs[position] != nil,
          isComputed: quantity.isNamed && (quantity.input == nil || !used.isEmpty)))
    }
    var seen: Set<[Int]> = []
    for output in model.outputs {
      for comparison in output.comparisons {
        let edge = [output.quantity.position, comparison.reference.position]
        if seen.insert(edge).inserted { comparisons.append((edge[0], edge[1])) }
      }
    }
  }

  /// The equations, and the inputs whose distributions depend on other quantities.
  var equations: [Vertex] { nodes.filter(\.isComputed) }

  /// The graph without the quantities that are neither an output nor at an edge.
  var connected: QuantityGraph {
    var kept = Set(nodes.indices.filter { nodes[$0].isOutput })
    for edge in uses { kept.formUnion([edge.from, edge.to]) }
    for edge in comparisons { kept.formUnion([edge.output, edge.reference]) }
    let order = kept.sorted()
    let positions = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    var graph = self
    graph.nodes = order.map { nodes[$0] }
    graph.uses = []
    for edge in uses {
      if let from = positions[edge.from], let to = positions[edge.to] { graph.uses.append((from, to)) }
    }
    graph.comparisons = []
    for edge in comparisons {
      guard let output = positions[edge.output], let reference = positions[edge.reference] else { continue }
      graph.comparisons.append((output, reference))
    }
    return graph
  }

  /// What is shown in the place of a latent total's formula.
  static let latentFormula = "(a latent total)"

  /// An equation's formula as written; if the text is not available, the location of its first line.
  static func formula(of quantity: Quantity) -> String? {
    guard case .equation(let expression) = quantity.kind else { return nil }
    if let formula = quantity.formula { return formula }
    let place = expression.place
    guard place.file.lines.indices.contains(place.line - 1) else { return nil }
    return String(place.file.lines[place.line - 1].dropFirst(place.column - 1).prefix(place.length))
  }
}

extension QuantityGraph {
  /// The equations as JSON.
  var json: JSON {
    .array(
      equations.map { node in
        .object([
          ("name", .string(node.name)), ("indexes", .array(node.indexes.map(JSON.string))),
          ("unit", .string(node.unit)), ("formula", .optional(node.formula)),
          ("uses", .array(node.uses.map(JSON.string))), ("output", .bool(node.isOutput)),
        ])
      })
  }
}
