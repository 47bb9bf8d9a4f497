import Modeling
import TextFormats

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
      let uses = quantity.directDependencies()
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

/// The quantities that formulas and distributions use directly, each once, in the order of first use.
struct DirectDependencies {
  private(set) var all: [QuantityID] = []
  private var seen: Set<QuantityID> = []

  /// The quantities used by a quantity's formula, or by the arguments of an input's distributions.
  init(of quantity: Quantity) {
    switch quantity.kind {
    case .equation(let formula): add(formula)
    case .input(let input), .reference(let input):
      for supportPoint in input.supportPoints {
        if case .distribution(let distribution) = supportPoint.value { add(distribution) }
      }
      for group in input.shareGroups { group.parameters.forEach { add($0) } }
    }
  }

  private mutating func add(_ id: QuantityID) {
    if seen.insert(id).inserted { all.append(id) }
  }

  private mutating func add(_ distribution: DistributionExpression) {
    switch distribution {
    case .fixed: break
    case .family(_, _, let arguments): arguments.forEach { add($0) }
    case .truncated(let inner, let low, let high):
      add(inner)
      if let low { add(low) }
      if let high { add(high) }
    case .mixture(let distributions, _): distributions.forEach { add($0) }
    case .affine(let inner, _, _): add(inner)
    }
  }

  private mutating func add(_ formula: Expression) {
    switch formula.kind {
    case .constant, .label, .isLabel: break
    case .quantity(let id), .isOutcome(let id, _): add(id)
    case .negate(let operand), .not(let operand): add(operand)
    case .binary(_, let left, let right):
      add(left)
      add(right)
    case .call(_, let arguments), .stack(_, let arguments): arguments.forEach { add($0) }
    case .conditional(let condition, let then, let otherwise):
      add(condition)
      add(then)
      add(otherwise)
    case .reduce(_, let operand, _, _), .cumulative(let operand, _): add(operand)
    case .select(let operand, let selectors):
      add(operand)
      for index in selectors.keys.sorted() { if case .outcome(let id) = selectors[index] { add(id) } }
    case .previous(let operand, let initial, _):
      add(operand)
      add(initial)
    case .stock(let inflow, let survival, _, _, _):
      add(inflow)
      add(survival)
    }
  }
}
