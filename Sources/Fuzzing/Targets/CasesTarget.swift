import Diagnostics
import Foundation
import ScenarioFiles

/// Tables of observed cases.
struct CasesTarget: FuzzTarget {
  static let name = "cases"

  private let folder: String

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] {
    let own = [
      "case,x,observed.z\na,3 W,12\nb,4 W,\n",
      "case,group,x W,y,observed.z W,note.who\na,g,3,2,6,me\nb,h,1 to 2,,7,you\n",
      "x,z[k=a]\n1 W,2\n", "x,observed.w[a]\n1 W,3 W\n2 W,\n",
    ]
    return (own + corpus.tables).map { Array($0.utf8) }
  }

  init(folder: String) throws {
    self.folder = folder
    let scenario = """
      indexes: {k: [a, b]}
      inputs: {x: 1 W to 5 W, y: "normal(2, 0.1)", v: {over: k, value: 1 W to 2 W, dependence: independent}}
      equations: {z: x * y, w: v + x}
      outputs: {z: {unit: W}, w: {unit: W}}

      """
    try Data(scenario.utf8).write(to: URL(fileURLWithPath: "\(folder)/s.yaml"))
  }

  func execute(_ input: [UInt8]) throws {
    try Data(input).write(to: URL(fileURLWithPath: "\(folder)/t.csv"))
    do throws(Diagnostics) {
      _ = try Scenario.model(ofFileAt: "\(folder)/s.yaml", casesAt: "\(folder)/t.csv")
    } catch {
      try FuzzFinding.check(error.all)
    }
  }
}
