import VectorMath

/// A sketch of all draws and, where a design has several replicates, the counts of each replicate's at a few levels.
struct ReplicatedSketch<Count: FixedWidthInteger> {
  private(set) var whole: Sketch<Count>
  /// Nil where there is one replicate.
  private(set) var counts: ThresholdCounts?

  /// No draws yet.
  init(_ thresholds: Thresholds?, replicates: Int, limit: Int) {
    whole = Sketch(limit: limit)
    counts = thresholds.map { ThresholdCounts($0, replicates: replicates) }
  }

  /// Gives the memory back.
  func destroy() { whole.destroy() }

  /// Counts an address block's values, or some of them.
  ///
  /// - Parameters:
  ///   - x: the values as the sketch is to count them: less an offset.
  ///   - uncentred: the values themselves.
  ///   - isFinite: whether all of them are known to be finite.
  @inline(__always)
  mutating func add(
    _ x: Column, uncentred: Column, block: Int, count: Int, isFinite: Bool, indexes: UnsafeMutablePointer<UInt32>
  ) {
    whole.add(x, count: count, indexes: indexes)
    counts?.add(uncentred, block: block, count: count, isFinite: isFinite)
  }

  /// Adds the counts of other draws.
  mutating func add<Other>(_ other: ReplicatedSketch<Other>) {
    whole.add(other.whole)
    if let others = other.counts { counts?.add(others) }
  }

  /// Sets all counts to zero.
  mutating func clear() {
    whole.clear()
    counts?.clear()
  }
}
