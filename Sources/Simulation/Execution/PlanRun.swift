import Dispatch
import Foundation
import Modeling
import Sampling

/// Blocks of a plan on several workers, gathered into summaries that depend on neither their number nor their pace.
final class PlanRun: @unchecked Sendable {
  private let plan: Plan
  /// The draws made, or being made.
  private var draws = 0
  private var blocks = 0
  /// Blocks handed out at once: a power of two, so that a range is whole subtrees of the moments.
  private var rangeBlocks = 1
  private let mostBlocks: Int
  private let options: Engine.Options
  private var calibration: SummaryCalibration
  private var hasCalibration = false

  /// Guards what follows; taken once a range, never within a block.
  private let lock = NSLock()
  private var totals: SummaryTotals
  private var nextBlock = 0
  private var doneBlocks = 0
  private var lastReport: UInt64
  private var isStopped = false

  /// Ranges are at most so many: few enough to hand out without cost, enough to even out workers' paces.
  private static let rangeLimit = 1024
  /// The moments of a range's blocks are gathered once a range, which costs as much as a block of many cells: so many
  /// blocks have a range, as long as workers get sixteen each.
  private static let rangeLength = 8
  /// Time between two reports of progress.
  private static let reportInterval: UInt64 = 50_000_000

  /// A run of a plan that has made no draws yet.
  ///
  /// - Parameter most: the draws that it may be extended to, of which progress is told as a share.
  init(_ plan: Plan, most: Int, options: Engine.Options) {
    self.plan = plan
    mostBlocks = max(1, AddressBlock.count(ofDraws: most))
    self.options = options
    calibration = SummaryCalibration(plan.slots)
    totals = SummaryTotals(
      plan.slots, replicates: plan.source.replicates, calibration: calibration, ranges: plan.ranges)
    lastReport = DispatchTime.now().uptimeNanoseconds
  }

  deinit { totals.destroy() }

  /// Workers for a number of draws: as many as cores, unless told otherwise, and never more than blocks.
  static func workers(_ options: Engine.Options, draws: Int) -> Int {
    max(
      1,
      min(options.workers ?? ProcessInfo.processInfo.activeProcessorCount, AddressBlock.count(ofDraws: draws)))
  }

  /// Makes the draws from those made so far up to a number, and gives the summaries of all of them: the same as if they
  /// had been made at once. Whatever was made before ended with a whole block.
  func extend(to draws: Int) throws(CancellationError) -> SummaryTotals {
    precondition(self.draws % AddressBlock.draws == 0, "A block is made whole, or is the last one.")
    let made = blocks
    self.draws = draws
    blocks = AddressBlock.count(ofDraws: draws)
    nextBlock = made
    // A power of two that the replicates divide: each has as many blocks in every range. What was made before is a
    // multiple of it, so that ranges begin where subtrees do.
    rangeBlocks = 1
    while rangeBlocks < plan.source.replicates { rangeBlocks *= 2 }
    while made % (2 * rangeBlocks) == 0,
      (blocks - made) / rangeBlocks > (rangeBlocks < Self.rangeLength ? 64 : Self.rangeLimit)
    { rangeBlocks *= 2 }
    let first = Worker(plan)
    guard hasCalibration || calibrate(first) else { throw CancellationError() }
    nonisolated(unsafe) let pilot = first
    DispatchQueue.concurrentPerform(iterations: Self.workers(options, draws: draws - made * AddressBlock.draws)) {
      number in
      work(number == 0 ? pilot : nil)
    }
    if isStopped { throw CancellationError() }
    return totals
  }

  /// Makes all draws so far anew, for sinks of one's own, one a worker.
  func replay(_ sinks: [any BlockSink]) throws(CancellationError) {
    let counter = BlockCounter(blocks: blocks, options: options)
    nonisolated(unsafe) let sinks = sinks
    DispatchQueue.concurrentPerform(iterations: sinks.count) { number in
      let worker = Worker(plan, accumulator: sinks[number])
      while let block = counter.next() {
        let count = min(AddressBlock.draws, draws - block * AddressBlock.draws)
        guard worker.run(block: block, count: count, isCancelled: counter.isCancelled) else { return counter.stop() }
      }
    }
    if counter.isStopped { throw CancellationError() }
  }

  /// Looks at the first block before anything is counted.
  private func calibrate(_ worker: Worker) -> Bool {
    let pilot = Pilot(plan.slots, replicates: plan.source.replicates)
    worker.accumulator = pilot
    guard worker.run(block: 0, count: min(draws, AddressBlock.draws), isCancelled: isCancelled) else { return false }
    calibration = pilot.calibration
    hasCalibration = true
    totals.destroy()
    totals = SummaryTotals(
      plan.slots, replicates: plan.source.replicates, calibration: calibration, ranges: plan.ranges)
    return true
  }

  private func isCancelled() -> Bool { options.isCancelled?() ?? false }

  /// Takes ranges until there is none left.
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
        guard !isCancelled(), worker.run(block: block, count: count, isCancelled: isCancelled) else { return stop() }
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
    guard !isStopped, nextBlock < blocks else { return nil }
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
