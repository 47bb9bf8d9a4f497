import Modeling
import Simulation
import Testing

@Suite("Comparisons hold an output against its references draw by draw") struct ComparisonTests {
  @Test("Against a constant, a jointly drawn reference, and after a conversion")
  func probabilities() throws {
    var maker = ModelMaker()
    let x = try maker.uniform("x", 0, 1)
    let half = maker.equation("half", .number(0.5))
    let constant = maker.input("constant", [.constant(0.25)], isReference: true)
    let drawn = maker.input("drawn", [try .distribution("uniform", 0, 2)], isReference: true)
    maker.output(
      x,
      comparisons: [
        Comparison(reference: constant, text: ""), Comparison(reference: drawn, text: ""),
        Comparison(reference: drawn, convert: half, text: ""),
      ])
    let draws = 100_000
    let engine = try Engine(model: maker.model(draws: draws))
    let result = try engine.run().outputs[0]
    // P(x > 1/4), P(x > y), P(x / 2 > y) for y uniform on 0 ... 2; the errors hold 5 standard errors: 6e-7 a figure.
    for (rows, expected) in zip(result.comparisons, [0.75, 0.25, 0.125]) {
      #expect(rows.count == 1 && rows[0].nonFinite == 0)
      #expect(abs(rows[0].exceeds.value - expected) < 5 * rows[0].exceeds.error)
      let exact = (expected * (1 - expected) / Double(draws)).squareRoot()
      #expect(abs(rows[0].exceeds.error / exact - 1) < 0.05)
    }
    let cell = result.cells[0]
    #expect(abs(result.comparisons[0][0].ratio.p50 - 4 * (cell.quantile(0.5)?.value ?? .nan)) < 1e-12)
    // The ratio r of two uniforms on 0 ... 1 has distribution function r / 2 up to 1, and 1 - 1 / (2 r) above.
    let ratio = result.comparisons[1][0].ratio
    let errors = result.comparisons[1][0].ratioErrors
    #expect(abs(ratio.p05 - 0.05) < 6 * errors.p05 && abs(ratio.p50 - 0.5) < 6 * errors.p50)
    #expect(abs(ratio.p95 - 5) < 6 * errors.p95)
    #expect(abs(result.comparisons[2][0].ratio.p50 - 0.25) < 6 * errors.p50)
  }

  @Test("Cells match by label; indexes that only the reference has make rows")
  func labels() throws {
    var maker = ModelMaker()
    let year = maker.index("year", 2020...2021)
    let edition = maker.index("edition", labels: ["old", "new"])
    let x = maker.input("x", over: [year], [try .distribution("uniform", 1, 2), try .distribution("uniform", 3, 4)])
    let reference = maker.input(
      "reference", over: [edition, year], [.constant(1), .constant(10), .constant(100), .constant(1000)],
      isReference: true)
    maker.output(
      x,
      comparisons: [
        Comparison(reference: reference, text: ""), Comparison(reference: reference, labels: [edition: 1], text: ""),
        Comparison(reference: reference, labels: [year: 0], text: ""),
      ])
    let result = try Engine(model: maker.model(draws: 2000)).run().outputs[0]
    let rows = result.comparisons[0]
    #expect(rows.map(\.cell) == [0, 0, 1, 1])
    #expect(rows.map { $0.referenceLabels[edition] } == [0, 1, 0, 1])
    for (row, number) in zip(rows, [1.0, 100, 10, 1000]) {
      let median = result.cells[row.cell].quantile(0.5)?.value ?? .nan
      #expect(abs(row.ratio.p50 * number / median - 1) < 1e-12)
      #expect(row.exceeds.value == (number == 1 ? 1 : 0))
    }
    #expect(
      result.comparisons[1].map { ($0.ratio.p50 * 100).rounded() }
        == result.comparisons[1].map { row in
          ((result.cells[row.cell].quantile(0.5)?.value ?? 0) * (row.cell == 0 ? 1 : 0.1)).rounded()
        })
    #expect(result.comparisons[2].count == 4 && result.comparisons[2][2].ratio.p50 > 3)
  }

  @Test("Draws without a finite ratio are left out and counted")
  func nonFinite() throws {
    var maker = ModelMaker()
    let x = try maker.uniform("x", 1, 2)
    let reference = maker.input("reference", [try .distribution("bernoulli", 0.5)], isReference: true)
    maker.output(x, comparisons: [Comparison(reference: reference, text: "")])
    let row = try Engine(model: maker.model(draws: 10_000)).run().outputs[0].comparisons[0][0]
    #expect(abs(row.nonFinite - 5000) < 250)
    #expect(row.ratio.p05 > 1 && row.ratio.p95 < 2)
    #expect(row.exceeds.value == 1)
  }
}
