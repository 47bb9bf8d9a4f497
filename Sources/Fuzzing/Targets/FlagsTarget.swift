import Diagnostics
import Foundation
import ScenarioFiles

/// The texts of flags: assignments, conditions and formulas of targets, variations.
struct FlagsTarget: FuzzTarget {
  static let name = "flags"

  private let path: String

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] {
    let own = [
      "x=3 W", "x.high=7 W", "x*=2", "v[a]=1 W to 2 W", "y.mean=0.5", "x=1..3", "x=1 W,2 W,3 W", "v[a]*=0.5", "z > 3 W",
      "z > 3 W and y < 2", "z / x", "w[k=a] - w[k=b]", "max(w, over=k)", "if z > 3 W then 1 else 0", "not (y == 2)",
      "run.seed=4",
    ]
    return (own + corpus.values).map { Array($0.utf8) }
  }

  init(folder: String) throws {
    path = "\(folder)/s.yaml"
    let scenario = """
      indexes: {k: [a, b]}
      inputs: {x: 1 W to 5 W, y: "normal(2, 0.1)", v: {over: k, value: 1 W to 2 W, dependence: independent}}
      equations: {z: x * y, w: v + x}
      outputs: {z: {unit: W}, w: {unit: W}}

      """
    try Data(scenario.utf8).write(to: URL(fileURLWithPath: path))
  }

  func execute(_ input: [UInt8]) throws {
    let text = String(decoding: input, as: UTF8.self)
    for options in [Scenario.Options(assignments: [text]), Scenario.Options(targets: [text])] {
      do throws(Diagnostics) {
        _ = try Scenario.model(ofFileAt: path, options: options)
      } catch {
        try FuzzFinding.check(error.all)
      }
    }
    do throws(Diagnostics) {
      _ = try SweepPlan(varying: [text], pairing: .grid)
    } catch {
      try FuzzFinding.check(error.all)
    }
  }
}
