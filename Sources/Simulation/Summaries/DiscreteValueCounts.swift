import VectorMath

/// How often draws take each of a few values, in all and in each replicate of the design.
///
/// Counts are exact and whole, so that they are the same for any number of workers: values are found in whatever order
/// workers meet them, and there are counts of all values or, once there are more than `limit`, of none.
struct DiscreteValueCounts {
  /// The most values that are counted: a table of outcomes that a reader takes in at a glance has no more.
  static let limit = 24

  /// The values in the order in which they were met.
  private(set) var values: [Double] = []
  /// By value, then by replicate: draws, or the weight of draws.
  private var counts: [Int] = []
  /// By replicate: finite draws, or their weight.
  private var finite: [Int]
  /// Whether there are more values than are counted.
  private(set) var isOverfull = false
  private let replicates: Int

  /// No draws yet.
  init(replicates: Int) {
    self.replicates = max(1, replicates)
    finite = [Int](repeating: 0, count: self.replicates)
  }

  /// Whether the first draws of a column take few enough values.
  static func areFew(_ x: Column, count: Int) -> Bool {
    var counts = DiscreteValueCounts(replicates: 1)
    _ = counts.add(x, block: 0, count: count)
    return !counts.isOverfull
  }

  /// Adds a block's finite draws.
  ///
  /// - Parameter weights: the weight of each draw; by default 1.
  /// - Returns: whether all finite values had been met before.
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

  /// How many draws have a value, and their weight.
  private static func tally(
    _ x: Column, _ value: Double, _ weights: UnsafePointer<UInt64>?, count: Int
  ) -> (draws: Int, weight: Int) {
    var (draws, weight) = (0, 0)
    // Neither sum can overflow, and without a branch several draws are compared at once.
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
    // Zero has one sign.
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

  /// Sets all counts to zero; the values stay known.
  mutating func clear() {
    for place in counts.indices { counts[place] = 0 }
    for place in finite.indices { finite[place] = 0 }
  }

  /// The values that have draws, ascending, each with its share of every replicate's finite draws; empty where there are
  /// too many values.
  var shares: [(value: Double, replicates: [Share])] {
    values.indices.map { place in
      (
        values[place],
        (0..<replicates).map { Share(positive: counts[place * replicates + $0], finite: finite[$0]) }
      )
    }.filter { outcome in outcome.1.contains { $0.positive > 0 } }.sorted { $0.0 < $1.0 }
  }
}
