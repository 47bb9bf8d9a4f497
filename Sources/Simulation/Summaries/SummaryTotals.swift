/// The merged summaries of all workers; counts of 64 bits.
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
  /// The number of non-finite draws of values that have moments only.
  var plainNonFinite: [Int]
  /// The moments of the blocks from `firstBlock` to before `nextBlock`, by cell; for all blocks, then for each replicate.
  private(set) var trees: [[MomentTree]]
  /// The first block: 0 but for a part of a run.
  let firstBlock: Int
  /// The block after those whose moments have been added.
  private(set) var nextBlock: Int
  /// The offset of each cell's sketch.
  let offsets: [Double]
  /// The ranges of possible values.
  let ranges: Plan.Ranges
  /// The exact quantiles, if requested.
  var exact: ExactQuantiles?
  /// Moments of ranges that were ready early, by their first block.
  private var early: [Int: (blocks: Range<Int>, moments: [[MomentTree]])] = [:]

  /// Empty totals.
  ///
  /// - Parameter firstBlock: the block with which the counted draws begin, a multiple of the number of replicates.
  init(
    _ slots: Plan.SlotCounts, replicates: Int, calibration: SummaryCalibration, ranges: Plan.Ranges,
    firstBlock: Int = 0
  ) {
    self.ranges = ranges
    (self.firstBlock, nextBlock) = (firstBlock, firstBlock)
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
    trees = (0..<(slots.summaries + slots.moments)).map { _ in
      MomentTree.empty(replicates: replicates, start: firstBlock)
    }
  }

  /// Adds the moments of a range of blocks; ranges are merged in the order of their blocks.
  mutating func add(blocks: Range<Int>, _ moments: [[MomentTree]]) {
    early[blocks.lowerBound] = (blocks, moments)
    while let next = early.removeValue(forKey: nextBlock) {
      for slot in trees.indices {
        for tree in trees[slot].indices { trees[slot][tree].append(next.moments[slot][tree]) }
      }
      nextBlock = next.blocks.upperBound
    }
  }

  /// Adds the totals of the blocks that follow.
  mutating func append(_ next: SummaryTotals) {
    precondition(next.firstBlock == nextBlock, "The blocks follow those before.")
    for slot in trees.indices {
      for tree in trees[slot].indices { trees[slot][tree].append(next.trees[slot][tree]) }
    }
    nextBlock = next.nextBlock
    for slot in cells.indices {
      let other = next.cells[slot]
      cells[slot].distribution.add(other.distribution)
      cells[slot].draws += other.draws
      cells[slot].nonFinite += other.nonFinite
      cells[slot].firstNonFinite = min(cells[slot].firstNonFinite, other.firstNonFinite)
      if let values = other.values { cells[slot].values?.formUnion(values) }
      if let outcomes = other.outcomes { cells[slot].outcomes?.add(outcomes) }
    }
    for slot in ratios.indices { ratios[slot].add(next.ratios[slot]) }
    for slot in excesses.indices {
      for replicate in excesses[slot].indices { excesses[slot][replicate].add(next.excesses[slot][replicate]) }
    }
    for slot in plainNonFinite.indices { plainNonFinite[slot] += next.plainNonFinite[slot] }
  }

  /// The moments of an output cell over all blocks.
  func moments(slot: Int) -> MomentSums { trees[slot][0].total }

  /// The moments of an output cell over each replicate's blocks; empty without replicates.
  func replicateMoments(slot: Int) -> [MomentSums] { trees[slot].dropFirst().map(\.total) }

  /// Appends the summaries of all slots.
  func write(to part: inout PartWriter) {
    for cell in cells { cell.write(to: &part) }
    for ratio in ratios { ratio.write(to: &part) }
    for share in excesses.joined() { share.write(to: &part) }
    for count in plainNonFinite { part.add(count) }
    for tree in trees.joined() { tree.write(to: &part) }
  }

  /// Reads the summaries of a part into empty totals.
  ///
  /// - Parameter lastBlock: the block after the part's.
  /// - Throws: `PartDamage`.
  mutating func read(from part: inout PartReader, to lastBlock: Int) throws(PartDamage) {
    for slot in cells.indices { try cells[slot].read(from: &part) }
    for slot in ratios.indices { try ratios[slot].read(from: &part) }
    for slot in excesses.indices {
      for replicate in excesses[slot].indices { try excesses[slot][replicate].read(from: &part) }
    }
    for slot in plainNonFinite.indices { plainNonFinite[slot] = try part.count() }
    for slot in trees.indices {
      for tree in trees[slot].indices { try trees[slot][tree].read(from: &part) }
      guard trees[slot][0].end == lastBlock else { throw PartDamage("the sums are of other blocks than it says") }
    }
    nextBlock = lastBlock
  }

  /// Frees the memory.
  func destroy() {
    for cell in cells { cell.distribution.destroy() }
    for ratio in ratios { ratio.destroy() }
  }
}
