import Modeling
import VectorMath

/// A histogram of draws in narrow bins whose range grows with the values.
///
/// Bins are equal within an octave: 4,096 per octave, so that no bin is wider than 2.4e-4 of its values, as long as the
/// octaves that occur fit into `limit` bins; otherwise half as many, and so on. The bins are a function of the set of
/// values alone, independent of their order and of the assignment to workers. The interpolation error of a quantile of
/// a smooth density is of the order of the squared bin width: a relative 1e-7 for 1,024 bins per octave.
struct Sketch<Count: FixedWidthInteger> {
  private(set) var bins: SketchBins
  /// `bins.indexCount` counts: of the bins, of finite values outside them (always 0), and of non-finite values.
  private(set) var counts: UnsafeMutablePointer<Count>
  /// Maximum number of bins.
  private let limit: Int

  /// The finest resolution: 2^finest bins per octave.
  static var finest: Int { 12 }

  /// An empty sketch with at most `limit` bins, or one per octave if more octaves occur; free it with `destroy`.
  init(limit: Int) {
    self.limit = limit
    bins = SketchBins(log2PerOctave: Self.finest, lowestExponent: 0, negativeOctaves: 0, positiveOctaves: 0)
    counts = Self.zeros(bins.indexCount)
  }

  private static func zeros(_ count: Int) -> UnsafeMutablePointer<Count> {
    let counts = UnsafeMutablePointer<Count>.allocate(capacity: count)
    counts.initialize(repeating: 0, count: count)
    return counts
  }

  /// Frees the memory.
  func destroy() { counts.deallocate() }

  /// Counts a column's values.
  ///
  /// - Parameter indexes: scratch memory for `count` indexes.
  @inline(__always)
  mutating func add(_ x: Column, count: Int, indexes: UnsafeMutablePointer<UInt32>) {
    if bins.indexes(of: x, into: indexes, count: count) > 0 {
      widen(to: bins.union(with: x, count: count))
      bins.indexes(of: x, into: indexes, count: count)
    }
    for draw in 0..<count { counts[Int(indexes[draw])] &+= 1 }
  }

  /// Counts a column's values with their weights.
  ///
  /// - Parameter indexes: scratch memory for `count` indexes.
  mutating func add(
    _ x: Column, weights: UnsafePointer<Count>, count: Int, indexes: UnsafeMutablePointer<UInt32>
  ) {
    if bins.indexes(of: x, into: indexes, count: count) > 0 {
      widen(to: bins.union(with: x, count: count))
      bins.indexes(of: x, into: indexes, count: count)
    }
    for draw in 0..<count { counts[Int(indexes[draw])] &+= weights[draw] }
  }

  /// The number of non-finite values.
  var nonFinite: Int { Int(counts[bins.nonFiniteIndex]) }

  /// Adds the counts of another sketch.
  mutating func add<Other>(_ other: Sketch<Other>) {
    widen(to: bins.union(with: other.bins))
    coarsen(to: other.bins.log2PerOctave)
    let shift = other.bins.log2PerOctave - bins.log2PerOctave
    if shift == 0 {
      // Bins of one resolution have the same order, below zero and above it.
      let offset = (other.bins.lowestExponent - bins.lowestExponent) << bins.log2PerOctave
      let (own, others) = (counts + bins.zeroIndex, other.counts + other.bins.zeroIndex)
      own[0] += Count(others[0])
      Self.add(other.bins.positiveBins, of: UnsafePointer(others + 1), to: own + (1 + offset))
      let negative = other.bins.negativeBins
      Self.add(negative, of: UnsafePointer(others - negative), to: own - (negative + offset))
    } else {
      for index in 0..<other.bins.binCount where other.counts[index] != 0 {
        counts[Self.index(ofBin: index, of: other.bins, coarserBy: shift, in: bins)] += Count(other.counts[index])
      }
    }
    counts[bins.nonFiniteIndex] += Count(other.counts[other.bins.nonFiniteIndex])
  }

  /// Adds consecutive counts; the loop has no branches, so that it is vectorised.
  private static func add<Other>(_ count: Int, of others: UnsafePointer<Other>, to own: UnsafeMutablePointer<Count>)
  where Other: FixedWidthInteger {
    for k in 0..<count { own[k] &+= Count(truncatingIfNeeded: others[k]) }
  }

  /// Sets all counts to zero.
  mutating func clear() { counts.update(repeating: 0, count: bins.indexCount) }

  /// The index of a bin in bins with a wider range and a resolution coarser by a power of two.
  private static func index(ofBin index: Int, of own: SketchBins, coarserBy shift: Int, in wider: SketchBins) -> Int {
    let distance = index - own.zeroIndex
    if distance == 0 { return wider.zeroIndex }
    let rank = (distance.magnitude - 1) >> UInt(shift)
    let offset = (own.lowestExponent - wider.lowestExponent) << wider.log2PerOctave
    let place = 1 + Int(rank) + offset
    return wider.zeroIndex + (distance > 0 ? place : -place)
  }

  /// Extends the range of octaves; the bins become coarser if there would be too many.
  private mutating func widen(to wanted: SketchBins) {
    var log2 = bins.log2PerOctave
    let octaves = wanted.negativeOctaves + wanted.positiveOctaves
    while log2 > 0, octaves << log2 > limit { log2 -= 1 }
    coarsen(to: log2)
    let wider = SketchBins(
      log2PerOctave: bins.log2PerOctave, lowestExponent: wanted.lowestExponent,
      negativeOctaves: wanted.negativeOctaves, positiveOctaves: wanted.positiveOctaves)
    if wider == bins { return }
    let grown = Self.zeros(wider.indexCount)
    // Without an octave the lowest exponent is meaningless.
    if bins.binCount > 1 {
      let shift = (bins.lowestExponent - wider.lowestExponent) << bins.log2PerOctave
      let negative = wider.zeroIndex - shift - bins.negativeBins
      (grown + negative).update(from: counts, count: bins.negativeBins)
      (grown + wider.zeroIndex + 1 + shift).update(from: counts + bins.zeroIndex + 1, count: bins.positiveBins)
    }
    grown[wider.zeroIndex] = counts[bins.zeroIndex]
    grown[wider.nonFiniteIndex] = counts[bins.nonFiniteIndex]
    counts.deallocate()
    (bins, counts) = (wider, grown)
  }

  /// Merges neighbouring bins until there are at most 2^log2 per octave.
  private mutating func coarsen(to log2: Int) {
    guard log2 < bins.log2PerOctave else { return }
    let coarser = SketchBins(
      log2PerOctave: log2, lowestExponent: bins.lowestExponent, negativeOctaves: bins.negativeOctaves,
      positiveOctaves: bins.positiveOctaves)
    let joined = Self.zeros(coarser.indexCount)
    let shift = bins.log2PerOctave - log2
    for index in 0..<bins.binCount where counts[index] != 0 {
      joined[Self.index(ofBin: index, of: bins, coarserBy: shift, in: coarser)] += counts[index]
    }
    joined[coarser.nonFiniteIndex] = counts[bins.nonFiniteIndex]
    counts.deallocate()
    (bins, counts) = (coarser, joined)
  }
}

extension Sketch: PartSummary where Count == UInt64 {
  func write(to part: inout PartWriter) {
    part.add(bins.log2PerOctave)
    part.add(bins.lowestExponent + Self.exponentShift)
    part.add(bins.negativeOctaves)
    part.add(bins.positiveOctaves)
    part.add(Int(counts[bins.nonFiniteIndex]))
    part.add((0..<bins.binCount).count { counts[$0] > 0 })
    var last = 0
    for index in 0..<bins.binCount where counts[index] > 0 {
      part.add(index - last)
      part.add(Int(counts[index]))
      last = index
    }
  }

  mutating func read(from part: inout PartReader) throws(PartDamage) {
    let log2 = try part.count(upTo: Self.finest)
    let lowest = try part.count(upTo: Self.exponentShift + 1023) - Self.exponentShift
    let (negative, positive) = (try part.count(upTo: 2046), try part.count(upTo: 2046))
    guard lowest >= -1022, log2 == 0 || (negative + positive) << log2 <= limit else {
      throw PartDamage("a histogram has more bins than any of such a run")
    }
    destroy()
    bins = SketchBins(
      log2PerOctave: log2, lowestExponent: lowest, negativeOctaves: negative, positiveOctaves: positive)
    counts = Self.zeros(bins.indexCount)
    counts[bins.nonFiniteIndex] = UInt64(try part.count())
    var index = 0
    for _ in 0..<(try part.count(upTo: bins.binCount)) {
      index += try part.count(upTo: bins.binCount)
      guard index < bins.binCount else { throw PartDamage("a histogram counts draws outside its bins") }
      counts[index] = UInt64(try part.count())
    }
  }

  /// Makes the exponent of every double positive.
  private static var exponentShift: Int { 1100 }
}

extension SketchBins {
  /// Bins of this resolution that cover the octaves of both.
  fileprivate func union(with other: SketchBins) -> SketchBins {
    let parts = [self, other].filter { $0.negativeOctaves + $0.positiveOctaves > 0 }
    guard let low = parts.map(\.lowestExponent).min() else { return self }
    func octaves(_ count: KeyPath<SketchBins, Int>) -> Int {
      parts.map { $0[keyPath: count] > 0 ? $0.lowestExponent + $0[keyPath: count] - low : 0 }.max() ?? 0
    }
    return SketchBins(
      log2PerOctave: log2PerOctave, lowestExponent: low, negativeOctaves: octaves(\.negativeOctaves),
      positiveOctaves: octaves(\.positiveOctaves))
  }
}
