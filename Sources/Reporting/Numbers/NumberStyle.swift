import Simulation

/// The notation that all numbers of a column share, so that no `6.85e7` stands beside `6200000`.
///
/// Plain decimals, as long as they are short; millions, billions or trillions as the scenario language writes them
/// (`6.20M`, `68.5M`), where one of them suits all; plain decimals of up to ten digits; else an exponent for every number.
enum NumberStyle: Equatable {
  /// `6200000`, `0.00042`.
  case plain
  /// Counted in `10^place`: `6.20M`.
  case scaled(suffix: String, place: Int)
  /// `6.20e6`.
  case exponent

  /// The places of a number's first digit within which plain decimals are short: from 0.0001 to below ten million.
  static let short = -4...6
  /// The places within which plain decimals can still be read: from 0.000001 to below ten billion.
  private static let readable = -6...9
  /// Suffixes of the scenario language for numbers beyond the short ones.
  private static let suffixes: [(text: String, place: Int)] = [("T", 12), ("B", 9), ("M", 6)]

  /// The style of a column; numbers that are zero or not finite fit any.
  ///
  /// - Parameter isCompact: whether long plain decimals are avoided, as along an axis of many powers of ten.
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
      // From 0.1M to 99999M: numbers of at most five digits before the point, and none that begins with 0.0.
      self = .scaled(suffix: suffix.text, place: suffix.place)
    } else {
      self = holds(Self.readable) && !isCompact ? .plain : .exponent
    }
  }

  /// The style of the values of estimates; one that is smaller than its error says nothing of the column's size.
  init(of estimates: some Sequence<Estimate>) {
    self.init(of: estimates.lazy.filter { !($0.error > $0.value.magnitude) }.map(\.value))
  }

  /// The style of a number by itself.
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
