import TextFormats

extension VegaSpecification {
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
}
