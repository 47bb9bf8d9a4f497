import Foundation
import Modeling
import Sampling
import Simulation
import Testing

@Suite("Evaluator")
struct EvaluatorTests {
  /// All cells of a model's outputs, in the order of `drawTables`.
  private func requests(of model: Model) -> [ColumnRequest] {
    model.outputs.flatMap { output in
      (0..<model[output.quantity].cells.count).map { ColumnRequest.cell(output.quantity, $0) }
    }
  }

  @Test("gives the draws of a run, in every bit, for any number of workers", arguments: [1, 2, 3])
  func sameDraws(workers: Int) throws {
    let draws = 5000
    let model = try Samples.everything(draws: draws)
    let evaluator = try Evaluator(model: model, requests: requests(of: model))
    let columns = try evaluator.columns(draws: draws, options: Engine.Options(workers: workers, executionBlock: 200))
    let expected = try Engine(model: model).columns(draws)
    var column = 0
    for output in model.outputs {
      let scale = model[output.quantity].input?.categories == nil ? output.unit.scale : 1
      for cell in 0..<model[output.quantity].cells.count {
        let own = columns[column].map { ($0 / scale).bitPattern }
        #expect(own == expected[model.cellName(output.quantity, cell: cell)]?.map(\.bitPattern))
        column += 1
      }
    }
  }

  @Test("hands out each block once")
  func eachBlockOnce() throws {
    let model = try Samples.everything(draws: 1)
    let evaluator = try Evaluator(model: model, requests: [.coordinate(CoordinateID(0))])
    let seen = Seen()
    try evaluator.forEachBlock(draws: 10_000) { _, block in seen.add(block.number, block.count) }
    #expect(seen.blocks.sorted { $0.number < $1.number }.map(\.count) == [Int](repeating: 1024, count: 9) + [784])
  }

  @Test("takes points from a source of one's own")
  func ownPoints() throws {
    struct Centre: PointSource {
      let replicates = 1
      func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
        probabilities.update(repeating: 0.5, count: AddressBlock.draws)
      }
    }
    let model = try Samples.everything(draws: 1)
    let a = try #require(model.quantity(named: "a"))
    let constant = try #require(model.quantity(named: "constant"))
    let evaluator = try Evaluator(
      model: model, requests: [.cell(a, 0), .cell(constant, 2), .coordinate(CoordinateID(3))], points: Centre())
    let columns = try evaluator.columns(draws: 3)
    // The median of a lognormal distribution with mu 0 is 1.
    for (column, value) in zip(columns, [1.0, 22, 0.5]) {
      #expect(column.count == 3 && column.allSatisfy { abs($0 - value) < 1e-12 })
    }
  }

  @Test("stops when cancelled")
  func cancels() throws {
    let model = try Samples.everything(draws: 1)
    let evaluator = try Evaluator(model: model, requests: [.coordinate(CoordinateID(0))])
    #expect(throws: CancellationError.self) {
      try evaluator.columns(draws: 10_000, options: Engine.Options(isCancelled: { true }))
    }
  }
}

private final class Seen: @unchecked Sendable {
  private let lock = NSLock()
  private(set) var blocks: [(number: Int, count: Int)] = []
  func add(_ number: Int, _ count: Int) { lock.withLock { blocks.append((number, count)) } }
}
