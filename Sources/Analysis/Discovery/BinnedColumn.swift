/// A column of input values in at most 255 ordered bins, the levels of a sample: one per value if there are few values,
/// otherwise bins of about equal probability.
struct BinnedColumn: @unchecked Sendable {
  /// Each draw's bin, in the memory of its sample.
  let bins: UnsafeBufferPointer<UInt8>
  /// The edges of the bins.
  let edges: LevelEdges
  /// Whether the values are labels, which have no order.
  let isLabel: Bool

  /// The number of bins.
  var count: Int { edges.count }

  /// The bins of a sample's column, nil if a value of it is not finite.
  init?(_ sample: LevelSample, _ column: Int, isLabel: Bool) {
    let levels = sample.levels(column)
    guard levels.allSatisfy({ $0 != LevelEdges.unknown }) else { return nil }
    bins = levels
    edges = sample.reader.edges[column]
    self.isLabel = isLabel
  }

  /// The numbers of draws and cases in each bin.
  func histogram(_ draws: [Int32], _ isCase: [Bool]) -> [BoxCount] {
    var counts = [BoxCount](repeating: BoxCount(), count: count)
    counts.withUnsafeMutableBufferPointer { counts in
      for draw in draws {
        let bin = Int(bins[Int(draw)])
        counts[bin].draws += 1
        counts[bin].cases += isCase[Int(draw)] ? 1 : 0
      }
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
