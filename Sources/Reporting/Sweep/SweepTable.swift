import Analysis
import Modeling
import Simulation
import TextFormats

/// The rows of a sweep: one for each variant and output cell.
///
/// Columns: `variant`, a column for each varied quantity, `output`, `unit`, the indexes, the columns of `summary.csv`,
/// then `difference` and `difference_standard_error`: the mean minus that of variant 0, the base scenario, and its
/// standard error from paired draws (`SweepAnalysis.Cell.difference`). Values that a variant does not change are blank.
package struct SweepTable: Sendable {
  /// The varied quantities in the notation of `--vary`.
  package let columns: [String]
  let model: Model
  private let indexes: IndexColumns

  /// The table of a scenario's sweep.
  package init(of model: Model, columns: [String]) {
    self.model = model
    self.columns = columns
    indexes = IndexColumns(of: model)
  }

  /// Additional columns of the stored rows after those of `sweep.csv`, used by screens.
  private static let hidden = ["p05_standard_error", "p50_standard_error", "p95_standard_error", "mean_warning"]

  /// The headers of `sweep.csv`.
  package var header: [String] {
    let fixed =
      ["variant", "output", "unit"] + OutputCellTable.summaryColumns + ["difference", "difference_standard_error"]
    let labels = indexes.headers(beside: fixed + columns)
    let varied = columns.map { fixed.contains($0) ? "varied.\($0)" : $0 }
    return ["variant"] + varied + ["output", "unit"] + labels + OutputCellTable.summaryColumns
      + ["difference", "difference_standard_error"]
  }

  /// The rows of a variant, each with its newline, as stored until the table is written.
  package func rows(of outcome: SweepAnalysis.VariantResult, name: String, values: [String?]) -> String {
    var text = ""
    for (output, cells) in zip(outcome.model.outputs, outcome.outputs) {
      let quantity = outcome.model[output.quantity]
      for (position, cell) in cells.enumerated() {
        let labels = indexes.fields(cell: position, of: quantity.cells)
        let errors = [0.05, 0.5, 0.95].map { CSVRow.number(cell.summary.quantile($0)?.error ?? .nan) }
        text += CSVRow.text(
          [name] + values.map { $0 ?? "" } + [quantity.name, output.unit.text] + labels
            + OutputCellTable.summaryFields(of: cell.summary)
            + [cell.difference.value, cell.difference.error].map(CSVRow.number) + errors
            + [cell.summary.isMeanStable ? "" : cell.summary.momentWarning ?? ""])
      }
    }
    return text
  }

  /// A stored row.
  struct Row {
    /// The fields of `sweep.csv`.
    var fields: [String]
    fileprivate var hidden: [String]
    fileprivate var columns: Int
    fileprivate var labels: Int

    var variant: String { fields[0] }
    var values: ArraySlice<String> { fields[1..<(1 + columns)] }
    var output: String { fields[1 + columns] }
    var unit: String { fields[2 + columns] }
    /// The output's name with its labels.
    var cellName: String {
      let labels = fields[(3 + columns)..<(3 + columns + labels)].filter { !$0.isEmpty }
      return labels.isEmpty ? output : "\(output)[\(labels.joined(separator: ","))]"
    }
    private func number(_ name: String) -> Double {
      guard let position = OutputCellTable.summaryColumns.firstIndex(of: name) else { return .nan }
      return Double(fields[3 + columns + labels + position]) ?? .nan
    }
    private func hidden(_ position: Int) -> Double { Double(hidden[position]) ?? .nan }

    var mean: Estimate { Estimate(number("mean"), error: number("mean_standard_error")) }
    /// The 5th, 50th and 95th percentile.
    var quantiles: [Estimate] {
      ["p05", "p50", "p95"].enumerated().map { Estimate(number($1), error: hidden($0)) }
    }
    var difference: Estimate {
      Estimate(Double(fields[fields.count - 2]) ?? .nan, error: Double(fields[fields.count - 1]) ?? .nan)
    }
    var nonFinite: Int { Int(number("non_finite")) }
    var draws: Int { Int(number("draws")) }
    var isConstant: Bool { number("min") == number("max") }
    /// The reason why the mean is not stable; empty if it is.
    var meanWarning: String { hidden[3] }
  }

  /// The rows of a stored text.
  func rows(in text: String) throws -> [Row] {
    let (own, labels) = (header.count, header.count - 5 - columns.count - OutputCellTable.summaryColumns.count)
    return try CSVTokenizer.records(of: text).compactMap { record in
      guard record.count == own + Self.hidden.count else { return nil }
      return Row(
        fields: Array(record[..<own]), hidden: Array(record[own...]), columns: columns.count, labels: labels)
    }
  }

  /// `sweep.csv`, written from stored rows, chunk by chunk.
  package func file(_ pieces: @escaping ((String) throws -> Void) throws -> Void) -> ReportFile {
    ReportFile(name: "sweep.csv") { sink in
      try sink.write(CSVRow.text(header))
      try pieces { text in
        for row in try rows(in: text) { try sink.write(CSVRow.text(row.fields)) }
      }
    }
  }

  /// A row as JSON: statistics as numbers, labels and values as text.
  func json(of row: Row) -> JSON {
    let figures = 3 + columns.count + row.labels
    return .object(
      zip(header, row.fields).enumerated().map { position, entry in
        let value: JSON =
          position < figures
          ? .string(entry.1)
          : entry.1.isEmpty ? .null : Int(entry.1).map(JSON.integer) ?? .number(Double(entry.1) ?? .nan)
        return (entry.0, value)
      })
  }
}
