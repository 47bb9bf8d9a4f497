import Modeling

/// Charts of analyses: shares of the variance, tornados and sweeps.
extension ChartBuilder {
  /// Maximum number of inputs in a chart.
  private static let mostInputs = 15

  /// The rows of `indices.csv` for an output: of the target that is given, or of the first that begins with its name.
  private func indices(_ output: String) throws(Gap) -> (target: String, table: DataTable) {
    guard let table = first.tables["indices"] else { throw .missingTable("indices.csv", command: "sensitivity") }
    let targets = table.texts("output")
    let target = targets.last { $0 == output } ?? targets.last { $0.hasPrefix("\(output)[") }
    guard let target else { throw .unknownOutput(Array(Set(targets)).sorted()) }
    return (target, table.rows("output", is: target))
  }

  private func subject(_ target: String, unit: String) -> ChartSource.OutputFacts {
    let own = first.outputs.first { $0.name == target || target.hasPrefix("\($0.name)[") }
    let words = own.map { $0.words == $0.name ? target : $0.words + target.dropFirst($0.name.count) } ?? target
    return ChartSource.OutputFacts(name: own?.name ?? "target", words: words, unit: unit, indexes: [])
  }

  func drivers(_ output: String) throws(Gap) -> ChartData {
    let (target, table) = try indices(output)
    let names = ["S1": "first-order share", "shapley": "Shapley share", "ST": "total share"]
    guard let index = ["S1", "shapley", "ST"].first(where: { table.texts("index").contains($0) }) else {
      throw .nothing("shares of the variance: loadcast sensitivity --method given-data, sobol or shapley")
    }
    let shown = table.rows("index", is: index)
    let method = shown.texts("method").first ?? ""
    let own = shown.rows("method", is: method)
    let columns = ["low", "value", "high"].map(own.numbers)
    let rows = own.texts("input").enumerated().map { row, input in
      ChartData.Row(
        series: "", label: input, low: 100 * columns[0][row], median: 100 * columns[1][row], high: 100 * columns[2][row]
      )
    }
    let most = rows.filter(\.median.isFinite).sorted { $0.median > $1.median }.prefix(Self.mostInputs)
    guard !most.isEmpty else { throw .nothing("finite shares") }
    return data(
      .drivers, subject(target, unit: "percent"), labels: [], unit: "% of the variance", rows: Array(most),
      statistics: "\(names[index] ?? index) by input, with its 95 % confidence interval",
      values: most.prefix(3).map { sentence($0, "%") }.joined(separator: "; ") + ".")
  }

  func tornado(_ output: String) throws(Gap) -> ChartData {
    let (target, table) = try indices(output)
    let own = table.rows("method", is: "tornado")
    let ends = ["at_p05", "at_p95"].map { own.rows("index", is: $0) }
    guard ends.allSatisfy({ !$0.rows.isEmpty }) else {
      throw .nothing("a tornado: loadcast sensitivity --method tornado")
    }
    let unit = ends[0].texts("unit").first ?? ""
    let high = Dictionary(zip(ends[1].texts("input"), ends[1].numbers("value"))) { first, _ in first }
    let rows = zip(ends[0].texts("input"), ends[0].numbers("value")).map { input, low in
      ChartData.Row(series: "", label: input, low: low, high: high[input] ?? .nan)
    }
    let most = rows.filter { $0.low.isFinite && $0.high.isFinite }
      .sorted { abs($0.high - $0.low) > abs($1.high - $1.low) }.prefix(Self.mostInputs)
    guard !most.isEmpty else { throw .nothing("finite values") }
    return data(
      .tornado, subject(target, unit: unit), labels: [], rows: Array(most),
      statistics: "value with each input at its 5th and 95th percentile, all others at their medians",
      values: most.prefix(3).map {
        "\($0.label): \(NumberText.significant($0.low)) and \(amount($0.high, unit))"
      }.joined(separator: "; ") + ".")
  }

  func sweep(_ output: String) throws(Gap) -> ChartData {
    let facts = try facts(output, in: first)
    guard let table = first.tables["sweep"] else { throw .missingTable("sweep.csv", command: "sweep") }
    let (cells, labels) = try cell(table.rows("output", is: output), of: facts, except: nil, in: first)
    let varied = cells.columns.dropFirst().prefix { $0 != "output" }
    guard cells.has(ends.low) else { throw .nothing("an interval of 80%, 90% or 98% for a sweep") }
    let columns = [ends.low, "p25", "p50", "p75", ends.high].map(cells.numbers)
    let texts = varied.map(cells.texts)
    let names = varied.map { $0.hasPrefix("varied.") ? String($0.dropFirst(7)) : $0 }
    let rows = cells.rows.indices.compactMap { row -> ChartData.Row? in
      let values = zip(names, texts).filter { !$0.1[row].isEmpty }.map {
        names.count == 1 ? $0.1[row] : "\($0.0)=\($0.1[row])"
      }
      // Variant 0 is the base scenario, which has no place among the varied values.
      guard !values.isEmpty, columns[2][row].isFinite else { return nil }
      let label = values.joined(separator: ", ")
      return ChartData.Row(
        series: "", x: names.count == 1 ? Double(label.prefix { $0 != " " }) ?? .nan : .nan, label: label,
        low: columns[0][row], q25: columns[1][row], median: columns[2][row], q75: columns[3][row],
        high: columns[4][row])
    }
    guard !rows.isEmpty else { throw .nothing("variants with finite values") }
    return data(
      .sweep, facts, labels: labels, along: names.joined(separator: ", "), rows: rows,
      statistics: "median, 50 % and \(interval.text) interval by \(names.joined(separator: ", "))",
      values: [rows.first, rows.last].compactMap(\.self).map { sentence($0, facts.unit) }.joined(separator: "; ") + ".")
  }
}
