import Modeling
import Simulation

/// Intervals whose ends the summary does not have: 60, 70 and 95 % of a run, from its table of quantiles.
extension ChartSource {
  /// Adds columns with the ends of an interval to the summary, `p20` and `p80`, if the table of quantiles has them.
  mutating func addEnds(of interval: IntervalWidth) {
    let ends = [interval.probabilities.low, interval.probabilities.high]
    let names = ends.map(ReportedQuantiles.name)
    guard var summary = tables["summary"], names.contains(where: { !summary.has($0) }),
      let quantiles = tables["quantiles"], quantiles.has("probability"), quantiles.has("value")
    else { return }
    // The columns before `probability` identify a cell, and the summary has them too.
    let keys = quantiles.columns.prefix { $0 != "probability" }.filter(summary.has)
    func cells(_ table: DataTable) -> [String] {
      let columns = keys.map(table.texts)
      return table.rows.indices.map { row in columns.map { $0[row] }.joined(separator: "\u{0}") }
    }
    let (own, probabilities, values) = (
      cells(quantiles), quantiles.numbers("probability"), quantiles.texts("value")
    )
    for (end, name) in zip(ends, names) where !summary.has(name) {
      var found: [String: String] = [:]
      for row in own.indices where abs(probabilities[row] - end) < 1e-9 { found[own[row]] = values[row] }
      summary = summary.adding(name, cells(summary).map { found[$0] ?? "" })
    }
    tables["summary"] = summary
  }
}

extension IntervalWidth {
  /// Whether the summaries of results have the ends.
  var isInSummaries: Bool { [0.8, 0.9, 0.98].contains { abs($0 - share) < 1e-9 } }
}
