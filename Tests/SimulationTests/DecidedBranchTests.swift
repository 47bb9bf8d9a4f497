import Foundation
import ScenarioFiles
import Simulation
import Testing

/// `if` keeps the indexes of both branches, also where a constant condition takes the branch without an index.
@Suite("A reduction over the index of a branch that is never taken")
struct DecidedBranchTests {
  @Test(
    "counts each label, as if the condition varied",
    arguments: [
      ("sum(X, over=yr)", 12.0), ("product(X, over=yr)", 81), ("mean(X, over=yr)", 3), ("max(X, over=yr)", 3),
      ("sum(X[yr=2020..2021], over=yr)", 6), ("sum(cumulative(X), over=yr)", 30),
      ("sum(previous(X, initial=5), over=yr)", 14), ("sum(share(X, over=yr), over=yr)", 1),
      ("sum(share(X, over=yr) ^ 2, over=yr)", 0.25), ("sum(X + region_size, over=[yr, region])", 36),
    ])
  func reductions(formula: String, expected: Double) throws {
    for (condition, branches) in [
      ("1 < 2", "then 3 else yr - 2019"), ("2 < 1", "then yr - 2019 else 3"), ("z < 2", "then 3 else yr - 2019"),
    ] {
      let text = """
        indexes: {yr: 2019..2022, region: [us, eu]}
        inputs:
          z: uniform(0, 1)
          region_size: {over: region, value: {us: 1, eu: 2}}
        equations:
          one: \(formula.replacing("X", with: "(if \(condition) \(branches))"))
        outputs: {one: {}, z: {}, region_size: {}}

        """
      let file = FileManager.default.temporaryDirectory.appending(path: "branch-\(UUID().uuidString).yaml")
      defer { try? FileManager.default.removeItem(at: file) }
      try text.write(to: file, atomically: true, encoding: .utf8)
      let result = try Engine(model: try Scenario.model(ofFileAt: file.path, options: .init(draws: 64))).run()
      #expect(result.outputs[0].cells[0].mean.value == expected, "\(condition)")
    }
  }
}
