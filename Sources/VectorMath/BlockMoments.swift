import CBlockKernels

/// Sums over the finite values of a block of draws, in a fixed order.
///
/// Value i goes to lane i mod 8, and the eight lanes are added pairwise at the end: the same bits on every path, and a
/// rounding error that grows with a hundredth of the count.
public struct BlockMoments: Sendable, Hashable {
  /// Σ (x - pivot)
  public var sum: Double
  /// Σ (x - pivot)²
  public var sumOfSquares: Double
  /// The least finite value; infinity if there is none.
  public var minimum: Double
  /// The greatest finite value; -infinity if there is none.
  public var maximum: Double
  /// Finite values.
  public var finite: Int
  /// Values that are infinite or not a number; they take no part in the sums.
  public var nonFinite: Int

  /// The sums of a column about a pivot, which must be finite; near the mean it keeps the squares accurate.
  public init(of x: Column, pivot: Double, count: Int) {
    let sums = lc_block_moments(x, pivot, count)
    sum = sums.sum
    sumOfSquares = sums.sum_of_squares
    minimum = sums.minimum
    maximum = sums.maximum
    finite = Int(sums.finite)
    nonFinite = Int(sums.non_finite)
  }
}
