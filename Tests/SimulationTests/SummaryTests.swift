import Distributions
import Foundation
import Modeling
import Simulation
import Testing
import Units

@Suite("Summaries tell what the draws are") struct SummaryTests {
  /// Outputs of several shapes: narrow, wide, of both signs, far from zero, discrete, partly not finite.
  private static func model(draws: Int) throws -> Model {
    var maker = ModelMaker()
    let wide = maker.input("wide", [try .distribution("lognormal", 3, 2.5)])
    let centred = maker.input("centred", [try .distribution("normal", 0, 1)])
    let far = maker.input("far", [try .distribution("normal", 1e6, 1)])
    let discrete = try Discrete(outcomes: [-1, 0, 2.5], probabilities: [0.25, 0.5, 0.25])
    let steps = maker.input("steps", [.distribution(.fixed(discrete))])
    let log = try #require(BuiltInFunctionCatalogue.function(named: "log"))
    let broken = maker.equation("broken", Expression(.call(log, [.quantity(centred) + .number(2)])))
    for id in [wide, centred, far, steps, broken] { maker.output(id) }
    return maker.model(draws: draws)
  }

  @Test("Moments, extremes and quantiles agree with those of the stored draws", arguments: [1, 2, 999, 1024, 200_000])
  func figures(draws: Int) throws {
    let engine = try Engine(model: try Self.model(draws: draws))
    let columns = try engine.columns(draws)
    for output in try engine.run().outputs {
      let name = engine.model[output.output.quantity].name
      let cell = output.cells[0]
      let all = try #require(columns[name])
      let sorted = all.filter(\.isFinite).sorted()
      #expect(cell.draws == draws && cell.nonFinite == draws - sorted.count)
      guard let first = sorted.first, let last = sorted.last else { continue }
      let n = Double(sorted.count)
      let mean = sorted.reduce(0, +) / n
      let sd = (sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)).squareRoot()
      #expect(
        abs(cell.mean.value - mean) <= 1e-12 * (abs(mean) + sd.magnitude)
          || sorted.count == 1 && cell.mean.value == mean)
      #expect(sorted.count == 1 ? cell.sd.isNaN : abs(cell.sd - sd) <= 1e-11 * sd)
      #expect(cell.min == first && cell.max == last)
      for (p, estimate) in zip(CellSummary.probabilities, cell.quantiles) {
        let exact = sorted.sortedQuantile(p)
        // A bin is at most 2^-12 of its values wide, where they span many octaves (wide, or near zero) 2^-10. Values
        // between two order statistics may be spread over two bins.
        let low = sorted[Int(p * (n - 1))]
        let high = sorted[min(Int(p * (n - 1)) + 1, sorted.count - 1)]
        // Draws far from zero are counted about a number within an sd of their middle: bins are of the deviation.
        let size = name == "far" ? max(abs(low - 1e6), abs(high - 1e6)) + 1 : max(abs(low), abs(high))
        let width = size * (name == "steps" ? 0x1p-12 : 0x1p-10)
        #expect(abs(estimate.value - exact) <= width, "\(name) \(p): \(estimate.value), not \(exact)")
      }
      #expect(cell.histogram.reduce(0) { $0 + $1.count } == sorted.count)
      #expect(cell.histogram.allSatisfy { $0.count >= 0 })
    }
  }

  @Test("The error of a quantile within one repeated value among many covers the width of its bin")
  func atoms() throws {
    var maker = ModelMaker()
    let wide = maker.input("wide", [try .distribution("lognormal", 3, 1)])
    let chance = try maker.uniform("chance", 0, 1)
    maker.output(maker.equation("x", .choice(.quantity(chance) < .number(0.6), .number(2.5), .quantity(wide))))
    let cell = try Engine(model: maker.model(draws: 50_000)).run().outputs[0].cells[0]
    for p in [0.1, 0.25, 0.5] {
      let estimate = try #require(cell.quantile(p))
      #expect(estimate.error > 0 && abs(estimate.value - 2.5) <= 4 * estimate.error, "\(p): \(estimate)")
    }
  }

  @Test("Narrow draws far from zero have the histogram and the quantiles of their deviations", arguments: [1e6, 1e9])
  func narrow(middle: Double) throws {
    var maker = ModelMaker()
    maker.output(maker.input("x", [try .distribution("normal", middle, 1)]))
    let engine = try Engine(model: maker.model(draws: 100_000))
    let values = try #require(try engine.columns(100_000)["x"]).sorted()
    let cell = try engine.run().outputs[0].cells[0]
    for bar in cell.histogram {
      let exact = values.filter { $0 >= bar.low && $0 < bar.high }.count
      let slack = values.filter { min(abs($0 - bar.low), abs($0 - bar.high)) <= 0x1p-8 }.count
      #expect(abs(exact - bar.count) <= slack + 2)
    }
    for (p, estimate) in zip(CellSummary.probabilities, cell.quantiles) where p > 0.02 && p < 0.98 {
      #expect(abs(estimate.value - values.sortedQuantile(p)) <= 0.5 * estimate.error)
      // sqrt(p (1 - p) / n) over the density, 0.05 to 0.4 in that stretch.
      #expect(estimate.error > 0.0011 && estimate.error < 0.01)
    }
  }

  @Test("Spreading draws evenly over their bin adds less than a tenth to a quantile's Monte Carlo error")
  func interpolation() throws {
    let draws = 400_000
    let engine = try Engine(model: try Self.model(draws: draws))
    let sorted = try #require(try engine.columns(draws)["centred"]).sorted()
    let cell = try engine.run().outputs[1].cells[0]
    for (p, estimate) in zip(CellSummary.probabilities, cell.quantiles) where p > 0.02 && p < 0.98 {
      #expect(abs(estimate.value - sorted.sortedQuantile(p)) <= 0.1 * estimate.error)
    }
  }

  @Test("Histogram bars hold the draws between their edges, to the draws of one bin")
  func histograms() throws {
    let draws = 100_000
    let engine = try Engine(model: try Self.model(draws: draws))
    let columns = try engine.columns(draws)
    for (output, isGeometric) in zip(try engine.run().outputs, [true, false, false]) {
      let bars = output.cells[0].histogram
      let values = try #require(columns[engine.model[output.output.quantity].name])
      #expect(bars.count == 200)
      #expect(bars.first?.low == values.min() && bars.last?.high == values.max())
      for (bar, next) in zip(bars, bars.dropFirst()) {
        #expect(bar.high == next.low)
        let ratio = (next.high / next.low) / (bar.high / bar.low)
        let widths = (next.high - next.low) / (bar.high - bar.low)
        #expect(abs((isGeometric ? ratio : widths) - 1) < 1e-6)
      }
      for (k, bar) in bars.enumerated() where k % 20 == 0 {
        let exact = values.filter { $0 >= bar.low && $0 < bar.high }.count
        // At an edge, draws of one sketch bin may fall on the other side: 2^-10 of the value at the local density.
        let slack = values.filter { min(abs($0 - bar.low), abs($0 - bar.high)) <= 0x1p-10 * abs($0) }.count
        #expect(abs(exact - bar.count) <= slack + 2)
      }
    }
  }

  @Test("Standard errors are those of repeated runs")
  func standardErrors() throws {
    var found: [[Double]] = []
    var stated: [[Double]] = []
    for seed in 1...200 {
      var maker = ModelMaker()
      maker.output(maker.input("x", [try .distribution("lognormal", 0, 0.5)]))
      let cell = try Engine(model: maker.model(draws: 4000, seed: UInt64(seed))).run().outputs[0].cells[0]
      let estimates = [cell.mean] + [0.05, 0.5, 0.95].compactMap { cell.quantile($0) }
      found.append(estimates.map(\.value))
      stated.append(estimates.map(\.error))
    }
    for figure in 0..<4 {
      let values = found.map { $0[figure] }
      let mean = values.reduce(0, +) / 200
      let sd = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 199).squareRoot()
      let typical = stated.reduce(0) { $0 + $1[figure] } / 200
      // The sd of 200 values has itself an error of 5 %; 5 of them.
      #expect(abs(typical / sd - 1) < 0.25, "figure \(figure): \(typical) stated, \(sd) seen")
    }
  }

  @Test("What does not vary is told exactly")
  func constants() throws {
    var maker = ModelMaker()
    let year = maker.index("year", 2020...2021)
    let x = try maker.uniform("x", 0, 1)
    let c = maker.equation("c", over: [year], .label(year) * .number(0.5) + .number(0) * .number(3))
    maker.output(c)
    maker.output(maker.equation("zero", .quantity(x) - .quantity(x)))
    let result = try Engine(model: maker.model(draws: 5000)).run()
    let cell = result.outputs[0].cells[1]
    #expect(cell.mean == Estimate(1010.5, error: 0) && cell.sd == 0 && cell.min == cell.max)
    #expect(cell.quantiles.allSatisfy { $0.value == cell.min && $0.error == 0 })
    #expect(cell.histogram == [CellSummary.Bin(low: cell.min, high: cell.max, count: 5000)])
    let zero = result.outputs[1].cells[0]
    #expect(zero.mean.value == 0 && zero.sd == 0 && zero.quantiles.allSatisfy { $0.value == 0 })
    #expect(zero.histogram == [CellSummary.Bin(low: 0, high: 0, count: 5000)])
  }

  @Test("Figures are in the output's unit")
  func units() throws {
    let kilowatt = try UnitTable.standard.parse("kW")
    var maker = ModelMaker()
    let x = maker.input("x", [try .distribution("uniform", 1000, 3000)])
    maker.output(x, unit: kilowatt)
    let engine = try Engine(model: maker.model(draws: 20_000))
    let cell = try engine.run().outputs[0].cells[0]
    #expect(cell.min > 1 && cell.max < 3 && abs(cell.mean.value - 2) < 0.03 && abs(cell.sd - 0.577) < 0.01)
    #expect(cell.histogram.first?.low == cell.min)
    let values = try #require(try engine.columns(10)["x"])
    #expect(values.allSatisfy { $0 > 1 && $0 < 3 })
  }

  @Test("A mean that does not settle is told, one that does is not")
  func momentWarnings() throws {
    for (name, arguments, settles) in [
      ("lognormal", [0, 1], true), ("normal", [5, 1], true), ("lognormal", [0, 3.6], false), ("uniform", [0, 1], true),
      ("lognormal", [0, 2.2], false), ("exponential", [2], true),
    ] as [(String, [Double], Bool)] {
      var maker = ModelMaker()
      maker.output(
        maker.input(
          "x", [.distribution(.fixed(try DistributionCatalogue.distribution(named: name, arguments: arguments)))]))
      for draws in [20_000, 500_000] {
        let cell = try Engine(model: maker.model(draws: draws)).run().outputs[0].cells[0]
        #expect((cell.momentWarning == nil) == settles, "\(name) \(arguments), \(draws): \(cell.momentWarning ?? "-")")
      }
    }
  }

  @Test("Draws that are not finite are counted, and the first quantity to blame is named")
  func failures() throws {
    var maker = ModelMaker()
    let x = try maker.uniform("x", -1, 1)
    let log = try #require(BuiltInFunctionCatalogue.function(named: "log"))
    let unrelated = maker.equation("unrelated", Expression(.call(log, [.quantity(x) - .number(2)])))
    let root = maker.equation("root", Expression(.call(log, [.quantity(x) + .number(0.9)])))
    let result = maker.equation("result", .quantity(root) * .number(2))
    let guarded = maker.equation(
      "guarded", .choice(.quantity(x) + .number(0.9) < .number(0), .number(7), .quantity(root)))
    maker.output(result)
    maker.output(guarded)
    let never = maker.equation("never", .quantity(unrelated) * .number(0))
    maker.output(never)
    let engine = try Engine(model: maker.model(draws: 30_000))
    let run = try engine.run()
    let values = try #require(try engine.columns(30_000)["x"])
    let bad = values.indices.filter { values[$0] + 0.9 < 0 }
    #expect(run.failures.count == 2)
    #expect(run.failures[0].cellName == "result" && run.failures[0].culprit == "root")
    #expect(run.failures[0].operation?.name == "log" && run.failures[1].operation?.name == "log")
    #expect(run.failures.allSatisfy { ($0.operation?.operands.first?.value ?? 0) < 0 })
    #expect(run.failures[0].count == bad.count && run.failures[0].firstDraw == bad.first)
    #expect(run.outputs[0].cells[0].nonFinite == bad.count && run.outputs[1].cells[0].nonFinite == 0)
    #expect(run.failures[1].cellName == "never" && run.failures[1].culprit == "unrelated")
    #expect(run.failures[1].count == 30_000 && run.failures[1].firstDraw == 0)
    let cell = run.outputs[2].cells[0]
    #expect(cell.mean.value.isNaN && cell.quantiles.allSatisfy { $0.value.isNaN } && cell.histogram.isEmpty)
  }
}
