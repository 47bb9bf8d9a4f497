import CBlockKernels

/// Bins of equal width within every octave, over positive and negative numbers and zero, in ascending order.
///
/// A bin of octave 2^e ... 2^(e+1) is 2^(e - log2PerOctave) wide: with 4,096 bins an octave no value is further from its
/// bin's middle than 1.22e-4 of its size (2^-13). Counting is separate from binning: `indexes` writes bin numbers, `tally` counts.
///
/// The numbers run over `negativeOctaves` of negative bins, one bin of zero, and `positiveOctaves` of positive ones. A
/// value outside gets `outsideIndex`, one that is not finite `nonFiniteIndex`; an array of `indexCount` counts holds all.
/// `union(with:count:)` and `index(ofBin:in:)` serve a caller that lets its range grow.
public struct SketchBins: Sendable, Hashable {
  /// The binary logarithm of the bins an octave.
  public let log2PerOctave: Int
  /// The smallest octave begins at 2^lowestExponent.
  public let lowestExponent: Int
  /// Octaves below zero.
  public let negativeOctaves: Int
  /// Octaves above zero.
  public let positiveOctaves: Int

  /// Bins over octaves from 2^lowestExponent.
  ///
  /// - Parameters:
  ///   - log2PerOctave: 0 ... 16.
  ///   - lowestExponent: -1022 ... 1023.
  ///   - negativeOctaves: 0 ... 2046; octaves beyond the largest double are left out.
  ///   - positiveOctaves: 0 ... 2046; octaves beyond the largest double are left out.
  public init(log2PerOctave: Int = 12, lowestExponent: Int, negativeOctaves: Int, positiveOctaves: Int) {
    precondition((0...16).contains(log2PerOctave), "An octave has 1 to 65,536 bins.")
    precondition((-1022...1023).contains(lowestExponent), "Octaves lie between 2^-1022 and 2^1024.")
    precondition(negativeOctaves >= 0 && positiveOctaves >= 0, "There are no fewer than no octaves.")
    self.log2PerOctave = log2PerOctave
    self.lowestExponent = lowestExponent
    self.negativeOctaves = min(negativeOctaves, 1024 - lowestExponent)
    self.positiveOctaves = min(positiveOctaves, 1024 - lowestExponent)
  }

  /// Negative bins.
  @inlinable
  public var negativeBins: Int { negativeOctaves << log2PerOctave }
  /// Positive bins.
  @inlinable
  public var positiveBins: Int { positiveOctaves << log2PerOctave }
  /// The bin of zero, and of magnitudes below 2^-1022.
  @inlinable
  public var zeroIndex: Int { negativeBins }
  /// Bins that stand for values: 0 ..< binCount, in ascending order of values.
  @inlinable
  public var binCount: Int { negativeBins + 1 + positiveBins }
  /// The number given to finite values outside all bins.
  public var outsideIndex: Int { binCount }
  /// The number given to values that are not finite.
  public var nonFiniteIndex: Int { binCount + 1 }
  /// All numbers that can be given.
  public var indexCount: Int { binCount + 2 }

  /// Writes each value's bin number.
  ///
  /// - Returns: how many finite values are outside all bins.
  @discardableResult
  public func indexes(of x: Column, into indexes: UnsafeMutablePointer<UInt32>, count: Int) -> Int {
    lc_bin_indexes(
      lc_bins(
        log2_per_octave: Int32(log2PerOctave), lowest_exponent: Int32(lowestExponent),
        negative_bins: Int32(negativeBins), positive_bins: Int32(positiveBins)),
      x, indexes, count)
  }

  /// The values of a bin: from its end nearer to zero, which it includes, to the other, which it does not.
  @inlinable
  public func bounds(ofBin index: Int) -> (low: Double, high: Double) {
    let distance = index - zeroIndex
    if distance == 0 { return (0, 0) }
    let near = edge(distance.magnitude - 1), far = edge(distance.magnitude)
    return distance > 0 ? (near, far) : (-far, -near)
  }

  /// The magnitude at which positive bin number `rank`, from 0, begins; infinite after the last octave.
  ///
  /// Exponent and leading mantissa bits of a double, read as a whole number, count the bins.
  @inlinable
  func edge(_ rank: UInt) -> Double {
    let first = UInt64(lowestExponent + 1023) << UInt64(log2PerOctave)
    return Double(bitPattern: (first + UInt64(rank)) << UInt64(52 - log2PerOctave))
  }

  /// The smallest bins of this resolution that hold these and every finite value of a column.
  public func union(with x: Column, count: Int) -> SketchBins {
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

  /// The number, in wider bins of the same resolution, of a bin of these.
  public func index(ofBin index: Int, in wider: SketchBins) -> Int {
    let distance = index - zeroIndex
    if distance == 0 { return wider.zeroIndex }
    let shift = (lowestExponent - wider.lowestExponent) << log2PerOctave
    return wider.zeroIndex + (distance > 0 ? distance + shift : distance - shift)
  }

  /// counts[index] += 1 for each index.
  @inlinable
  public static func tally<Count: FixedWidthInteger>(
    _ indexes: UnsafePointer<UInt32>, into counts: UnsafeMutablePointer<Count>, count: Int
  ) {
    for i in 0..<count { counts[Int(indexes[i])] &+= 1 }
  }
}
