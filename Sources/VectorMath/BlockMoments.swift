import CBlockKernels

/// Sums over the finite values of a block of draws, in a fixed order.
///
/// Value i is added to lane i mod 8, and the eight lanes are added pairwise at the end. This gives the same bits on
/// every path, and a rounding error that grows with a hundredth of the count.
package struct BlockMoments: Sendable, Hashable {
  /// Σ (x - pivot)
  package var sum: Double
  /// Σ (x - pivot)²
  package var sumOfSquares: Double
  /// The smallest finite value; infinity if there is none.
  package var minimum: Double
  /// The largest finite value; -infinity if there is none.
  package var maximum: Double
  /// The number of finite values.
  package var finite: Int
  /// The number of infinite values and NaNs, which are excluded from the sums.
  package var nonFinite: Int

  /// The sums of a column about a finite pivot; a pivot near the mean keeps the squares accurate.
  package init(of x: Column, pivot: Double, count: Int) {
    let sums = lc_block_moments(x, pivot, count)
    sum = sums.sum
    sumOfSquares = sums.sum_of_squares
    minimum = sums.minimum
    maximum = sums.maximum
    finite = Int(sums.finite)
    nonFinite = Int(sums.non_finite)
  }
}
