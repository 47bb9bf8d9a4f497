import VectorMath

/// Values near a distribution's quantiles, below which the draws of each replicate are counted.
struct Thresholds {
  /// The probabilities of the quantiles, ascending.
  let probabilities: [Double]
  /// The smallest finite number, the thresholds, and infinity: values below the first bound are minus infinity, those
  /// from the first to below the last are finite.
  let bounds: [Double]

  /// Thresholds at the quantiles of some draws. If many draws are equal to the quantile, the threshold is the edge of
  /// these below which the fraction of draws is nearer to the probability.
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

/// The number of finite draws of each replicate below each of a few thresholds: a few counts, whereas a distribution of
/// each replicate would need thousands.
struct ThresholdCounts {
  let thresholds: Thresholds
  /// By replicate, then by bound.
  private var below: [Int]
  private let replicates: Int

  /// Empty counts.
  init(_ thresholds: Thresholds, replicates: Int) {
    self.thresholds = thresholds
    self.replicates = replicates
    below = [Int](repeating: 0, count: replicates * thresholds.bounds.count)
  }

  /// Counts the values of an address block, or some of them.
  ///
  /// - Parameter isFinite: whether all of them are known to be finite, so that the outer bounds need not be compared.
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

  /// Adds the counts for the same thresholds.
  mutating func add(_ other: ThresholdCounts) {
    for place in below.indices { below[place] += other.below[place] }
  }

  /// Sets all counts to zero.
  mutating func clear() {
    for place in below.indices { below[place] = 0 }
  }

  /// The number of replicates with draws.
  var filledReplicates: Int {
    let width = thresholds.bounds.count
    return (0..<replicates).count { below[$0 * width + width - 1] > below[$0 * width] }
  }

  /// The design effect of a quantile (Kish 1965, "Survey Sampling", section 8.2): its variance relative to that for
  /// independent draws, from the fraction of draws below the nearby threshold.
  ///
  /// Nil if there is no threshold for the probability.
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

extension ThresholdCounts: PartSummary {
  func write(to part: inout PartWriter) {
    for count in below { part.add(count) }
  }

  mutating func read(from part: inout PartReader) throws(PartDamage) {
    for place in below.indices { below[place] = try part.count() }
  }
}
