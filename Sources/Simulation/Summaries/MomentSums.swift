import VectorMath

/// Count, mean, sum of squares about the mean and extremes of some draws.
struct MomentSums: Equatable {
  /// Finite draws.
  var count = 0
  var mean = 0.0
  /// Σ (x - mean)²
  var squares = 0.0
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

  /// Draws and those that follow them (Chan, Golub & LeVeque 1983, doi:10.1080/00031305.1983.10483115, eq. 2.1).
  static func + (a: MomentSums, b: MomentSums) -> MomentSums {
    guard a.count > 0 else { return b }
    guard b.count > 0 else { return a }
    var sum = MomentSums()
    sum.count = a.count + b.count
    let share = Double(b.count) / Double(sum.count)
    let difference = b.mean - a.mean
    sum.mean = a.mean + difference * share
    sum.squares = a.squares + b.squares + difference * difference * (Double(a.count) * share)
    sum.minimum = min(a.minimum, b.minimum)
    sum.maximum = max(a.maximum, b.maximum)
    return sum
  }

  /// The standard deviation, with n - 1; not a number of fewer than two draws.
  var sd: Double { count > 1 ? (squares / Double(count - 1)).squareRoot() : .nan }
}

/// The sums of consecutive address blocks, joined pairwise.
///
/// Blocks are the leaves of a binary tree over their numbers: two neighbours are joined where the first number is
/// even, two pairs where the first pair's number is even, and so on. A range keeps the largest whole subtrees that
/// it covers, so the sum over all blocks is the same in every bit however the blocks were dealt to workers, and
/// rounding errors grow with the logarithm of the number of blocks.
struct MomentTree {
  /// A whole subtree over 2^level blocks.
  struct Subtree {
    var level: Int
    var sums: MomentSums
  }

  /// The subtrees of the range, in the order of their blocks.
  private(set) var subtrees: [Subtree] = []

  /// An empty range, which is to begin at a block whose number is a multiple of the range's length rounded up to a
  /// power of two.
  init() {}

  /// Empty ranges: of all blocks and, where there are several replicates, of each one's.
  static func empty(replicates: Int) -> [MomentTree] {
    [MomentTree](repeating: MomentTree(), count: replicates > 1 ? 1 + replicates : 1)
  }

  /// Adds the next block.
  mutating func append(_ block: MomentSums) { append(Subtree(level: 0, sums: block)) }

  /// Adds the range of blocks that follows.
  mutating func append(_ range: MomentTree) {
    for subtree in range.subtrees { append(subtree) }
  }

  private mutating func append(_ subtree: Subtree) {
    var joined = subtree
    while let last = subtrees.last, last.level == joined.level {
      subtrees.removeLast()
      joined = Subtree(level: joined.level + 1, sums: last.sums + joined.sums)
    }
    subtrees.append(joined)
  }

  /// Empties the range, keeping its room.
  mutating func removeAll() { subtrees.removeAll(keepingCapacity: true) }

  /// The sums over the range.
  var total: MomentSums {
    subtrees.reversed().dropFirst().reduce(subtrees.last?.sums ?? MomentSums()) { $1.sums + $0 }
  }
}
