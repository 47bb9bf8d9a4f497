import Distributions
import Foundation
import Testing

@testable import Analysis

/// Elementary effects against their means over the whole grid, and against SALib.
@Suite("Morris")
struct MorrisTests {
  /// The probabilities of p levels.
  private static func levels(_ count: Int) -> [Double] {
    (0..<count).map { 0.05 + 0.9 * Double($0) / Double(count - 1) }
  }

  /// mu*, mu and sigma over all effects of an input on a grid, by enumeration.
  private static func overGrid(
    _ function: ([Double]) -> Double, inputs: Int, of input: Int, levels count: Int
  ) -> (star: Double, mean: Double, sigma: Double) {
    let levels = Self.levels(count)
    let step = 0.9 * Double(count / 2) / Double(count - 1)
    var (star, sum, square, effects) = (0.0, 0.0, 0.0, 0.0)
    for number in 0..<Int(Foundation.pow(Double(count), Double(inputs))) {
      var rest = number
      let places = (0..<inputs).map { _ -> Int in
        defer { rest /= count }
        return rest % count
      }
      guard places[input] < count / 2 else { continue }
      var point = places.map { levels[$0] }
      let before = function(point)
      point[input] = levels[places[input] + count / 2]
      let effect = (function(point) - before) / step
      star += abs(effect)
      sum += effect
      square += effect * effect
      effects += 1
    }
    let mean = sum / effects
    return (star / effects, mean, max(0, square / effects - mean * mean).squareRoot())
  }

  private static func ishigami(_ u: [Double]) -> Double {
    let x = u.map { .pi * (2 * $0 - 1) }
    let sines = x.map { Foundation.sin($0) }
    return sines[0] + 7 * sines[1] * sines[1] + 0.1 * Foundation.pow(x[2], 4) * sines[0]
  }

  /// An effect that depends on one other input is exact where its mean over the two ends of every step of that one is the
  /// same: so for all indices of x1 and x2 here, and for mu* of x3, whose effect has the sign of sin(x1).
  @Test("Corner-dependent effects have their mean over the grid, and so has Ishigami's function")
  func pairs() throws {
    let corners = try Problems.text(
      """
      inputs: {x1: "uniform(0, 1)", x2: "uniform(0, 1)", x3: "uniform(0, 1)"}
      equations: {y: "x1 * (if x3 > 0.2 and x3 < 0.8 then 2 else 0) + 0.7 * x2"}
      outputs: {y: {}}
      """, "y")
    let result = try Morris.results(for: corners)[0]
    #expect(abs(try #require(result.estimate("mu_star", "x1")).value - 1) < 1e-12)
    #expect(abs(try #require(result.estimate("mu_star", "x2")).value - 0.7) < 1e-12)
    #expect(abs(try #require(result.estimate("sigma", "x1")).value - 1) < 1e-12)
    for seed in 1...20 as ClosedRange<UInt64> {
      let problem = try Problems.text(GivenDataModels.texts[0].text, "y", seed: seed)
      let own = try Morris.results(for: problem)[0]
      for (input, name) in ["x1", "x2", "x3"].enumerated() {
        let exact = Self.overGrid(Self.ishigami, inputs: 3, of: input, levels: 4)
        for (index, value) in [("mu_star", exact.star), ("mu", exact.mean), ("sigma", exact.sigma)] {
          guard index == "mu_star" || name != "x3" else { continue }
          let estimate = try #require(own.estimate(index, name))
          #expect(abs(estimate.value - value) < 1e-6, "\(index) \(name): \(estimate.value), not \(value)")
          #expect(estimate.low <= value + 1e-6 && estimate.high >= value - 1e-6)
        }
      }
      // NumPy's enumeration of the grid: 7.8914, 6.5219, 5.8810.
      #expect(abs(try #require(own.estimate("mu_star", "x1")).value - 7.89) < 0.005)
      #expect(abs(try #require(own.estimate("mu_star", "x3")).value - 5.88) < 0.005)
    }
  }

  /// Each interval misses with 5 %: of 60 seeds fewer than 42 are covered with probability 5e-10, and there are 9 kinds.
  @Test("Intervals hold the mean over the grid where three inputs act together", arguments: [4, 6])
  func coverage(levels: Int) throws {
    let text = """
      inputs: {x1: "uniform(0, 1)", x2: "uniform(0, 1)", x3: "uniform(0, 1)", x4: "uniform(0, 1)"}
      equations: {y: "9 * (x1 - 0.4) * (x2 - 0.3) ^ 2 * (x3 - 0.2) + (x4 + x1) * x3 + 4 * x2 * x3 * x4"}
      outputs: {y: {}}
      """
    func function(_ x: [Double]) -> Double {
      9 * (x[0] - 0.4) * Foundation.pow(x[1] - 0.3, 2) * (x[2] - 0.2) + (x[3] + x[0]) * x[2] + 4 * x[1] * x[2] * x[3]
    }
    let count = CoverageTests.seeds ?? 60
    var hits: [String: Int] = [:]
    for seed in 1...count {
      var options = SensitivityProblem.Options()
      options.levels = levels
      options.trajectories = 32 * levels
      options.bootstraps = 10
      let result = try Morris.results(for: Problems.text(text, "y", seed: seed, options: options))[0]
      for (input, name) in ["x1", "x2", "x3", "x4"].enumerated() {
        let exact = Self.overGrid(function, inputs: 4, of: input, levels: levels)
        for (index, value) in [("mu_star", exact.star), ("mu", exact.mean), ("sigma", exact.sigma)] {
          let own = try #require(result.estimate(index, name))
          hits["\(index) \(name)", default: 0] += own.low - 1e-9 <= value && value <= own.high + 1e-9 ? 1 : 0
        }
      }
    }
    for (name, hit) in hits.sorted(by: { $0.key < $1.key }) {
      if CoverageTests.seeds != nil { print("morris, \(levels) levels  \(name)  covers \(hit) of \(count)") }
      let probability = try Binomial.distribution([Double(count), 0.95]).cdf(Double(hit))
      #expect(probability > 1e-7, "\(name): \(hit) of \(count)")
    }
  }

  @Test("Every level and step is used equally often, each input before and after every other")
  func balance() throws {
    for levels in [2, 4, 6, 10] {
      let design = MorrisDesign(factors: 5, levels: levels, trajectories: 50, seed: 3)
      #expect(design.paths.count == design.groups * 2 * levels && design.paths.count >= 50)
      for group in 0..<design.groups {
        let paths = design.paths[group * 2 * levels..<(group + 1) * 2 * levels]
        for factor in 0..<5 {
          for level in 0..<levels { #expect(paths.count { $0.start[factor] == level } == 2) }
          for path in paths {
            let start = Int(path.start[factor])
            #expect(path.isUp[factor] == (start < levels / 2))
          }
          for other in 0..<factor {
            let before = paths.count {
              ($0.order.firstIndex(of: factor) ?? 0) < ($0.order.firstIndex(of: other) ?? 0)
            }
            #expect(before == levels)
          }
        }
      }
    }
  }

  /// SALib's errors are known; two inputs that SALib itself cannot tell apart at five of them are not compared. Values may
  /// be off by 12 standard errors of both, which Student's t(15) exceeds with probability 4e-9, 120 of them with 5e-7.
  @Test("Ranks and values of 20 random models are SALib's")
  func salib() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Reference/morris.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    let models = Dictionary(grouping: lines.map { $0.split(separator: ",").map(String.init) }, by: { $0[0] })
    #expect(models.count == 20)
    for rows in models.values {
      let inputs = rows.map { "\($0[2]): \"uniform(0, 1)\"" }.joined(separator: ", ")
      let problem = try Problems.text(
        "inputs: {\(inputs)}\nequations: {y: \"\(rows[0][1])\"}\noutputs: {y: {}}\n", "y")
      let result = try Morris.results(for: problem)[0]
      let both = try rows.map { row -> (own: Double, other: Double, error: Double) in
        let own = try #require(result.estimate("mu_star", row[2]))
        let (other, error) = (try #require(Double(row[3])), try #require(Double(row[4])))
        #expect(abs(own.value - other) <= 12 * (own.error * own.error + error * error).squareRoot() + 2e-6, "\(row)")
        return (own.value, other, error)
      }
      for a in both {
        for b in both where a.other - b.other > 5 * (a.error * a.error + b.error * b.error).squareRoot() {
          #expect(a.own > b.own, "\(rows[0][1])")
        }
      }
    }
  }
}
