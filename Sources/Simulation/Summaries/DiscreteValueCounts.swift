import VectorMath

/// Counts of draws for each of a few distinct values, in total and by replicate of the design.
///
/// Counts are exact integers and the same for any number of workers: values are found in the order in which workers
/// encounter them, and there are counts for all values or, with more than `limit`, for none.
struct DiscreteValueCounts {
  /// Maximum number of counted values: a larger table of outcomes would be hard to read.
  static let limit = 24

  /// The values in the order of their first occurrence.
  private(set) var values: [Double] = []
  /// By value, then by replicate: the number of draws, or their weight.
  private var counts: [Int] = []
  /// By replicate: the number of finite draws, or their weight.
  private var finite: [Int]
  /// Whether there are more values than are counted.
  private(set) var isOverfull = false
  private let replicates: Int

  /// Empty counts.
  init(replicates: Int) {
    self.replicates = max(1, replicates)
    finite = [Int](repeating: 0, count: self.replicates)
  }

  /// Whether the first draws of a column have few enough values.
  static func areFew(_ x: Column, count: Int) -> Bool {
    var counts = DiscreteValueCounts(replicates: 1)
    _ = counts.add(x, block: 0, count: count)
    return !counts.isOverfull
  }

  /// Adds a block's finite draws.
  ///
  /// - Parameter weights: the weight of each draw; by default 1.
  /// - Returns: whether all finite values were known before.
  mutating func add(_ x: Column, weights: UnsafePointer<UInt64>? = nil, block: Int, count draws: Int) -> Bool {
    guard !isOverfull else { return false }
    let replicate = block % replicates
    var (drawsLeft, weight) = (0, 0)
    for draw in 0..<draws where x[draw].isFinite {
      drawsLeft += 1
      weight += weights.map { Int(truncatingIfNeeded: $0[draw]) } ?? 1
    }
    finite[replicate] += weight
    for (place, value) in values.enumerated() {
      let met = Self.tally(x, value, weights, count: draws)
      counts[place * replicates + replicate] += met.weight
      drawsLeft -= met.draws
    }
    guard drawsLeft > 0 else { return true }
    let known = values.count
    for draw in 0..<draws where x[draw].isFinite {
      guard !values[..<known].contains(x[draw]) else { continue }
      let place = values[known...].firstIndex(of: x[draw]) ?? append(x[draw])
      guard !isOverfull else { return false }
      counts[place * replicates + replicate] += weights.map { Int(truncatingIfNeeded: $0[draw]) } ?? 1
    }
    return false
  }

  /// The number of draws with a value, and their weight.
  private static func tally(
    _ x: Column, _ value: Double, _ weights: UnsafePointer<UInt64>?, count: Int
  ) -> (draws: Int, weight: Int) {
    var (draws, weight) = (0, 0)
    // Neither sum can overflow, and without a branch the loop is vectorised.
    if let weights {
      for draw in 0..<count where x[draw] == value {
        draws &+= 1
        weight &+= Int(truncatingIfNeeded: weights[draw])
      }
      return (draws, weight)
    }
    for draw in 0..<count { draws &+= x[draw] == value ? 1 : 0 }
    return (draws, draws)
  }

  private mutating func append(_ value: Double) -> Int {
    guard values.count < Self.limit else {
      (isOverfull, values, counts) = (true, [], [])
      return 0
    }
    // Adding 0 turns -0 into 0.
    values.append(value + 0)
    counts += [Int](repeating: 0, count: replicates)
    return values.count - 1
  }

  /// Adds the counts of other draws.
  mutating func add(_ other: DiscreteValueCounts) {
    guard !isOverfull, !other.isOverfull else {
      (isOverfull, values, counts) = (true, [], [])
      return
    }
    for replicate in 0..<replicates { finite[replicate] += other.finite[replicate] }
    for (number, value) in other.values.enumerated() {
      let place = values.firstIndex(of: value) ?? append(value)
      guard !isOverfull else { return }
      for replicate in 0..<replicates {
        counts[place * replicates + replicate] += other.counts[number * replicates + replicate]
      }
    }
  }

  /// Sets all counts to zero; the values are kept.
  mutating func clear() {
    for place in counts.indices { counts[place] = 0 }
    for place in finite.indices { finite[place] = 0 }
  }

  /// The values that have draws, ascending, each with its fraction of every replicate's finite draws; empty if there
  /// are too many values.
  var shares: [(value: Double, replicates: [Share])] {
    values.indices.map { place in
      (
        values[place],
        (0..<replicates).map { Share(positive: counts[place * replicates + $0], finite: finite[$0]) }
      )
    }.filter { outcome in outcome.1.contains { $0.positive > 0 } }.sorted { $0.0 < $1.0 }
  }
}

extension DiscreteValueCounts: PartSummary {
  func write(to part: inout PartWriter) {
    guard !isOverfull else { return part.add(0) }
    part.add(values.count + 1)
    for count in finite { part.add(count) }
    // In ascending order, so that the bytes do not depend on the assignment of blocks to workers.
    for place in values.indices.sorted(by: { values[$0] < values[$1] }) {
      part.add(values[place])
      for replicate in 0..<replicates { part.add(counts[place * replicates + replicate]) }
    }
  }

  mutating func read(from part: inout PartReader) throws(PartDamage) {
    let number = try part.count(upTo: Self.limit + 1)
    if number == 0 {
      isOverfull = true
      return
    }
    for replicate in 0..<replicates { finite[replicate] = try part.count() }
    for _ in 1..<number {
      let value = try part.number()
      guard value.isFinite, !values.contains(value) else { throw PartDamage("a value is counted twice") }
      let place = append(value)
      for replicate in 0..<replicates { counts[place * replicates + replicate] = try part.count() }
    }
  }
}
