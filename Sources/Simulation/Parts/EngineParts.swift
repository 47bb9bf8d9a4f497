import Dispatch
import Modeling
import Sampling

extension Engine {
  /// The blocks of part `number` of `count`, counted from 1.
  package func blocks(ofPart number: Int, of count: Int) -> Range<Int> {
    PartRange.blocks(
      ofPart: number, of: count, draws: max(0, model.settings.draws), replicates: source.replicates)
  }

  /// The number of draws in some blocks of a run with `draws` draws, whose last block may be shorter.
  package static func draws(in blocks: Range<Int>, of draws: Int) -> Int {
    min(draws, blocks.upperBound * AddressBlock.draws) - min(draws, blocks.lowerBound * AddressBlock.draws)
  }

  /// The number of blocks of the run.
  package var blockCount: Int { AddressBlock.count(ofDraws: max(0, model.settings.draws)) }

  /// Makes some blocks of the run.
  ///
  /// - Parameters:
  ///   - blocks: the blocks, which begin where one of `blocks(ofPart:of:)` begins.
  ///   - earlier: the beginning of these blocks, made before.
  ///   - options: the options. If `isCancelled` returns true, the blocks that have been begun are finished, and the part has
  ///     fewer than asked for.
  ///   - interval: seconds between two calls of `save`.
  ///   - save: called with what has been made so far; not with the last part, which is returned.
  /// - Throws: `UnusablePart` if the earlier part cannot be continued here; the errors of `save`; `CancellationError`.
  package func part(
    _ blocks: Range<Int>, continuing earlier: RunPart? = nil, options: Options = Options(), every interval: Double,
    save: (RunPart) throws -> Void
  ) throws -> RunPart {
    let draws = max(0, model.settings.draws)
    let run = PlanRun(plan(options), most: draws, part: blocks, options: options)
    defer { withExtendedLifetime(run) {} }
    if let earlier { _ = try adopt(earlier, at: 0, by: run) } else { try run.prepare() }
    let totals = try run.extend(
      to: min(draws, blocks.upperBound * AddressBlock.draws), every: interval, unit: partUnit
    ) { try save(run.part(from: blocks.lowerBound, $0)) }
    return run.part(from: blocks.lowerBound, totals)
  }

  /// The digest of the values of block 0, which two machines share if they compute the same.
  ///
  /// - Throws: `CancellationError`.
  package func fingerprint(options: Options = Options()) throws -> UInt64 {
    let run = PlanRun(plan(options), most: max(0, model.settings.draws), options: options)
    defer { withExtendedLifetime(run) {} }
    try run.prepare()
    return run.fingerprint
  }

  /// The blocks at whose multiples parts and stages of the run begin.
  var partUnit: Int { PartRange.unit(replicates: source.replicates) }

  /// The result of a run from its parts, in the order of their blocks, which are all of the run's.
  ///
  /// Every figure is the same, bit for bit, as that of a run in one process, apart from exact quantiles: see
  /// `result(ofRounds:)`.
  ///
  /// - Parameters:
  ///   - count: the number of parts.
  ///   - options: the options.
  ///   - part: the part at a position; one at a time is in memory.
  /// - Throws: `UnusablePart`; the errors of `part`; `CancellationError`.
  package func result(
    ofParts count: Int, options: Options = Options(), part: (Int) throws -> RunPart
  ) throws -> RunResult {
    let start = DispatchTime.now().uptimeNanoseconds
    let draws = max(0, model.settings.draws)
    let workers = PlanRun.workers(options, draws: draws)
    let run = PlanRun(plan(options), most: draws, part: 0..<blockCount, options: options)
    defer { withExtendedLifetime(run) {} }
    let totals = try adopt(count, by: run, options, part)
    guard run.nextBlockToMake == blockCount else { preconditionFailure("The parts have all blocks of the run.") }
    guard !isOverflowing(totals) else { throw UnusablePart(position: 0, reason: .overflow) }
    return try result(of: totals, draws: draws, workers: workers, since: start, options: options)
  }

  /// Neighbouring parts as one part, the same bytes however they were divided.
  ///
  /// - Parameters:
  ///   - count: the number of parts, at least one, each of which begins where the one before ends.
  ///   - blocks: the blocks of all of them.
  ///   - options: the options.
  ///   - part: the part at a position; one at a time is in memory.
  /// - Throws: `UnusablePart`; the errors of `part`; `CancellationError`.
  package func merged(
    _ count: Int, _ blocks: Range<Int>, options: Options = Options(), part: (Int) throws -> RunPart
  ) throws -> RunPart {
    let run = PlanRun(plan(options), most: max(0, model.settings.draws), part: blocks, options: options)
    defer { withExtendedLifetime(run) {} }
    let totals = try adopt(count, by: run, options, part)
    if blocks == 0..<blockCount, isOverflowing(totals) { throw UnusablePart(position: 0, reason: .overflow) }
    return run.part(from: blocks.lowerBound, totals)
  }

  /// Appends parts to what a run has.
  private func adopt(
    _ count: Int, by run: PlanRun, _ options: Options, _ part: (Int) throws -> RunPart
  ) throws -> SummaryTotals {
    var totals: SummaryTotals?
    for position in 0..<count {
      if options.isCancelled?() == true { throw CancellationError() }
      totals = try adopt(try part(position), at: position, by: run)
      options.progress?(Double(position + 1) / Double(count))
    }
    guard let totals else { preconditionFailure("There is a part.") }
    return totals
  }

  /// Appends a part to what a run has.
  func adopt(_ part: RunPart, at position: Int, by run: PlanRun) throws -> SummaryTotals {
    try run.prepare()
    guard part.fingerprint == run.fingerprint else { throw UnusablePart(position: position, reason: .differs) }
    do {
      return try run.adopt(part.summaries[...], of: part.blocks)
    } catch let damage as PartDamage {
      throw UnusablePart(position: position, reason: .damaged(damage.reason))
    }
  }
}
