import Dispatch
import Modeling
import Sampling

/// Exact quantiles of a run in parts, found in rounds of parts.
///
/// The parts of the first round are those of the run. Their merged summaries say which bins have the order statistics, and
/// the parts of each further round tally the draws in what is left of these bins (`QuantileRefinement`). Tallies are whole
/// numbers and sets of draws, so that the quantiles are those of a run in one process.
extension Engine {
  /// Whether the exact quantiles follow from some rounds.
  ///
  /// - Parameters:
  ///   - rounds: the merged parts of each round, of all blocks, in order; at least one.
  ///   - options: the number of threads, the memory, and what is called during the work.
  /// - Throws: `UnusablePart`, by the position of the round; `CancellationError`.
  package func isFinished(after rounds: [RunPart], options: Options = Options()) throws -> Bool {
    try withSearch(after: rounds, options) { _, _, search in search.isFinished }
  }

  /// Makes some blocks of the next round.
  ///
  /// - Parameters:
  ///   - blocks: the blocks.
  ///   - rounds: the merged parts of the rounds before; the search is not finished after them.
  ///   - earlier: the beginning of these blocks, made before.
  ///   - options: the options. If `isCancelled` returns true, the blocks that have been begun are finished, and the part has
  ///     fewer than asked for.
  ///   - interval: seconds between two calls of `save`.
  ///   - save: called with what has been made so far; not with the last part, which is returned.
  /// - Throws: `UnusablePart`, by the position of the round, or that after the last for `earlier`; the errors of `save`;
  ///   `CancellationError`.
  package func tallies(
    _ blocks: Range<Int>, after rounds: [RunPart], continuing earlier: RunPart? = nil, options: Options = Options(),
    every interval: Double, save: (RunPart) throws -> Void
  ) throws -> RunPart {
    try withSearch(after: rounds, options) { run, _, search in
      let draws = max(0, model.settings.draws)
      var tallies = search.emptyTallies
      var next = blocks.lowerBound
      if let earlier {
        try read(earlier, at: rounds.count, into: &tallies, of: search, run)
        next = earlier.blocks.upperBound
      }
      let workers = max(1, min(options.width, blocks.upperBound - next))
      func part() -> RunPart { self.part(blocks.lowerBound..<next, tallies, run) }
      var stage = 16 * workers
      while next < blocks.upperBound {
        let end = min(blocks.upperBound, next + stage)
        let clock = DispatchTime.now().uptimeNanoseconds
        let counters = (0..<workers).map { _ in search.counters() }
        let (start, reached) = (next, try run.replay(counters, blocks: next..<end, of: draws))
        for counter in counters { tallies.add(counter.tallies) }
        next = reached
        options.progress?(Double(next - blocks.lowerBound) / Double(blocks.count))
        if reached < end || end == blocks.upperBound { break }
        let seconds = max(Double(DispatchTime.now().uptimeNanoseconds - clock) * 1e-9, 1e-6)
        if seconds >= interval / 2 { try save(part()) }
        stage = PlanRun.nextStage(after: end - start, seconds: seconds, interval: interval)
      }
      return part()
    }
  }

  /// The merged parts of a round after the first, which have all blocks.
  ///
  /// - Parameters:
  ///   - count: the number of parts.
  ///   - rounds: the merged parts of the rounds before.
  ///   - options: the options.
  ///   - part: the part at a position; one at a time is in memory.
  /// - Throws: `UnusablePart`, by the position of the part; the errors of `part`; `CancellationError`.
  package func mergedTallies(
    _ count: Int, after rounds: [RunPart], options: Options = Options(), part: (Int) throws -> RunPart
  ) throws -> RunPart {
    try withSearch(after: rounds, options) { run, _, search in
      var tallies = search.emptyTallies
      for position in 0..<count {
        if options.isCancelled?() == true { throw CancellationError() }
        try read(try part(position), at: position, into: &tallies, of: search, run)
        options.progress?(Double(position + 1) / Double(count))
      }
      guard search.isWhole(tallies) else {
        throw UnusablePart(position: 0, reason: .damaged("the tallies of all parts do not have the draws of the run"))
      }
      return self.part(0..<blockCount, tallies, run)
    }
  }

  /// The result of a run from the merged parts of all rounds, each figure the same, bit for bit, as that of a run in one
  /// process.
  ///
  /// - Throws: `UnusablePart`, by the position of the round; `CancellationError`.
  package func result(ofRounds rounds: [RunPart], options: Options = Options()) throws -> RunResult {
    let start = DispatchTime.now().uptimeNanoseconds
    let draws = max(0, model.settings.draws)
    return try withSearch(after: rounds, options) { _, totals, search in
      var totals = totals
      totals.exact = search.quantiles
      return try result(
        of: totals, draws: draws, workers: PlanRun.workers(options, draws: draws), since: start, options: options)
    }
  }

  /// Calls `body` with the search after some rounds.
  private func withSearch<Result>(
    after rounds: [RunPart], _ options: Options,
    _ body: (PlanRun, SummaryTotals, QuantileRefinement) throws -> Result
  ) throws -> Result {
    var quiet = options
    quiet.progress = nil
    let run = PlanRun(plan(options), most: max(0, model.settings.draws), part: 0..<blockCount, options: quiet)
    defer { withExtendedLifetime(run) {} }
    guard let first = rounds.first, first.blocks == 0..<blockCount else {
      preconditionFailure("The first round has all blocks of the run.")
    }
    let totals = try adopt(first, at: 0, by: run)
    var search = QuantileRefinement(totals)
    for (number, round) in rounds.enumerated().dropFirst() {
      var tallies = search.emptyTallies
      try read(round, at: number, into: &tallies, of: search, run)
      guard round.blocks == 0..<blockCount, search.isWhole(tallies) else {
        throw UnusablePart(position: number, reason: .damaged("it does not have the draws of the run"))
      }
      search.narrow(by: tallies)
    }
    return try body(run, totals, search)
  }

  /// Adds a part's tallies to others of the same search.
  private func read(
    _ part: RunPart, at position: Int, into tallies: inout [[IntervalTally]], of search: QuantileRefinement,
    _ run: PlanRun
  ) throws(UnusablePart) {
    guard part.fingerprint == run.fingerprint else { throw UnusablePart(position: position, reason: .differs) }
    var own = search.emptyTallies
    var reader = PartReader(part.summaries[...])
    do throws(PartDamage) {
      try own.read(from: &reader)
    } catch {
      throw UnusablePart(position: position, reason: .damaged(error.reason))
    }
    tallies.add(own)
  }

  private func part(_ blocks: Range<Int>, _ tallies: [[IntervalTally]], _ run: PlanRun) -> RunPart {
    var writer = PartWriter()
    tallies.write(to: &writer)
    return RunPart(blocks: blocks, fingerprint: run.fingerprint, summaries: writer.bytes)
  }
}
