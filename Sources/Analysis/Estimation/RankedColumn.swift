import VectorMath

/// A column with the ranks of its values.
struct RankedColumn: Sendable {
  /// The values.
  let values: [Double]
  /// (rank - 1/2) / n, with mean ranks for equal values; NaN for a value that is not finite.
  let ranks: [Double]
  /// The draws with finite values in ascending order; the order of equal values is unrelated to the design.
  let order: [Int32]
  /// The first position in `order` of each run of equal values, followed by the number of finite values.
  let runs: [Int32]

  /// Whether some finite values are equal.
  var hasTies: Bool { runs.count - 1 < order.count }

  /// Ranks the finite values of a column.
  init(_ values: [Double]) {
    self.values = values
    var sort = RadixSort(capacity: values.count)
    for (draw, value) in values.enumerated() where value.isFinite { sort.append(value, tag: UInt32(draw)) }
    let sorted = sort.sorted()
    var order = sort.tags.map { Int32(bitPattern: $0) }
    var ranks = [Double](repeating: .nan, count: values.count)
    var runs: [Int32] = []
    let scale = 1 / Double(max(1, sorted.count))
    var first = 0
    while first < sorted.count {
      var end = first + 1
      while end < sorted.count, sorted[end] == sorted[first] { end += 1 }
      // Neighbours in a run must be nearly independent, which successive draws of a Sobol' design are not.
      if end - first > 1 { order[first..<end].sort { Self.scattered($0) < Self.scattered($1) } }
      let rank = Double(first + end) / 2 * scale
      for place in first..<end { ranks[Int(order[place])] = rank }
      runs.append(Int32(first))
      first = end
    }
    runs.append(Int32(sorted.count))
    self.ranks = ranks
    self.runs = runs
    self.order = order
  }

  /// A pseudorandom key of a draw: the finaliser of SplitMix64 (Steele, Lea & Flood 2014,
  /// doi:10.1145/2660193.2660195), which is one-to-one.
  private static func scattered(_ draw: Int32) -> UInt64 {
    var word = UInt64(UInt32(bitPattern: draw)) &+ 0x9e37_79b9_7f4a_7c15
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  /// The bin of each value; -1 for values that are not finite.
  ///
  /// There are at most `count` bins: one per value if there are no more distinct values than that; otherwise bins of
  /// equal probability, by ranks.
  func bins(_ count: Int) -> [Int32] {
    guard runs.count - 1 > count else {
      var bins = [Int32](repeating: -1, count: values.count)
      for run in 0..<(runs.count - 1) {
        for place in runs[run]..<runs[run + 1] { bins[Int(order[Int(place)])] = Int32(run) }
      }
      return bins
    }
    return ranks.map { $0.isNaN ? -1 : Int32(min(Double(count - 1), $0 * Double(count))) }
  }
}
