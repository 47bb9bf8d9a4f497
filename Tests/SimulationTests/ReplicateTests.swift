import Foundation
import Modeling
import Simulation
import Testing

@Suite("Designs with replicates take their errors from the replicates' spread") struct ReplicateTests {
  private static func run(_ design: String, draws: Int, seed: UInt64) throws -> RunResult {
    var maker = ModelMaker()
    let a = try maker.uniform("a", 0, 1)
    let b = maker.input("b", [try .distribution("normal", 0, 1)])
    let reference = maker.input("reference", [.constant(0.5)], isReference: true)
    maker.output(
      maker.equation("z", .quantity(a) * .quantity(b)), comparisons: [Comparison(reference: reference, text: "")])
    var model = maker.model(draws: draws, seed: seed)
    model.settings.design = design
    return try Engine(model: model).run()
  }

  @Test("Stated errors are those of repeated runs, and below plain Monte Carlo's", arguments: ["lhs", "sobol"])
  func errors(design: String) throws {
    var found: [[Double]] = []
    var stated: [[Double]] = []
    for seed in 1...60 {
      let result = try Self.run(design, draws: 1 << 16, seed: UInt64(seed)).outputs[0]
      let estimates =
        [result.cells[0].mean, result.comparisons[0][0].exceeds]
        + [0.25, 0.9].compactMap { result.cells[0].quantile($0) }
      found.append(estimates.map(\.value))
      stated.append(estimates.map(\.error))
    }
    let plain = try Self.run("mc", draws: 1 << 16, seed: 1).outputs[0].cells[0].mean.error
    for figure in 0..<4 {
      let values = found.map { $0[figure] }
      let mean = values.reduce(0, +) / 60
      let sd = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59).squareRoot()
      let typical = (stated.reduce(0) { $0 + $1[figure] * $1[figure] } / 60).squareRoot()
      // The sd of 60 values has itself an error of 9 %; 5 of them.
      #expect(abs(typical / sd - 1) < 0.46, "figure \(figure): \(typical) stated, \(sd) seen")
      if figure == 0 { #expect(design == "sobol" ? typical < plain / 5 : typical < plain) }
    }
  }

  @Test("A run with draws in fewer than eight replicates states the errors of independent draws")
  func fewBlocks() throws {
    for (draws, isPlain) in [(1000, true), (7 * 1024, true), (7 * 1024 + 1, false), (10 * 1024, false)] {
      let output = try Self.run("sobol", draws: draws, seed: 1).outputs[0]
      let cell = output.cells[0]
      let plain = cell.sd / Double(draws).squareRoot()
      // Without replicates the furthest draws count twice more.
      let ends = pow(cell.max - cell.mean.value, 2) + pow(cell.mean.value - cell.min, 2)
      let independent = (plain * plain + 2 * ends / pow(Double(draws), 2)).squareRoot()
      #expect(isPlain ? abs(cell.mean.error / independent - 1) < 1e-12 : cell.mean.error < plain / 2)
      let p = output.comparisons[0][0].exceeds.value
      let plainShare = (p * (1 - p) / Double(draws)).squareRoot()
      #expect(isPlain == (abs(output.comparisons[0][0].exceeds.error / plainShare - 1) < 0.01))
    }
  }

  /// Seven replicates of 1,024 draws and one of a single draw: that one counts as little as its draw does.
  @Test("A replicate that has just begun does not spoil the error")
  func unevenReplicates() throws {
    let even = try Self.run("sobol", draws: 8 * 1024, seed: 1).outputs[0].cells[0].mean.error
    let uneven = try Self.run("sobol", draws: 15 * 1024 + 1, seed: 1).outputs[0].cells[0].mean.error
    #expect(uneven < 2 * even && uneven > even / 4)
  }

  @Test("Byte-identical for any number of workers", arguments: ["lhs", "sobol"])
  func workers(design: String) throws {
    var model = try Samples.everything(draws: 20_000)
    model.settings.design = design
    let engine = try Engine(model: model)
    let reference = RepeatabilityTests.bits(try engine.run(options: Engine.Options(workers: 1)))
    for workers in [2, 3, 7] {
      let options = Engine.Options(workers: workers, executionBlock: workers == 3 ? 100 : nil)
      #expect(RepeatabilityTests.bits(try engine.run(options: options)) == reference)
    }
  }
}
