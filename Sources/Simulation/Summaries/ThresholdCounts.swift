import VectorMath

/// Values near a distribution's quantiles, at which the draws of each replicate are counted.
struct Thresholds {
  /// The probabilities of the quantiles, ascending.
  let probabilities: [Double]
  /// The least finite number, the values, and infinity: what is below the first is minus infinity, what is below the
  /// last and not below the first is finite.
  let bounds: [Double]

  /// Levels at the quantiles of some draws: where many are equal, at either edge of them, whichever has the nearer share
  /// of the draws below it.
  init(of x: Column, count: Int, probabilities: [Double]) {
    let sorted = (0..<count).map { x[$0] }.filter(\.isFinite).sorted()
    let values = probabilities.map { probability in
      guard !sorted.isEmpty else { return 0.0 }
      let place = probability * Double(sorted.count)
      let value = sorted[min(Int(place), sorted.count - 1)]
      let first = Double(sorted.partitioningIndex { $0 >= value })
      let next = Double(sorted.partitioningIndex { $0 > value })
      return next - first > 1 && next - place < place - first ? value.nextUp : value
    }
    self.probabilities = probabilities
    bounds = [-Double.greatestFiniteMagnitude] + values + [.infinity]
  }
}

/// How many finite draws of each replicate lie below each of a few levels: a few counts where a distribution of each
/// replicate would take thousands.
struct ThresholdCounts {
  let thresholds: Thresholds
  /// By replicate, then by bound.
  private var below: [Int]
  private let replicates: Int

  /// No draws yet.
  init(_ thresholds: Thresholds, replicates: Int) {
    self.thresholds = thresholds
    self.replicates = replicates
    below = [Int](repeating: 0, count: replicates * thresholds.bounds.count)
  }

  /// Counts an address block's values, or some of them.
  ///
  /// - Parameter isFinite: whether all of them are known to be finite: the outer bounds then need no look.
  mutating func add(_ x: Column, block: Int, count: Int, isFinite: Bool) {
    let start = block % replicates * thresholds.bounds.count
    let last = thresholds.bounds.count - 1
    below.withUnsafeMutableBufferPointer { below in
      guard let first = below.baseAddress else { return }
      thresholds.bounds.withUnsafeBufferPointer { bounds in
        let looked = isFinite ? 1..<last : 0..<last + 1
        Columns.countBelow(.init(rebasing: bounds[looked]), x, count: count, into: first + start + looked.lowerBound)
      }
      if isFinite { below[start + last] += count }
    }
  }

  /// Adds the counts of the same levels.
  mutating func add(_ other: ThresholdCounts) {
    for place in below.indices { below[place] += other.below[place] }
  }

  /// Sets all counts to zero.
  mutating func clear() {
    for place in below.indices { below[place] = 0 }
  }

  /// Replicates that have draws.
  var filledReplicates: Int {
    let width = thresholds.bounds.count
    return (0..<replicates).count { below[$0 * width + width - 1] > below[$0 * width] }
  }

  /// How the variance of the quantile at a probability compares with that under independent draws (the design effect
  /// of Kish 1965, "Survey Sampling", section 8.2): that of the share of draws below the level near it.
  ///
  /// Nil without levels for that probability.
  func designEffect(at probability: Double) -> Double? {
    guard let level = thresholds.probabilities.firstIndex(of: probability) else { return nil }
    let width = thresholds.bounds.count
    return ReplicateSpread.designEffect(
      (0..<replicates).map { replicate in
        let start = replicate * width
        let outside = below[start]
        return Share(
          positive: below[start + 1 + level] - outside, finite: below[start + width - 1] - outside)
      })
  }
}
