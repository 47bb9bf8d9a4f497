import TextFormats

/// A chart as a Vega-Lite specification, version 5, with its data inline, so that it can be restyled, edited or embedded
/// without this program: `vl-convert vl2svg --input NAME.vl.json`.
///
/// All texts of scenarios are JSON strings in data, titles and descriptions; none is an expression, which Vega would
/// evaluate. Source of the language: vega.github.io/vega-lite/docs.
struct VegaSpecification {
  let chart: ChartData
  /// The configuration of the specification: fonts, colours and sizes.
  let style: JSON

  /// The specification's file.
  var file: ReportFile { ReportFile(name: "\(chart.name).vl.json", text: { json.text + "\n" }) }

  /// The specification.
  var json: JSON {
    .object(
      [
        ("$schema", .string("https://vega.github.io/schema/vega-lite/v5.json")),
        ("description", .string(chart.description)),
        ("usermeta", .object([("source", .string(chart.sourceLine)), ("cite_as", .string(chart.citation))])),
        ("config", style),
        (
          "title",
          .object([
            ("text", lines(chart.title, width: 70)),
            ("subtitle", .array(wrapped(chart.subtitle, width: 90) + wrapped(chart.sourceLine, width: 90))),
          ])
        ),
        ("data", .object([("values", .array(chart.rows.map(datum)))])),
        ("width", .integer(560)), ("height", height), ("layer", .array(layers)),
      ])
  }

  private func wrapped(_ text: String, width: Int) -> [JSON] {
    ScreenText.wrapped(text, width: width).map { .string(String($0.drop { $0 == " " })) }
  }

  private func lines(_ text: String, width: Int) -> JSON { .array(wrapped(text, width: width)) }

  private var height: JSON {
    switch chart.kind {
    case .fan, .density: .integer(300)
    case .sweep where isNumeric: .integer(300)
    case .comparison, .routes, .drivers, .tornado, .sweep: .object([("step", .integer(28))])
    }
  }

  /// Whether rows have positions along an axis.
  var isNumeric: Bool { chart.rows.allSatisfy { $0.x.isFinite } }

  private func datum(_ row: ChartData.Row) -> JSON {
    let all: [(key: String, value: Double)] = [
      ("x", row.x), ("low", row.low), ("q25", row.q25), ("median", row.median), ("q75", row.q75), ("high", row.high),
    ]
    var entries: Entries = [
      ("series", .string(row.series.isEmpty ? chart.title : row.series)), ("label", .string(row.label)),
      ("reference", .bool(row.isReference)),
    ]
    for (key, value) in all where value.isFinite { entries.append((key, .number(value))) }
    return .object(entries)
  }

  // MARK: - Parts

  typealias Entries = [(key: String, value: JSON)]

  func field(_ name: String, _ type: String, _ more: Entries = []) -> JSON {
    .object([("field", .string(name)), ("type", .string(type))] + more)
  }

  /// The scale of values.
  private var scale: JSON {
    if chart.isLogarithmic { return .object([("type", .string("log")), ("nice", .bool(chart.kind == .comparison))]) }
    let least = chart.rows.flatMap { [$0.low, $0.median] }.filter(\.isFinite).min() ?? 0
    return .object([("zero", .bool(least >= 0 && chart.kind != .tornado && chart.kind != .density))])
  }

  /// The axis of values, with the unit as its title.
  func values(_ name: String) -> JSON {
    let title = [chart.unit, chart.isLogarithmic ? "log scale" : ""].filter { !$0.isEmpty }.joined(separator: ", ")
    return field(name, "quantitative", [("scale", scale), ("title", title.isEmpty ? .null : .string(title))])
  }

  /// The colour of each series: the output first; without a legend if there is only one.
  var colour: JSON {
    let own = chart.rows.filter { !$0.isReference }.map(\.series) + chart.series
    var seen: Set<String> = []
    let names = own.filter { seen.insert($0).inserted }.map { JSON.string($0.isEmpty ? chart.title : $0) }
    var more: Entries = [("title", .null), ("scale", .object([("domain", .array(names))]))]
    if names.count < 2 { more.append(("legend", .null)) }
    return field("series", "nominal", more)
  }

  func layer(_ mark: Entries, _ encoding: Entries, where condition: JSON? = nil) -> JSON {
    let filter: Entries = condition.map { [("transform", .array([.object([("filter", $0)])]))] } ?? []
    return .object(filter + [("mark", .object(mark)), ("encoding", .object(encoding))])
  }

  var isOutput: JSON { .object([("field", .string("reference")), ("equal", .bool(false))]) }
  var isReference: JSON { .object([("field", .string("reference")), ("equal", .bool(true))]) }
}
