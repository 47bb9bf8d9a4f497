/// The probability that a central interval for readers contains: 90 % between the 5th and the 95th percentile.
///
/// It is a choice of what is shown. Tables of results have the same percentiles for every choice.
package struct IntervalWidth: Sendable, Equatable {
  /// The probabilities of its ends: two of `ReportedQuantiles.probabilities`, as far from 0 as from 1.
  package let probabilities: (low: Double, high: Double)

  /// The probability inside.
  package var share: Double { probabilities.high - probabilities.low }

  /// The 90 % interval.
  package static let usual = IntervalWidth(tail: 0.05)

  /// The widths whose ends are computed, ascending, from 60 % on: charts show the middle half of the draws inside it.
  package static let available: [IntervalWidth] =
    ReportedQuantiles.probabilities.filter { $0 <= 0.2 }.map(IntervalWidth.init(tail:)).reversed()

  private init(tail: Double) { probabilities = (tail, 1 - tail) }

  /// An available width by its probability; nil for any other.
  package init?(share: Double) {
    guard let width = Self.available.first(where: { abs($0.share - share) < 1e-9 }) else { return nil }
    self = width
  }

  /// Equal if the ends are.
  package static func == (a: Self, b: Self) -> Bool { a.probabilities == b.probabilities }

  /// The probability in percent, without a sign: `90`, `99.8`.
  package var percent: String {
    // All of them are multiples of a tenth of a percent.
    let tenths = Int((share * 1000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// `90 %`
  package var text: String { "\(percent) %" }
}
