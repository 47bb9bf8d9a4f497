import Modeling

/// The dependencies of each equation: the graph from inputs to outputs.
public struct EquationGraph: Sendable {
  /// An equation, or an input whose distribution's arguments are formulas.
  public struct Node: Sendable {
    /// The name.
    public var name: String
    /// The names of its indexes.
    public var indexes: [String]
    /// The unit in which it is reported.
    public var unit: String
    /// The formula as written; nil for an input.
    public var formula: String?
    /// The names that the formula uses directly, in the order of first use.
    public var uses: [String]
    /// True if it is an output.
    public var isOutput: Bool
  }

  /// The equations in the scenario's order, after inputs that depend on others.
  public var nodes: [Node]

  /// The graph of a model.
  public init(of model: Model) {
    let outputs = Set(model.outputs.map(\.quantity))
    nodes = model.quantities.indices.compactMap { position in
      let quantity = model.quantities[position]
      let uses = DirectDependencies(of: quantity).all
      guard quantity.isNamed, quantity.input == nil || !uses.isEmpty else { return nil }
      return Node(
        name: quantity.name, indexes: quantity.cells.indexes.map { model[$0].name }, unit: quantity.unit.text,
        formula: Self.formula(of: quantity), uses: uses.map { model[$0].name },
        isOutput: outputs.contains(QuantityID(position)))
    }
  }

  /// An equation's formula as written; if the text is not available, the location of its first line.
  static func formula(of quantity: Quantity) -> String? {
    guard case .equation(let expression) = quantity.kind else { return nil }
    if let formula = quantity.formula { return formula }
    let place = expression.place
    guard place.file.lines.indices.contains(place.line - 1) else { return nil }
    return String(place.file.lines[place.line - 1].dropFirst(place.column - 1).prefix(place.length))
  }
}

extension EquationGraph {
  /// The graph as JSON.
  var json: JSON {
    .array(
      nodes.map { node in
        .object([
          ("name", .string(node.name)), ("indexes", .array(node.indexes.map(JSON.string))),
          ("unit", .string(node.unit)), ("formula", .optional(node.formula)),
          ("uses", .array(node.uses.map(JSON.string))), ("output", .bool(node.isOutput)),
        ])
      })
  }
}
