import Dispatch
import Sampling

/// Where a run that takes long keeps what is done, so that the same run can go on after the process was killed.
package struct Checkpoint: Sendable {
  /// Seconds between two savings: a killed process loses at most so much. A shorter run saves nothing.
  let interval: Double
  /// What an earlier process has saved: the first blocks of the run.
  let load: @Sendable () throws -> RunPart?
  /// Saves what is done, in place of what was saved before.
  let save: @Sendable (RunPart) throws -> Void

  /// A checkpoint.
  package init(
    every interval: Double, load: @escaping @Sendable () throws -> RunPart?,
    save: @escaping @Sendable (RunPart) throws -> Void
  ) {
    (self.interval, self.load, self.save) = (interval, load, save)
  }
}

extension PlanRun {
  /// Extends the run to a number of draws in stages that take about `interval` seconds each, and calls `save` after
  /// every stage but the last.
  ///
  /// - Returns: the summaries of all draws so far: fewer than asked for, if the run keeps its ranges and was cancelled.
  /// - Throws: the errors of `save`; `CancellationError`.
  func extend(
    to draws: Int, every interval: Double, unit: Int, save: (SummaryTotals) throws -> Void
  ) throws -> SummaryTotals {
    let last = AddressBlock.count(ofDraws: draws)
    var stage = unit
    while true {
      let start = nextBlockToMake
      let end = min(last, (start / unit + max(1, stage / unit)) * unit)
      let clock = DispatchTime.now().uptimeNanoseconds
      let totals = try extend(to: min(draws, end * AddressBlock.draws))
      if end >= last || nextBlockToMake < end { return totals }
      let seconds = max(Double(DispatchTime.now().uptimeNanoseconds - clock) * 1e-9, 1e-6)
      if seconds >= interval / 2 { try save(totals) }
      stage = Self.nextStage(after: end - start, seconds: seconds, interval: interval)
    }
  }

  /// The blocks of a stage that takes about `interval` seconds, at least one, after one of some blocks.
  ///
  /// Stages grow at most eightfold, since the first one may be unusually fast.
  static func nextStage(after blocks: Int, seconds: Double, interval: Double) -> Int {
    max(1, Int(min(Double(blocks) * min(interval / seconds, 8), 0x1p40)))
  }

  /// Extends the run to a number of draws, and saves what is done from time to time, if there is a checkpoint.
  ///
  /// - Throws: the errors of saving; `CancellationError`.
  func extend(to draws: Int, saving checkpoint: Checkpoint?, unit: Int) throws -> SummaryTotals {
    guard let checkpoint else { return try extend(to: draws) }
    return try extend(to: draws, every: checkpoint.interval, unit: unit) { try checkpoint.save(part(from: 0, $0)) }
  }

  /// The blocks so far as a part.
  func part(from firstBlock: Int, _ totals: SummaryTotals) -> RunPart {
    var writer = PartWriter()
    totals.write(to: &writer)
    return RunPart(blocks: firstBlock..<nextBlockToMake, fingerprint: fingerprint, summaries: writer.bytes)
  }
}
