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

  /// The usual style: that of the report, for a light page.
  static let usualStyle: JSON = .object([
    ("background", .string(Palette.light.paper)), ("font", .string("system-ui, 'Liberation Sans', Arial, sans-serif")),
    ("view", .object([("stroke", .null)])),
    (
      "axis",
      .object([
        ("labelFontSize", .integer(12)), ("titleFontSize", .integer(12)), ("titleFontWeight", .string("normal")),
        ("labelColor", .string(Palette.light.muted)), ("titleColor", .string(Palette.light.muted)),
        ("gridColor", .string(Palette.light.line)), ("domainColor", .string(Palette.light.muted)),
        ("labelLimit", .integer(320)),
      ])
    ),
    (
      "legend",
      .object([
        ("labelFontSize", .integer(12)), ("orient", .string("top")), ("labelLimit", .integer(400)),
        ("columns", .integer(2)), ("symbolOpacity", .integer(1)),
      ])
    ),
    (
      "title",
      .object([
        ("anchor", .string("start")), ("fontSize", .integer(16)), ("subtitleFontSize", .integer(12)),
        ("color", .string(Palette.light.ink)), ("subtitleColor", .string(Palette.light.muted)),
      ])
    ),
    (
      "range",
      .object([("category", .array(([Palette.light.series] + Palette.light.references).map(JSON.string)))])
    ),
  ])

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
  private var isNumeric: Bool { chart.rows.allSatisfy { $0.x.isFinite } }

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

  private typealias Entries = [(key: String, value: JSON)]

  private func field(_ name: String, _ type: String, _ more: Entries = []) -> JSON {
    .object([("field", .string(name)), ("type", .string(type))] + more)
  }

  /// The scale of values.
  private var scale: JSON {
    if chart.isLogarithmic { return .object([("type", .string("log")), ("nice", .bool(chart.kind == .comparison))]) }
    let least = chart.rows.flatMap { [$0.low, $0.median] }.filter(\.isFinite).min() ?? 0
    return .object([("zero", .bool(least >= 0 && chart.kind != .tornado && chart.kind != .density))])
  }

  /// The axis of values, with the unit as its title.
  private func values(_ name: String) -> JSON {
    let title = [chart.unit, chart.isLogarithmic ? "log scale" : ""].filter { !$0.isEmpty }.joined(separator: ", ")
    return field(name, "quantitative", [("scale", scale), ("title", title.isEmpty ? .null : .string(title))])
  }

  /// The colour of each series: the output first; without a legend if there is only one.
  private var colour: JSON {
    let own = chart.rows.filter { !$0.isReference }.map(\.series) + chart.series
    var seen: Set<String> = []
    let names = own.filter { seen.insert($0).inserted }.map { JSON.string($0.isEmpty ? chart.title : $0) }
    var more: Entries = [("title", .null), ("scale", .object([("domain", .array(names))]))]
    if names.count < 2 { more.append(("legend", .null)) }
    return field("series", "nominal", more)
  }

  private func layer(_ mark: Entries, _ encoding: Entries, where condition: JSON? = nil) -> JSON {
    let filter: Entries = condition.map { [("transform", .array([.object([("filter", $0)])]))] } ?? []
    return .object(filter + [("mark", .object(mark)), ("encoding", .object(encoding))])
  }

  private var isOutput: JSON { .object([("field", .string("reference")), ("equal", .bool(false))]) }
  private var isReference: JSON { .object([("field", .string("reference")), ("equal", .bool(true))]) }

  private var layers: [JSON] {
    switch chart.kind {
    case .fan: return bands
    case .sweep where isNumeric: return bands
    case .density: return densities
    case .comparison, .routes, .sweep, .drivers: return intervals
    case .tornado:
      return [
        layer(
          [("type", .string("bar")), ("height", .integer(14))],
          [("y", rowNames), ("x", values("low")), ("x2", .object([("field", .string("high"))]))])
      ]
    }
  }

  /// Intervals as bands and medians as lines, along an axis of numbers.
  private var bands: [JSON] {
    let whole = chart.rows.allSatisfy { $0.x == $0.x.rounded() }
    var axis: Entries = [("grid", .bool(false))]
    if whole { axis += [("format", .string("d")), ("tickMinStep", .integer(1))] }
    let x = field(
      "x", "quantitative",
      [
        ("title", .string(chart.along)), ("scale", .object([("zero", .bool(false)), ("nice", .bool(false))])),
        ("axis", .object(axis)),
      ])
    func band(_ low: String, _ high: String, _ opacity: Double, _ condition: JSON) -> JSON {
      layer(
        [("type", .string("area")), ("opacity", .number(opacity))],
        [("x", x), ("y", values(low)), ("y2", .object([("field", .string(high))])), ("color", colour)],
        where: condition)
    }
    let dash: JSON = .object([
      ("condition", .object([("test", isReference), ("value", .array([.integer(6), .integer(3)]))])),
      ("value", .array([.integer(1), .integer(0)])),
    ])
    return [
      band("low", "high", 0.12, isReference), band("low", "high", 0.2, isOutput), band("q25", "q75", 0.35, isOutput),
      layer(
        [("type", .string("line")), ("strokeWidth", .number(2.5))],
        [("x", x), ("y", values("median")), ("color", colour), ("strokeDash", dash)]),
    ]
  }

  /// Densities as steps.
  private var densities: [JSON] {
    [
      layer(
        [("type", .string("rect")), ("opacity", .number(chart.series.count > 1 ? 0.4 : 0.7))],
        [
          ("x", values("low")), ("x2", .object([("field", .string("high"))])),
          (
            "y",
            field(
              "median", "quantitative",
              [
                ("title", .string("density")), ("scale", .object([("zero", .bool(true))])),
                (
                  "axis",
                  .object([
                    ("labels", .bool(false)), ("ticks", .bool(false)), ("grid", .bool(false)), ("domain", .bool(false)),
                  ])
                ),
              ])
          ),
          ("y2", .object([("datum", .integer(0))])), ("color", colour),
        ])
    ]
  }

  private var rowNames: JSON {
    field(
      "label", "nominal",
      [("title", .null), ("sort", .null), ("axis", .object([("domain", .bool(false)), ("ticks", .bool(false))]))])
  }

  /// Rows with a name, an interval and a median.
  private var intervals: [JSON] {
    let offset: Entries = chart.series.count > 1 ? [("yOffset", .object([("field", .string("series"))]))] : []
    let y: Entries = [("y", rowNames)] + offset
    let hasMiddle = chart.rows.allSatisfy { $0.q25.isFinite && $0.q75.isFinite }
    func rule(_ low: String, _ high: String, _ width: Int, _ opacity: Double) -> JSON {
      layer(
        [("type", .string("rule")), ("strokeWidth", .integer(width)), ("opacity", .number(opacity))],
        y + [("x", values(low)), ("x2", .object([("field", .string(high))])), ("color", colour)])
    }
    var layers = [rule("low", "high", 6, 0.3)]
    if hasMiddle { layers.append(rule("q25", "q75", 10, 0.45)) }
    layers.append(
      layer(
        [("type", .string("point")), ("filled", .bool(true)), ("size", .integer(70)), ("opacity", .integer(1))],
        y + [("x", values("median")), ("color", colour)]))
    if chart.kind == .comparison {
      layers.append(
        layer(
          [("type", .string("rule")), ("strokeDash", .array([.integer(4), .integer(3)]))],
          [("x", .object([("datum", .integer(1))]))]))
    }
    return layers
  }
}
