import Dispatch
import Foundation
import Modeling
import Sampling

/// Executes the blocks of a plan on several workers and merges the summaries, which are independent of the number and
/// speed of the workers.
final class PlanRun: @unchecked Sendable {
  private let plan: Plan
  /// The number of draws up to the last one made or being made.
  private var draws = 0
  /// The block after the last one made or being made.
  private var blocks: Int
  /// The first block: 0 but for a part of a run.
  private let firstBlock: Int
  /// Draws of the whole run, of which this may be a part.
  private let wholeDraws: Int
  /// Whether a cancelled run keeps the ranges that have been begun: they are finished, and no other is begun.
  private let keepsRanges: Bool
  /// Blocks per range, a power of two, so that a range consists of whole subtrees of the moments.
  private var rangeBlocks = 1
  private let mostBlocks: Int
  private let options: Engine.Options
  private var calibration: SummaryCalibration
  private var hasCalibration = false

  /// Guards the following state; taken once per range, never within a block.
  private let lock = NSLock()
  private var totals: SummaryTotals
  private var nextBlock = 0
  private var doneBlocks = 0
  private var lastReport: UInt64
  private var isStopped = false

  /// Maximum number of ranges: few enough to distribute at no cost, enough to balance the workers.
  private static let rangeLimit = 1024
  /// Blocks per range, provided that each worker has at least sixteen ranges. Moments are merged once per range, which
  /// costs as much as a block of many cells.
  private static let rangeLength = 8
  /// Nanoseconds between two progress reports.
  private static let reportInterval: UInt64 = 50_000_000

  /// A run of a plan, without any draws yet.
  ///
  /// - Parameters:
  ///   - most: the maximum number of draws, relative to which progress is reported.
  ///   - part: the blocks of a part of these draws; it begins at a multiple of `PartRange.unit`. A cancelled part keeps what
  ///     it has.
  init(_ plan: Plan, most: Int, part: Range<Int>? = nil, options: Engine.Options) {
    self.plan = plan
    wholeDraws = most
    firstBlock = part?.lowerBound ?? 0
    blocks = firstBlock
    keepsRanges = part != nil
    mostBlocks = max(1, part?.count ?? AddressBlock.count(ofDraws: most))
    self.options = options
    calibration = SummaryCalibration(plan.slots)
    totals = SummaryTotals(
      plan.slots, replicates: plan.source.replicates, calibration: calibration, ranges: plan.ranges,
      firstBlock: firstBlock)
    lastReport = DispatchTime.now().uptimeNanoseconds
  }

  deinit { totals.destroy() }

  /// The number of workers: those of the options, and at most the number of blocks.
  static func workers(_ options: Engine.Options, draws: Int) -> Int {
    max(1, min(options.width, AddressBlock.count(ofDraws: draws)))
  }

  /// Extends the run to a number of draws and returns the summaries of all draws, which are the same as if they had
  /// been made at once. The previous draws must end with a whole block.
  func extend(to draws: Int) throws(CancellationError) -> SummaryTotals {
    // Draws that another process has made.
    if draws <= self.draws, hasCalibration { return totals }
    precondition(self.draws % AddressBlock.draws == 0, "A block is made whole, or is the last one.")
    let made = blocks
    self.draws = draws
    blocks = AddressBlock.count(ofDraws: draws)
    nextBlock = made
    // A power of two that the replicates divide, so that each has the same number of blocks in every range. The blocks
    // so far are a multiple of it, so that ranges begin at subtrees.
    rangeBlocks = 1
    while rangeBlocks < plan.source.replicates { rangeBlocks *= 2 }
    while made % (2 * rangeBlocks) == 0,
      (blocks - made) / rangeBlocks > (rangeBlocks < Self.rangeLength ? 64 : Self.rangeLimit)
    { rangeBlocks *= 2 }
    let first = Worker(plan)
    guard hasCalibration || calibrate(first) else { throw CancellationError() }
    let pilot = first
    forEachWorker(Self.workers(options, draws: draws - made * AddressBlock.draws)) { number in
      work(number == 0 ? pilot : nil)
    }
    if isStopped { throw CancellationError() }
    if nextBlock < blocks {
      blocks = nextBlock
      self.draws = min(draws, nextBlock * AddressBlock.draws)
    }
    return totals
  }

  /// The digest of the values of the first block, which two machines share if they compute the same; `extend` or `adopt`
  /// has been called before.
  private(set) var fingerprint: UInt64 = 0

  /// The block after the last one that has been made.
  var nextBlockToMake: Int { blocks }

  /// The number of draws up to the last one that has been made.
  var drawsMade: Int { draws }

  /// Appends the summaries of blocks that have been made before, by this process or another one: those that follow the
  /// blocks so far.
  ///
  /// - Parameters:
  ///   - bytes: what `PartWriter` has written.
  ///   - range: the blocks.
  /// - Returns: the summaries of all blocks so far.
  /// - Throws: `PartDamage`, or `CancellationError`.
  func adopt(_ bytes: ArraySlice<UInt8>, of range: Range<Int>) throws -> SummaryTotals {
    precondition(range.lowerBound == blocks, "The blocks follow those so far.")
    guard hasCalibration || calibrate(Worker(plan)) else { throw CancellationError() }
    var reader = PartReader(bytes)
    var part = SummaryTotals(
      plan.slots, replicates: plan.source.replicates, calibration: calibration, ranges: plan.ranges,
      firstBlock: range.lowerBound)
    defer { part.destroy() }
    try part.read(from: &reader, to: range.upperBound)
    guard reader.isAtEnd else { throw PartDamage("it has more bytes than its summaries") }
    totals.append(part)
    blocks = range.upperBound
    doneBlocks += range.count
    draws = min(wholeDraws, blocks * AddressBlock.draws)
    return totals
  }

  /// Calibrates the summaries, so that the fingerprint is known.
  func prepare() throws(CancellationError) {
    guard hasCalibration || calibrate(Worker(plan)) else { throw CancellationError() }
  }

  /// Replays all draws into caller-supplied sinks, one per worker.
  func replay(_ sinks: [any BlockSink]) throws(CancellationError) {
    _ = try replay(sinks, blocks: 0..<blocks, of: draws)
  }

  /// Replays some blocks of a number of draws into caller-supplied sinks, one per worker.
  ///
  /// - Returns: the block after the last one: fewer than asked for, if the run keeps its ranges and was cancelled.
  func replay(
    _ sinks: [any BlockSink], blocks range: Range<Int>, of draws: Int
  ) throws(CancellationError) -> Int {
    let counter = BlockCounter(blocks: range, options: options)
    forEachWorker(sinks.count) { number in
      let worker = Worker(plan, accumulator: sinks[number])
      while let block = counter.next() {
        let count = min(AddressBlock.draws, draws - block * AddressBlock.draws)
        guard worker.run(block: block, count: count, isCancelled: isGivenUp) else { return counter.stop() }
      }
    }
    if counter.isStopped, !keepsRanges { throw CancellationError() }
    return counter.end
  }

  /// Calibrates the summaries by the first block before anything is counted.
  private func calibrate(_ worker: Worker) -> Bool {
    let pilot = Pilot(plan.slots, replicates: plan.source.replicates)
    worker.accumulator = pilot
    // The whole run's first block, also for a part that does not have it.
    let count = min(wholeDraws, AddressBlock.draws)
    guard worker.run(block: 0, count: count, isCancelled: isCancelled) else { return false }
    calibration = pilot.calibration
    fingerprint = pilot.fingerprint
    hasCalibration = true
    totals.destroy()
    totals = SummaryTotals(
      plan.slots, replicates: plan.source.replicates, calibration: calibration, ranges: plan.ranges,
      firstBlock: firstBlock)
    return true
  }

  private func isCancelled() -> Bool { options.isCancelled?() ?? false }

  /// Whether a range that has been begun is given up.
  private func isGivenUp() -> Bool { !keepsRanges && isCancelled() }

  /// Processes ranges until none is left.
  private func work(_ pilot: Worker?) {
    var range = take()
    guard range != nil else { return }
    let accumulator = SummaryAccumulator(plan.slots, replicates: plan.source.replicates, calibration: calibration)
    let worker = pilot ?? Worker(plan)
    worker.accumulator = accumulator
    var reported = DispatchTime.now().uptimeNanoseconds
    var unreported = 0
    while let current = range {
      for block in current {
        let count = min(AddressBlock.draws, draws - block * AddressBlock.draws)
        guard !isGivenUp(), worker.run(block: block, count: count, isCancelled: isGivenUp) else { return stop() }
        accumulator.endBlock(draws: count)
        unreported += 1
        let now = DispatchTime.now().uptimeNanoseconds
        if now - reported > Self.reportInterval {
          report(unreported, at: now)
          (reported, unreported) = (now, 0)
        }
        if accumulator.pending > Int(UInt32.max) - 2 * AddressBlock.draws {
          lock.withLock { accumulator.empty(into: &totals) }
        }
      }
      let trees = accumulator.takeTrees()
      range = lock.withLock {
        totals.add(blocks: current, trees)
        return takeUnlocked()
      }
    }
    lock.withLock { accumulator.empty(into: &totals) }
  }

  private func take() -> Range<Int>? { lock.withLock { takeUnlocked() } }

  private func takeUnlocked() -> Range<Int>? {
    guard !isStopped, nextBlock < blocks, !(keepsRanges && isCancelled()) else { return nil }
    let first = nextBlock
    nextBlock = min(first + rangeBlocks, blocks)
    return first..<nextBlock
  }

  private func stop() { lock.withLock { isStopped = true } }

  private func report(_ blocksDone: Int, at now: UInt64) {
    guard let progress = options.progress else { return }
    let share: Double? = lock.withLock {
      doneBlocks += blocksDone
      guard now > lastReport, now - lastReport > Self.reportInterval else { return nil }
      lastReport = now
      return Double(doneBlocks) / Double(mostBlocks)
    }
    if let share { progress(share) }
  }
}

extension AddressBlock {
  /// The address blocks that hold so many draws.
  static func count(ofDraws draws: Int) -> Int {
    let (whole, rest) = max(draws, 0).quotientAndRemainder(dividingBy: Self.draws)
    return whole + (rest > 0 ? 1 : 0)
  }
}
