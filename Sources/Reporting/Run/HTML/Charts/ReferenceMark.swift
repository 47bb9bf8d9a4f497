import Distributions
import Modeling
import Units
import VectorMath

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
  func drawing(width: Double) -> PageChart.Drawing {
    var body = Markup.none
    var (x, y) = (0.0, Self.lineHeight / 2)
    for item in items {
      let name = TextMeasure.fitted(item.name, into: width - Self.sampleWidth - 6)
      let needed = Self.sampleWidth + 6 + TextMeasure.width(name)
      if x > 0, x + needed > width { (x, y) = (0, y + Self.lineHeight) }
      body += "\(item.sample(x, y))<text x=\"\(x + Self.sampleWidth + 6)\" y=\"\(y + 4)\">\(name)</text>"
      x += needed + 14
    }
    return PageChart.Drawing(width: width, height: items.isEmpty ? 0 : y + Self.lineHeight / 2, body: body)
  }
}

/// Median and 90 % interval of a reference, cell by cell, from its distribution and not from draws.
///
/// A run compares outputs with references draw by draw and keeps only the comparison; a chart also needs the references
/// themselves. A constant and a distribution of constants have exact quantiles. So has a cell between two anchor points
/// that share their probability, since it increases with that probability: Dhaene et al. (2002), "The concept of
/// comonotonicity in actuarial science and finance: theory", theorem 4, doi:10.1016/S0167-6687(02)00134-8.
struct ReferenceLevels {
  /// Median and 90 % interval.
  struct Level: Equatable {
    var low: Double
    var median: Double
    var high: Double

    /// True if there is no interval.
    var isExact: Bool { low == high }
  }

  private let quantity: Quantity
  private let input: Input
  private let unit: Unit

  /// The levels of a reference, or of any input, in a unit; nil for other quantities.
  init?(of id: QuantityID, in model: Model, unit: Unit) {
    quantity = model[id]
    guard let input = quantity.input, input.categories == nil, unit.dimension == quantity.unit.dimension else {
      return nil
    }
    self.input = input
    self.unit = unit
  }

  /// The level at a cell; nil if it is known only from draws.
  subscript(cell: Int) -> Level? {
    guard input.cells.indices.contains(cell) else { return nil }
    let values = [0.05, 0.5, 0.95].compactMap { quantile($0, input.cells[cell]) }.map { $0 / unit }
    guard values.count == 3, values.allSatisfy(\.isFinite) else { return nil }
    // A negative factor reverses the interval.
    return Level(low: min(values[0], values[2]), median: values[1], high: max(values[0], values[2]))
  }

  private func quantile(_ p: Double, _ rule: CellRule) -> Double? {
    switch rule {
    case .supportPoint(let supportPoint): return quantile(p, supportPoint: supportPoint)
    case .scaled(let inner, let factor): return quantile(factor < 0 ? 1 - p : p, inner).map { $0 * factor }
    case .interpolated(let from, let to, let fraction, let isLogarithmic):
      let coordinates = [from, to].compactMap {
        input.supportPoints.indices.contains($0) ? input.supportPoints[$0].coordinate : nil
      }
      // Interpolation between anchor points with different coordinates depends on their joint draws; a constant anchor
      // point has no coordinate.
      guard Set(coordinates).count < 2, let a = quantile(p, supportPoint: from), let b = quantile(p, supportPoint: to)
      else {
        return nil
      }
      guard isLogarithmic else { return (1 - fraction) * a + fraction * b }
      return a > 0 && b > 0 ? PortableMath.pow(a, 1 - fraction) * PortableMath.pow(b, fraction) : nil
    }
  }

  private func quantile(_ p: Double, supportPoint: Int) -> Double? {
    guard input.supportPoints.indices.contains(supportPoint) else { return nil }
    switch input.supportPoints[supportPoint].value {
    case .constant(let value): return value
    case .distribution(.fixed(let distribution)): return distribution.quantile(p)
    case .distribution, .share: return nil
    }
  }
}
