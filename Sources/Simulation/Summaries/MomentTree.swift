/// The sums of consecutive address blocks, merged pairwise.
///
/// Blocks are the leaves of a binary tree over their indexes: two neighbours are merged if the first index is even, two
/// pairs if the first pair's index is even, and so on. A range keeps the largest whole subtrees that it covers, so that
/// the sum over all blocks is the same, bit for bit, however the blocks were divided into ranges and these assigned to
/// workers or machines, and rounding errors grow with the logarithm of the number of blocks.
struct MomentTree {
  /// A whole subtree over 2^level blocks.
  struct Subtree {
    var level: Int
    var sums: MomentSums
  }

  /// The subtrees of the range, in the order of their blocks.
  private(set) var subtrees: [Subtree] = []
  /// The index of the block after the range.
  private(set) var end: Int

  /// An empty range that begins at a block.
  ///
  /// - Parameter start: the index of the first block. A range that begins at a multiple of its length, rounded up to a
  ///   power of two, may count its blocks from 0: the subtrees are the same.
  init(start: Int = 0) { end = start }

  /// Empty ranges: one for all blocks and, if there are several replicates, one for each, whose blocks are counted on
  /// their own.
  ///
  /// - Parameter start: the first block, a multiple of the number of replicates.
  static func empty(replicates: Int, start: Int = 0) -> [MomentTree] {
    guard replicates > 1 else { return [MomentTree(start: start)] }
    return [MomentTree(start: start)]
      + [MomentTree](repeating: MomentTree(start: start / replicates), count: replicates)
  }

  /// Adds the next block.
  mutating func append(_ block: MomentSums) { append(Subtree(level: 0, sums: block)) }

  /// Appends the range of the blocks that follow.
  mutating func append(_ range: MomentTree) {
    for subtree in range.subtrees { append(subtree) }
  }

  /// Appends a subtree, whose first block is a multiple of its size.
  mutating func append(_ subtree: Subtree) {
    var joined = subtree
    var (first, place) = (end, subtrees.count)
    end += 1 << subtree.level
    // The left one of two neighbours begins at a multiple of their common size.
    while place > 0, subtrees[place - 1].level == joined.level, first >> joined.level & 1 == 1 {
      place -= 1
      first -= 1 << joined.level
      joined = Subtree(level: joined.level + 1, sums: subtrees[place].sums + joined.sums)
    }
    // Written once, whatever was joined: an array is checked for other references at each change.
    if place == subtrees.count {
      subtrees.append(joined)
    } else {
      subtrees[place] = joined
      subtrees.removeLast(subtrees.count - place - 1)
    }
  }

  /// Empties a range that begins at block 0, and keeps its capacity.
  mutating func removeAll() {
    subtrees.removeAll(keepingCapacity: true)
    end = 0
  }

  /// The sums over the range.
  var total: MomentSums {
    subtrees.reversed().dropFirst().reduce(subtrees.last?.sums ?? MomentSums()) { $1.sums + $0 }
  }
}
