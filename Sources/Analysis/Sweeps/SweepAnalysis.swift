import Modeling
import Simulation
import Units
import VectorMath

/// Runs variants of a scenario on common random numbers, and compares each with the base scenario.
///
/// Many variants are computed together, as one ensemble: an input or equation that none of them changes is computed
/// once for all. The outputs of a variant are bit for bit those of a separate run. Differences from the base scenario
/// are taken draw by draw, so that their error is that of paired draws, often a hundred times smaller than the errors
/// of the two means.
package struct SweepAnalysis {
  /// A variant, ready to be computed.
  package struct Variant: Sendable {
    /// The model.
    package var model: Model
    /// The inputs that differ from the scenario's, if nothing else does; nil if other parts of the models differ.
    package var changed: Set<QuantityID>?

    /// Creates a variant.
    package init(model: Model, changed: Set<QuantityID>?) {
      self.model = model
      self.changed = changed
    }
  }

  /// The result of a variant.
  package struct VariantResult: Sendable {
    /// Its number; 0 is the base scenario.
    package var number: Int
    /// The model.
    package var model: Model
    /// By output and cell.
    package var outputs: [[Cell]]
  }

  /// The result for an output cell.
  package struct Cell: Sendable {
    /// Its distribution, without a histogram.
    package var summary: CellSummary
    /// The mean, less that of the base scenario under the same settings; the error is that of paired draws. If nothing but
    /// the number of draws, the seed or the design differs, it is less that of the base scenario under its own settings,
    /// with the error of two independent runs.
    package var difference: Estimate
  }

  /// The base scenario.
  package let base: Model
  /// The number of variants, which are numbered from 1.
  package let count: Int
  private let variant: (Int) throws -> Variant

  /// Creates a sweep.
  ///
  /// - Parameters:
  ///   - base: the base model.
  ///   - count: the number of variants.
  ///   - variant: creates a variant by its number; called once for each variant that is computed, in order.
  package init(base: Model, count: Int, variant: @escaping (Int) throws -> Variant) {
    self.base = base
    self.count = count
    self.variant = variant
  }

  /// Number of bins of all sketches that are filled together: 32 MiB of counts per worker.
  private static let binBudget = 1 << 23
  /// Number of values that are planned together: a plan of some hundred MiB.
  private static let sizeBudget = 500_000
  /// Number of draws of all variants between two reports: some seconds of work, which is lost if the process is killed.
  private static let drawBudget = 1 << 27

  /// The number of variants that fit into the memory of the options together; `Int.max` without a limit.
  private func mostTogether(_ options: Engine.Options) throws -> Int {
    guard let memory = options.memory else { return .max }
    // The base scenario, each variant, and their differences.
    return max(1, try Engine(model: base).cost(options: options).runs(fitting: memory.bytes) / 2)
  }

  /// Computes the variants that are not finished yet, number 0 first, and passes them on in groups.
  ///
  /// - Parameters:
  ///   - options: workers, progress and cancellation.
  ///   - finished: numbers of variants that need not be computed.
  ///   - body: receives the results of some variants, in order.
  /// - Throws: `CancellationError` if the options' `isCancelled` returns true; `Diagnostics` of a variant; errors of
  ///   `body`.
  package func run(
    except finished: Set<Int> = [], options: Engine.Options = .init(), _ body: ([VariantResult]) throws -> Void
  ) throws {
    let pending = (0...count).filter { !finished.contains($0) }
    var done = 0
    var waiting: Variant?
    var original: [[Cell]]?
    // Variants that change no quantity.
    var unchanged: Set<Int> = []
    let most = try mostTogether(options)
    while done < pending.count {
      let first = try waiting ?? self.variant(of: pending[done])
      var group = Group(base: base, first)
      try group.begin()
      waiting = first
      while let next = waiting, group.accepts(next) {
        if next.changed?.isEmpty == true { unchanged.insert(pending[done + group.count]) }
        try group.add(next, number: pending[done + group.count])
        waiting = nil
        guard done + group.count < pending.count, group.count < most, !group.isFull else { break }
        waiting = try self.variant(of: pending[done + group.count])
      }
      var inner = options
      let share = (done: Double(done), own: Double(group.count), all: Double(pending.count))
      if let progress = options.progress {
        inner.progress = { progress((share.done + share.own * $0) / share.all) }
      }
      var outcomes = try group.run(options: inner)
      done += outcomes.count
      for place in outcomes.indices {
        if outcomes[place].number == 0 { original = outcomes[place].outputs }
        guard unchanged.contains(outcomes[place].number), !Self.haveSameDraws(base, outcomes[place].model) else {
          continue
        }
        let known = try original ?? baseOutputs(options)
        original = known
        outcomes[place].compare(with: known)
      }
      try body(outcomes)
    }
  }

  /// Whether two models have the same draws.
  private static func haveSameDraws(_ a: Model, _ b: Model) -> Bool {
    let (a, b) = (a.settings, b.settings)
    return a.draws == b.draws && a.seed == b.seed && a.design == b.design
  }

  /// The outputs of the base scenario, if a former sweep has already reported them.
  private func baseOutputs(_ options: Engine.Options) throws -> [[Cell]] {
    let only = Variant(model: base, changed: [])
    var group = Group(base: base, only)
    try group.begin()
    try group.add(only, number: 0)
    var options = options
    options.progress = nil
    return try group.run(options: options).first?.outputs ?? []
  }

  private func variant(of number: Int) throws -> Variant {
    var variant = number == 0 ? Variant(model: base, changed: []) : try self.variant(number)
    if let posterior = base.posterior {
      variant.model.settings.draws = min(variant.model.settings.draws, posterior.count)
    }
    return variant
  }

  /// Variants that are computed together because they have the same draws.
  private struct Group {
    private let base: Model
    private let ensemble = Ensemble(dimensions: .separate)
    private var baseMember: Ensemble.Member?
    private var entries: [(number: Int, model: Model, places: [[(summary: Int, difference: Int)]])] = []

    var count: Int { entries.count }

    init(base: Model, _ first: Variant) {
      var base = base
      base.settings = first.model.settings
      self.base = base
    }

    mutating func begin() throws { baseMember = try ensemble.add(base) }

    /// Whether a variant has the draws of the group.
    func accepts(_ variant: Variant) -> Bool { SweepAnalysis.haveSameDraws(base, variant.model) }

    var isFull: Bool {
      ensemble.sketches.bins >= SweepAnalysis.binBudget || ensemble.size >= SweepAnalysis.sizeBudget
        || entries.count * max(1, base.settings.draws) >= SweepAnalysis.drawBudget
    }

    mutating func add(_ variant: Variant, number: Int) throws {
      guard let baseMember else { return }
      let member = try ensemble.add(
        variant.model, relativeTo: variant.changed == nil ? nil : baseMember, changing: variant.changed ?? [])
      var places: [[(summary: Int, difference: Int)]] = []
      for (position, output) in variant.model.outputs.enumerated() {
        let scale = output.unit.reportScale
        places.append(
          zip(member.outputs[position], baseMember.outputs[position]).map { value, reference in
            (
              ensemble.report(value, scale: scale, .quantiles(sketchLimit: member.sketchLimit)),
              ensemble.report(ensemble.difference(value, reference), scale: scale, .moments)
            )
          })
      }
      entries.append((number, variant.model, places))
    }

    func run(options: Engine.Options) throws -> [VariantResult] {
      let figures = try ensemble.run(options: options)
      return entries.map { entry in
        VariantResult(
          number: entry.number, model: entry.model,
          outputs: entry.places.map { cells in
            cells.map { Cell(summary: figures[$0.summary], difference: figures[$0.difference].mean) }
          })
      }
    }
  }
}

extension SweepAnalysis.VariantResult {
  /// Replaces the differences from the base scenario by those of independent runs.
  fileprivate mutating func compare(with base: [[SweepAnalysis.Cell]]) {
    for output in outputs.indices where base.indices.contains(output) {
      for cell in outputs[output].indices where base[output].indices.contains(cell) {
        let (own, other) = (outputs[output][cell].summary.mean, base[output][cell].summary.mean)
        outputs[output][cell].difference = Estimate(
          own.value - other.value, error: PortableMath.hypot(own.error, other.error))
      }
    }
  }
}
