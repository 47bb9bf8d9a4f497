import Diagnostics
import Foundation
import ScenarioFiles

/// The texts of flags: assignments, conditions and formulas of targets, variations.
///
/// The first byte says which flag it is. The suggestions of one input in eight are tried, which reads everything again
/// for each.
final class FlagsTarget: FuzzTarget {
  static let name = "flags"

  /// Variants of a variation beyond which they are counted but not checked, so that an execution takes milliseconds.
  private static let mostVariants = 32
  /// Variations after which what is known of earlier ones is forgotten.
  private static let mostVariations = 1_000

  private let options: Scenario.Options
  private var factory: VariantFactory
  private var variations = 0

  private enum Kind: UInt8, CaseIterable {
    case assignment, target, variation
  }

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] {
    let assignments = [
      "x=3 W", "x.high=7 W", "x*=2", "v[a]=1 W to 2 W", "y.mean=0.5", "x=\"normal(3 W, 1 W)\"", "v[a]*=0.5",
      "run.seed=4",
    ]
    let targets = [
      "z > 3 W", "z > 3 W and y < 2", "z / x", "w[k=a] - w[k=b]", "max(w, over=k)", "if z > 3 W then 1 else 0",
      "not (y == 2)",
    ]
    let variations = ["x=1..3", "x=1 W,2 W,3 W", "v[a]=1 W,2 W", "run.seed=1..4"]
    func marked(_ kind: Kind, _ texts: [String]) -> [[UInt8]] { texts.map { [kind.rawValue] + Array($0.utf8) } }
    let values = corpus.values.filter { $0.utf8.count < 200 }
    // A value of the corpus is a target, and assigned.
    let own = marked(.assignment, assignments) + marked(.target, targets) + marked(.variation, variations)
    return (0..<32).flatMap { _ in own } + marked(.target, values) + marked(.assignment, values.map { "x=" + $0 })
  }

  init(folder: String, corpus: SeedCorpus) throws {
    let scenario = """
      indexes: {k: [a, b]}
      inputs: {x: 1 W to 5 W, y: "normal(2, 0.1)", v: {over: k, value: 1 W to 2 W, dependence: independent}}
      equations: {z: x * y, w: v + x}
      outputs: {z: {unit: W}, w: {unit: W}}

      """
    var options = Scenario.Options()
    options.given = GivenScenario(bytes: Array(scenario.utf8), as: "\(folder)/s.yaml")
    self.options = options
    factory = try VariantFactory(fileAt: GivenScenario.word, options: options)
  }

  func execute(_ input: [UInt8]) throws -> Bool {
    guard let first = input.first, let kind = Kind(rawValue: first % UInt8(Kind.allCases.count)) else { return false }
    let text = String(decoding: input.dropFirst(), as: UTF8.self)
    var options = options
    do throws(Diagnostics) {
      switch kind {
      case .assignment: options.assignments = [text]
      case .target: options.targets = [text]
      case .variation:
        try checkVariation(text)
        return true
      }
      if InputDigest.isChosen(input, oneIn: 8) {
        _ = try Scenario.model(ofFileAt: GivenScenario.word, options: options)
      } else {
        _ = try Scenario.unchecked(ofFileAt: GivenScenario.word, options: options)
      }
      return true
    } catch {
      try FuzzFinding.check(error.all)
      return false
    }
  }

  private func checkVariation(_ text: String) throws(Diagnostics) {
    let plan = try SweepPlan(varying: [text], pairing: .grid)
    guard plan.variants.count <= Self.mostVariants else { return }
    variations += 1
    if variations.isMultiple(of: Self.mostVariations) {
      factory = try VariantFactory(fileAt: GivenScenario.word, options: options)
    }
    try factory.check(plan, flag: "--vary")
  }
}
