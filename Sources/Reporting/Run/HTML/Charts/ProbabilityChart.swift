/// Probabilities as bars from 0 to 100 %, each labelled with its name and value: outcomes of an output, or cells of a
/// condition.
struct ProbabilityChart {
  /// A bar.
  struct Row {
    var name: String
    /// Between 0 and 1; not a number if unknown.
    var probability: Double
    /// The same as text.
    var text: String
  }

  var rows: [Row]

  private static let pitch = 22.0
  private static let ticks = [0.0, 0.25, 0.5, 0.75, 1]

  func drawing(width: Double) -> PageChart.Drawing {
    let names = min(width * 0.34, (rows.map { TextMeasure.width($0.name) }.max() ?? 0) + 8)
    let texts = (rows.map { TextMeasure.width($0.text) }.max() ?? 0) + 8
    let (left, right) = (names + 4, max(names + 40, width - texts))
    let (top, bottom) = (4.0, 8 + Double(rows.count) * Self.pitch)
    var body = Markup.none
    for tick in Self.ticks {
      let at = left + tick * (right - left)
      body += "<path d=\"M\(at) \(top)V\(bottom)\" class=\"\(tick == 0 ? "base" : "grid")\"/>"
      // Narrow charts have room only for the ends and the middle.
      guard right - left > 220 || tick != 0.25 && tick != 0.75 else { continue }
      body += "<text x=\"\(at)\" y=\"\(bottom + 16)\" class=\"m c\">\(Int(tick * 100)) %</text>"
    }
    for (position, row) in rows.enumerated() {
      let y = top + Double(position) * Self.pitch
      body +=
        "<text x=\"\(names - 4)\" y=\"\(y + 15)\" class=\"e\">\(TextMeasure.fitted(row.name, into: names - 4))</text>"
      if row.probability.isFinite {
        let length = min(max(row.probability, 0), 1) * (right - left)
        body += "<rect x=\"\(left)\" y=\"\(y + 4)\" width=\"\(max(length, 1))\" height=\"14\" class=\"narrow-band\"/>"
      }
      body += "<text x=\"\(width)\" y=\"\(y + 15)\" class=\"m e\">\(row.text)</text>"
    }
    return PageChart.Drawing(width: width, height: bottom + 22, body: body)
  }
}
