import Evidence
import Modeling
import Simulation

/// The first output in a sentence above the table of contents; its median and references in the first section.
struct HeadlineSection {
  let result: ScenarioResult

  /// The sentence that can be quoted.
  var headline: Markup {
    guard let output = result.outputs.first else { return .none }
    let parts = HeadlineSentence(output, of: result).parts
    return
      "<p class=\"headline\">\(parts.map { $0.isFigure ? "<strong>\($0.text)</strong>" : "\($0.text)" as Markup })</p>\n"
  }

  var section: PageSection? {
    guard let output = result.outputs.first else { return nil }
    let comparisons = comparisons(of: output)
    return PageSection(
      id: "result", title: "Key result",
      content: "<p>\(sentence(of: output))</p>\n\(comparisons)")
  }

  /// `electricity[year=2030] is 508 TWh/year, the median of 1M draws; with \(model.settings.interval.text) probability it is 243 to 1060.`
  private func sentence(of output: OutputResult) -> Markup {
    let model = result.model
    let place = model.defaultCell(of: output.output.quantity)
    let cell = output.cells[place]
    let name: Markup = "<b>\(model.title(output.output.quantity, cell: place))</b>"
    if model.isCondition(output.output.quantity) {
      return "\(name) holds with a probability of <strong>\(cell.conditionText(in: output.output.unit))</strong>."
    }
    let figures = CellText(cell: cell, model.settings.interval, style: output.style(model.settings.interval))
    let value = output.output.withUnit(figures.median)
    var text: Markup = "\(name)\(model[output.output.quantity].label == nil ? " is" : ":") <strong>\(value)</strong>"
    if !figures.isConstant {
      text += """
        , the \(result.evidence?.posterior == nil ? "" : "posterior ")median of \
        \(NumberText.draws(cell.draws - cell.nonFinite)); with \(model.settings.interval.text) probability it is \
        <strong>\(figures.interval)</strong>
        """
    }
    return text + "."
  }

  private func comparisons(of output: OutputResult) -> Markup {
    let model = result.model
    let quantity = model[output.output.quantity]
    let layout = OutputLayout(of: output, in: model)
    let place = layout.defaultCell
    let labels = layout.facets.first { $0.cells.contains(place) }?.labels
    var items = Markup.none
    for (comparison, rows) in zip(output.output.comparisons, output.comparisons) {
      for row in rows where row.cell == place {
        let verdict = ComparisonVerdict(row: row, comparison: comparison, output: output, result: result)
        let exceedancePeriod = ExceedancePeriod.all(of: rows, comparison, in: quantity.cells, of: model)
          .first { $0.reference == verdict.reference && $0.labels == labels }
        items += "<li>\(verdict.sentence)\(exceedancePeriod.map { "; \($0.shortSentence)" } ?? "")</li>\n"
      }
    }
    return items.text.isEmpty ? .none : "<ul class=\"verdicts\">\n\(items)</ul>\n"
  }
}
