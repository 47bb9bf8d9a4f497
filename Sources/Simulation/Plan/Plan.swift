import Dispatch
import Distributions
import LinearAlgebra
import Modeling

/// A model compiled to passes over blocks of draws, with the tables that they read.
final class Plan: Sendable {
  let program: Program
  let layout: Layout
  let functions: [BuiltInFunction]
  let drawnLaws: [LawRecipe]
  let steps: [(outcomes: [Double], cumulative: [Double])]
  /// Tables over probabilities and over scores; nil for those that no pass reads.
  let quantileTables: [QuantileTable?]
  let scoreTables: [ScoreTable?]
  /// The factor of each component; empty for one that is not needed.
  let factors: [TriangularFactor?]
  /// The coordinates of each component.
  let members: [[CoordinateID]]
  let source: any PointSource
  /// What each coordinate is called.
  let coordinateNames: [String]
  /// How many slots each kind of sink has.
  let slots: SlotCounts

  /// Slots of each kind of sink.
  struct SlotCounts {
    var summaries = 0, ratios = 0, positives = 0, keeps = 0
  }

  /// Compiles what sinks need.
  init(
    _ lowering: Lowering, sinks: [(value: ValueID, sink: Sink)], source: any PointSource, executionBlock: Int
  ) {
    let program = Program(lowering.graph, sinks: sinks)
    let laws = lowering.laws
    var kinds = [(quantile: Bool, score: Bool)](repeating: (false, false), count: laws.tabulated.count)
    for step in program.steps {
      if case .quantileTable(let table, _) = step.node { kinds[table].quantile = true }
      if case .scoreTable(let table, _) = step.node { kinds[table].score = true }
    }
    (quantileTables, scoreTables) = Self.tables(of: laws.tabulated, kinds)
    layout = Layout(
      program, graph: lowering.graph, components: lowering.model.components, executionBlock: executionBlock)
    self.program = program
    self.source = source
    coordinateNames = lowering.model.coordinates.map(\.address.description)
    functions = lowering.graph.functions
    drawnLaws = laws.drawn
    steps = laws.steps
    let needed = Set(program.components)
    factors = lowering.model.components.enumerated().map { number, component in
      needed.contains(number)
        ? TriangularFactor(size: component.coordinates.count, entries: component.factor) : nil
    }
    members = lowering.model.components.map(\.coordinates)
    var slots = SlotCounts()
    for (_, sink) in sinks {
      switch sink {
      case .summary(let slot): slots.summaries = max(slots.summaries, slot + 1)
      case .ratio(let slot): slots.ratios = max(slots.ratios, slot + 1)
      case .positive(let slot): slots.positives = max(slots.positives, slot + 1)
      case .keep(let slot): slots.keeps = max(slots.keeps, slot + 1)
      }
    }
    self.slots = slots
  }

  /// Builds the tables that are read, on all cores: each takes a millisecond or more.
  private static func tables(
    of laws: [any Law], _ kinds: [(quantile: Bool, score: Bool)]
  ) -> ([QuantileTable?], [ScoreTable?]) {
    var quantiles = [QuantileTable?](repeating: nil, count: laws.count)
    var scores = [ScoreTable?](repeating: nil, count: laws.count)
    quantiles.withUnsafeMutableBufferPointer { quantiles in
      scores.withUnsafeMutableBufferPointer { scores in
        nonisolated(unsafe) let (quantiles, scores) = (quantiles, scores)
        DispatchQueue.concurrentPerform(iterations: laws.count) { number in
          if kinds[number].quantile { quantiles[number] = QuantileTable(laws[number]) }
          if kinds[number].score { scores[number] = ScoreTable(laws[number]) }
        }
      }
    }
    return (quantiles, scores)
  }
}
