import Simulation

/// The densities of a prior and a posterior on one axis: the prior dashed, the posterior filled.
struct OverlayChart {
  private let prior: CellSummary
  private let posterior: CellSummary
  private let unit: String
  /// The values at the ends of the axis.
  private let ends: (low: Double, high: Double)

  /// Maximum number of bins of a density, so that steps are not noise.
  private static let barLimit = 60
  /// The share of the draws that the axis omits at either end: the first for which the axis is not longer than `longest`
  /// times the wider of the 90 % intervals.
  private static let leftOut = [0.001, 0.01, 0.025, 0.05]
  private static let longest = 4.0

  /// The chart; nil if either distribution has no width.
  init?(prior: CellSummary, posterior: CellSummary, unit: String) {
    let both = [prior, posterior]
    func ends(_ share: Double) -> (Double, Double)? {
      let low = both.map { $0.quantile(share)?.value ?? .nan },
        high = both.map { $0.quantile(1 - share)?.value ?? .nan }
      guard (low + high).allSatisfy({ $0.isFinite && $0.magnitude < 1e300 }), let from = low.min(), let to = high.max(),
        from < to
      else { return nil }
      return (from, to)
    }
    let widths = both.map { ($0.quantile(0.95)?.value ?? .nan) - ($0.quantile(0.05)?.value ?? .nan) }
    guard both.allSatisfy({ $0.histogram.count > 1 }), let width = widths.max(), widths.allSatisfy({ $0 > 0 }) else {
      return nil
    }
    guard
      let chosen = Self.leftOut.lazy.compactMap(ends).first(where: { $0.1 - $0.0 <= Self.longest * width })
        ?? ends(0.05)
    else { return nil }
    self.ends = chosen
    self.prior = prior
    self.posterior = posterior
    self.unit = unit
  }

  func drawing(width: Double) -> PageChart.Drawing {
    let isNarrow = width < 400
    let x = AxisScale(of: [ends.low, ends.high], from: 4, to: width - 8, isRounded: false, beginsAtZero: false)
    let (top, bottom) = (40.0, isNarrow ? 150.0 : 170)
    var body = Markup.none
    for (tick, label) in AxisScale.labelled(x.ticks(pitch: isNarrow ? 56 : 70)) {
      let at = x.position(tick)
      body += "<path d=\"M\(at) \(top)V\(bottom)\" class=\"grid\"/>"
      let centre = min(max(at, TextMeasure.width(label) / 2), width - TextMeasure.width(label) / 2)
      body += "<text x=\"\(centre)\" y=\"\(bottom + 16)\" class=\"m c\">\(label)</text>"
    }
    let (before, after) = (bars(of: prior, x), bars(of: posterior, x))
    let most = (before + after).map(\.height).max() ?? 0
    guard most > 0, most.isFinite else { return PageChart.Drawing(width: width, height: bottom + 22, body: body) }
    func outline(_ bars: [Bar]) -> Markup {
      var path = Markup.none
      for bar in bars {
        let level = bottom - bar.height / most * (bottom - top)
        path += path.text.isEmpty ? "M\(bar.from) \(bottom)V\(level)H\(bar.to)" : "H\(bar.from)V\(level)H\(bar.to)"
      }
      return path.text.isEmpty ? path : path + "V\(bottom)"
    }
    body += "<path d=\"\(outline(after))Z\" class=\"wide-band\"/><path d=\"\(outline(after))\" class=\"line\"/>"
    body += "<path d=\"\(outline(before))\" class=\"back\"/>"
    body += "<path d=\"M\(x.start) \(bottom)H\(x.end)\" class=\"base\"/>"
    // The legend: the lines with their names.
    body += "<path d=\"M0 8h22\" class=\"back\"/><text x=\"28\" y=\"12\">prior</text>"
    body += "<path d=\"M76 8h22\" class=\"line\"/><text x=\"104\" y=\"12\">posterior</text>"
    let note = [unit, x.isLogarithmic ? "log scale" : ""].filter { !$0.isEmpty }.joined(separator: ", ")
    body += "<text x=\"\(width)\" y=\"12\" class=\"m e\">\(TextMeasure.fitted(note, into: width - 180))</text>"
    return PageChart.Drawing(width: width, height: bottom + 22, body: body)
  }

  private typealias Bar = (from: Double, to: Double, height: Double)

  /// The bins of a histogram on the axis, merged if there are many.
  private func bars(of cell: CellSummary, _ x: AxisScale) -> [Bar] {
    let finite = Double(cell.draws - cell.nonFinite)
    let within = cell.histogram.filter { $0.high >= ends.low && $0.low <= ends.high }
    // Rice's rule, 2 n^(1/3); Lane et al., Online Statistics Education, "Histograms".
    var wanted = 1
    while wanted < Self.barLimit, Double(wanted * wanted * wanted) < 8 * finite { wanted += 1 }
    let together = max(1, (within.count + wanted - 1) / wanted)
    return stride(from: 0, to: within.count, by: together).compactMap { start in
      let joined = within[start..<min(start + together, within.count)]
      guard let first = joined.first, let last = joined.last else { return nil }
      let (from, to) = (x.position(first.low), x.position(last.high))
      guard to > from else { return nil }
      let length = x.isLogarithmic ? x.logarithm(last.high / max(first.low, ends.low)) : last.high - first.low
      return (from, to, Double(joined.reduce(0) { $0 + $1.count }) / finite / length)
    }
  }
}
