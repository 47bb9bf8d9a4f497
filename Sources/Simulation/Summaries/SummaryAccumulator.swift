import Sampling
import VectorMath

/// What takes the columns that a worker has computed.
protocol BlockSink: AnyObject {
  /// Takes an address block of an output cell.
  func summarise(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>)
  /// Takes an address block of a ratio.
  func addRatio(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>)
  /// Takes an address block of an output less its reference.
  func addPositive(_ x: Column, slot: Int, block: Int, count: Int)
  /// Takes an address block of a value that has moments alone.
  func addMoments(_ x: Column, slot: Int, block: Int, count: Int)
}

/// One worker's summaries: what it has seen of each output cell and comparison.
///
/// Under a design with replicates, block b belongs to replicate b mod their number, and each replicate has moments and
/// a few counts of its own, from whose spread standard errors are taken.
final class SummaryAccumulator: BlockSink {
  /// An output cell's summaries.
  struct Cell {
    /// The moments of all blocks, then of each replicate's.
    var trees: [MomentTree]
    var distribution: ReplicatedSketch<UInt32>
    var draws = 0
    var nonFinite = 0
    /// The first draw that was not finite.
    var firstNonFinite = Int.max
    /// The values that occur; nil where the first block has many.
    var values: DistinctValues?
    /// How often each of a few values occurs; nil where the first block has more.
    var outcomes: DiscreteValueCounts?
  }

  private(set) var cells: [Cell]
  /// Moments of values that have no sketch, and how many of their draws were not finite.
  private var plain: [(trees: [MomentTree], nonFinite: Int)]
  private(set) var ratios: [ReplicatedSketch<UInt32>]
  /// By slot and replicate; without replicates, one.
  private(set) var excesses: [[Share]]
  private let calibration: SummaryCalibration
  /// Room for the draws of a block less their offset.
  private let deviations = UnsafeMutablePointer<Double>.allocate(capacity: AddressBlock.draws)
  private let replicates: Int
  /// Draws since the counts were last handed on; a count of 32 bits holds 2^32 of them.
  private(set) var pending = 0

  /// Empty summaries.
  init(_ slots: Plan.SlotCounts, replicates: Int, calibration: SummaryCalibration) {
    self.calibration = calibration
    self.replicates = replicates
    cells = calibration.cells.enumerated().map { slot, cell in
      Cell(
        trees: MomentTree.empty(replicates: replicates),
        distribution: ReplicatedSketch(cell.thresholds, replicates: replicates, limit: slots.limit(ofSummary: slot)),
        values: cell.isDiscrete ? DistinctValues() : nil,
        outcomes: cell.hasOutcomes ? DiscreteValueCounts(replicates: replicates) : nil)
    }
    plain = calibration.momentPivots.map { _ in (MomentTree.empty(replicates: replicates), 0) }
    ratios = calibration.ratioThresholds.map { ReplicatedSketch($0, replicates: replicates, limit: slots.limit) }
    excesses = [[Share]](
      repeating: [Share](repeating: Share(), count: replicates), count: slots.positives)
  }

  deinit {
    deviations.deallocate()
    for cell in cells { cell.distribution.destroy() }
    for ratio in ratios { ratio.destroy() }
  }

  /// Adds an address block of an output cell.
  func summarise(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    let (pivot, offset) = (calibration.cells[slot].pivot, calibration.cells[slot].offset)
    let (sums, nonFinite) = MomentSums.block(x, pivot: pivot, count: count)
    cells[slot].trees[0].append(sums)
    if replicates > 1 { cells[slot].trees[1 + block % replicates].append(sums) }
    var counted = x
    if offset != 0 {
      SummaryCalibration.deviations(of: x, from: offset, count: count, into: deviations)
      counted = Column(deviations)
    }
    cells[slot].distribution.add(
      counted, uncentred: x, block: block, count: count, isFinite: nonFinite == 0, indexes: indexes)
    // Values that are counted already are known to the set.
    if cells[slot].outcomes?.add(x, block: block, count: count) != true { cells[slot].values?.add(x, count: count) }
    cells[slot].draws += count
    guard nonFinite > 0 else { return }
    cells[slot].nonFinite += nonFinite
    if let first = (0..<count).first(where: { !x[$0].isFinite }) {
      cells[slot].firstNonFinite = min(cells[slot].firstNonFinite, block * AddressBlock.draws + first)
    }
  }

  /// Adds an address block of a ratio.
  func addRatio(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    ratios[slot].add(x, uncentred: x, block: block, count: count, isFinite: false, indexes: indexes)
  }

  /// Adds an address block of an output less its reference.
  func addPositive(_ x: Column, slot: Int, block: Int, count: Int) {
    var (positive, finite) = (0, 0)
    // No branch and no trap, so that several draws go at once; neither sum can overflow.
    for draw in 0..<count {
      let isFinite = x[draw].magnitude < .infinity ? 1 : 0
      positive &+= isFinite & (x[draw] > 0 ? 1 : 0)
      finite &+= isFinite
    }
    excesses[slot][block % replicates].add(Share(positive: positive, finite: finite))
  }

  /// Adds an address block of a value that has moments alone.
  func addMoments(_ x: Column, slot: Int, block: Int, count: Int) {
    let (sums, nonFinite) = MomentSums.block(x, pivot: calibration.momentPivots[slot], count: count)
    plain[slot].trees[0].append(sums)
    if replicates > 1 { plain[slot].trees[1 + block % replicates].append(sums) }
    plain[slot].nonFinite += nonFinite
  }

  /// Notes that an address block is complete.
  func endBlock(draws: Int) { pending += draws }

  /// The moments of the blocks since the last call, which were consecutive: those of output cells, then the others.
  func takeTrees() -> [[MomentTree]] {
    let trees = cells.map(\.trees) + plain.map(\.trees)
    for slot in plain.indices {
      for tree in plain[slot].trees.indices { plain[slot].trees[tree].removeAll() }
    }
    for slot in cells.indices {
      for tree in cells[slot].trees.indices { cells[slot].trees[tree].removeAll() }
    }
    return trees
  }

  /// Hands counts on to the totals.
  func empty(into totals: inout SummaryTotals) {
    for slot in cells.indices {
      totals.cells[slot].distribution.add(cells[slot].distribution)
      if let values = cells[slot].values { totals.cells[slot].values?.formUnion(values) }
      if let outcomes = cells[slot].outcomes {
        totals.cells[slot].outcomes?.add(outcomes)
        cells[slot].outcomes?.clear()
      }
      totals.cells[slot].nonFinite += cells[slot].nonFinite
      totals.cells[slot].draws += cells[slot].draws
      totals.cells[slot].firstNonFinite = min(totals.cells[slot].firstNonFinite, cells[slot].firstNonFinite)
      cells[slot].distribution.clear()
      (cells[slot].nonFinite, cells[slot].draws) = (0, 0)
    }
    for slot in plain.indices {
      totals.plainNonFinite[slot] += plain[slot].nonFinite
      plain[slot].nonFinite = 0
    }
    for slot in ratios.indices {
      totals.ratios[slot].add(ratios[slot])
      ratios[slot].clear()
    }
    for slot in excesses.indices {
      for replicate in 0..<replicates {
        totals.excesses[slot][replicate].add(excesses[slot][replicate])
        excesses[slot][replicate] = Share()
      }
    }
    pending = 0
  }
}

/// The summaries of all workers together; counts of 64 bits.
struct SummaryTotals {
  /// An output cell's summaries.
  struct Cell {
    var distribution: ReplicatedSketch<UInt64>
    var draws = 0
    var nonFinite = 0
    var firstNonFinite = Int.max
    var values: DistinctValues?
    var outcomes: DiscreteValueCounts?
  }

  var cells: [Cell]
  var ratios: [ReplicatedSketch<UInt64>]
  var excesses: [[Share]]
  /// Draws that were not finite, of values that have moments alone.
  var plainNonFinite: [Int]
  /// The moments of all blocks before `nextBlock`, by cell; of all blocks, then of each replicate's.
  private var trees: [[MomentTree]]
  private var nextBlock = 0
  /// What the sketches' draws were counted about, by cell.
  let offsets: [Double]
  /// The values that are possible.
  let ranges: Plan.Ranges
  /// The exact quantiles, where they were asked for.
  var exact: ExactQuantiles?
  /// Moments of ranges that were ready before their turn, by their first block.
  private var early: [Int: (blocks: Range<Int>, moments: [[MomentTree]])] = [:]

  /// Nothing yet.
  init(_ slots: Plan.SlotCounts, replicates: Int, calibration: SummaryCalibration, ranges: Plan.Ranges) {
    self.ranges = ranges
    cells = calibration.cells.enumerated().map { slot, cell in
      Cell(
        distribution: ReplicatedSketch(cell.thresholds, replicates: replicates, limit: slots.limit(ofSummary: slot)),
        values: cell.isDiscrete ? DistinctValues() : nil,
        outcomes: cell.hasOutcomes ? DiscreteValueCounts(replicates: replicates) : nil)
    }
    ratios = calibration.ratioThresholds.map { ReplicatedSketch($0, replicates: replicates, limit: slots.limit) }
    plainNonFinite = [Int](repeating: 0, count: slots.moments)
    excesses = [[Share]](
      repeating: [Share](repeating: Share(), count: replicates), count: slots.positives)
    offsets = calibration.cells.map(\.offset)
    trees = (0..<(slots.summaries + slots.moments)).map { _ in MomentTree.empty(replicates: replicates) }
  }

  /// Adds the moments of a range of blocks; ranges are joined in the order of their blocks.
  mutating func add(blocks: Range<Int>, _ moments: [[MomentTree]]) {
    early[blocks.lowerBound] = (blocks, moments)
    while let next = early.removeValue(forKey: nextBlock) {
      for slot in trees.indices {
        for tree in trees[slot].indices { trees[slot][tree].append(next.moments[slot][tree]) }
      }
      nextBlock = next.blocks.upperBound
    }
  }

  /// The moments of an output cell over all blocks.
  func moments(slot: Int) -> MomentSums { trees[slot][0].total }

  /// The moments of an output cell over each replicate's blocks; empty without replicates.
  func replicateMoments(slot: Int) -> [MomentSums] { trees[slot].dropFirst().map(\.total) }

  /// Gives the memory back.
  func destroy() {
    for cell in cells { cell.distribution.destroy() }
    for ratio in ratios { ratio.destroy() }
  }
}
