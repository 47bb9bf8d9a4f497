import Diagnostics
import Dispatch
import Foundation
import Modeling
import Sampling

/// Runs a model.
///
/// The initialiser compiles the model to a plan; no draws are made yet.
package struct Engine: Sendable {
  /// Options of execution. They do not affect any result.
  package struct Options: Sendable {
    /// The number of workers; by default the number of cores.
    package var workers: Int?
    /// Draws per execution block, at most an address block; by default a size that suits the caches.
    package var executionBlock: Int?
    /// Called occasionally, from any thread, with the completed fraction of the draws.
    package var progress: (@Sendable (Double) -> Void)?
    /// Polled between blocks; if true, the run throws `CancellationError`.
    package var isCancelled: (@Sendable () -> Bool)?
    /// The memory that the work may use; nil for any amount. Analyses that keep draws are refused before they start.
    package var memory: MemoryLimit?
    /// Receives results of the first draws of a run that takes long; not with a tolerance, which sets its own stages.
    package var early: EarlyResults?
    /// Where a run that takes long keeps what is done; not with a tolerance or exact quantiles, which look at all draws.
    package var checkpoint: Checkpoint?

    /// Defaults: all cores, no callbacks.
    package init(
      workers: Int? = nil, executionBlock: Int? = nil, progress: (@Sendable (Double) -> Void)? = nil,
      isCancelled: (@Sendable () -> Bool)? = nil
    ) {
      self.workers = workers
      self.executionBlock = executionBlock
      self.progress = progress
      self.isCancelled = isCancelled
    }

    /// The number of threads that may be busy at the same time, the calling thread included.
    package var width: Int { max(1, workers ?? ProcessInfo.processInfo.activeProcessorCount) }

    /// The draws per execution block, clamped to 1 ... an address block.
    var block: Int { min(max(executionBlock ?? AddressBlock.draws, 1), AddressBlock.draws) }
  }

  /// The model to be run.
  package let model: Model
  let source: any PointSource
  /// The outputs and their sinks.
  private let outputs: [OutputPlan]
  private let sinks: [(value: ValueID, sink: Sink)]
  private let lowered: FinishedLowering
  private let plans = PlanCache()
  /// Simplification rules that do not apply.
  let withoutRules: Set<SimplificationRule>

  /// Compiles a model.
  ///
  /// - Parameters:
  ///   - model: the checked model.
  ///   - rules: simplification rules that do not apply, for tests and to find the rule behind a wrong result; results
  ///     agree with those of all rules within rounding.
  /// - Throws: diagnostics if the plan would exceed its size limit or the design is unknown.
  package init(model: Model, without rules: Set<SimplificationRule> = []) throws(Diagnostics) {
    let source = try model.points()
    // Conditions of verdicts are summarised like outputs, after those of the model.
    var summarised = model
    summarised.outputs += model.verdictConditions
    let lowering = Lowering(summarised, without: rules)
    try lowering.lower(Self.reported(by: summarised))
    let (outputs, sinks) = OutputPlan.make(lowering)
    self.model = model
    self.source = source
    withoutRules = rules
    self.outputs = outputs
    self.sinks = sinks
    lowered = FinishedLowering(lowering)
  }

  /// The number of workers for a number of draws; after the work, that of those which the system has granted.
  package static func workers(draws: Int, options: Options = Options()) -> Int {
    ThreadSupply.working(PlanRun.workers(options, draws: draws))
  }

  /// The outputs of a model and the references that they are compared with.
  static func reported(by model: Model) -> [QuantityID] { reported(by: model.outputs) }

  /// The quantities of some outputs and the references that they are compared with.
  static func reported(by outputs: [Output]) -> [QuantityID] {
    outputs.flatMap { output in
      [output.quantity] + output.comparisons.flatMap { [$0.reference] + ($0.convert.map { [$0] } ?? []) }
    }
  }

  /// The plan of a run with some options, which is made once.
  func plan(_ options: Options = Options()) -> Plan {
    plans.plan(executionBlock: options.block) {
      Plan(
        lowered.lowering, sinks: sinks, source: source, executionBlock: options.block, workers: options.width)
    }
  }

  /// The number of cells of outputs and rows of comparisons that a run reports.
  var summarisedCells: Int {
    outputs.reduce(0) { $0 + $1.cells.count + $1.comparisons.reduce(0) { $0 + $1.count } }
  }

  /// The number of summaries of each kind.
  var summarySlots: Plan.SlotCounts { Plan.SlotCounts(of: sinks.map(\.sink)) }

  /// The result of some totals with at most a number of cells of each output, computed for the time that this takes, and
  /// the share of all cells that it has.
  func summarised(_ totals: SummaryTotals, draws: Int, cells: Int) -> (result: RunResult, share: Double) {
    var few = outputs
    // Conditions of verdicts, which follow the outputs, are whole.
    for place in model.outputs.indices { few[place] = few[place].prefix(cells) }
    func count(_ plans: [OutputPlan]) -> Double { plans.reduce(0) { $0 + Double($1.cells.count) } }
    let results = figures(of: few, totals, draws: draws, workers: 1)
    return (
      result(results, draws: draws, workers: 1, seconds: 0), count(outputs) > 0 ? count(few) / count(outputs) : 1
    )
  }

  /// The instructions for a block of draws, one per line, human-readable; `planNotation` explains the forms.
  package var planDescription: String { plan().description }

  /// The forms of the instructions in the plan, and the simplification rules in the order of their use.
  package var planNotation: String { PlanNotation.text(of: plan(), without: withoutRules) }

  /// Makes the draws of the model's settings; with a tolerance, the smallest number of `Tolerance.stages` that meets
  /// it.
  ///
  /// - Throws: `CancellationError` if the options' `isCancelled` returns true.
  package func run(options: Options = Options()) throws -> RunResult {
    let start = DispatchTime.now().uptimeNanoseconds
    let most = max(0, model.settings.draws)
    let workers = PlanRun.workers(options, draws: most)
    // Replaying draws takes about as long as making them.
    let share = model.settings.isExact ? 0.5 : 1
    let watch = options.progress
    var options = options
    if let watch { options.progress = { watch($0 * share) } }
    let run = PlanRun(plan(options), most: most, options: options)
    // The run owns the memory of the sketches in the totals.
    defer { withExtendedLifetime(run) {} }
    var draws = 0
    var totals: SummaryTotals
    var results: [OutputResult]
    var outcome: ToleranceResult?
    let looks = model.settings.tolerance == nil ? [most] : Tolerance.stages(upTo: most)
    let early = model.settings.tolerance == nil ? options.early : nil
    var stages = (early != nil ? EarlyResults.stages(upTo: most) : looks)[...]
    let checkpoint = model.settings.tolerance == nil && !model.settings.isExact ? options.checkpoint : nil
    // What cannot be used, such as a part by another processor, is made again.
    if let earlier = try checkpoint?.load() { _ = try? adopt(earlier, at: 0, by: run) }
    repeat {
      draws = stages.removeFirst()
      totals = try run.extend(to: draws, saving: checkpoint, unit: partUnit)
      // A stage that an earlier process has made has nothing to show.
      draws = max(draws, run.drawsMade)
      results = figures(totals, draws: draws, workers: workers)
      outcome = model.settings.tolerance.map {
        ToleranceResult(
          $0, outputs: Array(results.prefix(model.outputs.count)), model: model, looks: looks.count,
          replicates: min(source.replicates, AddressBlock.count(ofDraws: draws)))
      }
      if let early, !stages.isEmpty {
        let seconds = Self.seconds(since: start)
        if early.areWanted(after: seconds, draws: draws, of: most) {
          early.show(result(results, draws: draws, workers: workers, seconds: seconds))
        } else {
          stages = [most]
        }
      }
    } while (early != nil || outcome?.isMet == false) && !stages.isEmpty
    if isOverflowing(totals) {
      (options.progress, options.checkpoint) = (watch, nil)
      return try Engine(model: model, without: withoutRules.union([.multiples])).run(options: options)
    }
    if model.settings.isExact {
      totals.exact = try ExactQuantiles.search(totals, run: run, workers: workers)
      results = figures(totals, draws: draws, workers: workers)
    }
    watch?(1)
    var result = result(results, draws: draws, workers: workers, seconds: Self.seconds(since: start))
    result.failures = try failures(results, totals, options)
    result.tolerance = outcome
    return result
  }

  /// Whether a value that is summarised as a multiple of another one overflows in some draw where the other does not.
  func isOverflowing(_ totals: SummaryTotals) -> Bool {
    !withoutRules.contains(.multiples) && totals.overflow(outputs)
  }

  /// The result of a run from its summaries.
  func result(
    of totals: SummaryTotals, draws: Int, workers: Int, since start: UInt64, options: Options
  ) throws -> RunResult {
    let results = figures(totals, draws: draws, workers: workers)
    var result = result(results, draws: draws, workers: workers, seconds: Self.seconds(since: start))
    result.failures = try failures(results, totals, options)
    return result
  }

  private static func seconds(since start: UInt64) -> Double {
    Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
  }

  /// A result with its verdicts, without failures.
  private func result(_ results: [OutputResult], draws: Int, workers: Int, seconds: Double) -> RunResult {
    var result = RunResult(
      model: model, draws: draws, workers: ThreadSupply.working(workers), seconds: seconds,
      outputs: Array(results.prefix(model.outputs.count)), failures: [])
    result.verdicts = VerdictResult.all(of: model, conditions: results.dropFirst(model.outputs.count))
    return result
  }

  private func figures(_ totals: SummaryTotals, draws: Int, workers: Int) -> [OutputResult] {
    figures(of: outputs, totals, draws: draws, workers: workers)
  }

  private func figures(of outputs: [OutputPlan], _ totals: SummaryTotals, draws: Int, workers: Int) -> [OutputResult] {
    let widths = nestedWorkers(workers, outer: outputs.count)
    return concurrentMap(outputs.count, workers: widths.outer) { output in
      totals.result(of: outputs[output], model: model, draws: draws, workers: widths.inner)
    }
  }

  /// The first non-finite draw of each affected output cell, with its cause.
  private func failures(_ results: [OutputResult], _ totals: SummaryTotals, _ options: Options) throws -> [Failure] {
    var failed: [(output: QuantityID, cell: Int, count: Int, first: Int)] = []
    for (plan, result) in zip(outputs, results) {
      for (cell, summary) in result.cells.enumerated() where summary.nonFinite > 0 {
        var first = 0
        if case .multiple(_, let slot) = plan.cells[cell] { first = totals.cells[slot].firstNonFinite }
        failed.append((plan.output.quantity, cell, summary.nonFinite, first))
      }
    }
    guard !failed.isEmpty else { return [] }
    let needed = Dependencies.closure(of: failed.map(\.output), in: model)
    let values = try DrawValues(model, needed, source: source, workers: options.width, without: withoutRules)
    var failures = [Failure?](repeating: nil, count: failed.count)
    for (first, positions) in Dictionary(grouping: failed.indices, by: { failed[$0].first }) {
      let trace = FirstCause(model, values: values.cells(ofDraw: first))
      for position in positions {
        let (output, cell, count, _) = failed[position]
        let cause = trace.cause(of: output, cell: cell)
        failures[position] = Failure(
          output: model[output].name, cellName: model.cellName(output, cell: cell), count: count, firstDraw: first,
          culprit: model.cellName(cause.quantity, cell: cause.cell), formula: cause.formula,
          operation: cause.operation)
      }
    }
    return failures.compactMap { $0 }
  }
}
