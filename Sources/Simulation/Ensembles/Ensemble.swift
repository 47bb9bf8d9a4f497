import Modeling
import Units

/// Several models over the same draws: variants of a scenario, two scenarios that are compared, what lies between them.
///
/// The models' values are nodes of one graph, in which equal nodes are one: whatever two models have in common, an input
/// that neither changes or a whole branch of equations, is made once a block for both. Their random numbers are common
/// by construction, since a coordinate is known by its address; so the difference of two models' outputs is itself a
/// value of the graph, draw by draw, whose error is that of paired draws.
///
/// An ensemble is built (`add`, `combination`, `ratio`, `report`) and then run, all on one thread; running uses all cores.
public final class Ensemble {
  /// How coordinates are dealt to a design that deals by place, such as `sobol`.
  public enum Dimensions: Sendable {
    /// Each model has the draws that it would have alone.
    case separate
    /// One deal serves all: the first model's coordinates, then those that only the later ones have.
    case shared
  }

  /// A value of an ensemble: a column of draws, or one number.
  public struct Value: Hashable, Sendable {
    let id: ValueID
  }

  /// A model of an ensemble.
  public final class Member {
    /// The model.
    public var model: Model { lowering.model }
    /// For each output of the model, the values of its cells, in base units.
    public fileprivate(set) var outputs: [[Value]] = []
    /// The most bins that a run of this model alone gives to the sketch of an output's cell.
    public let sketchLimit: Int
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
  private var requests: [EnsembleRequest] = []
  private var slots = EnsembleSlots()

  /// An ensemble without models.
  public init(dimensions: Dimensions) { self.dimensions = dimensions }

  /// Adds a model. Its draws, seed and design are to be those of the ensemble's other models.
  ///
  /// - Parameters:
  ///   - model: the checked model.
  ///   - relative: a member with the same names at the same positions, from which this model differs in `changed` and
  ///     what is computed from it; everything else is taken from that member without another look.
  ///   - changed: the quantities that differ.
  /// - Throws: more values a draw than a plan may have, or a design that there is not.
  public func add(
    _ model: Model, relativeTo relative: Member? = nil, changing changed: Set<QuantityID> = []
  ) throws(Diagnostics) -> Member {
    settings = settings ?? model.settings
    let identities = space.enter(model, hasOwnDimensions: dimensions == .separate)
    try joint.add(model, identities)
    let lowering = Lowering(model, identities: identities)
    (lowering.graph, lowering.distributions) = (graph, distributions)
    (graph, distributions) = (Graph(), DistributionPool())
    defer { (graph, distributions) = lowering.releaseGraph() }
    if let relative { lowering.reuse(relative.lowering, but: changed) }
    try lowering.lower(Engine.reported(by: model))
    // The plan of a run of its own says how finely that run counts.
    let (plans, sinks) = OutputPlan.make(lowering)
    let member = Member(lowering, sketchLimit: Plan.SlotCounts(of: sinks.map(\.sink)).limit)
    member.outputs = plans.map { lowering.roots(of: $0.output.quantity).map(Value.init) }
    return member
  }

  /// The values of a quantity's cells, in base units.
  ///
  /// - Throws: more values a draw than a plan may have.
  public func values(of id: QuantityID, in member: Member) throws(Diagnostics) -> [Value] {
    (member.lowering.graph, member.lowering.distributions) = (graph, distributions)
    (graph, distributions) = (Graph(), DistributionPool())
    defer { (graph, distributions) = member.lowering.releaseGraph() }
    try member.lowering.lower([id])
    return member.lowering.roots(of: id).map(Value.init)
  }

  /// How many values the graph holds: what memory and compilation grow with.
  public var size: Int { graph.nodes.count }

  /// How many sketches are asked for, and bins in them at most.
  public var sketches: (count: Int, bins: Int) { (slots.limits.count, slots.limits.reduce(0, +)) }

  // MARK: Values

  /// A weighted sum of values, draw by draw; what cancels, but for rounding, is left out.
  public func combination(_ terms: [(weight: Double, value: Value)]) -> Value {
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

  /// One value less another, draw by draw.
  public func difference(_ a: Value, _ b: Value) -> Value { combination([(1, a), (-1, b)]) }

  /// One value over another, draw by draw.
  public func ratio(_ a: Value, _ b: Value) -> Value {
    a == b && graph.constant(a.id) == nil
      ? Value(id: graph.constant(1)) : Value(id: graph.product(scale: 1, numerators: [a.id], denominators: [b.id]))
  }

  /// 1 in draws in which one value exceeds another, else 0; not a number where their difference is not finite.
  public func exceedance(_ a: Value, _ b: Value) -> Value {
    if a == b { return Value(id: graph.constant(0)) }
    let isGreater = graph.binary(.greater, a.id, b.id)
    // Nothing, unless it is not a number.
    return Value(id: graph.linear(shift: 0, [(1, isGreater), (0, graph.linear(shift: 0, [(1, a.id), (-1, b.id)]))]))
  }

  /// The natural logarithm of a value, draw by draw.
  public func logarithm(_ value: Value) -> Value {
    let (bare, scale) = graph.constant(value.id) == nil ? graph.summarised(value.id) : (value.id, 1)
    // The factor of a product becomes a constant, which cancels where models differ in other things.
    return Value(id: graph.linear(shift: Graph.value(.log, scale), [(1, graph.logarithm(bare))]))
  }

  /// The number, if the value is the same in every draw.
  public func constant(_ value: Value) -> Double? { graph.constant(value.id) }

  // MARK: Figures

  /// How much is to be known of a value.
  public enum Detail: Sendable {
    /// Mean and standard deviation alone; quantiles are not a number.
    case moments
    /// The quantiles too; by how fine a sketch at most.
    case quantiles(sketchLimit: Int)
  }

  /// Asks for a value's figures.
  ///
  /// - Parameters:
  ///   - value: the figure.
  ///   - scale: base units in the unit in which figures are given.
  ///   - detail: how much is to be known.
  /// - Returns: the position in the list that `run` gives.
  public func report(_ value: Value, scale: ReportScale, _ detail: Detail) -> Int {
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

  /// The figures asked for, in the order of the requests; histograms are left out.
  ///
  /// A member's output cell, with quantiles and the member's own sketch limit, has the figures of a run of that model
  /// alone, in every bit.
  ///
  /// - Throws: `CancellationError` if the options' `isCancelled` said so.
  public func run(options: Engine.Options = .init()) throws -> [CellSummary] {
    guard let settings else { return [] }
    let draws = max(0, settings.draws)
    let source: any PointSource =
      dimensions == .separate ? joint : try CoordinateSource(space.coordinates, settings)
    let plan = Plan(
      graph, distributions, space, sinks: slots.sinks, source: source, executionBlock: options.block,
      limits: slots.limits)
    let workers = PlanRun.workers(options, draws: draws)
    let run = PlanRun(plan, most: draws, options: options)
    // The run owns the memory of the totals' sketches.
    defer { withExtendedLifetime(run) {} }
    let totals = try run.extend(to: draws)
    // The draws of a value are looked at once, however many figures are made of them.
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
