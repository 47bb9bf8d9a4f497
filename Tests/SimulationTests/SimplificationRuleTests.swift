import Distributions
import Foundation
import Modeling
import ScenarioFiles
import Simulation
import Testing

/// Each rule can be switched off, changes plans where it applies, and changes no result beyond rounding.
@Suite("Simplification rules") struct SimplificationRuleTests {
  /// The accepted difference of two values, relative to the larger one: 2^-33, or 524,288 units in the last place. A
  /// rule may reorder sums of a few hundred terms, and outputs are differences of such sums that cancel four digits.
  static let rounding = 0x1p-33

  /// The largest relative difference of two lists of values; infinite if only one of a pair is finite.
  private static func difference(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) { worst, pair in
      if pair.0 == pair.1 || pair.0.isNaN && pair.1.isNaN { return worst }
      let difference = abs(pair.0 - pair.1) / max(pair.0.magnitude, pair.1.magnitude)
      return max(worst, difference.isNaN ? .infinity : difference)
    }
  }

  // MARK: Scenarios

  /// The scenario files below `scenarios`, but for the parts that others include, which are in folders called `ai-sector`.
  private static let paths: [String] = {
    let files = FileManager.default.enumerator(atPath: ShippedScenarios.folder.path)
    return (files?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".yaml") && !$0.split(separator: "/").dropLast().contains("ai-sector") }.sorted()
  }()

  private static func model(_ path: String, set: [String] = []) throws -> Model {
    var model = try Scenario.model(
      ofFileAt: ShippedScenarios.folder.appending(path: path).path, options: Scenario.Options(assignments: set))
    model.settings.draws = 2048
    model.settings.design = "mc"
    model.settings.tolerance = nil
    model.settings.isExact = true
    return model
  }

  /// All draws of all outputs, and their statistics without Monte Carlo errors.
  private static func results(_ engine: Engine) throws -> (draws: [Double], statistics: [Double]) {
    var draws: [Double] = []
    try engine.drawTables(rows: engine.model.settings.draws) { table in draws += table.values.flatMap(\.self) }
    var statistics: [Double] = []
    for output in try engine.run().outputs {
      for cell in output.cells {
        statistics += [Double(cell.nonFinite), cell.mean.value, cell.sd, cell.min, cell.max]
        statistics += cell.quantiles.map(\.value)
      }
      for row in output.comparisons.flatMap(\.self) {
        statistics += [Double(row.nonFinite), row.ratio.p05, row.ratio.p50, row.ratio.p95, row.exceeds.value]
      }
    }
    return (draws, statistics)
  }

  @Test("No rule changes a result of a scenario beyond rounding", arguments: paths)
  func scenarios(path: String) throws {
    let model = try Self.model(path)
    let expected = try Self.results(Engine(model: model))
    #expect(expected.draws.count >= 2048 && !expected.statistics.isEmpty)
    for rule in SimplificationRule.allCases {
      let found = try Self.results(Engine(model: model, without: [rule]))
      let differences = (
        draws: Self.difference(found.draws, expected.draws),
        statistics: Self.difference(found.statistics, expected.statistics)
      )
      if ProcessInfo.processInfo.environment["SHOW_DIFFERENCES"] != nil {
        print("difference", path, rule.name, differences.draws, differences.statistics)
      }
      #expect(differences.draws <= Self.rounding, "\(path) without \(rule.name)")
      #expect(differences.statistics <= Self.rounding, "\(path) without \(rule.name)")
    }
    let none = try Self.results(Engine(model: model, without: Set(SimplificationRule.allCases)))
    #expect(Self.difference(none.draws, expected.draws) <= Self.rounding, "\(path) without any rule")
    #expect(Self.difference(none.statistics, expected.statistics) <= Self.rounding, "\(path) without any rule")
  }

  @Test("There are scenarios to compare, and an input changed by 1e-9 is a difference")
  func comparisonCanFail() throws {
    #expect(Self.paths.count >= 15)
    let (before, after) = try (
      Self.results(Engine(model: Self.model("first-steps.yaml", set: ["pue=1.2"]))),
      Self.results(Engine(model: Self.model("first-steps.yaml", set: ["pue=1.2000000012"])))
    )
    #expect(Self.difference(before.draws, after.draws) > Self.rounding)
    #expect(Self.difference(before.statistics, after.statistics) > Self.rounding)
    #expect(Self.difference([1, .nan], [1, 2]) == .infinity && Self.difference([1], [1, 2]) == .infinity)
  }

  // MARK: Examples

  /// A model whose plan a rule changes.
  private static func example(of rule: SimplificationRule) throws -> Model {
    var maker = ModelMaker()
    func quantity(_ id: QuantityID) -> Expression { .quantity(id) }
    let (x, y) = try (quantity(maker.uniform("x", 1, 2)), quantity(maker.uniform("y", 2, 3)))
    let z = try quantity(maker.uniform("z", 3, 4))
    let lognormal = try SupportPoint.Value.distribution("lognormal", 1, 0.5)
    let (e, f) = (quantity(maker.input("e", [lognormal])), quantity(maker.input("f", [lognormal])))
    func call(_ name: String, _ argument: Expression) throws -> Expression {
      Expression(.call(try #require(BuiltInFunctionCatalogue.function(named: name)), [argument]))
    }
    func report(_ formula: Expression) { maker.output(maker.equation("result", formula)) }
    switch rule {
    case .chains: report(x + y - z)
    case .hoisting:
      let k = maker.index("k", 1...3)
      let v = maker.input("v", over: [k], try (0..<3).map { _ in try .distribution("uniform", 1, 2) })
      maker.output(maker.equation("result", over: [k], x * .quantity(v) * y))
    case .exponentials: report(e * f)
    case .loops:
      let (i, j) = (maker.index("i", 1...64), maker.index("j", 1...64))
      let cells = try (0..<64).map { _ in try SupportPoint.Value.distribution("uniform", 1, 2) }
      let (v, w) = (maker.input("v", over: [i], cells), maker.input("w", over: [j], cells))
      report(.sum(quantity(v) * quantity(w), over: i, j))
    case .conditions: report(.choice(x < y, z, z))
    case .logarithms: report(try call("log", e))
    case .powers: report(Expression(.binary(.power, x, .number(3))))
    case .constants: report(x + .number(2) + y + .number(3))
    case .identities: report(try call("exp", .number(1) * x))
    case .terms: report(try call("exp", x + .number(2) * x))
    case .denominators: report(x / z + y / z)
    case .scales: report(try call("exp", .number(-0.1) * x * y))
    case .sharing: report(try call("exp", x - y) / (z + call("exp", x - y)))
    case .multiples:
      report(x)
      maker.output(maker.equation("double", .number(2) * x))
    case .fusion: report(x * y + y * z)
    case .registers: report(try call("exp", try call("cos", x)))
    }
    return maker.model(draws: 2048)
  }

  @Test(
    "A rule that is switched off changes the plan where it applies, and no value",
    arguments: SimplificationRule.allCases)
  func examples(rule: SimplificationRule) throws {
    let model = try Self.example(of: rule)
    let (with, without) = (try Engine(model: model), try Engine(model: model, without: [rule]))
    #expect(with.planDescription != without.planDescription)
    let (a, b) = (try Self.results(with), try Self.results(without))
    // The logarithm is near 0 in some of the draws, where a rounding error of its argument counts up to a thousand times.
    #expect(Self.difference(a.draws, b.draws) < 0x1p-42)
    for other in SimplificationRule.allCases {
      #expect(without.planNotation.contains("  \(other.name), off  ") == (other == rule))
    }
  }

  // MARK: Catalogue

  @Test("The rules are documented in their order, in the words of the catalogue")
  func documentation() throws {
    let article = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Simulation/Simulation.docc/HowADrawIsMade.md").standardizedFileURL
    let rows = try String(contentsOf: article, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("- `") }
    #expect(rows == SimplificationRule.allCases.map { "- `\($0.name)`: \($0.summary)." })
    #expect(Set(SimplificationRule.allCases.map(\.summary)).count == SimplificationRule.allCases.count)
    for rule in SimplificationRule.allCases { #expect(rule.rawValue < 32, "one bit each") }
  }
}
