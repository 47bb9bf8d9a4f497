import Distributions
import LinearAlgebra
import Modeling

/// A model compiled to instructions over blocks of draws, with the tables that they read.
final class Plan: Sendable {
  let schedule: Schedule
  let code: BlockProgram
  let functions: [BuiltInFunction]
  let loops: [CellLoop]
  let varyingDistributions: [DistributionTemplate]
  let steps: [(outcomes: [Double], cumulative: [Double])]
  private let tablesInUse: TablesInUse
  /// The factor of each component; nil for one that is not needed, and for a sequence.
  let factors: [TriangularFactor?]
  /// The correlation of each component along an index; nil for one with a factor.
  let sequences: [SequentialFactor?]
  /// The coordinates of each component.
  let members: [[CoordinateID]]
  let source: any PointSource
  /// The name of each coordinate.
  let coordinateNames: [String]
  /// The number of slots of each kind of sink.
  let slots: SlotCounts
  /// The possible ranges of summarised values.
  let ranges: Ranges

  /// The number of slots of each kind of sink.
  struct SlotCounts {
    var summaries = 0, ratios = 0, positives = 0, keeps = 0, moments = 0
    /// Maximum number of bins of each summary's sketch; empty to divide the common budget equally.
    var limits: [Int] = []

    /// Total number of bins of all sketches of a worker: 2 MiB of counts, about the size of a core's cache. With counts
    /// in memory, the 80 cells of 16 years took 3 ns per value to count; in the cache, less than 1 (Sapphire Rapids).
    private static let binBudget = 1 << 19
    /// Minimum number of bins of a sketch. A smooth distribution over ten standard deviations has two hundred bins in
    /// each, and the interpolation error of quantiles is 3e-6 of a standard deviation: the sampling error of a run of
    /// 10^11 draws.
    private static let fewestBins = 1 << 11
    /// Maximum number of bins of one sketch: 4,096 per octave for 16 octaves, 1,024 for 64. Counting is limited by the
    /// cache that holds the counts, where 256 KiB fit well.
    private static let binLimit = 1 << 16

    /// The slots referenced by sinks.
    init(of sinks: [Sink], limits: [Int] = []) {
      self.limits = limits
      for sink in sinks {
        switch sink {
        case .summary(let slot): summaries = max(summaries, slot + 1)
        case .ratio(let slot): ratios = max(ratios, slot + 1)
        case .positive(let slot): positives = max(positives, slot + 1)
        case .keep(let slot): keeps = max(keeps, slot + 1)
        case .moments(let slot): moments = max(moments, slot + 1)
        }
      }
    }

    /// No slots.
    init() {}

    /// Maximum number of bins of a sketch.
    var limit: Int {
      min(Self.binLimit, max(Self.fewestBins, Self.binBudget / max(1, summaries + ratios)))
    }

    /// Maximum number of bins of a summary's sketch.
    func limit(ofSummary slot: Int) -> Int { limits.isEmpty ? limit : limits[slot] }
  }

  /// Compiles the part of a model that sinks need.
  convenience init(
    _ lowering: Lowering, sinks: [(value: ValueID, sink: Sink)], source: any PointSource, executionBlock: Int,
    workers: Int
  ) {
    self.init(
      lowering.graph, lowering.distributions, CoordinateSpace(of: lowering.model), sinks: sinks, source: source,
      executionBlock: executionBlock, workers: workers)
  }

  /// Compiles the part of a graph that sinks need, whose nodes reference the coordinates and components of a space.
  ///
  /// - Parameters:
  ///   - workers: the number of threads that build tables, when the first worker needs them.
  ///   - limits: the maximum number of bins of each summary's sketch; by default an equal part of the common budget.
  init(
    _ graph: Graph, _ distributions: DistributionPool, _ space: CoordinateSpace, sinks: [(value: ValueID, sink: Sink)],
    source: any PointSource, executionBlock: Int, workers: Int, limits: [Int] = []
  ) {
    let schedule = Schedule(graph, sinks: sinks)
    tablesInUse = TablesInUse(of: distributions, in: schedule, workers: workers)
    code = BlockProgram(
      schedule, graph: graph, components: space.components, executionBlock: executionBlock)
    self.schedule = schedule
    self.source = source
    coordinateNames = space.coordinates.map(\.address.description)
    functions = graph.functions
    loops = graph.loops
    varyingDistributions = distributions.drawn
    steps = distributions.steps
    let needed = Set(schedule.components)
    factors = space.components.enumerated().map { number, component in
      needed.contains(number) && component.sequence == nil
        ? TriangularFactor(
          size: component.coordinates.count, entries: component.factor,
          bound: source.holdsScores ? Graph.greatestTailScore : TriangularFactor.greatestScore) : nil
    }
    sequences = space.components.map(\.sequence)
    members = space.components.map(\.coordinates)
    slots = SlotCounts(of: sinks.map(\.sink), limits: limits)
    ranges = Ranges(of: sinks, graph, steps: distributions.steps, slots)
  }

  /// The tables that instructions read.
  var tables: TablesInUse.Tables { tablesInUse.tables }

  /// The loops of instructions, each as often as it is run.
  var usedLoops: [CellLoop] { code.body.filter { $0.kind == .loop }.map { loops[Int($0.index)] } }
}
