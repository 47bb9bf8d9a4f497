import Modeling

/// The graph of equations in the language of Graphviz: `loadcast describe S.yaml --format dot | dot -Tsvg`.
///
/// Source of the language: Graphviz, "DOT Language", https://graphviz.org/doc/info/lang.html
package enum DOTDescription: DescriptionFormat {
  /// `dot`
  package static let name = "dot"

  /// One line for help.
  package static let summary = "the graph of equations, for Graphviz"

  /// The graph: inputs are ellipses, equations boxes, outputs boxes with a thick rim, references hexagons.
  package static func text(of model: Model) -> String {
    let graph = QuantityGraph(of: model).connected
    var lines: [DOTText] = ["digraph scenario {", "  rankdir=LR;", "  node [fontname=\"sans-serif\"];"]
    lines.append("  label=\(quoted([model.title])); labelloc=t;")
    for (number, node) in graph.nodes.enumerated() {
      let style: DOTText =
        switch node.kind {
        case .input: "shape=ellipse"
        case .equation: "shape=box"
        case .output: "shape=box, penwidth=3"
        case .reference: "shape=hexagon"
        }
      lines.append("  q\(number) [label=\(quoted(node.lines)), \(style)];")
    }
    lines += graph.uses.map { "  q\($0.from) -> q\($0.to);" as DOTText }
    lines += graph.comparisons.map { "  q\($0.output) -> q\($0.reference) [style=dashed, arrowhead=none];" as DOTText }
    return (DOTText(separated: lines + ["}"], by: "\n") + "\n").text
  }

  /// Lines as a quoted string, each ended by the line break of the DOT language.
  private static func quoted(_ lines: [String]) -> DOTText {
    "\"\(DOTText(separated: lines.map { DOTText(escaping: $0) }, by: "\\n"))\""
  }
}
