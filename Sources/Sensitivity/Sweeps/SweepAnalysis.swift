import Modeling
import Simulation
import Units

/// Variants of a scenario over the same draws, each held against the scenario as it is.
///
/// Variants are computed many at a time, as one ensemble: an input or equation that none of them touches is made once for
/// all. What a variant's outputs are is what a run of it alone gives, in every bit; how they differ from the scenario's is
/// taken draw by draw, so that the error of the difference is that of paired draws, often a hundred times smaller than
/// those of the two means.
public struct SweepAnalysis {
  /// A variant, ready to be computed.
  public struct Variant: Sendable {
    /// The model.
    public var model: Model
    /// The inputs that differ from the scenario's, where nothing else does; nil if the models differ in more.
    public var changed: Set<QuantityID>?

    /// A variant.
    public init(model: Model, changed: Set<QuantityID>?) {
      self.model = model
      self.changed = changed
    }
  }

  /// What came of a variant.
  public struct VariantResult: Sendable {
    /// Its number: 0 is the scenario as it is.
    public var number: Int
    /// The model.
    public var model: Model
    /// By output and cell.
    public var outputs: [[Cell]]
  }

  /// What came of an output cell.
  public struct Cell: Sendable {
    /// Its distribution, without a histogram.
    public var summary: CellSummary
    /// The mean, less that of the scenario under the same settings; the error is of paired draws.
    public var difference: Estimate
  }

  /// The scenario as it is.
  public let base: Model
  /// How many variants there are; they are numbered from 1.
  public let count: Int
  private let variant: (Int) throws -> Variant

  /// A sweep.
  ///
  /// - Parameters:
  ///   - base: the model as it is.
  ///   - count: how many values there are.
  ///   - variant: makes a variant by its number; called once for each that is computed, in order.
  public init(base: Model, count: Int, variant: @escaping (Int) throws -> Variant) {
    self.base = base
    self.count = count
    self.variant = variant
  }

  /// Bins of all sketches that are filled together: 32 MiB of counts a worker.
  private static let binBudget = 1 << 23
  /// Values that are planned together: some hundred MiB of a plan.
  private static let sizeBudget = 500_000
  /// Draws of all variants together between two reports: some seconds of work, which is what a kill may cost.
  private static let drawBudget = 1 << 27

  /// Computes the variants that are not finished yet, number 0 first, and hands them on in groups.
  ///
  /// - Parameters:
  ///   - options: workers, progress and cancellation.
  ///   - finished: numbers of variants that need no computing.
  ///   - body: takes the outcomes of some variants, in order.
  /// - Throws: `CancellationError` if the options' `isCancelled` said so; `Diagnostics` of a variant; what `body` throws.
  public func run(
    except finished: Set<Int> = [], options: Engine.Options = .init(), _ body: ([VariantResult]) throws -> Void
  ) throws {
    let pending = (0...count).filter { !finished.contains($0) }
    var done = 0
    var waiting: Variant?
    while done < pending.count {
      let first = try waiting ?? self.variant(of: pending[done])
      var group = Group(base: base, first)
      try group.begin()
      waiting = first
      while let next = waiting, group.accepts(next) {
        try group.add(next, number: pending[done + group.count])
        waiting = nil
        guard done + group.count < pending.count, !group.isFull else { break }
        waiting = try self.variant(of: pending[done + group.count])
      }
      var inner = options
      let share = (done: Double(done), own: Double(group.count), all: Double(pending.count))
      if let progress = options.progress {
        inner.progress = { progress((share.done + share.own * $0) / share.all) }
      }
      let outcomes = try group.run(options: inner)
      done += outcomes.count
      try body(outcomes)
    }
  }

  private func variant(of number: Int) throws -> Variant {
    number == 0 ? Variant(model: base, changed: []) : try variant(number)
  }

  /// Variants that are computed together: those of the same draws.
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
    func accepts(_ variant: Variant) -> Bool {
      let (a, b) = (variant.model.settings, base.settings)
      return a.draws == b.draws && a.seed == b.seed && a.design == b.design
    }

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
