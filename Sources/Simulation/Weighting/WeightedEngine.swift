import Dispatch
import Foundation
import Modeling
import Sampling
import VectorMath

/// What weighted draws make of a model's outputs.
public struct WeightedResult: Sendable {
  /// One for each output, in the model's order; `draws` and `non_finite` count draws, all other figures weigh them.
  public var outputs: [OutputResult]
  /// The number of draws.
  public var draws: Int
  /// The sum of the weights, relative to the largest possible.
  public var total: Double
  /// The effective number of draws: the square of the weights' sum over the sum of their squares (Kong, Liu & Wong 1994,
  /// doi:10.1080/01621459.1994.10476469).
  public var effective: Double
}

/// Runs a model whose draws have weights.
///
/// Weights are counted as whole numbers, and sums of values are made in a fixed order, so that figures are the same in
/// every bit for any number of workers. Standard errors are those of 16 parts of the draws, block b in part b mod 16:
/// under weights too each part is an estimate of its own.
public struct WeightedEngine: Sendable {
  /// The parts whose spread gives standard errors; those of the designs that have replicates.
  public static let parts = 16

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
  ///   - weighing: how draws are weighed.
  ///   - points: where coordinates get their probabilities; by default from the model's design.
  /// - Throws: what keeps the model from being run.
  public init(
    model: Model, weighting: any ImportanceWeighting, points: (any PointSource)? = nil
  ) throws(Diagnostics) {
    let lowering = Lowering(model)
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
    if let points { source = points } else { source = try CoordinateSource(model) }
    lowered = FinishedLowering(lowering)
  }

  /// Makes the first draws, and weighs them.
  ///
  /// - Throws: `CancellationError` if the options' `isCancelled` said so.
  public func run(draws: Int, options: Engine.Options = .init()) throws(CancellationError) -> WeightedResult {
    let draws = min(max(0, draws), DrawWeight.mostDraws)
    let plan = Plan(lowered.lowering, sinks: kept.sinks, source: source, executionBlock: options.block)
    let workers = PlanRun.workers(options, draws: draws)
    let run = WeightedRun(plan, kept: kept, slots: slots, weighting: weighting, draws: draws, options: options)
    let totals = try run.totals(workers: workers)
    let results = concurrentMap(outputs.count, workers: workers) { totals.result(of: outputs[$0], draws: draws) }
    return WeightedResult(
      outputs: results, draws: draws, total: totals.weights.sum, effective: totals.weights.effective)
  }
}

/// Where the values that sinks ask for are kept.
struct WeightedSlots {
  /// The kept slot of each summary, ratio and excess.
  var summaries: [Int] = [], ratios: [Int] = [], positives: [Int] = []
  /// The kept slot of each column that weights are made from.
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

/// One weighted run in progress.
///
/// Workers take ranges of consecutive blocks; a range's sums are made by one worker in the order of its blocks, and
/// ranges are joined in their own order.
private final class WeightedRun: @unchecked Sendable {
  private let plan: Plan
  private let kept: KeptValues
  private let slots: WeightedSlots
  private let weighting: any ImportanceWeighting
  private let draws: Int
  private let options: Engine.Options
  private let blocks: Int
  private let rangeBlocks: Int
  /// What the first block tells of each summary.
  private let calibration: [SummaryCalibration.Cell]
  private let lock = NSLock()
  private var nextRange = 0
  private var isStopped = false
  private let result: WeightedTotals

  /// Ranges of a run at the most.
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
    DispatchQueue.concurrentPerform(iterations: workers) { _ in work() }
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
