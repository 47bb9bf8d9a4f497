import VectorMath

/// A sketch of all draws and, for a design with several replicates, each replicate's counts below a few thresholds.
struct ReplicatedSketch<Count: FixedWidthInteger> {
  private(set) var whole: Sketch<Count>
  /// Nil if there is one replicate.
  private(set) var counts: ThresholdCounts?

  /// An empty sketch.
  init(_ thresholds: Thresholds?, replicates: Int, limit: Int) {
    whole = Sketch(limit: limit)
    counts = thresholds.map { ThresholdCounts($0, replicates: replicates) }
  }

  /// Frees the memory.
  func destroy() { whole.destroy() }

  /// Counts the values of an address block, or some of them.
  ///
  /// - Parameters:
  ///   - x: the values to be counted by the sketch: minus an offset.
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

extension ReplicatedSketch where Count == UInt64 {
  /// Reads the sketch of all draws from a part.
  mutating func readWhole(from part: inout PartReader) throws(PartDamage) { try whole.read(from: &part) }

  /// Reads the replicates' counts from a part, if there are replicates.
  mutating func readCounts(from part: inout PartReader) throws(PartDamage) { try counts?.read(from: &part) }
}
