import Simulation

/// The distribution of one output cell: its density, below it the cumulative distribution function over the same axis,
/// and below that the references, each at its position on the axis.
struct DistributionChart {
  /// A reference below the chart.
  struct ComparisonMark {
    var mark: ReferenceMark
    /// The result of the comparison, as text.
    var text: String
  }

  var cell: CellSummary
  var unit: String
  var comparisonMarks: [ComparisonMark]
  /// The values at the ends of the axis, without references.
  private var ends: (low: Double, high: Double)
  /// Half the width of bins centred on whole numbers; zero for other bins.
  private let half: Double

  /// The share of the draws that the axis omits at either end: the first for which the axis is not longer than
  /// `longest` times the 90 % interval, so that a heavy tail does not compress the rest into a spike.
  private static let leftOut = [0.001, 0.01, 0.025, 0.05]
  private static let longest = 6.0
  /// With fewer bins within the 90 % interval the histogram is too coarse, and the density is drawn from the quantiles.
  private static let fewestBars = 10
  /// Maximum number of bins of the density: fewer draws get fewer bins, so that steps are not noise.
  private static let barLimit = 80
  /// References further away than this, in units of the axis's range, are shown by an arrow at the end of the axis.
  private static let reach = 2.0

  /// The cell's chart; nil if its distribution has no width.
  init?(of cell: CellSummary, unit: String, comparisonMarks: [ComparisonMark]) {
    guard let low = cell.quantile(0.05)?.value, let high = cell.quantile(0.95)?.value,
      low.isFinite, high.isFinite, low < high, cell.histogram.count > 1
    else { return nil }
    ends = (low, high)
    for share in Self.leftOut {
      guard let from = cell.quantile(share)?.value, let to = cell.quantile(1 - share)?.value, from.isFinite, to.isFinite
      else { continue }
      ends = (from, to)
      if to - from <= Self.longest * (high - low) || from > 0 && to / from > AxisScale.ratioLimit { break }
    }
    let first = cell.histogram[0]
    half = first.low < cell.min ? (first.high - first.low) / 2 : 0
    ends = (ends.low - half, ends.high + half)
    self.cell = cell
    self.unit = unit
    self.comparisonMarks = comparisonMarks
  }

  /// A scale over the main part of the distribution, and the references close to it.
  private func scale(width: Double) -> AxisScale {
    let (low, high) = ends
    let room = Self.reach * (high - low)
    let levels = comparisonMarks.flatMap { $0.mark.levels.compactMap(\.self) }.flatMap { [$0.low, $0.high] }
      .filter { $0 >= low - room && $0 <= high + room && (low <= 0 || $0 > 0) }
    return AxisScale(of: [low, high] + levels, from: 48, to: width - 8, isRounded: false, beginsAtZero: true)
  }

  func drawing(width: Double) -> PageChart.Drawing {
    let x = scale(width: width)
    let panel = isNarrow(width) ? 120.0 : 140
    let pitch = isNarrow(width) ? 54.0 : 38
    let densityTop = 22.0
    let densityBottom = densityTop + panel
    let cumulativeTop = densityBottom + 34
    let cumulativeBottom = cumulativeTop + panel
    let comparisonTop = cumulativeBottom + 44
    var comparisonArea = Markup.none
    var threads = Markup.none
    for (position, comparisonMark) in comparisonMarks.enumerated() {
      let top = comparisonTop + Double(position) * pitch
      let drawn = self.comparisonMark(comparisonMark, x, top: top, width: width)
      comparisonArea += drawn.body
      if let at = drawn.median {
        threads += "<path d=\"M\(at) \(densityTop)V\(cumulativeBottom)\" class=\"\(comparisonMark.mark.line)\"/>"
      }
    }

    var body = Markup.none
    for (tick, label) in AxisScale.labelled(x.ticks(pitch: isNarrow(width) ? 56 : 70)) {
      let at = x.position(tick)
      body +=
        "<path d=\"M\(at) \(densityTop)V\(densityBottom)M\(at) \(cumulativeTop)V\(cumulativeBottom)\" class=\"grid\"/>"
      let centre = min(max(at, TextMeasure.width(label) / 2), width - TextMeasure.width(label) / 2)
      body += "<text x=\"\(centre)\" y=\"\(cumulativeBottom + 16)\" class=\"m c\">\(label)</text>"
    }
    body += density(x, top: densityTop, bottom: densityBottom)
    body += cumulative(x, top: cumulativeTop, bottom: cumulativeBottom, width: width)
    // Drawn over the lines, with a margin in the page's colour around the letters.
    let labels: Markup = """
      <text x="0" y="12" class="m">density</text>\
      <text x="0" y="\(cumulativeTop - 12)" class="m">cumulative probability</text>
      """
    let note = [unit, x.isLogarithmic ? "log scale" : ""].filter { !$0.isEmpty }.joined(separator: ", ")
    body += "<text x=\"\(width)\" y=\"12\" class=\"m e\">\(TextMeasure.fitted(note, into: width - 70))</text>"
    let height = comparisonMarks.isEmpty ? cumulativeBottom + 22 : comparisonTop + Double(comparisonMarks.count) * pitch
    return PageChart.Drawing(width: width, height: height, body: body + threads + labels + comparisonArea)
  }

  /// Intervals of the axis, each with its share of the draws: the bins of the histogram, or the intervals between
  /// quantiles.
  private var pieces: [(low: Double, high: Double, share: Double)] {
    let finite = Double(cell.draws - cell.nonFinite)
    let (low, high) = (cell.quantile(0.05)?.value ?? 0, cell.quantile(0.95)?.value ?? 0)
    if half > 0 || cell.histogram.filter({ $0.high > low && $0.low < high }).count >= Self.fewestBars {
      return cell.histogram.map { ($0.low, $0.high, Double($0.count) / finite) }
    }
    let known = Array(zip(CellSummary.probabilities, cell.quantiles))
    return zip(known, known.dropFirst()).compactMap { from, to in
      to.1.value > from.1.value ? (from.1.value, to.1.value, to.0 - from.0) : nil
    }
  }

  private func isNarrow(_ width: Double) -> Bool { width < 400 }

  /// The bins of the run's histogram, merged if there are many; the central 90 % and 50 % are darker.
  private func density(_ x: AxisScale, top: Double, bottom: Double) -> Markup {
    let within = pieces.filter { $0.high >= ends.low && $0.low <= ends.high }
    // Rice's rule, 2 n^(1/3); Lane et al., Online Statistics Education, "Histograms".
    var wanted = 1
    while wanted < Self.barLimit, Double(wanted * wanted * wanted) < 8 * Double(cell.draws) { wanted += 1 }
    let together = max(1, (within.count + wanted - 1) / wanted)
    var bars: [(low: Double, high: Double, height: Double)] = []
    for start in stride(from: 0, to: within.count, by: together) {
      let joined = within[start..<min(start + together, within.count)]
      guard let first = joined.first, let last = joined.last else { continue }
      let (from, to) = (x.position(first.low), x.position(last.high))
      // Bins entirely left of the axis are not visible.
      guard to > from else { continue }
      let share = joined.reduce(0) { $0 + $1.share }
      let width = x.isLogarithmic ? x.logarithm(last.high / first.low) : last.high - first.low
      bars.append((from, to, share / width))
    }
    let most = bars.map(\.height).max() ?? 1
    guard most > 0, most.isFinite else { return .none }
    func level(_ height: Double) -> Double { bottom - height / most * (bottom - top) }
    func area(from left: Double, to right: Double) -> Markup {
      var path = Markup.none
      for bar in bars where bar.high > left && bar.low < right {
        let (from, to) = (max(bar.low, left), min(bar.high, right))
        path += path.text.isEmpty ? "M\(from) \(bottom)V\(level(bar.height))H\(to)" : "V\(level(bar.height))H\(to)"
      }
      return path.text.isEmpty ? path : path + "V\(bottom)Z"
    }
    var body = "<path d=\"\(area(from: x.start, to: x.end))\" class=\"wide-band\"/>" as Markup
    for (from, to) in [(0.05, 0.95), (0.25, 0.75)] {
      guard let low = cell.quantile(from)?.value, let high = cell.quantile(to)?.value else { continue }
      body += "<path d=\"\(area(from: x.position(low - half), to: x.position(high + half)))\" class=\"wide-band\"/>"
    }
    if let median = cell.quantile(0.5)?.value {
      body += "<path d=\"M\(x.position(median)) \(top)V\(bottom)\" class=\"line\"/>"
    }
    return body + "<path d=\"M\(x.start) \(bottom)H\(x.end)\" class=\"base\"/>"
  }

  private func cumulative(_ x: AxisScale, top: Double, bottom: Double, width: Double) -> Markup {
    let y = AxisScale(of: [0, 1], from: bottom, to: top, isRounded: false)
    var body = Markup.none
    for tick in [0, 0.25, 0.5, 0.75, 1] {
      let at = y.position(tick)
      body += "<path d=\"M\(x.start) \(at)H\(x.end)\" class=\"\(tick == 0 ? "base" : "grid")\"/>"
      body += "<text x=\"\(x.start - 5)\" y=\"\(at + 4)\" class=\"m e\">\(Int(tick * 100)) %</text>"
    }
    let points = levels.map { (x: x.position($0.value), y: y.position($0.probability)) }
    return body + "<path d=\"\(PathData(through: points).markup)\" class=\"line\"/>"
  }

  /// Values and their cumulative probabilities: the quantiles, or steps if bins are centred on whole numbers.
  private var levels: [(value: Double, probability: Double)] {
    guard half > 0 else {
      return zip(CellSummary.probabilities, cell.quantiles).map { ($1.value, $0) }
    }
    let within = pieces.filter { $0.low >= ends.low && $0.high <= ends.high }
    var reached = pieces.reduce(0) { $1.low < ends.low ? $0 + $1.share : $0 }
    var steps = [(ends.low, reached)]
    for piece in within {
      let middle = (piece.low + piece.high) / 2
      steps.append((middle, reached))
      reached += piece.share
      steps.append((middle, reached))
    }
    return steps + [(ends.high, reached)]
  }

  /// A reference's name and comparison, and below them its position on the axis.
  private func comparisonMark(_ comparisonMark: ComparisonMark, _ x: AxisScale, top: Double, width: Double) -> (
    body: Markup, median: Double?
  ) {
    let isNarrow = isNarrow(width)
    let verdict = TextMeasure.fitted(comparisonMark.text, into: isNarrow ? width : width * 0.62)
    let name = TextMeasure.fitted(
      comparisonMark.mark.name, into: isNarrow ? width : width - TextMeasure.width(verdict) - 12)
    var body: Markup = "<text x=\"0\" y=\"\(top + 10)\" class=\"b\">\(name)</text>"
    body +=
      isNarrow
      ? "<text x=\"0\" y=\"\(top + 25)\">\(verdict)</text>"
      : "<text x=\"\(width)\" y=\"\(top + 10)\" class=\"e\">\(verdict)</text>"
    guard let level = comparisonMark.mark.levels.first ?? nil else { return (body, nil) }
    let y = top + (isNarrow ? 38 : 24)
    body += "<path d=\"M\(x.start) \(y)H\(x.end)\" class=\"grid\"/>"
    guard x.holds(level.median) else {
      // An arrow points to its position beyond the axis.
      let isAbove = level.median > x.high
      let (at, back) = isAbove ? (x.end, -8.0) : (x.start, 8.0)
      body += "<path d=\"M\(at) \(y)l\(back) -5v10Z\" class=\"\(comparisonMark.mark.dot)\"/>"
      return (body, nil)
    }
    let at = x.position(level.median)
    if !level.isExact {
      body +=
        "<rect x=\"\(x.position(level.low))\" y=\"\(y - 4)\" width=\"\(x.position(level.high) - x.position(level.low))\" height=\"8\" class=\"\(comparisonMark.mark.band)\"/>"
    }
    body += "<circle cx=\"\(at)\" cy=\"\(y)\" r=\"4\" class=\"\(comparisonMark.mark.dot)\"/>"
    return (body, at)
  }
}
