/// A reference as shown in charts.
struct ReferenceMark {
  /// The reference as written.
  var name: String
  /// The number of its look; the same in all charts of an output.
  var look: Int
  /// Its level at each position of the chart; nil if it is known only from draws.
  var levels: [ReferenceLevels.Level?]

  /// The classes of its lines, bands and dots.
  var line: Markup { Markup(trusted: "r\(look % Palette.referenceLooks)") }
  var band: Markup { Markup(trusted: "f\(look % Palette.referenceLooks)") }
  var dot: Markup { Markup(trusted: "d\(look % Palette.referenceLooks)") }
}

/// The names of a chart's elements, each with a sample, on as many lines as needed.
struct Legend {
  private var items: [(sample: (_ x: Double, _ y: Double) -> Markup, name: String)] = []
  private static let sampleWidth = 22.0
  private static let lineHeight = 18.0

  mutating func add(_ name: String, sample: @escaping (_ x: Double, _ y: Double) -> Markup) {
    items.append((sample, name))
  }

  /// Adds a band of a class.
  mutating func addBand(_ name: String, class kind: Markup) {
    add(name) { "<rect x=\"\($0)\" y=\"\($1 - 5)\" width=\"\(Self.sampleWidth)\" height=\"10\" class=\"\(kind)\"/>" }
  }

  /// Adds a line of a class.
  mutating func addLine(_ name: String, class kind: Markup) {
    add(name) { "<path d=\"M\($0) \($1)h\(Self.sampleWidth)\" class=\"\(kind)\"/>" }
  }

  /// The legend, from the top left corner, with its height.
  func drawing(width: Double) -> Chart.Drawing {
    var body = Markup.none
    var (x, y) = (0.0, Self.lineHeight / 2)
    for item in items {
      let name = TextMeasure.fitted(item.name, into: width - Self.sampleWidth - 6)
      let needed = Self.sampleWidth + 6 + TextMeasure.width(name)
      if x > 0, x + needed > width { (x, y) = (0, y + Self.lineHeight) }
      body += "\(item.sample(x, y))<text x=\"\(x + Self.sampleWidth + 6)\" y=\"\(y + 4)\">\(name)</text>"
      x += needed + 14
    }
    return Chart.Drawing(width: width, height: items.isEmpty ? 0 : y + Self.lineHeight / 2, body: body)
  }
}
