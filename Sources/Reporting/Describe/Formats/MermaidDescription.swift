import Modeling

/// The graph of equations as a Mermaid flowchart, which GitHub, GitLab and many wikis draw.
///
/// Source of the syntax: Mermaid, "Flowcharts - Basic Syntax", https://mermaid.js.org/syntax/flowchart.html
package enum MermaidDescription: DescriptionFormat {
  /// `mermaid`
  package static let name = "mermaid"

  /// One line for help.
  package static let summary = "the graph of equations, for Markdown pages"

  /// The flowchart: inputs are rounded, equations boxes, outputs boxes with a thick rim, references hexagons.
  package static func text(of model: Model) -> String { flowchart(of: model).text }

  private static func flowchart(of model: Model) -> MermaidText {
    let graph = QuantityGraph(of: model).connected
    var lines: [MermaidText] = ["flowchart LR", "  classDef output stroke-width:3px"]
    for (number, node) in graph.nodes.enumerated() {
      let label: MermaidText = "\"\(MermaidText(separated: node.lines.map { MermaidText(escaping: $0) }, by: "<br>"))\""
      let shape: MermaidText =
        switch node.kind {
        case .input: "(\(label))"
        case .equation: "[\(label)]"
        case .output: "[\(label)]:::output"
        case .reference: "{{\(label)}}"
        }
      lines.append("  q\(number)\(shape)")
    }
    lines += graph.uses.map { "  q\($0.from) --> q\($0.to)" as MermaidText }
    lines += graph.comparisons.map { "  q\($0.output) -.- q\($0.reference)" as MermaidText }
    return MermaidText(separated: lines, by: "\n") + "\n"
  }
}
