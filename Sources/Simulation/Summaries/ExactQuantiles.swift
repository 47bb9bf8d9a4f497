import Sampling
import VectorMath

/// The exact sample quantiles of a run.
struct ExactQuantiles {
  /// By summary slot, at `CellSummary.probabilities`.
  var cells: [[Double]]
  /// By ratio slot, at `ComparisonRow.probabilities`.
  var ratios: [[Double]]

  /// Finds the quantiles by replaying the draws, starting from the sketches of the first run.
  ///
  /// A sketch gives the bin of each order statistic and the number of draws below that bin. Each replay stores the
  /// draws of a bin if they are few and counts them in narrower bins if they are many, until every order statistic is
  /// known: one replay for a million draws, two up to some ten million, and never more than a dozen. Memory depends
  /// only on the number of quantiles.
  static func search(
    _ totals: SummaryTotals, run: PlanRun, workers: Int
  ) throws(CancellationError) -> ExactQuantiles {
    var columns = totals.cells.enumerated().map { slot, cell in
      SearchedColumn(
        cell.distribution.whole, offset: totals.offsets[slot], CellSummary.probabilities,
        isDiscrete: cell.values?.sorted != nil)
    }
    columns += totals.ratios.map {
      SearchedColumn($0.whole, offset: 0, ComparisonRow.probabilities, isDiscrete: false)
    }
    while columns.contains(where: { !$0.intervals.isEmpty }) {
      let room = room(columns)
      let counters = (0..<workers).map { _ in IntervalCounters(columns, summaries: totals.cells.count, room: room) }
      try run.replay(counters)
      for place in columns.indices where !columns[place].intervals.isEmpty {
        columns[place].narrow(counters.map { $0.counters[place] })
      }
    }
    let quantiles = columns.map(\.quantiles)
    return ExactQuantiles(
      cells: Array(quantiles.prefix(totals.cells.count)), ratios: Array(quantiles.dropFirst(totals.cells.count)))
  }

  /// Words per interval in a replay, a power of two: 16 MiB in total.
  private static func room(_ columns: [SearchedColumn]) -> Int {
    let intervals = columns.reduce(0) { $0 + $1.intervals.count }
    var room = 1 << 6
    while room < 1 << 16, 2 * room * intervals <= 1 << 21 { room *= 2 }
    return room
  }
}

/// The search state of one value's order statistics.
private struct SearchedColumn {
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

  /// Narrows the intervals by the counters of all workers.
  mutating func narrow(_ counters: [[IntervalCounters.Counter]]) {
    var next: [SearchInterval] = []
    for (number, interval) in intervals.enumerated() {
      var kept: [Double] = []
      var counts: [Int] = []
      for counter in counters.map({ $0[number] }) {
        kept += counter.kept
        if counts.isEmpty {
          counts = counter.counts
        } else {
          for k in counts.indices { counts[k] += counter.counts[k] }
        }
      }
      guard !counts.isEmpty else {
        kept.sort()
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

/// One worker's sink during a replay.
private final class IntervalCounters: BlockSink {
  /// The draws in an interval, or their counts.
  struct Counter {
    var kept: [Double] = []
    var counts: [Int] = []
    var shift: UInt64 = 0
  }

  private let columns: [SearchedColumn]
  private let summaries: Int
  private(set) var counters: [[Counter]]
  private let deviations = UnsafeMutablePointer<Double>.allocate(capacity: AddressBlock.draws)

  init(_ columns: [SearchedColumn], summaries: Int, room: Int) {
    self.columns = columns
    self.summaries = summaries
    counters = columns.map { column in
      column.intervals.map { interval in
        guard interval.count > room else { return Counter() }
        return Counter(
          counts: [Int](repeating: 0, count: room), shift: SearchedColumn.shift(interval, room: room))
      }
    }
  }

  deinit { deviations.deallocate() }

  func summarise(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    add(x, to: slot, count: count, indexes)
  }

  func addRatio(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    add(x, to: summaries + slot, count: count, indexes)
  }

  func addPositive(_ x: Column, slot: Int, block: Int, count: Int) {}

  func addMoments(_ x: Column, slot: Int, block: Int, count: Int) {}

  private func add(_ x: Column, to place: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    let column = columns[place]
    guard !column.intervals.isEmpty else { return }
    var binned = x
    if column.offset != 0 {
      SummaryCalibration.deviations(of: x, from: column.offset, count: count, into: deviations)
      binned = Column(deviations)
    }
    column.bins.indexes(of: binned, into: indexes, count: count)
    column.marks.withUnsafeBufferPointer { marks in
      for draw in 0..<count {
        let bin = indexes[draw]
        if marks[Int(bin / 64)] >> UInt64(bin % 64) & 1 == 1 { take(x[draw], bin: bin, column, place) }
      }
    }
  }

  private func take(_ x: Double, bin: UInt32, _ column: SearchedColumn, _ place: Int) {
    // From the first interval in the bin.
    var position = column.intervals.partitioningIndex { $0.bin >= bin }
    let key = SearchedColumn.key(x)
    while position < column.intervals.count, column.intervals[position].bin == bin {
      let interval = column.intervals[position]
      if key >= interval.firstKey, key <= interval.lastKey {
        if counters[place][position].counts.isEmpty {
          counters[place][position].kept.append(x)
        } else {
          counters[place][position].counts[Int((key - interval.firstKey) >> counters[place][position].shift)] += 1
        }
        return
      }
      position += 1
    }
  }
}
