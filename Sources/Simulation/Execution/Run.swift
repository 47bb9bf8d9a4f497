import Dispatch
import Foundation
import Modeling
import Sampling

/// Blocks of a plan on several workers, gathered into summaries that depend on neither their number nor their pace.
final class Run: @unchecked Sendable {
  private let plan: Plan
  private let draws: Int
  private let blocks: Int
  /// Blocks handed out at once: a power of two, so that a range is whole subtrees of the moments.
  private let rangeBlocks: Int
  private let options: Engine.Options
  private var pivots: [Double] = []
  private var offsets: [Double] = []

  /// Guards what follows; taken once a range, never within a block.
  private let lock = NSLock()
  private var totals: SummaryTotals
  private var nextRange = 0
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

  /// A run of a plan's first draws.
  init(_ plan: Plan, draws: Int, options: Engine.Options) {
    self.plan = plan
    self.draws = draws
    self.options = options
    blocks = AddressBlock.count(ofDraws: draws)
    // A power of two that the replicates divide: each has as many blocks in every range.
    var rangeBlocks = 1
    while rangeBlocks < plan.source.replicates { rangeBlocks *= 2 }
    while rangeBlocks < Self.rangeLength, blocks / rangeBlocks > 64 { rangeBlocks *= 2 }
    while blocks / rangeBlocks > Self.rangeLimit { rangeBlocks *= 2 }
    self.rangeBlocks = rangeBlocks
    totals = SummaryTotals(plan.slots, replicates: plan.source.replicates)
    lastReport = DispatchTime.now().uptimeNanoseconds
  }

  deinit { totals.destroy() }

  /// Workers for a number of draws: as many as cores, unless told otherwise, and never more than blocks.
  static func workers(_ options: Engine.Options, draws: Int) -> Int {
    max(
      1,
      min(options.workers ?? ProcessInfo.processInfo.activeProcessorCount, AddressBlock.count(ofDraws: draws)))
  }

  /// Runs all blocks.
  func summaries(workers: Int) throws(CancellationError) -> SummaryTotals {
    let first = Worker(plan)
    guard findPivots(first) else { throw CancellationError() }
    nonisolated(unsafe) let pilot = first
    DispatchQueue.concurrentPerform(iterations: workers) { number in
      work(number == 0 ? pilot : nil)
    }
    if isStopped { throw CancellationError() }
    options.progress?(1)
    return totals
  }

  /// Takes each cell's mean in the first block as the number about which squares are summed: near the mean they lose
  /// no digits. Where draws are near each other and far from zero, it is what they are counted about as well.
  private func findPivots(_ worker: Worker) -> Bool {
    let zeros = [Double](repeating: 0, count: plan.slots.summaries + plan.slots.moments)
    let bank = SummaryBank(plan.slots, replicates: plan.source.replicates, pivots: zeros, offsets: zeros)
    worker.bank = bank
    guard worker.run(block: 0, count: min(draws, AddressBlock.draws), isCancelled: isCancelled) else { return false }
    let moments = bank.takeTrees().map { $0[0].total }
    pivots = moments.map { $0.mean.isFinite ? $0.mean : 0 }
    offsets = moments.map { Self.isNarrow($0) ? $0.mean : 0 }
    totals.offsets = offsets
    return true
  }

  /// Whether draws lie so close together that bins about zero would be coarse beside their spread: a year, or a share
  /// near one. Told by the extremes of the first block, which are exact where squares about zero would cancel: of
  /// a normal law they lie 6.5 standard deviations apart, so that others have forty bins to a standard deviation.
  ///
  /// The bound on the mean keeps every finite draw less the mean finite: half of the last place of the largest double
  /// is 1e292.
  static func isNarrow(_ moments: MomentSums) -> Bool {
    let range = moments.maximum - moments.minimum
    return range > 0 && range * 16 < moments.mean.magnitude && moments.mean.magnitude < 1e290
  }

  private func isCancelled() -> Bool { options.isCancelled?() ?? false }

  /// Takes ranges until there is none left.
  private func work(_ pilot: Worker?) {
    var range = take()
    guard range != nil else { return }
    let bank = SummaryBank(plan.slots, replicates: plan.source.replicates, pivots: pivots, offsets: offsets)
    let worker = pilot ?? Worker(plan)
    worker.bank = bank
    var reported = DispatchTime.now().uptimeNanoseconds
    var unreported = 0
    while let current = range {
      let first = current * rangeBlocks
      for block in first..<min(first + rangeBlocks, blocks) {
        let count = min(AddressBlock.draws, draws - block * AddressBlock.draws)
        guard !isCancelled(), worker.run(block: block, count: count, isCancelled: isCancelled) else { return stop() }
        bank.endBlock(draws: count)
        unreported += 1
        let now = DispatchTime.now().uptimeNanoseconds
        if now - reported > Self.reportInterval {
          report(unreported, at: now)
          (reported, unreported) = (now, 0)
        }
        if bank.pending > Int(UInt32.max) - 2 * AddressBlock.draws {
          lock.withLock { bank.empty(into: &totals) }
        }
      }
      let trees = bank.takeTrees()
      range = lock.withLock {
        totals.add(range: current, trees)
        return takeUnlocked()
      }
    }
    lock.withLock { bank.empty(into: &totals) }
  }

  private func take() -> Int? { lock.withLock { takeUnlocked() } }

  private func takeUnlocked() -> Int? {
    guard !isStopped, nextRange * rangeBlocks < blocks else { return nil }
    nextRange += 1
    return nextRange - 1
  }

  private func stop() { lock.withLock { isStopped = true } }

  private func report(_ blocksDone: Int, at now: UInt64) {
    guard let progress = options.progress else { return }
    let share: Double? = lock.withLock {
      doneBlocks += blocksDone
      guard now > lastReport, now - lastReport > Self.reportInterval else { return nil }
      lastReport = now
      return Double(doneBlocks) / Double(blocks)
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
