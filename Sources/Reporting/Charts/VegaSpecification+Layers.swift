import TextFormats

/// The marks of each kind of chart.
extension VegaSpecification {
  /// The layers of the chart, by its kind.
  var layers: [JSON] {
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
