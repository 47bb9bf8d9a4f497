import Modeling
import Simulation

/// What outputs are held against, as sentences: `2025: 0.41 times argentina (90 %: 0.22 to 0.77); probability of
/// exceeding it 12 %`.
///
/// A comparison over years is told by its first, middle and last year, and by the year from which the output is more
/// likely than not above the reference; a table would hide the answer among numbers that the files hold anyway.
struct ComparisonSentences {
  /// Comparisons with more rows than this are cut.
  static let rowLimit = 8
  /// Rows kept at either end of a comparison that is cut, and does not run over numbers.
  static let rowsKept = 3
  /// Significant digits of ratios.
  static let digits = 2

  let result: RunResult
  /// The file that has all rows, for comparisons that are cut.
  let fullTable: String?

  /// The lines of all comparisons, with a heading for each output that has any.
  var lines: [String] { result.outputs.flatMap { lines(of: $0) } }

  private func lines(of output: OutputResult) -> [String] {
    guard output.comparisons.contains(where: { !$0.isEmpty }) else { return [] }
    var lines = ["\(result.model[output.output.quantity].name), compared draw by draw"]
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
      lines += crossing(of: rows, comparison, output)
      lines += remarks(on: comparison, rows, output)
    }
    return lines + [""]
  }

  /// Whether there is one row for each label of a numeric index, in their order.
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

  /// At which labels, and from which on, the output is more likely than not above the reference.
  private func crossing(of rows: [ComparisonRow], _ comparison: Comparison, _ output: OutputResult) -> [String] {
    guard rows.count > Self.rowLimit, runsOverNumbers(rows, output) else { return [] }
    let space = result.model[output.output.quantity].cells
    func label(_ row: Int) -> String { result.model.labels(ofCell: rows[row].cell, in: space)[0] }
    var stretches: [String] = []
    var row = 0
    while row < rows.count {
      let next = rows[row...].firstIndex { !($0.exceeds.value > 0.5) } ?? rows.count
      if next == rows.count, next > row {
        stretches.append("from \(label(row)) on")
      } else if next > row {
        stretches.append(next == row + 1 ? "in \(label(row))" : "from \(label(row)) to \(label(next - 1))")
      }
      row = next + 1
    }
    if stretches.isEmpty { return ["  never more likely than not above \(comparison.text)"] }
    return ["  more likely than not above \(comparison.text) \(stretches.joined(separator: ", "))"]
  }

  private func sentences(
    of rows: [ComparisonRow], _ comparison: Comparison, _ output: OutputResult
  ) -> [String] {
    let quantity = result.model[output.output.quantity]
    let cells = rows.map { result.model.labels(ofCell: $0.cell, in: quantity.cells).joined(separator: ",") }
    let width = cells.map(\.count).max() ?? 0
    let ratios = TextTable.alignedAtPoint(
      rows.map { NumberText.estimate(Estimate($0.ratio.p50, error: $0.ratioErrors.p50), digits: Self.digits) })
    return rows.indices.map { row in
      let ratio = rows[row].ratio
      let errors = rows[row].ratioErrors
      let low = NumberText.estimate(Estimate(ratio.p05, error: errors.p05), digits: Self.digits)
      let high = NumberText.estimate(Estimate(ratio.p95, error: errors.p95), digits: Self.digits)
      let cell = output.cells.indices.contains(rows[row].cell) ? output.cells[rows[row].cell] : nil
      let draws = cell.map { $0.draws - $0.nonFinite } ?? result.draws
      let probability = NumberText.probability(rows[row].exceeds, draws: draws)
      let reference = self.reference(comparison, rows[row])
      let label = cells[row].isEmpty ? "" : "\(cells[row]): " + String(repeating: " ", count: width - cells[row].count)
      let held =
        ratio.p50.isNaN
        ? "no finite ratio to \(reference)"
        : "\(ratios[row].trimmedAtEnd) times \(reference) (90 %: \(low) to \(high))"
      return "  \(label)\(held); probability of exceeding it \(probability)"
    }
  }

  /// The reference as written, with the labels of indexes that only it has.
  private func reference(_ comparison: Comparison, _ row: ComparisonRow) -> String {
    let labels = row.referenceLabels
      .map { (name: result.model[$0.key].name, label: result.model[$0.key].labels[$0.value]) }
      .sorted { $0.name < $1.name }.map { "\($0.name)=\($0.label)" }.joined(separator: ",")
    if labels.isEmpty { return comparison.text }
    return comparison.text.hasSuffix("]")
      ? "\(comparison.text.dropLast()),\(labels)]" : "\(comparison.text)[\(labels)]"
  }

  private func remarks(on comparison: Comparison, _ rows: [ComparisonRow], _ output: OutputResult) -> [String] {
    let model = result.model
    let name = model[output.output.quantity].name
    let reference = model[comparison.reference]
    var remarks: [String] = []
    if let convert = comparison.convert {
      remarks.append("\(name) was multiplied by \(model[convert].name) before it was held against \(comparison.text)")
    }
    for tag in comparison.unstatedTags {
      let sides = [(name, output.output.scope[tag]), (reference.name, reference.scope[tag])]
      remarks.append("\(tag): " + sides.map { "\($0) \($1 ?? "not stated")" }.joined(separator: ", "))
    }
    let left = rows.reduce(0) { $0 + $1.nonFinite }
    if left > 0 {
      let draws = left == 1 ? "1 draw without a finite ratio is" : "\(left) draws without a finite ratio are"
      remarks.append("\(draws) left out of the ratios to \(comparison.text)")
    }
    return remarks.map { "  (\($0))" }
  }
}

extension String {
  /// The text without spaces at its end.
  var trimmedAtEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
