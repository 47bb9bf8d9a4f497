import Diagnostics
import Foundation
import Modeling
import Sampling
import VectorMath

/// The results of a run with weighted draws.
package struct WeightedResult: Sendable {
  /// One per output, in the model's order; `draws` and `nonFinite` count draws, all other statistics are weighted.
  package var outputs: [OutputResult]
  /// The number of draws.
  package var draws: Int
  /// The sum of the weights, relative to the largest possible.
  package var total: Double
  /// The effective sample size: the squared sum of the weights over the sum of their squares (Kong, Liu & Wong 1994,
  /// doi:10.1080/01621459.1994.10476469).
  package var effective: Double
}

/// Runs a model with weighted draws.
///
/// Weights are counted as integers, and sums of values have a fixed order, so that results are the same, bit for bit,
/// for any number of workers. Standard errors are estimated from 16 parts of the draws, with block b in part b mod 16:
/// with weights, too, each part is an independent estimate.
package struct WeightedEngine: Sendable {
  /// The number of parts whose spread gives standard errors; equal to the number of replicates of the designs that have
  /// them.
  package static let parts = 16

  private let model: Model
  private let outputs: [OutputPlan]
  private let lowered: FinishedLowering
  private let source: any PointSource
  private let kept: KeptValues
  private let slots: WeightedSlots
  private let weighting: any ImportanceWeighting

  /// Compiles a model.
  ///
  /// - Parameters:
  ///   - model: the checked model.
  ///   - weighting: the computation of weights.
  ///   - points: the source of coordinates' probabilities; by default the model's design.
  /// - Throws: diagnostics if the model cannot be run.
  package init(
    model: Model, weighting: any ImportanceWeighting, points: (any PointSource)? = nil
  ) throws(Diagnostics) {
    let source: any PointSource
    if let points { source = points } else { source = try model.points() }
    let lowering = Lowering(model, holdsScores: source.holdsScores)
    var wanted = model.outputs.flatMap { output in
      [output.quantity] + output.comparisons.flatMap { [$0.reference] + ($0.convert.map { [$0] } ?? []) }
    }
    for case .cell(let id, _) in weighting.requests where !wanted.contains(id) { wanted.append(id) }
    try lowering.lower(wanted)
    let (outputs, sinks) = OutputPlan.make(lowering)
    var kept = KeptValues()
    slots = WeightedSlots(sinks, requests: weighting.requests, lowering, &kept)
    self.model = model
    self.outputs = outputs
    self.weighting = weighting
    self.kept = kept
    self.source = source
    lowered = FinishedLowering(lowering)
  }

  /// Makes the first draws and weights them.
  ///
  /// - Parameters:
  ///   - draws: the number of draws.
  ///   - options: workers, progress and cancellation.
  ///   - phases: receives the time of what does not depend on the number of draws.
  /// - Throws: `CancellationError` if the options' `isCancelled` returns true.
  package func run(
    draws: Int, options: Engine.Options = .init(), phases: PilotPhases = PilotPhases()
  ) throws(CancellationError) -> WeightedResult {
    let draws = min(max(0, draws), DrawWeight.mostDraws)
    let workers = PlanRun.workers(options, draws: draws)
    let run = phases.constant {
      let plan = Plan(
        lowered.lowering, sinks: kept.sinks, source: source, executionBlock: options.block, workers: options.width)
      return WeightedRun(plan, kept: kept, slots: slots, weighting: weighting, draws: draws, options: options)
    }
    let totals = try run.totals(workers: workers)
    let results = phases.constant {
      concurrentMap(outputs.count, workers: workers) { totals.result(of: outputs[$0], draws: draws) }
    }
    return WeightedResult(
      outputs: results, draws: draws, total: totals.weights.sum, effective: totals.weights.effective)
  }
}

/// The kept columns of sinks.
struct WeightedSlots {
  /// The kept slot of each summary, ratio and excess.
  var summaries: [Int] = [], ratios: [Int] = [], positives: [Int] = []
  /// The kept slot of each column from which weights are computed.
  var requests: [Int] = []

  init(
    _ sinks: [(value: ValueID, sink: Sink)], requests: [ColumnRequest], _ lowering: Lowering, _ kept: inout KeptValues
  ) {
    var places: (summaries: [Int: Int], ratios: [Int: Int], positives: [Int: Int]) = ([:], [:], [:])
    for (value, sink) in sinks {
      let slot = kept.slot(of: value, lowering.graph)
      switch sink {
      case .summary(let number): places.summaries[number] = slot
      case .ratio(let number): places.ratios[number] = slot
      case .positive(let number): places.positives[number] = slot
      case .moments, .keep: continue
      }
    }
    func listed(_ places: [Int: Int]) -> [Int] { places.keys.sorted().compactMap { places[$0] } }
    summaries = listed(places.summaries)
    ratios = listed(places.ratios)
    positives = listed(places.positives)
    self.requests = requests.map { kept.slot(of: lowering.value(of: $0), lowering.graph) }
  }
}

/// The state of a weighted run.
///
/// Workers take ranges of consecutive blocks; one worker computes a range's sums in the order of its blocks, and ranges
/// are merged in order.
private final class WeightedRun: @unchecked Sendable {
  private let plan: Plan
  private let kept: KeptValues
  private let slots: WeightedSlots
  private let weighting: any ImportanceWeighting
  private let draws: Int
  private let options: Engine.Options
  private let blocks: Int
  private let rangeBlocks: Int
  /// The calibration of each summary from the first block.
  private let calibration: [SummaryCalibration.Cell]
  private let lock = NSLock()
  private var nextRange = 0
  private var isStopped = false
  private let result: WeightedTotals

  /// Maximum number of ranges of a run.
  private static let rangeLimit = 1024

  init(
    _ plan: Plan, kept: KeptValues, slots: WeightedSlots, weighting: any ImportanceWeighting, draws: Int,
    options: Engine.Options
  ) {
    self.plan = plan
    self.kept = kept
    self.slots = slots
    self.weighting = weighting
    self.draws = draws
    self.options = options
    blocks = AddressBlock.count(ofDraws: draws)
    var rangeBlocks = WeightedEngine.parts
    while blocks / rangeBlocks > Self.rangeLimit { rangeBlocks *= 2 }
    self.rangeBlocks = rangeBlocks
    let memory = KeptColumns(kept)
    let count = min(draws, AddressBlock.draws)
    if count > 0 { _ = Worker(plan, kept: memory.start).run(block: 0, count: count) }
    calibration = slots.summaries.map { slot in
      guard count > 0, let column = memory.column(slot, count: count).baseAddress else {
        return SummaryCalibration.Cell()
      }
      return SummaryCalibration.Cell(of: column, count: count, hasReplicates: false)
    }
    result = WeightedTotals(slots, calibration)
  }

  func totals(workers: Int) throws(CancellationError) -> WeightedTotals {
    forEachWorker(workers) { _ in work() }
    if isStopped { throw CancellationError() }
    options.progress?(1)
    return result
  }

  private func isCancelled() -> Bool { options.isCancelled?() ?? false }

  private func take() -> Int? {
    lock.withLock {
      guard !isStopped, nextRange * rangeBlocks < blocks else { return nil }
      nextRange += 1
      return nextRange - 1
    }
  }

  private func work() {
    guard var range = take() else { return }
    let memory = KeptColumns(kept)
    let worker = Worker(plan, kept: memory.start)
    let accumulator = WeightedTotals(slots, calibration)
    let scratch = WeightedScratch()
    while true {
      var sums = WeightedSums(slots)
      let first = range * rangeBlocks
      for block in first..<min(first + rangeBlocks, blocks) {
        let count = min(AddressBlock.draws, draws - block * AddressBlock.draws)
        guard !isCancelled(), worker.run(block: block, count: count, isCancelled: isCancelled) else {
          return lock.withLock { isStopped = true }
        }
        weighting.weigh(
          slots.requests.map { memory.column($0, count: count) }, count: count, into: scratch.weights)
        accumulator.add(memory, block: block, count: count, scratch, &sums)
      }
      options.progress?(Double(first) / Double(max(blocks, 1)))
      lock.withLock { result.add(range: range, sums) }
      guard let next = take() else { break }
      range = next
    }
    lock.withLock { result.addCounts(of: accumulator) }
  }
}
