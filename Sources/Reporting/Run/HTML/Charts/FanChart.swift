import Modeling

/// Median and central intervals along a numeric index, with the references of the output.
struct FanChart {
  /// A position along the index.
  struct Point {
    var x: Double
    var label: String
    /// The ends of the interval, and between them the quartiles.
    var quantiles: [Double]
    /// The same as text, shown when a pointer rests on it.
    var text: String

    var isFinite: Bool { quantiles.allSatisfy(\.isFinite) && x.isFinite }
  }

  /// The points in the index's order.
  var points: [Point]
  /// The references, with a level for each point.
  var references: [ReferenceMark]
  /// The unit, for the axis.
  var unit: String
  /// The width of the outer band.
  var interval: IntervalWidth
  /// The name of the median's line, where other series are scenarios.
  var seriesName: String?
  /// Positive values with a larger ratio get a logarithmic axis: by default far apart, since readers expect a linear axis
  /// of years.
  var logarithmicRatio = 1e4
  /// True for one of many charts of its kind, which is lower and has no legend.
  var isSmall = false

  /// References further above all values than this are omitted, since they would flatten the values to a line at the
  /// bottom.
  private static let reach = 3.0

  func drawing(width: Double) -> PageChart.Drawing {
    let finite = points.filter(\.isFinite)
    let shown = references.filter(isWithinReach)
    let figures = finite.flatMap(\.quantiles)
    let levels = shown.flatMap(\.levels).compactMap(\.self).flatMap { [$0.low, $0.high] }
    let legend = legend(shown).drawing(width: width)
    let (top, height) = (legend.height + (unit.isEmpty ? 10 : 26), isSmall ? 150.0 : width < 400 ? 230 : 290)
    let bottom = top + height
    let y = AxisScale(of: figures + levels, from: bottom, to: top, ratioLimit: logarithmicRatio)
    let ticks = y.ticks(pitch: 40)
    let left = (AxisScale.labelled(ticks).map { TextMeasure.width($0.label) }.max() ?? 0) + 10
    let x = AxisScale(
      of: points.map(\.x), from: left + 8, to: width - 16, isRounded: false, beginsAtZero: false, ratioLimit: .infinity)

    var body = legend.body
    if !unit.isEmpty {
      let note = y.isLogarithmic ? "\(unit), log scale" : unit
      body += "<text x=\"0\" y=\"\(top - 12)\" class=\"m\">\(TextMeasure.fitted(note, into: width))</text>"
    }
    for (tick, label) in AxisScale.labelled(ticks) {
      let at = y.position(tick)
      body += "<path d=\"M\(left) \(at)H\(width)\" class=\"\(tick == 0 ? "base" : "grid")\"/>"
      body += "<text x=\"\(left - 6)\" y=\"\(at + 4)\" class=\"m e\">\(label)</text>"
    }
    body += labels(x, at: bottom)
    func line(_ quantile: Int) -> [(x: Double, y: Double)] {
      finite.map { (x.position($0.x), y.position($0.quantiles[quantile])) }
    }
    for reference in shown { body += bands(of: reference, x, y) }
    body += "<path d=\"\(PathData(between: line(4), and: line(0)).markup)\" class=\"wide-band\"/>"
    body += "<path d=\"\(PathData(between: line(3), and: line(1)).markup)\" class=\"narrow-band\"/>"
    for reference in shown { body += referenceLine(of: reference, x, y) }
    body += "<path d=\"\(PathData(through: line(2).map { $0 }).markup)\" class=\"line\"/>"
    if points.count <= 60 {
      for point in finite {
        let at = (x: x.position(point.x), y: y.position(point.quantiles[2]))
        body += "<circle cx=\"\(at.x)\" cy=\"\(at.y)\" r=\"2.5\" class=\"fill\"/>"
      }
      body += hits(finite, x, top, height, width)
    }
    return PageChart.Drawing(width: width, height: bottom + 24, body: body)
  }

  private func legend(_ shown: [ReferenceMark]) -> Legend {
    var legend = Legend()
    if isSmall { return legend }
    legend.addLine(seriesName ?? "median", class: "line")
    legend.addBand("50 % of the draws", class: "narrow-band")
    legend.addBand(interval.text, class: "wide-band")
    for reference in references {
      let isShown = shown.contains { $0.look == reference.look }
      if isShown { legend.addLine(reference.name, class: reference.line) }
    }
    return legend
  }

  private func isWithinReach(_ reference: ReferenceMark) -> Bool {
    let most = points.filter(\.isFinite).flatMap(\.quantiles).map(\.magnitude).max() ?? 0
    let levels = reference.levels.compactMap(\.self)
    return !levels.isEmpty && levels.allSatisfy { $0.high.magnitude <= Self.reach * most }
  }

  /// As many labels of the index as there is room for, always including the last.
  private func labels(_ x: AxisScale, at bottom: Double) -> Markup {
    let widest = points.map { TextMeasure.width($0.label) }.max() ?? 0
    let room = points.count > 1 ? (x.end - x.start) / Double(points.count - 1) : x.end - x.start
    let every = max(1, Int(((widest + 8) / max(room, 0.1)).rounded(.up)))
    var labels = Markup.none
    for (position, point) in points.enumerated() {
      let at = x.position(point.x)
      labels += "<path d=\"M\(at) \(bottom)v4\" class=\"base\"/>"
      if (points.count - 1 - position) % every == 0 {
        let centre = min(max(at, TextMeasure.width(point.label) / 2), x.end + 16 - TextMeasure.width(point.label) / 2)
        labels += "<text x=\"\(centre)\" y=\"\(bottom + 18)\" class=\"m c\">\(point.label)</text>"
      }
    }
    return labels
  }

  private func bands(of reference: ReferenceMark, _ x: AxisScale, _ y: AxisScale) -> Markup {
    var bands = Markup.none
    var run: [(x: Double, level: ReferenceLevels.Level)] = []
    func finish() {
      if run.count > 1, run.contains(where: { !$0.level.isExact }) {
        let path = PathData(
          between: run.map { ($0.x, y.position($0.level.high)) }, and: run.map { ($0.x, y.position($0.level.low)) })
        bands += "<path d=\"\(path.markup)\" class=\"\(reference.band)\"/>"
      }
      run = []
    }
    for (point, level) in zip(points, reference.levels) {
      if let level { run.append((x.position(point.x), level)) } else { finish() }
    }
    finish()
    return bands
  }

  private func referenceLine(of reference: ReferenceMark, _ x: AxisScale, _ y: AxisScale) -> Markup {
    let path = PathData(
      through: zip(points, reference.levels).map { point, level in
        level.map { (x.position(point.x), y.position($0.median)) }
      })
    return "<path d=\"\(path.markup)\" class=\"\(reference.line)\"/>"
  }

  /// Invisible strips that show their values when a pointer rests on them.
  private func hits(
    _ finite: [Point], _ x: AxisScale, _ top: Double, _ height: Double, _ width: Double
  ) -> Markup {
    var hits = Markup.none
    let places = finite.map { x.position($0.x) }
    for (position, point) in finite.enumerated() {
      let from = position == 0 ? x.start - 8 : (places[position - 1] + places[position]) / 2
      let to = position == finite.count - 1 ? width : (places[position] + places[position + 1]) / 2
      hits += """
        <rect x="\(from)" y="\(top)" width="\(to - from)" height="\(height)" class="hit"><title>\(point.text)</title></rect>
        """
    }
    return hits
  }
}
