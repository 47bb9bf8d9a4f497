import Modeling
import Simulation
import Testing

@Suite("Formulas mean what a plain interpreter makes of them") struct FormulaTests {
  /// Draws compared in each model.
  private static let draws = [0, 1, 7, 1023, 1024, 2047, 2999]

  @Test("Random models over every construct", arguments: 1...60)
  func randomModels(seed: Int) throws {
    let model = try RandomModel.make(seed: UInt64(seed))
    let engine = try Engine(model: model)
    for number in Self.draws {
      let explanation = try engine.draw(number: number)
      var inputs: [QuantityID: [Double]] = [:]
      for value in explanation.values where model[value.quantity].input != nil {
        inputs[value.quantity] = value.cells
      }
      let interpreter = Interpreter(model, inputs: inputs)
      for value in explanation.values {
        for (found, expected) in zip(value.cells, interpreter.cells(value.quantity)) {
          #expect(
            Self.agree(found, expected), "\(model[value.quantity].name) in draw \(number): \(found), not \(expected)")
        }
      }
    }
  }

  @Test("A draw explained alone has the bits of the run", arguments: 1...20)
  func explanationsAreExact(seed: Int) throws {
    let model = try RandomModel.make(seed: UInt64(seed))
    let engine = try Engine(model: model)
    var tables: [DrawTable] = []
    try engine.drawTables(rows: 3000, options: Engine.Options(executionBlock: 200)) { tables.append($0) }
    for number in Self.draws {
      let table = tables[number / 1024]
      var drawn: [String: Double] = [:]
      for (column, values) in zip(table.columns, table.values) { drawn[column.name] = values[number - table.firstDraw] }
      for value in try engine.draw(number: number).values {
        for (cell, found) in value.cells.enumerated() {
          guard let expected = drawn[model.cellName(value.quantity, cell: cell)] else { continue }
          #expect(found == expected || (found.isNaN && expected.isNaN))
        }
      }
    }
  }

  /// Equal but for the rounding of sums and products in another order.
  private static func agree(_ a: Double, _ b: Double) -> Bool {
    if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
    if a.isInfinite || b.isInfinite { return a == b }
    return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))
  }
}
