import Modeling
import Sampling
import VectorMath

/// One worker's summaries: what it has seen of each output cell and comparison.
final class SummaryBank {
  /// An output cell's summaries.
  struct Cell {
    var tree = MomentTree()
    var sketch: Sketch<UInt32>
    var draws = 0
    var nonFinite = 0
    /// The first draw that was not finite.
    var firstNonFinite = Int.max
  }

  /// Draws in which an output exceeds a reference, of those in which both are finite.
  struct Excess {
    var positive = 0
    var finite = 0
  }

  private(set) var cells: [Cell]
  private(set) var ratios: [Sketch<UInt32>]
  private(set) var excesses: [Excess]
  /// A number near each output cell's mean, the same for all workers.
  private let pivots: [Double]
  /// Draws since the counts were last handed on; a count of 32 bits holds 2^32 of them.
  private(set) var pending = 0

  /// Empty summaries.
  init(_ slots: Plan.SlotCounts, pivots: [Double], sketchLimit: Int) {
    self.pivots = pivots
    cells = (0..<slots.summaries).map { _ in Cell(sketch: Sketch(limit: sketchLimit)) }
    ratios = (0..<slots.ratios).map { _ in Sketch(limit: sketchLimit) }
    excesses = [Excess](repeating: Excess(), count: slots.positives)
  }

  deinit {
    for cell in cells { cell.sketch.destroy() }
    for ratio in ratios { ratio.destroy() }
  }

  /// Adds an address block of an output cell.
  func summarise(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    let pivot = pivots[slot]
    let moments = BlockMoments(of: x, pivot: pivot, count: count)
    cells[slot].tree.append(MomentSums(moments, pivot: pivot))
    cells[slot].sketch.add(x, count: count, indexes: indexes)
    cells[slot].draws += count
    guard moments.nonFinite > 0 else { return }
    cells[slot].nonFinite += moments.nonFinite
    if let first = (0..<count).first(where: { !x[$0].isFinite }) {
      cells[slot].firstNonFinite = min(cells[slot].firstNonFinite, block * AddressBlock.draws + first)
    }
  }

  /// Adds an address block of a ratio.
  func addRatio(_ x: Column, slot: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    ratios[slot].add(x, count: count, indexes: indexes)
  }

  /// Adds an address block of an output less its reference.
  func addPositive(_ x: Column, slot: Int, count: Int) {
    var (positive, finite) = (0, 0)
    for draw in 0..<count {
      positive += x[draw] > 0 && x[draw] < .infinity ? 1 : 0
      finite += x[draw].magnitude < .infinity ? 1 : 0
    }
    excesses[slot].positive += positive
    excesses[slot].finite += finite
  }

  /// Notes that an address block is complete.
  func endBlock(draws: Int) { pending += draws }

  /// The moments of the blocks since the last call, which were consecutive.
  func takeTrees() -> [MomentTree] {
    let trees = cells.map(\.tree)
    for slot in cells.indices { cells[slot].tree.removeAll() }
    return trees
  }

  /// Hands counts on to the totals.
  func empty(into totals: inout SummaryTotals) {
    for slot in cells.indices {
      totals.cells[slot].sketch.add(cells[slot].sketch)
      totals.cells[slot].nonFinite += cells[slot].nonFinite
      totals.cells[slot].draws += cells[slot].draws
      totals.cells[slot].firstNonFinite = min(totals.cells[slot].firstNonFinite, cells[slot].firstNonFinite)
      cells[slot].sketch.clear()
      (cells[slot].nonFinite, cells[slot].draws) = (0, 0)
    }
    for slot in ratios.indices {
      totals.ratios[slot].add(ratios[slot])
      ratios[slot].clear()
    }
    for slot in excesses.indices {
      totals.excesses[slot].positive += excesses[slot].positive
      totals.excesses[slot].finite += excesses[slot].finite
      excesses[slot] = Excess()
    }
    pending = 0
  }
}

/// The summaries of all workers together; counts of 64 bits.
struct SummaryTotals {
  /// An output cell's summaries.
  struct Cell {
    var sketch: Sketch<UInt64>
    var draws = 0
    var nonFinite = 0
    var firstNonFinite = Int.max
  }

  var cells: [Cell]
  var ratios: [Sketch<UInt64>]
  var excesses: [SummaryBank.Excess]
  /// The moments of all blocks before range `nextRange`, by cell.
  private var trees: [MomentTree]
  private var nextRange = 0
  /// Moments of ranges that were ready before their turn.
  private var early: [Int: [MomentTree]] = [:]

  /// Nothing yet.
  init(_ slots: Plan.SlotCounts, sketchLimit: Int) {
    cells = (0..<slots.summaries).map { _ in Cell(sketch: Sketch(limit: sketchLimit)) }
    ratios = (0..<slots.ratios).map { _ in Sketch(limit: sketchLimit) }
    excesses = [SummaryBank.Excess](repeating: .init(), count: slots.positives)
    trees = [MomentTree](repeating: MomentTree(), count: slots.summaries)
  }

  /// Adds the moments of a range of blocks; ranges are joined in the order of their blocks.
  mutating func add(range: Int, _ moments: [MomentTree]) {
    early[range] = moments
    while let next = early.removeValue(forKey: nextRange) {
      for slot in trees.indices { trees[slot].append(next[slot]) }
      nextRange += 1
    }
  }

  /// The moments of an output cell over all blocks.
  func moments(slot: Int) -> MomentSums { trees[slot].total }

  /// Gives the memory back.
  func destroy() {
    for cell in cells { cell.sketch.destroy() }
    for ratio in ratios { ratio.destroy() }
  }
}
