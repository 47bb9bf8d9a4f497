import Modeling
import Units

/// The equations, as a graph in the order of computation and as a list with links.
struct EquationsSection {
  let model: Model

  var section: PageSection? {
    let graph = QuantityGraph(of: model)
    let equations = graph.equations.filter { $0.formula != nil }
    guard !equations.isEmpty else { return nil }
    return PageSection(
      id: "equations", title: "Equations",
      content: chart(of: graph) + "<ol class=\"equations\">\n\(equations.map { item($0, graph) })</ol>\n")
  }

  private func chart(of graph: QuantityGraph) -> Markup {
    guard let drawing = EquationDiagram(of: model, graph).drawing else { return .none }
    let chart = PageChart(
      name: "equations", description: "Graph of the equations, from left to right, as in the list below.",
      caption: """
        An arrow leads from a quantity to one that uses it; outputs have a bold frame, inputs a dashed one. Dashed arrows \
        use the value at the previous label, through <code>previous</code>.
        """
    ) { _ in drawing }
    return """
      <figure class="graph"><div class="scroll" role="region" aria-label="Graph of the equations" tabindex="0">
      <svg viewBox="0 0 \(drawing.width) \(drawing.height)" width="\(drawing.width)" height="\(drawing.height)" role="img" \
      aria-label="\(chart.description)">\(drawing.body)</svg></div>
      <figcaption>\(chart.caption) \(chart.link(to: drawing))</figcaption></figure>

      """
  }

  private func item(_ node: QuantityGraph.Vertex, _ graph: QuantityGraph) -> Markup {
    let indexes = node.indexes.isEmpty ? "" : "[\(node.indexes.joined(separator: ", "))]"
    let unit: Markup = node.unit == Unit.one.text ? .none : " <span class=\"unit\">\(node.unit)</span>"
    let output: Markup = node.isOutput ? " <a href=\"#output-\(node.name)\">output</a>" : .none
    let users = graph.equations.filter { $0.uses.contains(node.name) && $0.name != node.name }.map(\.name)
    let used: Markup =
      users.isEmpty ? .none : "<p class=\"remark\">Used by \(Markup(separated: users.map(Self.link), by: ", "))</p>"
    let provenance =
      model.quantity(named: node.name).map {
        ScenarioText.label(of: model[$0]) + ScenarioText.provenance(model[$0].provenance)
      } ?? .none
    return """
      <li id="q-\(node.name)"><h3>\(node.name)<span class="unit">\(indexes)</span>\(unit)\(output)</h3>
      <code class="formula">\(formula(node.formula ?? ""))</code>
      \(used)\(provenance)</li>

      """
  }

  private static func link(to name: String) -> Markup { "<a href=\"#q-\(name)\">\(name)</a>" }

  /// A formula in which the names of inputs and equations are links.
  private func formula(_ text: String) -> Markup {
    var out = Markup.none
    var word = ""
    func finish() {
      out += model.quantity(named: word) == nil ? Markup(escaping: word) : Self.link(to: word)
      word = ""
    }
    for character in text {
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else {
        finish()
        out += Markup(escaping: String(character))
      }
    }
    finish()
    return out
  }
}
