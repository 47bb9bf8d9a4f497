import Distributions
import Modeling
import Simulation
import Testing

/// Sums, means and extremes of many cells are computed in loops, with the bits of single cells.
@Suite("Loops over cells") struct LoopTests {
  /// A grid of rows and columns, in part as other distributions make them.
  private struct Grid {
    var maker = ModelMaker()
    var row, column: IndexID
    var x, y, k, c: Expression

    /// A grid; the names of the indexes decide which one varies fastest.
    init(_ rows: Int, _ columns: Int, names: (String, String) = ("i", "j")) throws {
      row = maker.index(names.0, 1...rows)
      column = maker.index(names.1, 1...columns)
      x = .quantity(
        maker.input("x", over: [row], try (0..<rows).map { _ in try SupportPoint.Value.distribution("uniform", 1, 2) }))
      y = .quantity(
        maker.input(
          "y", over: [column],
          try (0..<columns).map { try .distribution("lognormal", 0.1 + Double($0) / 100, 0.3) }))
      k = .quantity(try maker.uniform("k", 0.5, 3))
      c = .quantity(maker.input("c", [.constant(1.7)]))
    }

    /// The draws of a formula with and without loops, and whether there was one.
    mutating func check(_ formula: Expression, over: [IndexID] = [], draws: Int = 1500) throws -> Bool {
      maker.output(maker.equation("result", over: over, formula))
      let model = maker.model(draws: draws)
      let (with, without) = (try Engine(model: model), try Engine(model: model, without: [.loops]))
      #expect(try Self.bits(with) == Self.bits(without))
      #expect(!without.planDescription.contains("cells of v"))
      return with.planDescription.contains("cells of v")
    }

    private static func bits(_ engine: Engine) throws -> [UInt64] {
      var bits: [UInt64] = []
      try engine.drawTables(rows: engine.model.settings.draws) { table in
        bits += table.values.flatMap(\.self).map(\.bitPattern)
      }
      #expect(bits.count >= engine.model.settings.draws)
      return bits
    }
  }

  private static func reduced(_ reduction: Reduction, _ x: Expression, over: [IndexID], labels: [IndexID: [Int]] = [:])
    -> Expression
  { Expression(.reduce(reduction, x, over: over, labels: labels)) }

  private static func call(_ name: String, _ arguments: Expression...) throws -> Expression {
    Expression(.call(try #require(BuiltInFunctionCatalogue.function(named: name)), arguments))
  }

  @Test(
    "A sum over a grid has the bits of the sum of its cells",
    arguments: [(64, 64), (65, 64), (63, 67), (5, 900), (900, 5), (70, 59)])
  func sizes(rows: Int, columns: Int) throws {
    for names in [("i", "j"), ("j", "i")] {
      var grid = try Grid(rows, columns, names: names)
      let isLooped = try grid.check(.sum(grid.x * grid.y, over: grid.row, grid.column), draws: 1100)
      #expect(isLooped == (rows * columns >= 4096))
      var shares = try Grid(rows, columns, names: names)
      let share = shares.x / (shares.x + shares.y)
      #expect(try shares.check(.sum(share, over: shares.row, shares.column), draws: 70) == (rows * columns >= 4096))
    }
  }

  @Test("Means, extremes, choices, functions, weights and constants are looped", arguments: 0..<14)
  func formulas(number: Int) throws {
    var grid = try Grid(67, 66)
    let (x, y, k, c, both) = (grid.x, grid.y, grid.k, grid.c, [grid.row, grid.column])
    let formula: Expression
    switch number {
    case 0: formula = Self.reduced(.mean, .number(2) * x * (.number(1) + y), over: both)
    case 1: formula = Self.reduced(.max, x * y - x, over: both)
    case 2: formula = Self.reduced(.min, x / y, over: both)
    case 3: formula = Self.reduced(.sum, .choice(x < y, x * k, y), over: both)
    case 4: formula = Self.reduced(.sum, try Self.call("exp", x - y * k), over: both)
    case 5: formula = Self.reduced(.sum, .number(-0.3) * x * y, over: both)
    case 6: formula = Self.reduced(.sum, c * x * y * k, over: both)
    case 7: formula = Self.reduced(.sum, Expression(.binary(.power, x + y, .number(3))), over: both)
    case 8: formula = Self.reduced(.sum, try Self.call("max", y, try Self.call("exp", k) * x), over: both)
    case 9: formula = Self.reduced(.sum, x * y + k * x, over: both)
    case 10: formula = Self.reduced(.sum, x - y - k + c, over: both)
    case 11: formula = Self.reduced(.sum, try Self.call("min", c, x) + y, over: both)
    case 12: formula = Self.reduced(.sum, Expression(.binary(.power, x, k)) * y, over: both)
    default: formula = Self.reduced(.sum, try Self.call("clamp", x * y, .number(1), .number(3)), over: both)
    }
    #expect(try grid.check(formula))
  }

  @Test("A sum over one index of a grid is a loop for each label of the other")
  func partial() throws {
    var grid = try Grid(66, 67)
    #expect(try grid.check(.sum(grid.x * grid.y * grid.k, over: grid.column), over: [grid.row]))
    var first = try Grid(66, 67)
    #expect(try first.check(.sum(first.x / (first.x + first.y), over: first.row), over: [first.column]))
  }

  @Test("A sum of some labels is a loop over them")
  func someLabels() throws {
    var grid = try Grid(90, 90)
    let labels = [grid.row: Array(stride(from: 0, to: 90, by: 2)), grid.column: Array(1..<88)]
    let sum = Self.reduced(.sum, grid.x * grid.y, over: [grid.row, grid.column], labels: labels)
    // 45 x 87 cells are too few.
    #expect(try !grid.check(sum))
    var larger = try Grid(120, 90)
    let half = [larger.row: Array(stride(from: 1, to: 120, by: 2)), larger.column: Array(1..<88)]
    #expect(try larger.check(Self.reduced(.sum, larger.x * larger.y, over: [larger.row, larger.column], labels: half)))
  }

  @Test("Equations between inputs and sum are part of the loop, and lowered only where they are asked for")
  func equations() throws {
    var grid = try Grid(64, 70)
    let cell = grid.maker.equation("cell", over: [grid.row, grid.column], grid.x * grid.y)
    let twice = grid.maker.equation("twice", over: [grid.row, grid.column], .quantity(cell) + grid.k)
    #expect(try grid.check(.sum(.quantity(twice) - .quantity(cell), over: grid.row, grid.column)))
    // A cell as another output does not change the sum.
    var alone = try Grid(64, 70)
    let own = alone.maker.equation("cell", over: [alone.row, alone.column], alone.x * alone.y)
    let picked = Expression(.select(.quantity(own), [alone.row: .label(3), alone.column: .label(5)]))
    alone.maker.output(alone.maker.equation("picked", picked))
    #expect(try alone.check(.sum(.quantity(own), over: alone.row, alone.column)))
  }

  @Test("Cells with different formulas are lowered one by one", arguments: 0..<7)
  func different(number: Int) throws {
    var grid = try Grid(67, 66)
    let both = [grid.row, grid.column]
    let formula: Expression
    switch number {
    // Each row has its own label as a factor.
    case 0: formula = Self.reduced(.sum, .label(grid.row) * grid.x * grid.y, over: both)
    // Some cells are constants.
    case 1:
      let z = grid.maker.input(
        "z", over: [grid.row], try (0..<67).map { $0 == 40 ? .constant(1) : try .distribution("uniform", 1, 2) })
      formula = Self.reduced(.sum, .quantity(z) * grid.y, over: both)
    // All labels share a value, so that cells are equal.
    case 2:
      let z = grid.maker.input(
        "z", over: [grid.row], try (0..<67).map { _ in try .distribution("uniform", 1, 2) }, shared: true)
      formula = Self.reduced(.sum, .quantity(z) * grid.y, over: both)
    // Cells that do not depend on the columns are multiples of one term.
    case 3:
      let z = grid.maker.equation("z", over: both, grid.x * grid.k)
      formula = Self.reduced(.sum, .quantity(z), over: both)
    // The denominator is the same in a row and is taken out of the sum of its cells.
    case 4: formula = Self.reduced(.sum, grid.y / (grid.x + grid.k), over: both)
    // The exponential is joined with those of the lognormal columns, whose exponents are not cells.
    case 5: formula = Self.reduced(.sum, grid.x + (try Self.call("exp", grid.k)) * grid.y, over: both)
    // Products are not looped.
    default: formula = Self.reduced(.product, grid.x / grid.y, over: both)
    }
    #expect(try !grid.check(formula))
  }

  @Test("The values of one draw are those of the run, and each thread has its own memory")
  func explanation() throws {
    var grid = try Grid(80, 81)
    let cell = grid.maker.equation("cell", over: [grid.row, grid.column], grid.x * grid.y)
    let total = grid.maker.equation("total", .sum(.quantity(cell), over: grid.row, grid.column))
    grid.maker.output(total)
    let engine = try Engine(model: grid.maker.model(draws: 5000))
    var totals: [Double] = []
    try engine.drawTables(rows: 5000) { table in totals += table.values.last.map { Array($0) } ?? [] }
    let explained = try engine.draw(number: 1234)
    let cells = try #require(explained.values.first { $0.quantity == cell }).cells
    let sum = try #require(explained.values.first { $0.quantity == total }).cells[0]
    #expect(cells.count == 6480 && abs(sum - cells.reduce(0, +)) < 1e-9 * sum && totals.contains(sum))
    let (one, three) = (
      try engine.run(options: .init(workers: 1)), try engine.run(options: .init(workers: 3, executionBlock: 100))
    )
    #expect(one.outputs[0].cells[0].mean.value == three.outputs[0].cells[0].mean.value)
  }

  @Test("A grid of a million cells is planned in little memory, and its cost counts the cells")
  func large() throws {
    var grid = try Grid(1000, 1000)
    let cell = grid.maker.equation("cell", over: [grid.row, grid.column], grid.x * grid.y)
    grid.maker.output(grid.maker.equation("total", .sum(.quantity(cell), over: grid.row, grid.column)))
    let model = grid.maker.model(draws: 64)
    let engine = try Engine(model: model)
    #expect(engine.planDescription.split(separator: "\n").count < 10_000)
    #expect(engine.cost().values > 1_000_000)
    #expect(Engine.cost(ofUnplanned: model).isPlanSmall)
    #expect(try engine.run().outputs[0].cells[0].mean.value > 1e6)
  }
}
