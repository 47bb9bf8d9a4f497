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
  package static func text(of model: Model) -> String {
    let graph = QuantityGraph(of: model).connected
    var lines = ["flowchart LR", "  classDef output stroke-width:3px"]
    for (number, node) in graph.nodes.enumerated() {
      let label = "\"\(node.lines.map(escaped).joined(separator: "<br>"))\""
      let shape =
        switch node.kind {
        case .input: "(\(label))"
        case .equation: "[\(label)]"
        case .output: "[\(label)]:::output"
        case .reference: "{{\(label)}}"
        }
      lines.append("  q\(number)\(shape)")
    }
    lines += graph.uses.map { "  q\($0.from) --> q\($0.to)" }
    lines += graph.comparisons.map { "  q\($0.output) -.- q\($0.reference)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Text with special characters as entity codes.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in ScreenText.onOneLine(text) {
      switch character {
      case "\"": result += "#quot;"
      case "<": result += "#lt;"
      case ">": result += "#gt;"
      case "&": result += "#amp;"
      case "#": result += "#35;"
      default: result.append(character)
      }
    }
    return result
  }
}
