import Modeling
import Simulation

/// The first output in a sentence, and what it is held against.
struct HeadlineSection {
  let result: RunResult

  var section: PageSection? {
    guard let output = result.outputs.first else { return nil }
    let comparisons = comparisons(of: output)
    return PageSection(
      id: "result", title: "In short",
      content: "<p class=\"headline\">\(sentence(of: output))</p>\n\(comparisons)")
  }

  /// `electricity, 2030: 508 TWh/year; 90 % of the draws lie between 243 and 1060. In 2019 it is 4.67.`
  private func sentence(of output: OutputResult) -> Markup {
    let model = result.model
    let quantity = model[output.output.quantity]
    guard let last = OutputLayout(of: output, in: model).focus.last else { return .none }
    let figures = CellFigures(cell: output.cells[last])
    let name: Markup = "<b>\(quantity.name)</b>"
    let labels = model.labels(ofCell: last, in: quantity.cells).joined(separator: ", ")
    let at: Markup = labels.isEmpty ? .none : " in \(labels)"
    let value = output.output.withUnit(figures.median)
    var text: Markup = "\(name)\(at) is <strong>\(value)</strong>"
    let cell = output.cells[last]
    if cell.min < cell.max {
      text += """
        , the median of \(NumberText.count(cell.draws - cell.nonFinite)) draws; with 90 % probability it is \
        <strong>\(figures.interval)</strong>
        """
    }
    return text + "."
  }

  private func comparisons(of output: OutputResult) -> Markup {
    let model = result.model
    let quantity = model[output.output.quantity]
    let layout = OutputLayout(of: output, in: model)
    guard let last = layout.focus.last else { return .none }
    var items = Markup.none
    for (comparison, rows) in zip(output.output.comparisons, output.comparisons) {
      for row in rows where row.cell == last {
        let verdict = ComparisonVerdict(row: row, comparison: comparison, output: output, result: result)
        let crossing = Crossing.all(of: rows, comparison, in: quantity.cells, of: model)
          .first { $0.reference == verdict.reference && $0.labels == layout.facets.first?.labels }
        items += "<li>\(verdict.sentence)\(crossing.map { "; \($0.shortSentence)" } ?? "")</li>\n"
      }
    }
    return items.text.isEmpty ? .none : "<ul class=\"verdicts\">\n\(items)</ul>\n"
  }
}
