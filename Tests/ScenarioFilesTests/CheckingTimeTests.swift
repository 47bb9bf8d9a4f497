import Diagnostics
import Foundation
import Modeling
import Testing

@testable import ScenarioFiles

/// The time of a check grows in proportion to the file, and suggestions do not multiply it.
@Suite("The time of a check", .serialized)
struct CheckingTimeTests {
  /// The fastest of three checks, in seconds.
  private static func seconds(_ text: String) throws -> Double {
    try (0..<3).map { _ in
      let start = ContinuousClock.now
      _ = try Checking.outcome(text)
      return (ContinuousClock.now - start) / .seconds(1)
    }.min() ?? 0
  }

  private static func scenario(inputs: Int) -> String {
    let lines = (0..<inputs).map { "  x\($0): 1 to 2\n" }.joined()
    return "inputs:\n\(lines)equations:\n  y: x0 + x1\noutputs:\n  y: {}\n"
  }

  @Test("is linear in the number of inputs: eight times as many cost less than sixteen times as much, not 64")
  func inputs() throws {
    let few = try Self.seconds(Self.scenario(inputs: 500))
    let many = try Self.seconds(Self.scenario(inputs: 4000))
    #expect(many < 16 * few, "\(many) s for 4000 inputs, \(few) s for 500")
  }

  @Test("is linear in the number of joiners of one character: eight times as many cost less than sixteen times as much")
  func joiners() throws {
    func seconds(_ count: Int) throws -> Double {
      try Self.seconds("inputs: {x: é\(String(repeating: "\u{200D}", count: count))}\noutputs: {x: {}}\n")
    }
    let few = try seconds(4000)
    let many = try seconds(32_000)
    #expect(many < 16 * few, "\(many) s for 32,000 joiners, \(few) s for 4000")
  }

  @Test("with any number of unknown names is that of at most fifty trials, which need no suggestions themselves")
  func trials() throws {
    let file = SourceFile(path: "s.yaml", text: (0..<1000).map { "e\($0): inptu\n" }.joined())
    let found = (1...1000).map { line in
      Diagnostic(
        .unknownName("inptu", nearest: "input"), at: SourcePlace(file: file, line: line, column: 3, length: 5))
    }
    var trials = 0
    let checked = SuggestionChecker { _, _ in
      trials += 1
      return []
    }.checked(found)
    #expect(trials == 50)
    #expect(checked.prefix(50).allSatisfy { $0.suggestion == "input" } && checked[50].suggestion == nil)

    var options = Scenario.Options()
    options.isTrial = true
    let folder = try TemporaryFolder(["s.yaml": "inputs: {input: 1 to 2}\nequations: {e: inptu}\noutputs: {e: {}}\n"])
    let problems = #expect(throws: Diagnostics.self) {
      try Scenario.unchecked(ofFileAt: folder.path + "/s.yaml", options: options)
    }
    #expect(problems?.all.first?.message == "unknown name `inptu`" && problems?.all.first?.suggestion == nil)
  }

  @Test("does not grow with the product of unknown and known names: the nearest name is searched a hundred times")
  func unknownNames() throws {
    let names = (0..<300).map { "  number_\($0)_of_many: 1 to 2\n" }.joined()
    let formulas = (0..<300).map { "  e\($0): nubmer_\($0)_of_many + 1\n" }.joined()
    let folder = try TemporaryFolder(["s.yaml": "inputs:\n\(names)equations:\n\(formulas)outputs: {e0: {}}\n"])
    let problems = #expect(throws: Diagnostics.self) {
      try Scenario.unchecked(ofFileAt: folder.path + "/s.yaml", options: Scenario.Options())
    }
    let unknown = try #require(problems).all.filter { $0.message.hasPrefix("unknown name `nubmer_") }
    #expect(unknown.count == 300)
    #expect(unknown.count { $0.suggestion != nil } == SizeLimit.searches)
  }
}
