import Modeling
import TextFormats

/// Charts of the results of a run: fans, densities, ratios to references, routes.
extension ChartBuilder {
  func fan(_ output: String) throws(Gap) -> ChartData {
    let facts = try facts(output, in: first)
    guard let along = along(facts) else { throw .nothing("an output over a numeric index with several labels") }
    var (rows, labels) = ([ChartData.Row](), [String]())
    for (name, source, table) in try series("summary", command: "run", of: output) {
      let (cells, words) = try cell(table, of: facts, except: along.name, in: source)
      labels = words
      let columns = [ends.low, "p25", "p50", "p75", ends.high].map(cells.numbers)
      guard cells.has(ends.low) else { throw .nothing(missingEnds) }
      for (row, label) in cells.labels(ofIndex: along.name).enumerated() {
        rows.append(
          ChartData.Row(
            series: name, x: Double(label) ?? .nan, label: along.shown(label), low: columns[0][row],
            q25: columns[1][row], median: columns[2][row], q75: columns[3][row], high: columns[4][row]))
      }
    }
    let values = [rows.first, rows.last].compactMap(\.self).map { sentence($0, facts.unit) }.joined(separator: "; ")
    rows += try references(facts, along: along)
    guard rows.contains(where: { !$0.isReference && $0.median.isFinite }) else { throw .nothing("finite values") }
    let names = Set(rows.filter(\.isReference).map(\.series)).sorted()
    let beside = names.isEmpty ? "" : " Beside it: \(names.joined(separator: ", "))."
    return data(
      .fan, facts, labels: labels, along: DirectionalText.isolated(along.title), rows: rows,
      statistics: "median, 50 % and \(interval.text) interval by \(along.title)", values: values + "." + beside)
  }

  /// What would have the ends of the interval.
  private var missingEnds: String {
    "an interval of 80%, 90% or 98%, or quantiles.csv for an interval of \(interval.percent)%"
  }

  /// The references of an output along an index; none in results without `references.csv`.
  private func references(
    _ facts: ChartSource.OutputFacts, along: ChartSource.IndexFacts
  ) throws(Gap) -> [ChartData.Row] {
    guard let table = first.tables["references"] else { return [] }
    let (cells, _) = try cell(table.rows("output", is: facts.name), of: facts, except: along.name, in: first)
    let columns = ["p05", "p50", "p95"].map(cells.numbers)
    let names = cells.texts("reference")
    return cells.labels(ofIndex: along.name).enumerated().map { row, label in
      ChartData.Row(
        series: names[row], isReference: true, x: Double(label) ?? .nan, label: along.shown(label),
        low: columns[0][row], median: columns[1][row], high: columns[2][row])
    }
  }

  func density(_ output: String) throws(Gap) -> ChartData {
    let facts = try facts(output, in: first)
    var (rows, labels, values) = ([ChartData.Row](), [String](), [String]())
    let summaries = try series("summary", command: "run", of: output)
    for (position, (name, source, table)) in try series("histogram", command: "run", of: output).enumerated() {
      let (bins, words) = try cell(table, of: facts, except: nil, in: source)
      labels = words
      guard summaries.indices.contains(position) else { continue }
      let (cells, _) = try cell(summaries[position].rows, of: facts, except: nil, in: source)
      let at = [ends.low, "p50", ends.high, "p01", "p99"].map { cells.numbers($0).first ?? .nan }
      guard at.allSatisfy(\.isFinite) else { throw .nothing("finite values, and \(missingEnds)") }
      // A heavy tail is cut, or it would compress everything else into a line.
      let room = 0.25 * (at[4] - at[3])
      rows += Self.merged(bins, from: at[3] - room, to: at[4] + room).map {
        ChartData.Row(series: name, label: "", low: $0.low, median: $0.density, high: $0.high)
      }
      let row = ChartData.Row(series: name, label: name, low: at[0], median: at[1], high: at[2])
      values.append(sentence(row, facts.unit))
    }
    guard rows.count > 1 else { throw .nothing("draws that are not all equal") }
    return data(
      .density, facts, labels: labels, rows: rows,
      statistics: "density of the draws; median and \(interval.text) interval: \(values.joined(separator: "; "))",
      values: "")
  }

  /// Maximum number of bins of a density.
  private static let mostBins = 60

  /// The bins between two values, joined to at most `mostBins`.
  private static func merged(
    _ table: DataTable, from: Double, to: Double
  ) -> [(low: Double, high: Double, density: Double)] {
    let (low, high, density) = (table.numbers("low"), table.numbers("high"), table.numbers("density"))
    let inside = low.indices.filter { from >= to || high[$0] > from && low[$0] < to && density[$0].isFinite }
    let size = max(1, (inside.count + mostBins - 1) / mostBins)
    return stride(from: 0, to: inside.count, by: size).compactMap { start in
      let group = inside[start..<min(start + size, inside.count)]
      guard let first = group.first, let last = group.last, high[last] > low[first] else { return nil }
      let mass = group.reduce(0) { $0 + density[$1] * (high[$1] - low[$1]) }
      return (low[first], high[last], mass / (high[last] - low[first]))
    }
  }

  func comparison(_ output: String) throws(Gap) -> ChartData {
    let facts = try facts(output, in: first)
    var (rows, labels) = ([ChartData.Row](), [String]())
    for (name, source, table) in try series("comparisons", command: "run", of: output) {
      let (cells, words) = try cell(table, of: facts, except: nil, in: source)
      labels = words
      let columns = ["ratio_p05", "ratio_p50", "ratio_p95"].map(cells.numbers)
      for (row, reference) in cells.texts("reference").enumerated() where columns[1][row].isFinite {
        rows.append(
          ChartData.Row(
            series: name, label: source.shownReference(reference), low: columns[0][row], median: columns[1][row],
            high: columns[2][row]))
      }
    }
    guard !rows.isEmpty else { throw .nothing("an output that is compared with references") }
    var made = data(
      .comparison, facts, labels: labels, unit: "", rows: rows,
      statistics: "ratio to each reference; median and 90 % interval",
      values: rows.map { sentence($0, "") }.joined(separator: "; ") + ".")
    made.interval = .usual
    return made
  }

  func routes(_ estimate: String) throws(Gap) -> ChartData {
    guard let table = first.tables["routes"] else { throw .missingTable("routes.csv", command: "run") }
    let all = table.rows("estimate", is: estimate)
    guard !all.rows.isEmpty else { throw .unknownOutput(Array(Set(table.texts("estimate"))).sorted()) }
    // An index called like another column of the table has a column `index.NAME`, if the table has it at all.
    let own = ["estimate", "unit", "kind", "name", "weight"]
    let indexes = first.indexes.map(\.name).filter { name in
      (!own.contains(name) || all.has("index.\(name)")) && all.labels(ofIndex: name).contains { !$0.isEmpty }
    }
    let unit = all.texts("unit").first ?? ""
    let facts = ChartSource.OutputFacts(name: estimate, words: estimate, unit: unit, indexes: indexes)
    let (cells, labels) = try cell(all, of: facts, except: nil, in: first)
    guard cells.has(ends.low) else { throw .nothing("an interval of 80%, 90% or 98% for routes") }
    let columns = [ends.low, "p25", "p50", "p75", ends.high].map(cells.numbers)
    let kinds = cells.texts("kind")
    let rows = cells.texts("name").enumerated().map { row, name in
      ChartData.Row(
        series: "", label: kinds[row] == "pool" ? "pool: \(name)" : name, low: columns[0][row], q25: columns[1][row],
        median: columns[2][row], q75: columns[3][row], high: columns[4][row])
    }
    guard rows.contains(where: \.median.isFinite) else { throw .nothing("routes with finite values") }
    return data(
      .routes, facts, labels: labels, rows: rows, statistics: "median, 50 % and \(interval.text) interval by route",
      values: rows.map { sentence($0, unit) }.joined(separator: "; ") + ".")
  }
}
