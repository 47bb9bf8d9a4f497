import Sampling
import VectorMath

/// A consumer of the columns that a worker has computed.
protocol BlockSink: AnyObject {
  /// Adds an address block of an output cell.
  func summarise(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>)
  /// Adds an address block of a ratio.
  func addRatio(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>)
  /// Adds an address block of an output minus its reference.
  func addPositive(_ x: Column, slot: Int, block: Int, count: Int)
  /// Adds an address block of a value that has moments only.
  func addMoments(_ x: Column, slot: Int, block: Int, count: Int)
}

/// One worker's summaries of each output cell and comparison.
///
/// For a design with replicates, block b belongs to replicate b mod their number; each replicate has separate moments
/// and a few counts, from whose spread standard errors are estimated.
final class SummaryAccumulator: BlockSink {
  /// An output cell's summaries.
  struct Cell {
    /// The moments of all blocks, then those of each replicate.
    var trees: [MomentTree]
    var distribution: ReplicatedSketch<UInt32>
    var draws = 0
    var nonFinite = 0
    /// The first non-finite draw.
    var firstNonFinite = Int.max
    /// The distinct values; nil if the first block has many.
    var values: DistinctValues?
    /// The counts of each of a few values; nil if the first block has more.
    var outcomes: DiscreteValueCounts?
  }

  private(set) var cells: [Cell]
  /// Moments of values without a sketch, and the number of their non-finite draws.
  private var plain: [(trees: [MomentTree], nonFinite: Int)]
  private(set) var ratios: [ReplicatedSketch<UInt32>]
  /// By slot and replicate; a single replicate for independent draws.
  private(set) var excesses: [[Share]]
  private let calibration: SummaryCalibration
  /// Memory for the draws of a block minus their offset.
  private let deviations = UnsafeMutablePointer<Double>.allocate(capacity: AddressBlock.draws)
  private let replicates: Int
  /// The number of draws since counts were last added to the totals; a count of 32 bits holds 2^32 of them.
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
    var counted = x
    if offset != 0 {
      SummaryCalibration.deviations(of: x, from: offset, count: count, into: deviations)
      counted = Column(deviations)
    }
    // One access to the array for all changes: each would check that nobody else holds it.
    cells.withUnsafeMutableBufferPointer { cells in
      cells[slot].trees.withUnsafeMutableBufferPointer { trees in
        trees[0].append(sums)
        if replicates > 1 { trees[1 + block % replicates].append(sums) }
      }
      cells[slot].distribution.add(
        counted, uncentred: x, block: block, count: count, isFinite: nonFinite == 0, indexes: indexes)
      // The set already contains values that are counted.
      if cells[slot].outcomes?.add(x, block: block, count: count) != true { cells[slot].values?.add(x, count: count) }
      cells[slot].draws += count
      guard nonFinite > 0 else { return }
      cells[slot].nonFinite += nonFinite
      if let first = (0..<count).first(where: { !x[$0].isFinite }) {
        cells[slot].firstNonFinite = min(cells[slot].firstNonFinite, block * AddressBlock.draws + first)
      }
    }
  }

  /// Adds an address block of a ratio.
  func addRatio(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    ratios[slot].add(x, uncentred: x, block: block, count: count, isFinite: false, indexes: indexes)
  }

  /// Adds an address block of an output minus its reference.
  func addPositive(_ x: Column, slot: Int, block: Int, count: Int) {
    var (positive, finite) = (0, 0)
    // No branch and no trap, so that the loop is vectorised; neither sum can overflow.
    for draw in 0..<count {
      let isFinite = x[draw].magnitude < .infinity ? 1 : 0
      positive &+= isFinite & (x[draw] > 0 ? 1 : 0)
      finite &+= isFinite
    }
    excesses[slot][block % replicates].add(Share(positive: positive, finite: finite))
  }

  /// Adds an address block of a value that has moments only.
  func addMoments(_ x: Column, slot: Int, block: Int, count: Int) {
    let (sums, nonFinite) = MomentSums.block(x, pivot: calibration.momentPivots[slot], count: count)
    plain[slot].trees[0].append(sums)
    if replicates > 1 { plain[slot].trees[1 + block % replicates].append(sums) }
    plain[slot].nonFinite += nonFinite
  }

  /// Records that an address block is complete.
  func endBlock(draws: Int) { pending += draws }

  /// The moments of the blocks since the last call, which must be consecutive: those of output cells, then the others.
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

  /// Adds the counts to the totals and clears them.
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
