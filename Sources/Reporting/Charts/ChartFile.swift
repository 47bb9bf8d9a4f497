import Modeling
import TextFormats

/// A chart as an SVG file: the report's own drawing with a title, a line for its source, and alternative text.
package struct ChartFile {
  let chart: ChartData

  /// A file of a chart.
  package init(_ chart: ChartData) { self.chart = chart }

  private static let width = 640.0

  /// The file's text.
  package var svg: String {
    let drawing = drawing
    var body = Markup.none
    var y = 18.0
    func add(_ text: String, _ kind: Markup, size: Double, lines limit: Int) {
      let most = Int(Self.width / (0.56 * size))
      for line in ScreenText.wrapped(text, width: most).prefix(limit) {
        body +=
          "<text x=\"0\" y=\"\(y)\" class=\"\(kind)\" style=\"font-size:\(size)px\">\(String(line.drop { $0 == " " }))</text>"
        y += size * 1.4
      }
    }
    add(chart.title, "b", size: 17, lines: 3)
    add(chart.subtitle, "m", size: 12, lines: 3)
    let top = y
    y += drawing.height + 18
    add(chart.sourceLine, "m", size: 11, lines: 3)
    let height = y
    let file: Markup = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -8 \(Self.width + 24) \(height + 16)" \
      width="\(Self.width + 24)" height="\(height + 16)" role="img" aria-labelledby="title description">\
      <title id="title">\(chart.title)</title><desc id="description">\(chart.description) \(chart.citation)</desc>\
      <style>\(Markup(trusted: Palette.rules(Palette.light)))</style>\
      <rect x="-12" y="-8" width="100%" height="100%" fill="#fff"/>\
      \(body)<g transform="translate(0 \(top))">\(drawing.body)</g></svg>

      """
    return file.text
  }

  private var drawing: PageChart.Drawing {
    switch chart.kind {
    case .fan: return fan
    case .sweep where chart.rows.allSatisfy { $0.x.isFinite }: return fan
    case .density: return DensitySteps(chart: chart).drawing(width: Self.width)
    case .comparison, .routes, .drivers, .sweep, .tornado: return intervals
    }
  }

  /// The fan of the first series, and all others as lines with bands.
  private var fan: PageChart.Drawing {
    let own = chart.rows.filter { !$0.isReference && $0.series == chart.rows.first?.series }
    let points = own.map { row in
      let figures = [row.low, row.q25, row.median, row.q75, row.high]
      return FanChart.Point(
        x: row.x, label: row.label, quantiles: figures,
        text:
          "\(row.label): \(NumberText.significant(row.median)) (\(NumberText.significant(row.low)) to \(NumberText.significant(row.high)))"
      )
    }
    let others = chart.series.filter { $0 != chart.rows.first?.series }
    let marks = others.enumerated().map { look, name in
      let rows = Dictionary(chart.rows.filter { $0.series == name }.map { ($0.x, $0) }) { first, _ in first }
      return ReferenceMark(
        name: name, look: look,
        levels: own.map { row in
          rows[row.x].map { ReferenceLevels.Level(low: $0.low, median: $0.median, high: $0.high) }
        })
    }
    return FanChart(
      points: points, references: marks, unit: chart.unit, interval: chart.interval,
      seriesName: others.isEmpty || chart.rows.first?.series.isEmpty == true ? nil : chart.rows.first?.series,
      logarithmicRatio: ChartData.ratioLimit
    ).drawing(width: Self.width)
  }

  private var intervals: PageChart.Drawing {
    let several = chart.series.count > 1
    let rows = chart.rows.map { row -> IntervalChart.Row in
      let name = several ? "\(row.label) (\(row.series))" : row.label
      let text =
        "\(NumberText.significant(row.median)) (\(NumberText.significant(row.low)) to \(NumberText.significant(row.high)))"
      guard chart.kind != .tornado else {
        let ends = [row.low, row.high].sorted()
        return IntervalChart.Row(
          name: name, quantiles: [ends[0], row.low, ends[1]],
          text: "\(NumberText.significant(row.low)) to \(NumberText.significant(row.high))", mark: row.high)
      }
      let quantiles =
        row.q25.isFinite ? [row.low, row.q25, row.median, row.q75, row.high] : [row.low, row.median, row.high]
      return IntervalChart.Row(name: name, quantiles: quantiles, text: text)
    }
    return IntervalChart(
      rows: rows, references: [], unit: chart.unit,
      markName: chart.kind == .tornado ? "with the input at its 95th percentile" : nil,
      ratioLimit: chart.isLogarithmic ? 1 : .infinity
    ).drawing(width: Self.width)
  }
}

/// The densities of one or several series, as outlines over one axis.
private struct DensitySteps {
  let chart: ChartData

  func drawing(width: Double) -> PageChart.Drawing {
    let finite = chart.rows.filter { $0.low.isFinite && $0.high.isFinite && $0.median.isFinite }
    let x = AxisScale(
      of: finite.flatMap { [$0.low, $0.high] }, from: 4, to: width - 8, isRounded: false, beginsAtZero: false,
      ratioLimit: .infinity)
    var legend = Legend()
    if chart.series.count > 1 {
      for (look, name) in chart.series.enumerated() {
        legend.addLine(name, class: look == 0 ? "line" : Markup(trusted: "r\((look - 1) % Palette.referenceLooks)"))
      }
    }
    let head = legend.drawing(width: width)
    let (top, bottom) = (head.height + 12, head.height + 212)
    var body = head.body
    for (tick, label) in AxisScale.labelled(x.ticks(pitch: 70)) {
      let at = x.position(tick)
      let centre = min(max(at, TextMeasure.width(label) / 2), width - TextMeasure.width(label) / 2)
      body +=
        "<path d=\"M\(at) \(top)V\(bottom)\" class=\"grid\"/><text x=\"\(centre)\" y=\"\(bottom + 16)\" class=\"m c\">\(label)</text>"
    }
    let most = finite.map(\.median).max() ?? 1
    for (look, name) in chart.series.enumerated() {
      var path = Markup.none
      var end = bottom
      for row in finite where row.series == name {
        let level = bottom - row.median / most * (bottom - top)
        if path.text.isEmpty { path += "M\(x.position(row.low)) \(bottom)" }
        path += "V\(level)H\(x.position(row.high))"
        end = bottom
      }
      guard !path.text.isEmpty else { continue }
      path += "V\(end)"
      if look == 0 { body += "<path d=\"\(path)Z\" class=\"wide-band\"/>" }
      let kind = look == 0 ? "line" as Markup : Markup(trusted: "r\((look - 1) % Palette.referenceLooks)")
      body += "<path d=\"\(path)\" class=\"\(kind)\"/>"
    }
    body += "<path d=\"M\(x.start) \(bottom)H\(x.end)\" class=\"base\"/>"
    body +=
      "<text x=\"\(width)\" y=\"\(bottom + 32)\" class=\"m e\">\(TextMeasure.fitted(chart.unit, into: width))</text>"
    return PageChart.Drawing(width: width, height: bottom + 36, body: body)
  }
}
