import Evidence
import Simulation

extension OutputCellTable {
  /// `summary.csv`: a row for each output cell.
  static let summary = OutputCellTable(name: "summary.csv", columns: summaryColumns, isLabelled: true) {
    output, _, row in
    for (position, cell) in output.cells.enumerated() { try row(position, [:]) { $0.add(summaryFields(of: cell)) } }
  }

  /// The fields of a distribution, in the order of `summaryColumns`.
  static func summaryFields(of cell: CellSummary) -> [String] {
    let moments = [cell.mean.value, cell.sd, cell.mean.error]
    let quantiles = summaryQuantiles.map { cell.quantile($0.probability)?.value ?? .nan }
    let figures = (moments + quantiles + [cell.min, cell.max]).map(CSVRow.number)
    return figures + ["\(cell.draws)", "\(cell.nonFinite)"]
  }

  /// The columns that describe a distribution.
  static let summaryColumns =
    ["mean", "sd", "mean_standard_error"] + summaryQuantiles.map(\.column) + ["min", "max", "draws", "non_finite"]

  private static let summaryQuantiles: [(column: String, probability: Double)] = [
    ("p01", 0.01), ("p05", 0.05), ("p10", 0.1), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p90", 0.9),
    ("p95", 0.95), ("p99", 0.99),
  ]
}

extension OutputCellTable {
  /// `quantiles.csv`: a row for each output cell and probability.
  static let quantiles = OutputCellTable(name: "quantiles.csv", columns: ["probability", "value", "standard_error"]) {
    output, _, row in
    for (position, cell) in output.cells.enumerated() {
      for (probability, quantile) in zip(CellSummary.probabilities, cell.quantiles) {
        try row(position, [:]) { fields in
          for number in [probability, quantile.value, quantile.error] { fields.add(number) }
        }
      }
    }
  }
}

extension OutputCellTable {
  /// `histogram.csv`: a row for each output cell and bin; the density is the share of the finite draws divided by the
  /// width.
  ///
  /// A bin of zero width, such as that of a constant, has no density.
  ///
  /// - Parameter bins: the maximum number of bins of a cell. If the result has more, the same number of adjacent bins is
  ///   merged into each bin, so that edges and counts remain exact; the last bin may consist of fewer.
  static func histogram(bins: Int) -> OutputCellTable {
    OutputCellTable(name: "histogram.csv", columns: ["low", "high", "count", "density"]) { output, _, row in
      for (position, cell) in output.cells.enumerated() {
        let finite = Double(cell.draws - cell.nonFinite)
        // A bin begins where the one before ends, mostly.
        var last = (edge: Double.nan, text: "")
        for bin in merged(cell.histogram, atMost: bins) {
          let density = Double(bin.count) / (finite * (bin.high - bin.low))
          try row(position, [:]) { fields in
            if bin.low == last.edge && bin.low != 0 { fields.add(number: &last.text) } else { fields.add(bin.low) }
            last = (bin.high, CSVRow.number(bin.high))
            fields.add(number: &last.text)
            fields.add(count: bin.count)
            if density.isFinite { fields.add(density) } else { fields.addBlank() }
          }
        }
      }
    }
  }

  /// Adjacent bins merged in groups of equal size, the smallest size that leaves at most `most` bins.
  private static func merged(_ bins: [CellSummary.Bin], atMost most: Int) -> [CellSummary.Bin] {
    guard bins.count > most else { return bins }
    let size = (bins.count + most - 1) / most
    return stride(from: 0, to: bins.count, by: size).map { start in
      let group = bins[start..<min(start + size, bins.count)]
      return CellSummary.Bin(
        low: bins[start].low, high: bins[group.endIndex - 1].high, count: group.reduce(0) { $0 + $1.count })
    }
  }
}

extension ScenarioResult {
  /// Whether `outcomes.csv` has rows, before or after the evidence.
  var hasOutcomes: Bool {
    self.outputs.contains { self.model.isCondition($0.output.quantity) }
      || (self.outputs + (evidence?.posterior?.outputs ?? [])).contains { $0.hasOutcomeTable }
  }
}

extension OutputCellTable {
  /// `outcomes.csv`: a row for each value of each cell, for outputs with at most 24 values in every cell: ranks,
  /// counts, years, discrete inputs. A condition always has two rows, the value 0 if it is false and one (100 in
  /// percent) if it is true.
  ///
  /// The file is written only if there is such an output.
  static let outcomes = OutputCellTable(
    name: "outcomes.csv", columns: ["value", "probability", "standard_error"], isLabelled: true
  ) { output, model, row in
    let isCondition = model.isCondition(output.output.quantity)
    guard isCondition || output.hasOutcomeTable else { return }
    for (position, cell) in output.cells.enumerated() {
      for outcome in isCondition ? cell.conditionOutcomes(in: output.output.unit) : cell.outcomes {
        let figures = [outcome.value, outcome.probability.value, outcome.probability.error]
        try row(position, [:]) { fields in for figure in figures { fields.add(figure) } }
      }
    }
  }
}

extension OutputCellTable {
  /// `comparisons.csv`: a row for each output cell and cell of a reference; `standard_error` is that of the
  /// probability.
  static let comparisons = OutputCellTable(
    name: "comparisons.csv",
    columns: ["reference", "ratio_p05", "ratio_p50", "ratio_p95", "probability_exceeds", "standard_error"],
    includesReferenceIndexes: true, isLabelled: true
  ) { output, _, row in
    for (comparison, rows) in zip(output.output.comparisons, output.comparisons) {
      for compared in rows {
        let ratio = compared.ratio
        let figures = [ratio.p05, ratio.p50, ratio.p95, compared.exceeds.value, compared.exceeds.error]
        try row(compared.cell, compared.referenceLabels) { fields in
          fields.add([comparison.text])
          for figure in figures { fields.add(figure) }
        }
      }
    }
  }
}
