import Diagnostics
import Foundation
import ScenarioFiles

/// Tables of observed cases. The suggestions of one input in eight are tried, which reads everything again for each.
struct CasesTarget: FuzzTarget {
  static let name = "cases"

  private let folder: String
  private var options = Scenario.Options()

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] {
    let own = [
      "case,x,observed.z\na,3 W,12\nb,4 W,\n",
      "case,group,x W,y,observed.z W,note.who\na,g,3,2,6,me\nb,h,1 to 2,,7,you\n",
      "x,z[k=a]\n1 W,2\n", "x,observed.w[a]\n1 W,3 W\n2 W,\n",
    ]
    // Most tables of the corpus are refused at their first line.
    return ((0..<16).flatMap { _ in own } + corpus.tables).map { Array($0.utf8) }
  }

  init(folder: String, corpus: SeedCorpus) throws {
    self.folder = folder
    let scenario = """
      indexes: {k: [a, b]}
      inputs: {x: 1 W to 5 W, y: "normal(2, 0.1)", v: {over: k, value: 1 W to 2 W, dependence: independent}}
      equations: {z: x * y, w: v + x}
      outputs: {z: {unit: W}, w: {unit: W}}

      """
    options.given = GivenScenario(bytes: Array(scenario.utf8), as: "\(folder)/s.yaml")
  }

  func execute(_ input: [UInt8]) throws -> Bool {
    let table = "\(folder)/t.csv"
    try Data(input).write(to: URL(fileURLWithPath: table))
    do throws(Diagnostics) {
      if InputDigest.isChosen(input, oneIn: 8) {
        _ = try Scenario.model(ofFileAt: GivenScenario.word, casesAt: table, options: options)
      } else {
        _ = try Scenario.unchecked(ofFileAt: GivenScenario.word, casesAt: table, options: options)
      }
      return true
    } catch {
      try FuzzFinding.check(error.all)
      return false
    }
  }
}
