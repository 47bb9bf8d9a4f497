import Modeling

/// All named quantities of a scenario and their dependencies, for drawing.
struct DiagramGraph {
  /// The type of a node, which determines its shape.
  enum Kind { case input, equation, output, reference }

  /// A named quantity.
  struct Node {
    var name: String
    var indexes: [String]
    var unit: String
    var kind: Kind
    /// `electricity[year], TWh/year`, in two lines.
    var lines: [String] {
      [name + (indexes.isEmpty ? "" : "[\(indexes.joined(separator: ","))]")] + (unit.isEmpty ? [] : [unit])
    }
  }

  /// The quantities, in the scenario's order; isolated ones are omitted.
  private(set) var nodes: [Node] = []
  /// Edges from a quantity to those that use it, by position in `nodes`.
  private(set) var uses: [(from: Int, to: Int)] = []
  /// Edges from an output to the reference with which it is compared.
  private(set) var comparisons: [(output: Int, reference: Int)] = []

  /// The graph of a model.
  init(of model: Model) {
    let outputs = Dictionary(model.outputs.map { ($0.quantity, $0) }) { first, _ in first }
    var edges: [(from: QuantityID, to: QuantityID)] = []
    for position in model.quantities.indices {
      for used in model.quantities[position].directDependencies() { edges.append((used, QuantityID(position))) }
    }
    let held = model.outputs.flatMap { output in output.comparisons.map { (output.quantity, $0.reference) } }
    let drawn = Set(edges.flatMap { [$0.from, $0.to] } + held.flatMap { [$0.0, $0.1] } + outputs.keys)
    var place: [QuantityID: Int] = [:]
    for position in model.quantities.indices where drawn.contains(QuantityID(position)) {
      let quantity = model.quantities[position]
      let kind: Kind =
        switch quantity.kind {
        case .reference: .reference
        case .input: outputs[QuantityID(position)] == nil ? .input : .output
        case .equation: outputs[QuantityID(position)] == nil ? .equation : .output
        }
      place[QuantityID(position)] = nodes.count
      let unit = outputs[QuantityID(position)]?.unit ?? quantity.unit
      nodes.append(
        Node(
          name: quantity.name, indexes: quantity.cells.indexes.map { model[$0].name }, unit: unit.shown, kind: kind))
    }
    uses = edges.compactMap { edge in
      guard let from = place[edge.from], let to = place[edge.to] else { return nil }
      return (from, to)
    }
    var seen: Set<[Int]> = []
    for (output, reference) in held {
      guard let from = place[output], let to = place[reference], seen.insert([from, to]).inserted else { continue }
      comparisons.append((from, to))
    }
  }
}
