import Modeling
import TextFormats

/// Chooses the rows of tables that a chart shows.
package struct ChartBuilder {
  /// The results; several scenarios are drawn into one chart.
  let sources: [ChartSource]
  /// The width of intervals.
  let interval: IntervalWidth
  /// Labels chosen by the reader, by index.
  let chosen: [String: String]
  /// Whether the prior is drawn as well as the posterior.
  let showsPrior: Bool

  /// The reason why a chart cannot be drawn.
  package enum Gap: Error, Equatable {
    /// The results have no such output; the names that they have.
    case unknownOutput([String])
    /// The results lack a table, which a command writes.
    case missingTable(String, command: String)
    /// The tables have no rows for the chart: what would be needed.
    case nothing(String)
    /// A chosen index or label does not exist; those that do.
    case unknownLabel(String, [String])
  }

  /// A builder of charts.
  package init(
    _ sources: [ChartSource], interval: IntervalWidth, chosen: [String: String] = [:], showsPrior: Bool = false
  ) {
    self.sources = sources
    self.interval = interval
    self.chosen = chosen
    self.showsPrior = showsPrior
  }

  var first: ChartSource { sources[0] }

  /// The columns of the ends of the interval in tables of quantiles: `p05` and `p95`.
  var ends: (low: String, high: String) {
    let (low, high) = interval.probabilities
    return (ReportedQuantiles.name(of: low), ReportedQuantiles.name(of: high))
  }

  /// The kind of chart that suits an output: a fan along years, else a density.
  package func usualKind(of output: String) -> ChartData.Kind {
    first.outputs.first { $0.name == output }.map { along($0) == nil ? .density : .fan } ?? .fan
  }

  /// The chart of an output, or of an estimate by several routes.
  package func chart(_ kind: ChartData.Kind, of output: String) throws(Gap) -> ChartData {
    switch kind {
    case .fan: try fan(output)
    case .density: try density(output)
    case .comparison: try comparison(output)
    case .routes: try routes(output)
    case .drivers: try drivers(output)
    case .sweep: try sweep(output)
    case .tornado: try tornado(output)
    }
  }

  // MARK: - Outputs

  func facts(_ output: String, in source: ChartSource) throws(Gap) -> ChartSource.OutputFacts {
    guard let facts = source.outputs.first(where: { $0.name == output }) else {
      throw .unknownOutput(source.outputs.map(\.name))
    }
    return facts
  }

  /// The last numeric index with several labels, none of which is chosen.
  func along(_ output: ChartSource.OutputFacts) -> ChartSource.IndexFacts? {
    output.indexes.compactMap(first.index).last { $0.isNumeric && $0.labels.count > 1 && chosen[$0.name] == nil }
  }

  /// The rows of one cell, and its labels in words: chosen ones, or the last of a numeric index and the first of others.
  func cell(
    _ table: DataTable, of output: ChartSource.OutputFacts, except along: String?, in source: ChartSource
  ) throws(Gap) -> (rows: DataTable, labels: [String]) {
    var (rows, labels) = (table, [String]())
    for name in chosen.keys.sorted() where !output.indexes.contains(name) {
      throw .unknownLabel(name, output.indexes)
    }
    for name in output.indexes where name != along {
      guard let index = source.index(name), let usual = index.isNumeric ? index.labels.last : index.labels.first else {
        continue
      }
      let label = chosen[name] ?? usual
      guard index.labels.contains(label) else { throw .unknownLabel("\(name)=\(label)", index.labels) }
      rows = rows.rows(ofIndex: name, at: label)
      labels.append(index.shown(label))
    }
    return (rows, labels)
  }

  /// The tables of each series: one a scenario or, for one scenario, prior and posterior.
  func series(_ name: String, command: String, of output: String? = nil) throws(Gap) -> [(
    name: String, source: ChartSource, rows: DataTable
  )] {
    var found: [(name: String, source: ChartSource, rows: DataTable)] = []
    for source in sources {
      guard var table = source.tables[name] else { throw .missingTable("\(name).csv", command: command) }
      if let output { table = table.rows("output", is: output) }
      let versions = Set(table.texts("conditioning"))
      let title = sources.count > 1 ? source.title : ""
      guard versions.contains("posterior") else {
        found.append((title, source, table))
        continue
      }
      if showsPrior, versions.contains("prior") {
        found.append((title.isEmpty ? "prior" : "\(title), prior", source, table.rows("conditioning", is: "prior")))
      }
      let after = showsPrior && versions.contains("prior") ? "posterior" : ""
      let both = [title, after].filter { !$0.isEmpty }.joined(separator: ", ")
      found.append((both, source, table.rows("conditioning", is: "posterior")))
    }
    return found
  }

  func data(
    _ kind: ChartData.Kind, _ output: ChartSource.OutputFacts, labels: [String], unit: String? = nil,
    along: String = "",
    rows: [ChartData.Row], statistics: String, values: String
  ) -> ChartData {
    let words = DirectionalText.isolated(output.words)
    let title = output.words == output.name ? output.name : words.capitalised
    let shownUnit = unit ?? (output.unit == "1" ? "" : output.unit)
    let place = labels.isEmpty ? "" : ", \(labels.joined(separator: ", "))"
    let named = [shownUnit, statistics].filter { !$0.isEmpty }.joined(separator: "; ")
    return ChartData(
      kind: kind,
      name: ([output.name] + chosen.sorted { $0.key < $1.key }.map(\.value) + [kind.rawValue])
        .joined(separator: "-"),
      title: title + place, subtitle: named, unit: shownUnit, along: along, rows: rows, interval: interval,
      description: "\(title)\(place): \(statistics).\(values.isEmpty ? "" : " \(values)")",
      sourceLine: sourceLine,
      citation: first.citation, evidenceYear: sources.compactMap(\.evidenceYear).max())
  }

  /// The source of one scenario, or the titles of several with the program.
  var sourceLine: String {
    guard sources.count > 1 else { return first.sourceLine }
    let year = sources.compactMap(\.evidenceYear).max().map { "; evidence up to \($0)" } ?? ""
    return "Source: \(sources.map(\.title).joined(separator: "; ")); \(first.made)\(year)"
  }

  func amount(_ value: Double, _ unit: String) -> String {
    NumberText.significant(value) + (unit == "1" || unit.isEmpty ? "" : " \(unit)")
  }

  /// `2030: 390 TWh/year (210 to 680)`.
  func sentence(_ row: ChartData.Row, _ unit: String) -> String {
    let ends = "\(NumberText.significant(row.low)) to \(NumberText.significant(row.high))"
    return "\(row.label.isEmpty ? "" : "\(row.label): ")\(amount(row.median, unit)) (\(ends))"
  }
}

extension ChartBuilder {
  /// The name that a chart shows if none is given: the first output, estimate or analysed target.
  package func firstName(_ kind: ChartData.Kind?) -> String? {
    switch kind {
    case .routes: first.tables["routes"]?.texts("estimate").first
    case .drivers, .tornado: first.tables["indices"]?.texts("output").last
    default: first.outputs.first?.name
    }
  }
}
