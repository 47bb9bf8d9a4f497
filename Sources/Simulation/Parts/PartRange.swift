import Sampling

/// The division of a run's blocks into parts.
package enum PartRange {
  /// Parts that differ by at most this share of their length: each has at least so many units.
  private static let unitsPerPart = 32

  /// The number of blocks at whose multiples a part of a run begins: a power of two that the design's replicates divide.
  static func unit(replicates: Int) -> Int {
    var unit = 1
    while unit < replicates { unit *= 2 }
    return unit
  }

  /// The blocks of part `number` of `count`, counted from 1.
  ///
  /// The ranges of all parts cover the blocks once, in order. They begin at multiples of the largest power of two that
  /// keeps their lengths within 1/32 of each other, so that sums over whole subtrees stay together; with fewer than 16
  /// blocks a part, some parts are empty.
  ///
  /// - Parameters:
  ///   - number: 1 ... count.
  ///   - count: the number of parts.
  ///   - draws: the draws of the run.
  ///   - replicates: the replicates of its points.
  static func blocks(ofPart number: Int, of count: Int, draws: Int, replicates: Int) -> Range<Int> {
    let blocks = AddressBlock.count(ofDraws: draws)
    var unit = unit(replicates: replicates)
    while blocks / (2 * unit) / unitsPerPart >= count { unit *= 2 }
    let units = (blocks + unit - 1) / unit
    // Products of more than 63 bits: 2^30 units times the number of a part.
    func edge(_ part: Int) -> Int {
      let (high, low) = units.multipliedFullWidth(by: part)
      return min(blocks, count.dividingFullWidth((high, low)).quotient * unit)
    }
    return edge(number - 1)..<edge(number)
  }
}
