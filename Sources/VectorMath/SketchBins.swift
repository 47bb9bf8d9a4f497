import CBlockKernels

/// Bins of equal width within every octave, over positive and negative numbers and zero, in ascending order.
///
/// A bin in the octave 2^e ... 2^(e+1) is 2^(e - log2PerOctave) wide: with 4,096 bins per octave, the relative distance
/// of a value from its bin's midpoint is at most 1.22e-4 (2^-13). Counting is separate from binning: `indexes` writes
/// bin indexes, `tally` counts them.
///
/// The indexes cover `negativeOctaves` of negative bins, one bin for zero, and `positiveOctaves` of positive bins. A
/// value outside has `outsideIndex`, a non-finite one `nonFiniteIndex`; an array of `indexCount` counts covers all.
/// `union(with:count:)` and `index(ofBin:in:)` allow a caller to extend its range.
package struct SketchBins: Sendable, Hashable {
  /// The binary logarithm of the number of bins per octave.
  package let log2PerOctave: Int
  /// The smallest octave begins at 2^lowestExponent.
  package let lowestExponent: Int
  /// The number of octaves below zero.
  package let negativeOctaves: Int
  /// The number of octaves above zero.
  package let positiveOctaves: Int

  /// Bins over octaves from 2^lowestExponent.
  ///
  /// - Parameters:
  ///   - log2PerOctave: 0 ... 16.
  ///   - lowestExponent: -1022 ... 1023.
  ///   - negativeOctaves: 0 ... 2046; octaves beyond the largest double are omitted.
  ///   - positiveOctaves: 0 ... 2046; octaves beyond the largest double are omitted.
  package init(log2PerOctave: Int = 12, lowestExponent: Int, negativeOctaves: Int, positiveOctaves: Int) {
    precondition((0...16).contains(log2PerOctave), "An octave has 1 to 65,536 bins.")
    precondition((-1022...1023).contains(lowestExponent), "Octaves lie between 2^-1022 and 2^1024.")
    precondition(negativeOctaves >= 0 && positiveOctaves >= 0, "There are no fewer than no octaves.")
    self.log2PerOctave = log2PerOctave
    self.lowestExponent = lowestExponent
    self.negativeOctaves = min(negativeOctaves, 1024 - lowestExponent)
    self.positiveOctaves = min(positiveOctaves, 1024 - lowestExponent)
  }

  /// The number of negative bins.
  @inlinable
  package var negativeBins: Int { negativeOctaves << log2PerOctave }
  /// The number of positive bins.
  @inlinable
  package var positiveBins: Int { positiveOctaves << log2PerOctave }
  /// The bin of zero, which includes magnitudes below 2^-1022.
  @inlinable
  package var zeroIndex: Int { negativeBins }
  /// The number of bins: 0 ..< binCount, in ascending order of values.
  @inlinable
  package var binCount: Int { negativeBins + 1 + positiveBins }
  /// The index of finite values outside all bins.
  package var outsideIndex: Int { binCount }
  /// The index of non-finite values.
  package var nonFiniteIndex: Int { binCount + 1 }
  /// The number of different indexes.
  package var indexCount: Int { binCount + 2 }

  /// Writes each value's bin index.
  ///
  /// - Returns: the number of finite values outside all bins.
  @discardableResult
  package func indexes(of x: Column, into indexes: UnsafeMutablePointer<UInt32>, count: Int) -> Int {
    lc_bin_indexes(
      lc_bins(
        log2_per_octave: Int32(log2PerOctave), lowest_exponent: Int32(lowestExponent),
        negative_bins: Int32(negativeBins), positive_bins: Int32(positiveBins)),
      x, indexes, count)
  }

  /// The range of a bin: it includes the end nearer to zero and excludes the other one.
  @inlinable
  package func bounds(ofBin index: Int) -> (low: Double, high: Double) {
    let distance = index - zeroIndex
    if distance == 0 { return (0, 0) }
    let near = edge(distance.magnitude - 1), far = edge(distance.magnitude)
    return distance > 0 ? (near, far) : (-far, -near)
  }

  /// The magnitude at which the positive bin `rank`, from 0, begins; infinite after the last octave.
  ///
  /// The exponent and the leading mantissa bits of a double, read as an integer, number the bins.
  @inlinable
  func edge(_ rank: UInt) -> Double {
    let first = UInt64(lowestExponent + 1023) << UInt64(log2PerOctave)
    return Double(bitPattern: (first + UInt64(rank)) << UInt64(52 - log2PerOctave))
  }

  /// The smallest bins of this resolution that cover these bins and every finite value of a column.
  package func union(with x: Column, count: Int) -> SketchBins {
    var low = negativeOctaves + positiveOctaves > 0 ? lowestExponent : Int.max
    var negativeTop = negativeOctaves > 0 ? lowestExponent + negativeOctaves : Int.min
    var positiveTop = positiveOctaves > 0 ? lowestExponent + positiveOctaves : Int.min
    for i in 0..<count where x[i].isNormal {
      let exponent = Int(x[i].exponent)
      low = min(low, exponent)
      if x[i] < 0 { negativeTop = max(negativeTop, exponent + 1) } else { positiveTop = max(positiveTop, exponent + 1) }
    }
    if low == Int.max { return self }
    return SketchBins(
      log2PerOctave: log2PerOctave, lowestExponent: low,
      negativeOctaves: negativeTop == Int.min ? 0 : negativeTop - low,
      positiveOctaves: positiveTop == Int.min ? 0 : positiveTop - low)
  }

  /// The index of one of these bins in wider bins of the same resolution.
  package func index(ofBin index: Int, in wider: SketchBins) -> Int {
    let distance = index - zeroIndex
    if distance == 0 { return wider.zeroIndex }
    let shift = (lowestExponent - wider.lowestExponent) << log2PerOctave
    return wider.zeroIndex + (distance > 0 ? distance + shift : distance - shift)
  }
}
