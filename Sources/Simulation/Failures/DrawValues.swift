import Diagnostics
import Modeling
import Sampling
import Units

/// All values of some quantities in single draws, each computed from the draw's address alone; bit for bit those of a
/// run.
struct DrawValues {
  private let model: Model
  private let ordered: [QuantityID]
  private let places: [(cells: [Int], probabilities: [Int?])]
  private let columns: KeptColumns
  private let worker: Worker

  /// Compiles some quantities and all their dependencies, in evaluation order.
  ///
  /// - Parameter workers: the number of threads that build tables.
  /// - Throws: diagnostics if the plan would exceed its size limit.
  init(
    _ model: Model, _ wanted: Set<QuantityID>, source: any PointSource, workers: Int,
    without rules: Set<SimplificationRule>
  ) throws(Diagnostics) {
    let lowering = Lowering(model, without: rules)
    let ordered = model.order.flatMap { group in
      Dependencies.order(of: group.quantities.filter(wanted.contains), in: model, along: group.along)
    }
    try lowering.lower(ordered)
    var kept = KeptValues()
    places = ordered.map { id in
      let cells = lowering.roots(of: id).map { kept.slot(of: $0, lowering.graph) }
      let probabilities = lowering.probabilities[id.position].map { $0.map { kept.slot(of: $0, lowering.graph) } }
      return (cells, probabilities)
    }
    columns = KeptColumns(kept)
    worker = Worker(
      Plan(lowering, sinks: kept.sinks, source: source, executionBlock: 1, workers: workers), kept: columns.start)
    self.model = model
    self.ordered = ordered
  }

  /// The cells of the quantities in a draw, in base units.
  func cells(ofDraw number: Int) -> [QuantityID: [Double]] {
    run(number) { value in
      Dictionary(uniqueKeysWithValues: zip(ordered, places).map { id, place in (id, place.cells.map(value)) })
    }
  }

  /// A draw, in report units.
  func explanation(ofDraw number: Int) -> DrawExplanation {
    run(number) { value in
      let values = zip(ordered, places).map { id, place in
        DrawExplanation.Value(
          quantity: id, cells: place.cells.map { value($0) / model.reportedScale(of: id) },
          probabilities: place.probabilities.map { $0.map(value) })
      }
      return DrawExplanation(number: number, values: values)
    }
  }

  private func run<Result>(_ number: Int, _ body: ((Int) -> Double) -> Result) -> Result {
    let (block, draw) = number.quotientAndRemainder(dividingBy: AddressBlock.draws)
    worker.run(block: block, draw: draw)
    return body { columns.value($0, draw) }
  }
}
