import Analysis
import Modeling
import Simulation
import TextFormats

/// A comparison of two scenarios as one page, in the style of a run's report: the difference in a sentence, every common
/// output of both, the changes and what each contributes.
struct ComparisonPage {
  let report: ComparisonReport

  /// The whole page.
  var html: Markup {
    let (a, b) = (report.comparison.a, report.comparison.b)
    let settings = a.settings
    let title = a.title == b.title ? "\(a.title): two versions compared" : "\(b.title), compared with \(a.title)"
    return PageShell(
      title: title,
      header: """
        \(headline)<p class="made">\(NumberText.draws(settings.draws, "paired ")), seed \(String(settings.seed)), design \
        \(settings.design)</p>
        """,
      sections: [scenarios, outputs, changes].compactMap(\.self)
    ).html
  }

  var model: Model { report.model }
  var interval: IntervalWidth { model.settings.interval }

  /// The cells of each common output, in the first scenario's order.
  var groups: [(output: Output, cells: [ModelComparison.Cell])] {
    model.outputs.indices.compactMap { position in
      let cells = report.cells.filter { $0.a.output == position }
      return cells.isEmpty ? nil : (model.outputs[position], cells)
    }
  }

  /// The first output's default cell: how much higher or lower it is in the second scenario.
  private var headline: Markup {
    guard let (output, cells) = groups.first else { return .none }
    let wanted = model.defaultCell(of: output.quantity)
    guard let cell = cells.first(where: { $0.a.cell == wanted }) ?? cells.last else { return .none }
    let name = model.phrase(output.quantity, cell: cell.a.cell)
    if model.isCondition(output.quantity) {
      return """
        <p class="headline">The second scenario puts the probability of \(name) at \
        <strong>\(cell.inB.conditionText(in: output.unit))</strong>, the first at \
        <strong>\(cell.inA.conditionText(in: output.unit))</strong>.</p>

        """
    }
    guard let ratio = cell.ratio.shownQuantile(0.5), ratio.value.isFinite, ratio.value > 0 else { return .none }
    if cell.difference.isConstant, cell.difference.max == 0 {
      return "<p class=\"headline\">Both scenarios give the same value of \(name).</p>\n"
    }
    let text = CellText(cell: cell.ratio, interval)
    let change = abs(ratio.value - 1) * 100
    let (words, conjunction) =
      change < 100
      ? ("\(NumberText.significant(change, digits: 2)) % \(ratio.value > 1 ? "higher" : "lower")", "than")
      : ("\(text.median) times as high", "as")
    let range = cell.ratio.isConstant ? "" : " (ratio \(text.interval), \(interval.text) interval)"
    return """
      <p class="headline">The second scenario puts \(name) <strong>\(words)</strong> \(conjunction) the first\(range).</p>

      """
  }

  private var scenarios: PageSection {
    let sides = [("A", report.comparison.a, report.names.a), ("B", report.comparison.b, report.names.b)]
    let rows = sides.map { side, model, path -> [Markup] in
      ["<b>\(side)</b>", "\(model.title)", "\(TerminalText.path(path))", "<code class=\"long\">\(model.digest)</code>"]
    }
    let table = PageTable(
      caption: "The scenarios",
      columns: [("scenario", false), ("title", false), ("file", false), ("digest of files and flags", false)],
      rows: rows)
    let unmatched = [("A", report.comparison.unmatched.a), ("B", report.comparison.unmatched.b)]
      .filter { !$0.1.isEmpty }.map { side, names -> Markup in
        let cut = Abbreviation(of: names.count, limit: 12, keeping: 5)
        let more = cut.omitted > 0 ? " and \(cut.omitted) more" : ""
        return "<p class=\"remark\">Only in \(side): \(cut.kept.map { names[$0] }.joined(separator: ", "))\(more)</p>\n"
      }
    return PageSection(
      id: "scenarios", title: "Scenarios",
      content: """
        <p>Both scenarios are computed on the same random numbers, so that a difference is due to what was changed and not \
        to chance.</p>
        \(table.markup)\(unmatched)
        """)
  }
}
