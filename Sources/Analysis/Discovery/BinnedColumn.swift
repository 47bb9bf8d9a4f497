/// A column of input values in at most 512 ordered bins: one per value if there are few values, otherwise bins of equal
/// probability.
struct BinnedColumn: Sendable {
  /// Maximum number of bins: the position of a bound is resolved to a fifth of a percent of the draws.
  static let most = 512

  /// Each draw's bin.
  let bins: [UInt16]
  /// For each bin, its smallest and largest value.
  let ends: [(least: Double, largest: Double)]
  /// Whether the values are labels, which have no order.
  let isLabel: Bool

  /// The bins of a column, nil if a value of it is not finite.
  init?(_ column: RankedColumn, isLabel: Bool) {
    guard column.values.allSatisfy(\.isFinite) else { return nil }
    var known: Set<Double> = []
    for value in column.values where known.count <= Self.most { known.insert(value) }
    let isFew = known.count <= Self.most
    let distinct = known.sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(distinct, distinct.indices))
    let bins =
      isFew
      ? column.values.map { UInt16(places[$0] ?? 0) }
      : column.bins(Self.most).map { UInt16($0) }
    var ends = [(least: Double, largest: Double)](
      repeating: (.infinity, -.infinity), count: isFew ? distinct.count : Self.most)
    for (bin, value) in zip(bins, column.values) {
      ends[Int(bin)].least = min(ends[Int(bin)].least, value)
      ends[Int(bin)].largest = max(ends[Int(bin)].largest, value)
    }
    self.bins = bins
    self.ends = ends
    self.isLabel = isLabel
  }

  /// The numbers of draws and cases in each bin.
  func histogram(_ draws: [Int32], _ isCase: [Bool]) -> [BoxCount] {
    var counts = [BoxCount](repeating: BoxCount(), count: ends.count)
    for draw in draws {
      counts[Int(bins[Int(draw)])].draws += 1
      if isCase[Int(draw)] { counts[Int(bins[Int(draw)])].cases += 1 }
    }
    return counts
  }
}

/// A number of draws, and how many of them are cases, that is, draws in which the condition holds.
struct BoxCount: Sendable, Equatable {
  var draws = 0
  var cases = 0

  /// The fraction of the draws that are cases.
  var density: Double { draws > 0 ? Double(cases) / Double(draws) : .nan }

  static func + (a: BoxCount, b: BoxCount) -> BoxCount { BoxCount(draws: a.draws + b.draws, cases: a.cases + b.cases) }
  static func - (a: BoxCount, b: BoxCount) -> BoxCount { BoxCount(draws: a.draws - b.draws, cases: a.cases - b.cases) }
}
