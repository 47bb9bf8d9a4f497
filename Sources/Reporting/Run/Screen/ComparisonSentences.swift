import Evidence
import Modeling
import Simulation
import TextFormats

/// Comparisons of outputs with references as sentences: `2025: 0.41 times argentina (90 %: 0.22 to 0.77); probability
/// of exceeding it 12 %`.
///
/// A comparison over years is summarised by its first, middle and last year, and by the year from which the output is
/// more likely than not above the reference; a complete table would hide this information, and is in the files.
struct ComparisonSentences {
  /// Comparisons with more rows than this are cut.
  static let rowLimit = 8
  /// Rows kept at either end of a comparison that is cut and is not over a numeric index.
  static let rowsKept = 3
  let result: ScenarioResult
  /// The conditioning, for headings: `, given what was observed`.
  var given = ""
  /// The file with all rows, for comparisons that are cut.
  let fullTable: String?

  /// The lines of all comparisons, with a heading for each output with comparisons.
  var lines: [String] { result.outputs.flatMap { lines(of: $0) } }

  private func lines(of output: OutputResult) -> [String] {
    guard output.comparisons.contains(where: { !$0.isEmpty }) else { return [] }
    var lines = ["\(result.model.title(output.output.quantity)), compared draw by draw\(given)"]
    for (comparison, rows) in zip(output.output.comparisons, output.comparisons) where !rows.isEmpty {
      let kept = keptRows(of: rows, output)
      let sentences = sentences(of: kept.map { rows[$0] }, comparison, output)
      for (place, row) in kept.enumerated() {
        lines.append(sentences[place])
        let next = place + 1 < kept.count ? kept[place + 1] : rows.count
        if next > row + 1 && !runsOverNumbers(rows, output) {
          lines.append("  … \(next - row - 1) more rows" + (fullTable.map { ": see \($0)" } ?? ""))
        }
      }
      lines += exceedancePeriod(of: rows, comparison, output)
      lines += remarks(on: comparison, rows, output)
    }
    return lines + [""]
  }

  /// True if there is one row for each label of a numeric index, in order.
  private func runsOverNumbers(_ rows: [ComparisonRow], _ output: OutputResult) -> Bool {
    let space = result.model[output.output.quantity].cells
    guard let index = space.indexes.first, space.indexes.count == 1, result.model[index].isNumeric else { return false }
    return zip(rows, rows.dropFirst()).allSatisfy { $0.cell < $1.cell }
  }

  private func keptRows(of rows: [ComparisonRow], _ output: OutputResult) -> [Int] {
    if rows.count <= Self.rowLimit { return Array(rows.indices) }
    if runsOverNumbers(rows, output) { return [0, rows.count / 2, rows.count - 1] }
    return Abbreviation(of: rows.count, limit: Self.rowLimit, keeping: Self.rowsKept).kept
  }

  /// The labels at which, or from which on, the output is more likely than not above the reference.
  private func exceedancePeriod(of rows: [ComparisonRow], _ comparison: Comparison, _ output: OutputResult) -> [String]
  {
    guard rows.count > Self.rowLimit, runsOverNumbers(rows, output) else { return [] }
    let space = result.model[output.output.quantity].cells
    let exceedancePeriods = ExceedancePeriod.all(of: rows, comparison, in: space, of: result.model)
    return exceedancePeriods.map { "  \($0.sentence)" }
  }

  private func sentences(
    of rows: [ComparisonRow], _ comparison: Comparison, _ output: OutputResult
  ) -> [String] {
    let quantity = result.model[output.output.quantity]
    let cells = rows.map { result.model.words(ofCell: $0.cell, in: quantity.cells).joined(separator: ",") }
    let width = cells.map(DirectionalText.columns).max() ?? 0
    let verdicts = rows.map { ComparisonVerdict(row: $0, comparison: comparison, output: output, result: result) }
    let ratios = TextTable.alignedAtPoint(verdicts.map(\.ratio))
    return rows.indices.map { row in
      let verdict = verdicts[row]
      let label =
        cells[row].isEmpty
        ? "" : "\(cells[row]): " + String(repeating: " ", count: width - DirectionalText.columns(of: cells[row]))
      return "  \(label)\(verdict.sentence(ratio: ratios[row].trimmedAtEnd))"
    }
  }

  private func remarks(on comparison: Comparison, _ rows: [ComparisonRow], _ output: OutputResult) -> [String] {
    ComparisonRemarks(comparison: comparison, rows: rows, output: output, model: result.model).lines.map { "  (\($0))" }
  }
}

extension String {
  /// The text without trailing spaces.
  var trimmedAtEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
