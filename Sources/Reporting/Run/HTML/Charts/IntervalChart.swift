/// Medians and intervals of some cells on one axis, each with its name and values above it.
struct IntervalChart {
  /// A cell.
  struct Row {
    var name: String
    /// The 5th, 25th, 50th, 75th and 95th percentile, or the 5th, 50th and 95th.
    var quantiles: [Double]
    /// The same as text.
    var text: String
    /// A value that is compared with the interval.
    var mark: Double?
  }

  var rows: [Row]
  var references: [ReferenceMark]
  var unit: String
  /// What the marks are.
  var markName: String?
  /// Positive values with a larger ratio get a logarithmic axis.
  var ratioLimit = AxisScale.ratioLimit

  private static let pitch = 36.0
  private static let reach = 3.0

  func drawing(width: Double) -> PageChart.Drawing {
    let figures = rows.flatMap { $0.quantiles + [$0.mark ?? .nan] }.filter(\.isFinite)
    let most = figures.map(\.magnitude).max() ?? 0
    let shown = references.filter { ($0.levels.first ?? nil).map { $0.high.magnitude <= Self.reach * most } ?? false }
    let levels = shown.compactMap { $0.levels.first ?? nil }.flatMap { [$0.low, $0.high] }
    let x = AxisScale(of: figures + levels, from: 4, to: width - 12, ratioLimit: ratioLimit)
    var legend = Legend()
    if let markName { legend.add(markName) { Self.dot($0 + 11, $1) } }
    for reference in shown { legend.addLine(reference.name, class: reference.line) }
    let head = legend.drawing(width: width)
    let top = head.height + (unit.isEmpty ? 8 : 26)
    let bottom = top + Double(rows.count) * Self.pitch + 4

    var body = head.body
    if !unit.isEmpty {
      let note = x.isLogarithmic ? "\(unit), log scale" : unit
      body += "<text x=\"0\" y=\"\(top - 12)\" class=\"m\">\(TextMeasure.fitted(note, into: width))</text>"
    }
    for (tick, label) in AxisScale.labelled(x.ticks(pitch: width < 400 ? 56 : 70)) {
      let at = x.position(tick)
      let centre = min(max(at, TextMeasure.width(label) / 2), width - TextMeasure.width(label) / 2)
      body += "<path d=\"M\(at) \(top)V\(bottom)\" class=\"\(tick == 0 ? "base" : "grid")\"/>"
      body += "<text x=\"\(centre)\" y=\"\(bottom + 16)\" class=\"m c\">\(label)</text>"
    }
    for reference in shown {
      guard let level = reference.levels.first ?? nil else { continue }
      let (from, to) = (x.position(level.low), x.position(level.high))
      if !level.isExact {
        body +=
          "<rect x=\"\(from)\" y=\"\(top)\" width=\"\(to - from)\" height=\"\(bottom - top)\" class=\"\(reference.band)\"/>"
      }
      body += "<path d=\"M\(x.position(level.median)) \(top)V\(bottom)\" class=\"\(reference.line)\"/>"
    }
    for (position, row) in rows.enumerated() { body += self.row(row, x, top + Double(position) * Self.pitch, width) }
    return PageChart.Drawing(width: width, height: bottom + 22, body: body)
  }

  private func row(_ row: Row, _ x: AxisScale, _ top: Double, _ width: Double) -> Markup {
    let text = TextMeasure.fitted(row.text, into: width * 0.6)
    let name = TextMeasure.fitted(row.name, into: width - TextMeasure.width(text) - 12)
    var body =
      "<text x=\"4\" y=\"\(top + 12)\">\(name)</text><text x=\"\(width)\" y=\"\(top + 12)\" class=\"m e\">\(text)</text>"
      as Markup
    let count = row.quantiles.count
    guard row.quantiles.allSatisfy(\.isFinite), count == 5 || count == 3 else { return body }
    let at = row.quantiles.map(x.position)
    let y = top + 18
    let width = max(at[count - 1] - at[0], 1)
    body += "<rect x=\"\(at[0])\" y=\"\(y + 2)\" width=\"\(width)\" height=\"6\" class=\"wide-band\"/>"
    if count == 5 {
      body += "<rect x=\"\(at[1])\" y=\"\(y)\" width=\"\(max(at[3] - at[1], 1))\" height=\"10\" class=\"narrow-band\"/>"
    }
    body += "<path d=\"M\(at[count / 2]) \(y - 1)v12\" class=\"line\"/>"
    return body + (row.mark.map { Self.dot(x.position($0), y + 5) } ?? .none)
  }

  private static func dot(_ x: Double, _ y: Double) -> Markup {
    "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"4\" class=\"d0\"/>"
  }
}
