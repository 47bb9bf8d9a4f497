import Analysis
import Modeling
import Simulation
import TextFormats

/// The result of comparing two scenarios, ready to be written.
package struct ComparisonReport: Sendable {
  /// A part of the differences: the names and the kind of its entries.
  package struct Part: Sendable {
    /// The names in one text.
    package var text: String
    /// `input`, `equation` … or `entries`.
    package var kind: String

    /// A part of the differences.
    package init(text: String, kind: String) {
      self.text = text
      self.kind = kind
    }
  }

  /// The models that were compared, and their paths.
  package var comparison: ModelComparison
  /// The scenarios' names on screens.
  package var names: (a: String, b: String)
  /// The cells common to both.
  package var cells: [ModelComparison.Cell]
  /// The differences.
  package var parts: [Part]
  /// The contributions of the parts; empty if not requested or not available.
  package var attributions: [ModelComparison.Attribution]
  /// The reason for a missing attribution.
  package var attributionProblem: String?
  /// Seconds of wall time.
  package var seconds: Double
  /// The workers used.
  package var workers: Int
  /// Whether there is a page besides the tables.
  package var hasPage = false

  /// The result of a comparison.
  package init(
    comparison: ModelComparison, names: (a: String, b: String), cells: [ModelComparison.Cell], parts: [Part],
    attributions: [ModelComparison.Attribution], attributionProblem: String?, seconds: Double, workers: Int
  ) {
    self.comparison = comparison
    self.names = names
    self.cells = cells
    self.parts = parts
    self.attributions = attributions
    self.attributionProblem = attributionProblem
    self.seconds = seconds
    self.workers = workers
  }

  var model: Model { comparison.a }

  func output(_ position: Int) -> Output { model.outputs[position] }

  func cellName(_ output: Int, _ cell: Int) -> String { model.cellName(self.output(output).quantity, cell: cell) }

  /// `compare.csv`, `attribution.csv` if the difference was attributed, and `compare.html` if it was asked for.
  package var files: [ReportFile] {
    [ReportFile(name: "compare.csv", write: writeCells)]
      + (attributions.isEmpty ? [] : [ReportFile(name: "attribution.csv", write: writeAttributions)])
      + (hasPage ? [ReportFile(name: "compare.html", text: { ComparisonPage(report: self).html.text })] : [])
  }

  /// `output`, `unit`, the indexes, `value` (`a`, `b`, `difference` b - a, `ratio` b / a, `b_exceeds_a`, whose mean is
  /// a probability), then the columns of `summary.csv`.
  private func writeCells(_ sink: any TextSink) throws {
    let indexes = IndexColumns(of: model)
    let others = ["output", "unit", "value"] + OutputCellTable.summaryColumns
    try sink.write(
      CSVRow.text(["output", "unit"] + indexes.headers(beside: others) + ["value"] + OutputCellTable.summaryColumns))
    for cell in cells {
      let output = output(cell.a.output)
      let quantity = model[output.quantity]
      let labels = indexes.fields(cell: cell.a.cell, of: quantity.cells)
      func write(_ value: String, _ unit: String, _ fields: [String]) throws {
        try sink.write(CSVRow.text([quantity.name, unit] + labels + [value] + fields))
      }
      try write("a", output.unit.text, OutputCellTable.summaryFields(of: cell.inA))
      try write("b", output.unit.text, OutputCellTable.summaryFields(of: cell.inB))
      try write("difference", output.unit.text, OutputCellTable.summaryFields(of: cell.difference))
      try write("ratio", "1", OutputCellTable.summaryFields(of: cell.ratio))
      let blanks = [String](repeating: "", count: OutputCellTable.summaryColumns.count - 3)
      try write(
        "b_exceeds_a", "1", [CSVRow.number(cell.exceeds.value), "", CSVRow.number(cell.exceeds.error)] + blanks)
    }
  }

  /// `output`, `unit`, the indexes, `part` (its entries; the last row of a cell is `total`), `kind`, `contribution`,
  /// `standard_error`, `share`, then `factor` and `factor_standard_error`: the factor by which the part changes the
  /// ratio of geometric means, if all draws are positive.
  private func writeAttributions(_ sink: any TextSink) throws {
    let indexes = IndexColumns(of: model)
    let own = ["part", "kind", "contribution", "standard_error", "share", "factor", "factor_standard_error"]
    try sink.write(CSVRow.text(["output", "unit"] + indexes.headers(beside: ["output", "unit"] + own) + own))
    for attribution in attributions {
      let output = output(attribution.output)
      let quantity = model[output.quantity]
      let first = [quantity.name, output.unit.text] + indexes.fields(cell: attribution.cell, of: quantity.cells)
      func factor(_ estimate: Estimate?) -> [String] {
        [estimate?.value, estimate?.error].map { $0.map(CSVRow.number) ?? "" }
      }
      for (position, contribution) in attribution.contributions.enumerated() {
        let part = parts[contribution.part]
        let share = contribution.value.value / attribution.total.value
        try sink.write(
          CSVRow.text(
            first + [part.text, part.kind] + [contribution.value.value, contribution.value.error].map(CSVRow.number)
              + [share.isFinite ? CSVRow.number(share) : ""]
              + factor(attribution.factors.isEmpty ? nil : attribution.factors[position].value)))
      }
      try sink.write(
        CSVRow.text(
          first + ["total", ""] + [attribution.total.value, attribution.total.error].map(CSVRow.number) + ["1"]
            + factor(attribution.ratio)))
    }
  }

  /// The entries of a record on the second scenario and on the differences.
  var record: [(key: String, value: JSON)] {
    [
      (
        "compared_with",
        .object(
          [
            ("path", .string(names.b)), ("title", .string(comparison.b.title)),
            ("digest", .string(comparison.b.digest)),
          ] + RecordContent.scenarioFiles(of: comparison.b))
      ),
      ("differs", .array(parts.map { .object([("part", .string($0.text)), ("kind", .string($0.kind))]) })),
    ]
  }
}
