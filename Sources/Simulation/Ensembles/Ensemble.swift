import Diagnostics
import Modeling
import Units

/// Several models evaluated on the same draws: variants of a scenario, two scenarios to be compared, and hybrids
/// between them.
///
/// The models' values are nodes of one graph in which equal nodes are shared: an unchanged input or whole branch of
/// equations is computed once per block for all models. The models have common random numbers by construction, because
/// a coordinate is identified by its address. The difference of two models' outputs is therefore a value of the graph,
/// draw by draw, with the standard error of paired draws.
///
/// If the first model has a posterior sample, all models are evaluated on its draws: what was learned of an input holds for
/// every variant.
///
/// An ensemble is built (`add`, `combination`, `ratio`, `report`) and then run, all on one thread; the run uses all
/// cores.
package final class Ensemble {
  /// The assignment of dimensions to coordinates for a design that assigns by position, such as `sobol`.
  package enum Dimensions: Sendable {
    /// Each model has the same draws as when it is run alone.
    case separate
    /// One assignment for all: the first model's coordinates, then those that only later models have.
    case shared
  }

  /// A value of an ensemble: a column of draws, or a constant.
  package struct Value: Hashable, Sendable {
    let id: ValueID
  }

  /// A model of an ensemble.
  package final class Member {
    /// The model.
    package var model: Model { lowering.model }
    /// The values of the cells of each output, in base units.
    package fileprivate(set) var outputs: [[Value]] = []
    /// Maximum number of bins of an output cell's sketch in a run of this model alone.
    package let sketchLimit: Int
    fileprivate let lowering: Lowering

    fileprivate init(_ lowering: Lowering, sketchLimit: Int) {
      self.lowering = lowering
      self.sketchLimit = sketchLimit
    }
  }

  private let dimensions: Dimensions
  private var graph = Graph()
  private var distributions = DistributionPool()
  private var space = CoordinateSpace()
  private var joint = JointSource()
  private var settings: RunSettings?
  /// The posterior sample of the first model that has one.
  private var posterior: PosteriorSample?
  private var requests: [EnsembleRequest] = []
  private var slots = EnsembleSlots()

  /// An ensemble without models.
  package init(dimensions: Dimensions) { self.dimensions = dimensions }

  /// Adds a model. Its draws, seed and design must equal those of the ensemble's other models.
  ///
  /// - Parameters:
  ///   - model: the checked model.
  ///   - relative: a member with the same names at the same positions, from which this model differs only in `changed`
  ///     and its dependents; all other values are reused from that member.
  ///   - changed: the quantities that differ.
  /// - Throws: diagnostics if the plan would exceed its size limit or the design is unknown.
  package func add(
    _ model: Model, relativeTo relative: Member? = nil, changing changed: Set<QuantityID> = []
  ) throws(Diagnostics) -> Member {
    settings = settings ?? model.settings
    let identities = space.enter(model, hasOwnDimensions: dimensions == .separate)
    try joint.add(model, identities)
    let lowering = Lowering(model, identities: identities)
    posterior = posterior ?? model.posterior
    graph.holdsScores = posterior != nil
    (lowering.graph, lowering.distributions) = (graph, distributions)
    (graph, distributions) = (Graph(), DistributionPool())
    defer { (graph, distributions) = lowering.releaseGraph() }
    if let relative { lowering.reuse(relative.lowering, but: changed) }
    try lowering.lower(Engine.reported(by: model))
    // The plan of a separate run determines the resolution of that run's sketches.
    let (plans, sinks) = OutputPlan.make(lowering)
    let member = Member(lowering, sketchLimit: Plan.SlotCounts(of: sinks.map(\.sink)).limit)
    member.outputs = plans.map { lowering.roots(of: $0.output.quantity).map(Value.init) }
    return member
  }

  /// The values of a quantity's cells, in base units.
  ///
  /// - Throws: diagnostics if the plan would exceed its size limit.
  package func values(of id: QuantityID, in member: Member) throws(Diagnostics) -> [Value] {
    (member.lowering.graph, member.lowering.distributions) = (graph, distributions)
    (graph, distributions) = (Graph(), DistributionPool())
    defer { (graph, distributions) = member.lowering.releaseGraph() }
    try member.lowering.lower([id])
    return member.lowering.roots(of: id).map(Value.init)
  }

  /// The number of values in the graph, which determines memory and compilation time.
  package var size: Int { graph.nodes.count }

  /// The number of requested sketches, and an upper limit of their total number of bins.
  package var sketches: (count: Int, bins: Int) { (slots.limits.count, slots.limits.reduce(0, +)) }

  // MARK: Values

  /// A weighted sum of values, draw by draw; terms that cancel up to rounding are omitted.
  package func combination(_ terms: [(weight: Double, value: Value)]) -> Value {
    var weights: [ValueID: Double] = [:]
    var sizes: [ValueID: Double] = [:]
    var order: [ValueID] = []
    for (weight, value) in terms {
      let (bare, scale) = graph.constant(value.id) == nil ? graph.unscaled(value.id) : (value.id, 1)
      if weights[bare] == nil { order.append(bare) }
      weights[bare, default: 0] += weight * scale
      sizes[bare, default: 0] += (weight * scale).magnitude
    }
    let kept = order.compactMap { bare -> (weight: Double, value: ValueID)? in
      guard let weight = weights[bare], let size = sizes[bare] else { return nil }
      return weight.magnitude <= size * Double(terms.count) * 0x1p-52 && terms.count > 1 ? nil : (weight, bare)
    }
    return Value(id: graph.linear(shift: 0, kept))
  }

  /// a - b, draw by draw.
  package func difference(_ a: Value, _ b: Value) -> Value { combination([(1, a), (-1, b)]) }

  /// a / b, draw by draw.
  package func ratio(_ a: Value, _ b: Value) -> Value {
    a == b && graph.constant(a.id) == nil
      ? Value(id: graph.constant(1)) : Value(id: graph.product(scale: 1, numerators: [a.id], denominators: [b.id]))
  }

  /// 1 in draws with a > b, else 0; NaN where a - b is not finite.
  package func exceedance(_ a: Value, _ b: Value) -> Value {
    if a == b { return Value(id: graph.constant(0)) }
    let isGreater = graph.binary(.greater, a.id, b.id)
    // The second term is 0 or NaN.
    return Value(id: graph.linear(shift: 0, [(1, isGreater), (0, graph.linear(shift: 0, [(1, a.id), (-1, b.id)]))]))
  }

  /// The natural logarithm of a value, draw by draw.
  package func logarithm(_ value: Value) -> Value {
    let (bare, scale) = graph.constant(value.id) == nil ? graph.summarised(value.id) : (value.id, 1)
    // The factor of a product becomes a constant, which cancels where models differ elsewhere.
    return Value(id: graph.linear(shift: Graph.value(.log, scale), [(1, graph.logarithm(bare))]))
  }

  /// The number, if the value is the same in every draw; otherwise nil.
  package func constant(_ value: Value) -> Double? { graph.constant(value.id) }

  // MARK: Statistics

  /// The statistics requested for a value.
  package enum Detail: Sendable {
    /// Mean and standard deviation only; quantiles are NaN.
    case moments
    /// Quantiles too, from a sketch with at most this number of bins.
    case quantiles(sketchLimit: Int)
  }

  /// Requests the statistics of a value.
  ///
  /// - Parameters:
  ///   - value: the value.
  ///   - scale: the unit of the statistics in base units.
  ///   - detail: the requested statistics.
  /// - Returns: the index in the list returned by `run`.
  package func report(_ value: Value, scale: ReportScale, _ detail: Detail) -> Int {
    let figures: EnsembleRequest.Statistics
    if let number = graph.constant(value.id) {
      figures = .constant(number)
    } else {
      let (bare, factor) = graph.summarised(value.id)
      switch detail {
      case .moments: figures = .moments(slots.moments(of: bare), factor: factor)
      case .quantiles(let limit): figures = .summary(slots.summary(of: bare, limit: limit), factor: factor)
      }
    }
    requests.append(EnsembleRequest(figures: figures, scale: scale))
    return requests.count - 1
  }

  /// The requested statistics, in the order of the requests, without histograms.
  ///
  /// For a member's output cell, with quantiles and the member's own sketch limit, they equal those of a separate run
  /// of that model, bit for bit.
  ///
  /// - Throws: `CancellationError` if the options' `isCancelled` returns true.
  package func run(options: Engine.Options = .init()) throws -> [CellSummary] {
    guard let settings else { return [] }
    let draws = max(0, settings.draws)
    let design: any PointSource =
      dimensions == .separate ? joint : try CoordinateSource(space.coordinates, settings)
    let source = posterior.map { PosteriorSource($0, space.coordinates, other: design) } ?? design
    let plan = Plan(
      graph, distributions, space, sinks: slots.sinks, source: source, executionBlock: options.block,
      workers: options.width, limits: slots.limits)
    let workers = PlanRun.workers(options, draws: draws)
    let run = PlanRun(plan, most: draws, options: options)
    // The run owns the memory of the sketches in the totals.
    defer { withExtendedLifetime(run) {} }
    let totals = try run.extend(to: draws)
    // A value's draws are evaluated once, however many requests use them.
    let users = Dictionary(grouping: requests.indices) { requests[$0].figures.slot }
    let groups = Array(users)
    let made = concurrentMap(groups.count, workers: workers) { group in
      totals.figures(of: groups[group].value.map { requests[$0] }, draws: draws)
    }
    var figures = [CellSummary?](repeating: nil, count: requests.count)
    for (group, summaries) in zip(groups, made) {
      for (request, summary) in zip(group.value, summaries) { figures[request] = summary }
    }
    return figures.compactMap(\.self)
  }
}
