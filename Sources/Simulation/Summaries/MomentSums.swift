import VectorMath

/// Count, mean, sum of squares about the mean, and extremes of a set of draws.
struct MomentSums: Equatable {
  /// The number of finite draws.
  var count = 0
  var mean = 0.0
  /// The sum of ((x - mean) / unit)^2.
  var squares = 0.0
  /// The unit of the squares: 1, or a power of two if squares would overflow or underflow.
  var unit = 1.0
  var minimum = Double.infinity
  var maximum = -Double.infinity

  /// No draws.
  init() {}

  /// The draws of a block, whose sums were taken about a pivot near the mean.
  init(_ block: BlockMoments, pivot: Double) {
    guard block.finite > 0 else { return }
    let shift = block.sum / Double(block.finite)
    count = block.finite
    mean = pivot + shift
    squares = max(block.sumOfSquares - block.sum * shift, 0)
    minimum = block.minimum
    maximum = block.maximum
  }

  /// The moments of a block's draws, and the number of non-finite ones.
  ///
  /// If squares overflow or underflow, which few blocks of any run do, the sums are computed again in another unit.
  static func block(_ x: Column, pivot: Double, count: Int) -> (sums: MomentSums, nonFinite: Int) {
    let block = BlockMoments(of: x, pivot: pivot, count: count)
    let sums = MomentSums(block, pivot: pivot)
    guard block.finite > 0, block.minimum < block.maximum || pivot != block.minimum else {
      return (sums, block.nonFinite)
    }
    // Far from both ends of the range, so that no significant part of the sum was lost.
    if block.sumOfSquares >= 1e-260, block.sumOfSquares <= 1e300 { return (sums, block.nonFinite) }
    let size = max((block.maximum / 2 - pivot / 2).magnitude, (block.minimum / 2 - pivot / 2).magnitude)
    let unit = SquareUnit.of(2 * min(size, .greatestFiniteMagnitude / 2))
    guard unit != 1 else { return (sums, block.nonFinite) }
    let scaled = UnsafeMutablePointer<Double>.allocate(capacity: count)
    defer { scaled.deallocate() }
    for draw in 0..<count { scaled[draw] = x[draw] / unit }
    var rescaled = MomentSums(BlockMoments(of: scaled, pivot: pivot / unit, count: count), pivot: pivot / unit)
    rescaled.mean *= unit
    rescaled.unit = unit
    (rescaled.minimum, rescaled.maximum) = (block.minimum, block.maximum)
    return (rescaled, block.nonFinite)
  }

  /// Merges two sets of draws, the second of which follows the first (Chan, Golub & LeVeque 1983,
  /// doi:10.1080/00031305.1983.10483115, eq. 2.1).
  static func + (a: MomentSums, b: MomentSums) -> MomentSums {
    guard a.count > 0 else { return b }
    guard b.count > 0 else { return a }
    var sum = MomentSums()
    sum.count = a.count + b.count
    let share = Double(b.count) / Double(sum.count)
    let difference = b.mean - a.mean
    sum.mean = a.mean + difference * share
    // The largest unit: in it the squares of the others may underflow, but are then negligible.
    let squared = max(a.squares > 0 ? a.unit : 0, b.squares > 0 ? b.unit : 0)
    let unit = max(squared, difference != 0 ? SquareUnit.of(difference) : 0)
    if unit > 0 { sum.unit = unit }
    let (own, other, step) = (a.unit / sum.unit, b.unit / sum.unit, difference / sum.unit)
    sum.squares =
      (a.squares > 0 ? a.squares * own * own : 0) + (b.squares > 0 ? b.squares * other * other : 0)
      + step * step * (Double(a.count) * share)
    sum.minimum = min(a.minimum, b.minimum)
    sum.maximum = max(a.maximum, b.maximum)
    return sum
  }

  /// The standard deviation, with n - 1; NaN for fewer than two draws.
  var sd: Double { count > 1 ? (squares / Double(count - 1)).squareRoot() * unit : .nan }
}
