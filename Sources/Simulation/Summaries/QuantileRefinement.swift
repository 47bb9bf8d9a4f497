import VectorMath

/// The search for the exact quantiles of a run, in rounds that each make all draws again.
///
/// A sketch gives the bin of each order statistic and the number of draws below that bin. Each round stores the draws of
/// a bin if they are few and counts them in narrower bins if they are many, until every order statistic is known: one
/// round for a million draws, two up to some ten million, and never more than a dozen. Memory depends only on the number
/// of quantiles. What a round adds is whole numbers and sets of draws, so that it can be divided into parts like the run.
struct QuantileRefinement {
  /// The values of cells, then ratios.
  private(set) var columns: [SearchedColumn]
  private let summaries: Int

  /// A search for the quantiles of some totals, which needs no further draws of values that have none.
  init(_ totals: SummaryTotals) {
    summaries = totals.cells.count
    columns = totals.cells.enumerated().map { slot, cell in
      SearchedColumn(
        cell.distribution.whole, offset: totals.offsets[slot], CellSummary.probabilities,
        isDiscrete: cell.values?.sorted != nil)
    }
    columns += totals.ratios.map {
      SearchedColumn($0.whole, offset: 0, ComparisonRow.probabilities, isDiscrete: false)
    }
  }

  /// Whether all order statistics are known.
  var isFinished: Bool { columns.allSatisfy(\.intervals.isEmpty) }

  /// Words per interval in a round, a power of two: 16 MiB in total.
  private var room: Int {
    let intervals = columns.reduce(0) { $0 + $1.intervals.count }
    var room = 1 << 6
    while room < 1 << 16, 2 * room * intervals <= 1 << 21 { room *= 2 }
    return room
  }

  /// Empty tallies of the next round, by column and interval.
  var emptyTallies: [[IntervalTally]] {
    let room = room
    return columns.map { column in
      column.intervals.map { interval in
        guard interval.count > room else { return IntervalTally() }
        return IntervalTally(
          counts: [Int](repeating: 0, count: room), shift: SearchedColumn.shift(interval, room: room))
      }
    }
  }

  /// The sink of one worker in the next round.
  func counters() -> IntervalCounters { IntervalCounters(columns, summaries: summaries, tallies: emptyTallies) }

  /// Narrows the intervals by the sinks of all workers.
  mutating func narrow(by counters: [IntervalCounters]) {
    var tallies = emptyTallies
    for counter in counters { tallies.add(counter.tallies) }
    narrow(by: tallies)
  }

  /// Narrows the intervals by the tallies of all draws.
  mutating func narrow(by tallies: [[IntervalTally]]) {
    for place in columns.indices where !columns[place].intervals.isEmpty { columns[place].narrow(tallies[place]) }
  }

  /// Whether some tallies can be those of all draws: each interval has as many draws as the round before has counted.
  func isWhole(_ tallies: [[IntervalTally]]) -> Bool {
    zip(columns, tallies).allSatisfy { column, tallies in
      zip(column.intervals, tallies).allSatisfy { $0.count == $1.draws }
    }
  }

  /// The quantiles, once the search is finished.
  var quantiles: ExactQuantiles {
    let quantiles = columns.map(\.quantiles)
    return ExactQuantiles(cells: Array(quantiles.prefix(summaries)), ratios: Array(quantiles.dropFirst(summaries)))
  }
}

/// The search state of one value's order statistics.
struct SearchedColumn {
  /// The draws in one bin of the sketch and in a range of keys within it, some of which are searched for.
  struct SearchInterval {
    var bin: UInt32
    var firstKey: UInt64
    var lastKey: UInt64
    /// The number of draws below the interval, and in it.
    var before: Int
    var count: Int
    /// The ranks of the order statistics searched for: the number of draws below each.
    var ranks: [Int]
  }

  let bins: SketchBins
  let offset: Double
  /// Sorted by bin.
  private(set) var intervals: [SearchInterval] = []
  /// One bit per bin: whether it contains an interval.
  private(set) var marks: [UInt64] = []
  private let probabilities: [Double]
  private let count: Int
  /// Whether values are few, so that quantiles are not interpolated between them.
  private let isDiscrete: Bool
  private var found: [Int: Double] = [:]

  init<Count>(_ sketch: Sketch<Count>, offset: Double, _ probabilities: [Double], isDiscrete: Bool) {
    bins = sketch.bins
    self.isDiscrete = isDiscrete
    self.offset = offset
    self.probabilities = probabilities
    var cumulative = 0
    for bin in 0..<bins.binCount { cumulative += Int(truncatingIfNeeded: sketch.counts[bin]) }
    count = cumulative
    guard count > 0 else { return }
    var ranks = Set(probabilities.flatMap { orderStatistics($0, count: cumulative).map(\.rank) }).sorted()[...]
    cumulative = 0
    for bin in 0..<bins.binCount where sketch.counts[bin] != 0 {
      let inside = Int(truncatingIfNeeded: sketch.counts[bin])
      let own = ranks.prefix { $0 < cumulative + inside }
      if !own.isEmpty {
        let (first, last) = keys(ofBin: bin)
        intervals.append(
          SearchInterval(
            bin: UInt32(bin), firstKey: first, lastKey: last, before: cumulative, count: inside, ranks: Array(own)))
        ranks = ranks.dropFirst(own.count)
      }
      cumulative += inside
    }
    mark()
  }

  /// The order statistics between which a quantile is interpolated, with their weights (type 7 of Hyndman & Fan 1996);
  /// for few values, one of them.
  private func orderStatistics(_ probability: Double, count: Int) -> [(rank: Int, weight: Double)] {
    if isDiscrete { return [(DiscreteValues.rank(of: probability, count: count), 1)] }
    let place = probability * Double(count - 1)
    let rank = Int(place)
    let fraction = place - Double(rank)
    return fraction > 0 ? [(rank, 1 - fraction), (rank + 1, fraction)] : [(rank, 1)]
  }

  /// The quantiles; NaN without draws.
  var quantiles: [Double] {
    probabilities.map { probability in
      guard count > 0 else { return .nan }
      let ranks = orderStatistics(probability, count: count)
      let low = found[ranks[0].rank] ?? .nan
      guard ranks.count > 1 else { return low }
      let high = found[ranks[1].rank] ?? .nan
      return low == high ? low : low + (high - low) * ranks[1].weight
    }
  }

  /// The range of the keys of a bin's values.
  private func keys(ofBin bin: Int) -> (UInt64, UInt64) {
    if bin == bins.zeroIndex, offset == 0 { return (Self.key(-.leastNormalMagnitude), Self.key(.leastNormalMagnitude)) }
    let (low, high) = bins.bounds(ofBin: bin)
    if offset == 0 { return (Self.key(low), Self.key(high)) }
    // Rounding changes neither difference nor sum by more than a unit in the last place of the largest term.
    let slack = 4 * (offset.ulp + low.ulp + high.ulp)
    return (Self.key(low + offset - slack), Self.key(high + offset + slack))
  }

  /// The rank of a double among all doubles, ascending.
  static func key(_ x: Double) -> UInt64 {
    let bits = x.bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  private static func value(ofKey key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }

  private mutating func mark() {
    marks = [UInt64](repeating: 0, count: bins.indexCount / 64 + 1)
    for interval in intervals { marks[Int(interval.bin) / 64] |= 1 << UInt64(interval.bin % 64) }
  }

  /// The shift for which the keys of an interval fit into the memory.
  static func shift(_ interval: SearchInterval, room: Int) -> UInt64 {
    let range = interval.lastKey - interval.firstKey
    var shift: UInt64 = 0
    while range >> shift >= UInt64(room) { shift += 1 }
    return shift
  }

  /// Narrows the intervals by the tallies of all draws.
  mutating func narrow(_ tallies: [IntervalTally]) {
    var next: [SearchInterval] = []
    for (interval, tally) in zip(intervals, tallies) {
      let counts = tally.counts
      guard !counts.isEmpty else {
        let kept = tally.sorted
        for rank in interval.ranks { found[rank] = kept[rank - interval.before] }
        continue
      }
      let shift = Self.shift(interval, room: counts.count)
      var before = interval.before
      var ranks = interval.ranks[...]
      for (place, inside) in counts.enumerated() where inside > 0 {
        let own = ranks.prefix { $0 < before + inside }
        let first = interval.firstKey + UInt64(place) << shift
        if shift == 0 {
          for rank in own { found[rank] = Self.value(ofKey: first) }
        } else if !own.isEmpty {
          next.append(
            SearchInterval(
              bin: interval.bin, firstKey: first, lastKey: first + (1 << shift - 1), before: before, count: inside,
              ranks: Array(own)))
        }
        ranks = ranks.dropFirst(own.count)
        before += inside
      }
    }
    intervals = next
    mark()
  }
}
