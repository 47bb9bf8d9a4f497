import Foundation
import Modeling
import Simulation
import Testing

/// What makes two runs comparable: a draw is known by its address, whatever else a model holds.
@Suite("The promise of addressed draws, under every design") struct AddressingLawTests {
  static let designs = ["lhs", "mc", "owen", "sobol"]
  private static let names = (0..<12).map { "input_\($0)" }

  /// A model with inputs in a given order and with different distributions; every third is over an index.
  private static func model(_ names: [String], design: String, draws: Int = 3000) throws -> Model {
    var maker = ModelMaker()
    let year = maker.index("year", 2023...2025)
    for name in names {
      guard let number = Self.names.firstIndex(of: name) else { continue }
      let distribution = try SupportPoint.Value.distribution(
        number % 2 == 0 ? "uniform" : "normal", 1, Double(number + 2))
      maker.output(
        number % 3 == 0
          ? maker.input(name, over: [year], [distribution, distribution, distribution])
          : maker.input(name, [distribution]))
    }
    return maker.model(draws: draws, seed: 11, design: design)
  }

  private static func columns(_ names: [String], design: String, draws: Int = 3000) throws -> [String: [UInt64]] {
    try Engine(model: model(names, design: design, draws: draws)).columns(draws).mapValues { $0.map(\.bitPattern) }
  }

  @Test(
    "Inputs reordered, added and removed leave the others' draws; dealt in order, those put last do", arguments: designs
  )
  func changes(design: String) throws {
    let all = try Self.columns(Self.names, design: design)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<8 {
      let isDealtInOrder = ["owen", "sobol"].contains(design)
      // Any selection in any order; under designs with dimensions, the first inputs in their order.
      let kept = Int.random(in: 1...12, using: &generator)
      let chosen = isDealtInOrder ? Array(Self.names.prefix(kept)) : Array(Self.names.shuffled().prefix(kept))
      for (name, column) in try Self.columns(chosen, design: design) {
        #expect(all[name] == column, "\(name) of \(chosen)")
      }
    }
  }

  @Test("A longer run begins with the shorter one, and other seeds and designs give other draws", arguments: designs)
  func prefixes(design: String) throws {
    let long = try Self.columns(Self.names, design: design, draws: 40_000)
    for draws in [1, 1000, 1024, 17_000] {
      for (name, column) in try Self.columns(Self.names, design: design, draws: draws) {
        #expect(column == Array(long[name]?.prefix(draws) ?? []), "\(name), \(draws) draws")
      }
    }
    for other in Self.designs where other != design {
      #expect(try Self.columns(["input_1"], design: other)["input_1"] != long["input_1"].map { Array($0.prefix(3000)) })
    }
  }

  @Test("A draw made alone is the draw of the run, in every bit", arguments: designs)
  func alone(design: String) throws {
    let engine = try Engine(model: try Self.model(Self.names, design: design))
    let columns = try engine.columns(40_000)
    for number in [0, 1, 1023, 1024, 20_000, 39_999] {
      let draw = try engine.draw(number: number)
      for value in draw.values {
        for (cell, alone) in value.cells.enumerated() {
          let name = engine.model.cellName(value.quantity, cell: cell)
          #expect(columns[name]?[number].bitPattern == alone.bitPattern, "\(name), draw \(number)")
        }
      }
    }
  }
}
