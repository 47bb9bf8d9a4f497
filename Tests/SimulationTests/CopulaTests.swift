import Distributions
import Foundation
import Modeling
import ScenarioFiles
import Simulation
import Testing

/// Dependence, from the scenario's text to the draws.
///
/// Bounds are 6 standard errors, estimated from 64 batches of draws: with 63 degrees of freedom a figure is beyond them
/// by chance once in 10^7, all together less than once in 10^5; the seed is fixed.
@Suite("Copulas in a run", .serialized)
struct CopulaTests {
  static let batches = 64
  static let bound = 6.0

  /// The draws of a scenario's inputs.
  static func columns(
    _ text: String, files: [String: String] = [:], draws: Int, design: String = "mc"
  ) throws -> [String: [Double]] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("copulas-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, content) in files.merging(["s.yaml": text], uniquingKeysWith: { first, _ in first }) {
      try content.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    var model = try Scenario.model(ofFileAt: folder.appendingPathComponent("s.yaml").path)
    model.settings.design = design
    let requests = model.outputs.map { ColumnRequest.cell($0.quantity, 0) }
    let columns = try Evaluator(model: model, requests: requests).columns(draws: draws)
    return Dictionary(uniqueKeysWithValues: zip(model.outputs.map { model[$0.quantity].name }, columns))
  }

  /// A scenario of uniform inputs, of which everything is reported.
  static func scenario(_ names: [String], _ correlations: [String], distribution: String = "uniform(0, 1)") -> String {
    "inputs:\n" + names.map { "  \($0): \(distribution)\n" }.joined() + "correlations:\n"
      + correlations.map { "  - \($0)\n" }.joined() + "outputs:\n" + names.map { "  \($0): {}\n" }.joined()
  }

  /// A statistic of equal batches: its mean and standard error.
  static func batched(
    _ x: [Double], _ y: [Double], _ statistic: ([Double], [Double]) -> Double
  ) -> (mean: Double, error: Double) {
    let size = x.count / batches
    let values = (0..<batches).map { batch in
      let range = (batch * size)..<((batch + 1) * size)
      return statistic(Array(x[range]), Array(y[range]))
    }
    let mean = values.reduce(0, +) / Double(batches)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(batches - 1)
    return (mean, (variance / Double(batches)).squareRoot())
  }

  /// 12 E u v - 3: Spearman's correlation of uniform values.
  static func spearman(_ u: [Double], _ v: [Double]) -> Double {
    12 * zip(u, v).reduce(0) { $0 + ($1.0 - 0.5) * ($1.1 - 0.5) } / Double(u.count)
  }

  /// Kendall's correlation of neighbouring draws, which are independent.
  static func kendall(_ u: [Double], _ v: [Double]) -> Double {
    let pairs = stride(from: 0, to: u.count - 1, by: 2)
    return pairs.reduce(0.0) { $0 + ((u[$1] - u[$1 + 1]) * (v[$1] - v[$1 + 1]) > 0 ? 1 : -1) } / Double(u.count / 2)
  }

  @Test("The rank correlations of an 8-input matrix come back, under both copulas", arguments: ["gaussian", "student"])
  func matrix(_ copula: String) throws {
    let names = (1...8).map { "x\($0)" }
    // r_ij = 0.9^|i - j| a_i a_j with signs, which is positive definite.
    let weights = [1, 0.9, -0.8, 0.95, 0.7, -0.6, 0.85, 0.5]
    func stated(_ i: Int, _ j: Int) -> Double {
      i == j ? 1 : (pow(0.9, Double(abs(i - j))) * weights[i] * weights[j] * 1e3).rounded() / 1e3
    }
    let table =
      (["input"] + names).joined(separator: ",") + "\n"
      + names.indices.map { i in ([names[i]] + names.indices.map { "\(stated(i, $0))" }).joined(separator: ",") }
      .joined(separator: "\n") + "\n"
    let further = copula == "student" ? ["{copula: student, df: 4}"] : []
    let columns = try Self.columns(
      Self.scenario(names, ["{inputs: [\(names.joined(separator: ", "))], matrix: m.csv}"] + further),
      files: ["m.csv": table], draws: 1 << 18)
    var worst = 0.0
    for i in names.indices {
      for j in 0..<i {
        let (x, y) = (try #require(columns[names[i]]), try #require(columns[names[j]]))
        let found = Self.batched(x, y, Self.spearman)
        let miss = abs(found.mean - stated(i, j)) / found.error
        worst = max(worst, miss)
        #expect(miss < Self.bound, "\(names[i]), \(names[j]): \(found), not \(stated(i, j))")
      }
      let uniform = try #require(columns[names[i]])
      let mean = Self.batched(uniform, uniform) { x, _ in x.reduce(0, +) / Double(x.count) }
      #expect(abs(mean.mean - 0.5) < Self.bound * mean.error)
    }
    // What this seed gives, for the record: within four standard errors, as a chance of one in a thousand would have it.
    #expect(worst < 4, "\(worst)")
  }

  @Test(
    "A pair copula has its Kendall correlation, even margins and its tails, whichever way it is turned",
    arguments: [
      ("clayton", 0, 0.4), ("clayton", 90, -0.7), ("clayton", 180, 0.2), ("clayton", 270, -0.4), ("gumbel", 0, 0.6),
      ("gumbel", 90, -0.3), ("gumbel", 180, 0.5), ("frank", 0, 0.5), ("frank", 0, -0.8),
    ])
  func pairs(_ name: String, _ turn: Int, _ kendall: Double) throws {
    let rotation = turn == 0 ? "" : ", rotation: \(turn)"
    // `b` is named first: what follows what is a matter of names, the turn is not.
    let columns = try Self.columns(
      Self.scenario(["a", "b"], ["{inputs: [b, a], copula: \(name), kendall: \(kendall)\(rotation)}"]), draws: 1 << 18)
    let (first, second) = (try #require(columns["b"]), try #require(columns["a"]))
    let found = Self.batched(first, second, Self.kendall)
    #expect(abs(found.mean - kendall) < Self.bound * found.error, "\(found)")
    let family = try #require(CopulaCatalogue.pair(named: name))
    let copula = RotatedCopula(
      family.init(theta: family.theta(kendall: abs(kendall))), turn: name == "frank" && kendall < 0 ? 270 : turn)
    for corner in [(0.02, 0.02), (0.02, 0.98), (0.98, 0.02), (0.98, 0.98), (0.3, 0.6)] {
      let share = Self.batched(first, second) { x, y in
        Double(zip(x, y).count(where: { $0.0 <= corner.0 && $0.1 <= corner.1 })) / Double(x.count)
      }
      let exact = copula.cdf(corner.0, corner.1)
      // A small count is not normally distributed: its error is at least that of a Poisson count.
      let error = max(share.error, (exact / Double(first.count)).squareRoot())
      #expect(abs(share.mean - exact) < Self.bound * error, "\(corner): \(share.mean), not \(exact)")
    }
    for values in [first, second] {
      for p in [0.001, 0.25, 0.9] {
        let share = Double(values.count(where: { $0 <= p })) / Double(values.count)
        #expect(abs(share - p) < Self.bound * (p * (1 - p) / Double(values.count)).squareRoot())
      }
    }
  }

  @Test("A student copula's inputs are extreme together as often as its distribution says, uncorrelated ones too")
  func studentTails() throws {
    // Tests/DistributionsTests/Reference/copulas.csv, student_joint: P(U <= 0.001, V <= 0.001) at 4 degrees of freedom.
    let columns = try Self.columns(
      Self.scenario(["a", "b"], ["{inputs: [a, b], normal: 0.3, copula: student, df: 4}"]), draws: 1 << 20)
    let (a, b) = (try #require(columns["a"]), try #require(columns["b"]))
    let draws = Double(a.count)
    let exact = 0.0001703701694036572
    for isUpper in [false, true] {
      let count = Double(zip(a, b).count { x, y in isUpper ? x > 0.999 && y > 0.999 : x <= 0.001 && y <= 0.001 })
      #expect(abs(count / draws - exact) < Self.bound * (exact / draws).squareRoot(), "\(count)")
    }
    // Where it goes: the formula's limit is 0.1618, and 0.1704 of the draws below 0.001 follow.
    #expect(abs(StudentCopula(df: 4).tailDependence(score: 0.3) - 0.16175748465203768) < 1e-12)
  }

  @Test("One coordinate of a pair stays as it is; the other moves, and nothing else does", arguments: ["mc", "sobol"])
  func addresses(_ design: String) throws {
    let names = ["a", "b", "c"]
    let alone = try Self.columns(
      "inputs:\n  a: uniform(0, 1)\n  b: uniform(0, 1)\n  c: uniform(0, 1)\noutputs: {a: {}, b: {}, c: {}}\n",
      draws: 3000,
      design: design)
    let tied = try Self.columns(
      Self.scenario(names, ["{inputs: [b, a], copula: gumbel, kendall: 0.5}"]), draws: 3000, design: design)
    #expect(tied["a"] == alone["a"] && tied["c"] == alone["c"] && tied["b"] != alone["b"])
    // Under Monte Carlo, the coordinate of a student copula changes only the inputs that it joins; under Sobol', its
    // dimension follows those of these inputs, so that an input added last changes no draws.
    let student = try Self.columns(
      Self.scenario(["a", "b"], ["{inputs: [a, b], rank: 0.5, copula: student, df: 3}"]), draws: 3000, design: design)
    let longer = try Self.columns(
      Self.scenario(names, ["{inputs: [a, b], rank: 0.5, copula: student, df: 3}"]), draws: 3000, design: design)
    #expect(student["a"] == longer["a"] && student["b"] == longer["b"])
  }

  @Test("Blocks, workers and single draws give the same bits")
  func repeatable() throws {
    let text = Self.scenario(
      ["a", "b", "c", "d", "e"],
      [
        "{inputs: [a, b], copula: clayton, kendall: 0.5}", "[c, d, 0.5]", "{copula: student, df: 3}",
      ], distribution: "gamma(2, 3)")
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("copulas-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("s.yaml")
    try text.write(to: path, atomically: true, encoding: .utf8)
    let model = try Scenario.model(ofFileAt: path.path)
    let evaluator = try Evaluator(model: model, requests: model.outputs.map { .cell($0.quantity, 0) })
    let whole = try evaluator.columns(draws: 3000, options: .init(workers: 1))
    for block in [1, 7, 300] {
      #expect(try evaluator.columns(draws: 3000, options: .init(workers: 2, executionBlock: block)) == whole)
    }
    let engine = try Engine(model: model)
    for number in [0, 1023, 1024, 2999] {
      let values = try engine.draw(number: number).values
      for (output, column) in zip(model.outputs, whole) {
        #expect(values.first { $0.quantity == output.quantity }?.cells == [column[number]])
      }
    }
  }
}
