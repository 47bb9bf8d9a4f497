import VectorMath

/// Maps values to positions along an axis, and places its ticks.
struct AxisScale {
  /// The values at the ends.
  let low: Double
  let high: Double
  /// The positions of the ends; a vertical axis runs upwards.
  let start: Double
  let end: Double
  /// True if equal ratios, rather than equal differences, have equal lengths.
  let isLogarithmic: Bool

  /// Ratio of the ends above which an axis is logarithmic: three powers of ten.
  static let ratioLimit = 1000.0

  /// An axis for some values.
  ///
  /// An axis of nonnegative values begins at zero if the smallest is small compared with the largest. If all values are
  /// equal, the axis extends around them.
  ///
  /// - Parameters:
  ///   - isRounded: extends the ends to ticks.
  ///   - ratioLimit: positive values with a larger ratio get a logarithmic axis.
  init(
    of values: some Sequence<Double>, from start: Double, to end: Double, isRounded: Bool = true,
    beginsAtZero: Bool = true, ratioLimit: Double = Self.ratioLimit
  ) {
    let finite = values.filter { $0.isFinite && $0.magnitude < 1e300 }
    var low = finite.min() ?? 0
    var high = finite.max() ?? 1
    isLogarithmic = low > 0 && high / low > ratioLimit
    if !isLogarithmic, beginsAtZero, low > 0, low < 0.4 * high { low = 0 }
    if low == high {
      let room = low == 0 ? 1 : low.magnitude * 0.05
      low -= room
      high += room
    }
    if isRounded {
      if isLogarithmic {
        let least = Self.power(PortableMath.log10(low).rounded(.down))
        low = [5, 2].map { $0 * least }.first { $0 <= low } ?? least
        let most = Self.power(PortableMath.log10(high).rounded(.down))
        high = [1, 2, 5, 10].map { $0 * most }.first { $0 >= high } ?? high
      } else {
        let step = Self.step(from: low, to: high, count: Self.tickCount(along: end - start))
        low = (low / step).rounded(.down) * step
        high = (high / step).rounded(.up) * step
      }
    }
    self.low = low
    self.high = high
    self.start = start
    self.end = end
  }

  /// The position of a value, limited to the axis.
  func position(_ value: Double) -> Double {
    let share =
      isLogarithmic
      ? (PortableMath.log(max(value, low)) - PortableMath.log(low)) / (PortableMath.log(high) - PortableMath.log(low))
      : (value - low) / (high - low)
    return start + min(max(share, 0), 1) * (end - start)
  }

  /// The natural logarithm of a ratio: its length on a logarithmic axis, up to a factor.
  func logarithm(_ ratio: Double) -> Double { PortableMath.log(ratio) }

  /// True if a value is on the axis.
  func holds(_ value: Double) -> Bool { value >= low && value <= high }

  /// The ticks: round numbers, as many as there is room for labels.
  ///
  /// - Parameter pitch: the minimum distance between labels.
  func ticks(pitch: Double) -> [Double] {
    if isLogarithmic { return ratioTicks(pitch: pitch) }
    let step = Self.step(from: low, to: high, count: max(1, Int((end - start).magnitude / pitch)))
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    guard last - first < 1000 else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 * step }
  }

  private func ratioTicks(pitch: Double) -> [Double] {
    let first = PortableMath.log10(low).rounded(.down)
    let last = PortableMath.log10(high).rounded(.up)
    let decade = (end - start).magnitude / (PortableMath.log10(high) - PortableMath.log10(low))
    let factors: [Double] = decade > 3.4 * pitch ? [1, 2, 5] : [1]
    let every = max(1, (pitch / decade).rounded(.up))
    var ticks: [Double] = []
    for exponent in stride(from: first, through: last, by: every) {
      for factor in factors {
        let tick = factor * Self.power(exponent)
        if tick >= low * (1 - 1e-9), tick <= high * (1 + 1e-9) { ticks.append(tick) }
      }
    }
    return ticks
  }

  /// The ticks with their labels, in one notation.
  static func labelled(_ ticks: [Double]) -> [(tick: Double, label: String)] {
    let style = NumberStyle(of: ticks, isCompact: true)
    return ticks.map { ($0, NumberText.significant($0, digits: 9, style: style)) }
  }

  private static func tickCount(along length: Double) -> Int { max(2, Int(length.magnitude / 60)) }

  /// The step of 1, 2 or 5 times a power of ten that gives at most `count` intervals.
  private static func step(from low: Double, to high: Double, count: Int) -> Double {
    let raw = (high - low) / Double(count)
    guard raw > 0, raw.isFinite else { return 1 }
    let power = power(PortableMath.log10(raw).rounded(.down))
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= raw * (1 - 1e-9) } ?? 10 * power
  }

  private static func power(_ exponent: Double) -> Double { PortableMath.pow(10, exponent) }
}
