import Evidence
import Foundation
import Modeling
import Simulation
import Testing

@Suite("Posteriors of many inputs")
struct LargePosteriorTests {
  /// The seconds of processor time that this thread takes. With one worker, all work is done by the calling thread, and
  /// other tests do not count.
  private func seconds(_ body: () throws -> Void) rethrows -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
    let start = now()
    try body()
    return now() - start
  }

  @Test("Sampling a posterior of 200 inputs takes at most 400 times as long as 65,536 prior draws")
  func cost() throws {
    let text = SequentialMonteCarloTests.sum(of: 200)
    let draws = 1 << 16
    let model = try EvidenceScenario.model(text, draws: draws)
    let engine = try Engine(model: model)
    let plain = try (0..<5).map { _ in try seconds { _ = try engine.run(options: .init(workers: 1)) } }.sorted()[2]
    let sampling = try seconds { _ = try Conditioning(model: model).sampled(options: .init(workers: 1)) }
    #expect(sampling < 400 * plain, "\(sampling / plain) times as long: \(sampling) s, \(plain) s")
    // What was learned about every input is cheaper than the sampling, although it ranks 200 columns in all pairs of 128.
    let saved = try Conditioning(model: model).sampled(options: .init(workers: 1))
    let conditioning = Conditioning(model: model, saved: saved)
    let whole = try seconds { _ = try conditioning.result(draws: draws, options: .init(workers: 1)) }
    #expect(whole < 400 * plain, "\(whole / plain) times as long: \(whole) s, \(plain) s")
  }

  @Test("A saved posterior gives the same results in every bit, and another number of draws the same posterior")
  func saved() throws {
    let text = SequentialMonteCarloTests.sum(of: 12)
    let model = try EvidenceScenario.model(text, draws: 16_384)
    let saved = try Conditioning(model: model).sampled()
    let other = try Conditioning(model: EvidenceScenario.model(text, draws: 50_000)).sampled(options: .init(workers: 1))
    for address in saved.sample.addresses { #expect(saved.sample[address] == other.sample[address]) }
    let plain = try #require(try Conditioning(model: model).result(draws: 16_384))
    let again = try #require(try Conditioning(model: model, saved: saved).result(draws: 16_384))
    for (a, b) in zip(plain.outputs, again.outputs) {
      #expect(a.cells[0].quantiles.map(\.value.bitPattern) == b.cells[0].quantiles.map(\.value.bitPattern))
      #expect(a.cells[0].mean == b.cells[0].mean)
    }
    #expect(plain.method == again.method && plain.information == again.information)
    #expect(plain.learning?.rows.map(\.bits) == again.learning?.rows.map(\.bits))
  }

  /// The weight of a shared input in the reading of a year and a route; no two readings have the same weights.
  private static func weight(year: Int, route: Int, input: Int) -> Double {
    let angle: Double = 0.37 * Double(year * input) + 1.13 * Double(route * input)
    return cos(angle) / 7
  }

  /// The reading of a year and a route.
  private static func value(year: Int, route: Int) -> Double {
    let rise: Double = 0.2 * Double(year)
    let fall: Double = 0.3 * Double(route)
    return 1.1 + rise - fall
  }

  @Test("Twelve years by three routes with 50 shared inputs have the linear Gaussian posterior")
  func yearsAndRoutes() throws {
    let shared = (1...50).map { "b\($0)" }
    let levels = (1...12).map { "level\($0)" }
    var lines = ["inputs:"]
    for name in levels + shared { lines.append("  \(name): normal(0, 1)") }
    lines.append("equations:")
    for year in 1...12 {
      for route in 1...3 {
        var formula = "level\(year)"
        for input in 1...50 {
          let weight = Self.weight(year: year, route: route, input: input)
          formula += weight < 0 ? " - " : " + "
          formula += "\(weight.magnitude) * b\(input)"
        }
        lines.append("  r\(year)_\(route): \(formula)")
      }
    }
    let reported = levels + ["b1", "b50"]
    lines.append("outputs: {" + reported.map { "\($0): {}" }.joined(separator: ", ") + "}")
    lines.append("evidence:")
    for year in 1...12 {
      for route in 1...3 {
        let value = Self.value(year: year, route: route)
        lines.append("  - {observe: r\(year)_\(route), measured: \"normal(\(value), 0.1)\"}")
      }
    }
    let text = lines.joined(separator: "\n") + "\n"
    let model = try EvidenceScenario.model(text, draws: 16_384)
    let result = try #require(try Conditioning(model: model).result(draws: 16_384))
    guard case .tempering = result.method else {
      Issue.record("weights were trusted: worth \(result.effective)")
      return
    }
    let (mean, sd) = Self.posterior()
    let places: [Int] = Array(0..<12) + [12, 61]
    for (name, place) in zip(reported, places) {
      let cell = result.cell(name, in: model)
      #expect(
        abs(cell.mean.value - mean[place]) < Chance.errors * cell.mean.error, "\(name) \(cell.mean), not \(mean[place])"
      )
      #expect(abs(cell.sd / sd[place] - 1) < 0.04, "\(name) sd \(cell.sd), not \(sd[place])")
    }
  }

  /// Mean and standard deviation of the 62 inputs: the precision is the identity plus 100 times the sum of the outer
  /// products of the readings' weights.
  private static func posterior() -> (mean: [Double], sd: [Double]) {
    let n = 62
    // Rows of the precision, with the right side and the identity behind.
    var rows = [[Double]](repeating: [Double](repeating: 0, count: 2 * n + 1), count: n)
    for row in 0..<n {
      rows[row][row] = 1
      rows[row][n + 1 + row] = 1
    }
    for year in 1...12 {
      for route in 1...3 {
        var weights = [Double](repeating: 0, count: n)
        weights[year - 1] = 1
        for input in 1...50 { weights[11 + input] = weight(year: year, route: route, input: input) }
        for i in 0..<n {
          for j in 0..<n { rows[i][j] += 100 * weights[i] * weights[j] }
          rows[i][n] += 100 * weights[i] * value(year: year, route: route)
        }
      }
    }
    // Gauss and Jordan; a positive definite matrix needs no pivots.
    for pivot in 0..<n {
      let scale = rows[pivot][pivot]
      rows[pivot] = rows[pivot].map { $0 / scale }
      for row in 0..<n where row != pivot {
        let factor = rows[row][pivot]
        for column in pivot..<(2 * n + 1) { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    return (rows.map { $0[n] }, (0..<n).map { rows[$0][n + 1 + $0].squareRoot() })
  }
}
