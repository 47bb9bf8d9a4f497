import Simulation

/// The notation shared by all numbers of a column, so that `6.85e7` and `6200000` do not occur together.
///
/// Short plain decimals; otherwise millions, billions or trillions in the notation of scenarios (`6.20M`, `68.5M`), if
/// one of them suits all numbers; otherwise plain decimals of up to ten digits; otherwise an exponent for every number.
enum NumberStyle: Equatable {
  /// `6200000`, `0.00042`.
  case plain
  /// In units of `10^place`: `6.20M`.
  case scaled(suffix: String, place: Int)
  /// `6.20e6`.
  case exponent

  /// The places of the first digit for which plain decimals are short: from 0.0001 to below ten million.
  static let short = -4...6
  /// The places for which plain decimals are still readable: from 0.000001 to below ten billion.
  private static let readable = -6...9
  /// Suffixes of the scenario language for numbers beyond the short ones.
  private static let suffixes: [(text: String, place: Int)] = [("T", 12), ("B", 9), ("M", 6)]

  /// The style of a column; numbers that are zero or not finite fit any style.
  ///
  /// - Parameter isCompact: avoids long plain decimals, for example on an axis over many powers of ten.
  init(of column: some Sequence<Double>, isCompact: Bool = false) {
    var (least, largest) = (Int.max, Int.min)
    for value in column {
      guard let decimal = DecimalDigits(value), !decimal.isZero else { continue }
      (least, largest) = (min(least, decimal.leadingPlace), max(largest, decimal.leadingPlace))
    }
    let holds = { (range: ClosedRange<Int>) in range.contains(least) && range.contains(largest) }
    if least > largest || holds(Self.short) {
      self = .plain
    } else if let suffix = Self.suffixes.first(where: { holds($0.place - 1...$0.place + 4) }) {
      // From 0.1M to 99999M: at most five digits before the point, and none that begins with 0.0.
      self = .scaled(suffix: suffix.text, place: suffix.place)
    } else {
      self = holds(Self.readable) && !isCompact ? .plain : .exponent
    }
  }

  /// The style of a column that has suffixes from a number upwards.
  init(of column: [Double], suffixFrom least: Double) {
    let largest = column.map(\.magnitude).max() ?? 0
    if largest >= least, let place = DecimalDigits(largest)?.leadingPlace, place < 16,
      let suffix = Self.suffixes.first(where: { place >= $0.place })
    {
      self = .scaled(suffix: suffix.text, place: suffix.place)
    } else {
      self.init(of: column)
    }
  }

  /// The style of estimates; values smaller than their errors are ignored, since they do not indicate the column's
  /// magnitude.
  init(of estimates: some Sequence<Estimate>) {
    self.init(of: estimates.lazy.filter { !($0.error > $0.value.magnitude) }.map(\.value))
  }

  /// The style of a single number.
  init(ofOne decimal: DecimalDigits) {
    self = decimal.isZero || Self.short.contains(decimal.leadingPlace) ? .plain : .exponent
  }

  /// A rounded number, with zeros down to a place.
  func text(_ decimal: DecimalDigits, downTo place: Int) -> String {
    switch self {
    case .plain: return decimal.plain(downTo: place)
    case .scaled(let suffix, let scale):
      guard !decimal.isZero else { return decimal.plain(downTo: place) }
      var scaled = decimal
      scaled.leadingPlace -= scale
      return scaled.plain(downTo: place == .max ? .max : place - scale) + suffix
    case .exponent: return decimal.isZero ? decimal.plain(downTo: 0) : decimal.scientific(downTo: place)
    }
  }
}
