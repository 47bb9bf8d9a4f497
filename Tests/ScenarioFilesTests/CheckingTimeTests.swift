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

  /// Contents of which a file, or a command line, may have any number.
  private static let growths: [GrowingScenario] = [
    GrowingScenario("columns of a table", of: 4_000) { count in
      let table = "k,value," + (0..<count).map { "c\($0)" }.joined(separator: ",")
      return .init("indexes: {k: [a, b]}\ninputs: {x: {over: k, table: t.csv}}\noutputs: {x: {}}\n", table: table)
    },
    GrowingScenario("columns of a table with other letters", of: 4_000) { count in
      let table = "k,value," + (0..<count).map { "é\($0)" }.joined(separator: ",")
      return .init("indexes: {k: [a, b]}\ninputs: {x: {over: k, table: t.csv}}\noutputs: {x: {}}\n", table: table)
    },
    GrowingScenario("rows of a table", of: 1_000) { count in
      let labels = (0..<count).map { "r\($0)" }
      return .init(
        "indexes: {k: [\(labels.joined(separator: ", "))]}\ninputs: {x: {over: k, table: t.csv}}\noutputs: {x: {}}\n",
        table: "k,value\n" + labels.enumerated().map { "\($1),\($0)\n" }.joined())
    },
    GrowingScenario("operators of a formula", of: 250) {
      .formula((0..<$0).map { _ in "x_with_a_long_name" }.joined(separator: " + "))
    },
    GrowingScenario("nested parentheses", of: 48) {
      .formula(String(repeating: "(", count: $0) + "x" + String(repeating: " + 1)", count: $0))
    },
    GrowingScenario("nested calls", of: 48) {
      .formula(String(repeating: "exp(", count: $0) + "x" + String(repeating: " - 9)", count: $0))
    },
    GrowingScenario("nested calls in one formula of many", of: 48) { depth in
      let formula = String(repeating: "exp(", count: depth) + "x" + String(repeating: " - 9)", count: depth)
      return .init(
        "inputs: {x: 1 to 2}\nequations:\n" + (0..<20).map { "  e\($0): \(formula)\n" }.joined() + "outputs: {x: {}}\n")
    },
    GrowingScenario("nested selections", of: 48) { depth in
      .init(
        "indexes: {k: [a, b]}\ninputs: {x: {over: k, value: 1 to 2, dependence: shared}}\nequations:\n  e: "
          + String(repeating: "(", count: depth) + "x[k=a]" + String(repeating: " + x)[k=a]", count: depth)
          + "\noutputs: {e: {}}\n")
    },
    GrowingScenario("arguments of a call", of: 200) {
      .formula("max(" + (0..<$0).map { "x + \($0)" }.joined(separator: ", ") + ")")
    },
    GrowingScenario("equations", of: 500) { count in
      .init(
        "inputs: {x: 1 to 2}\nequations:\n" + (0..<count).map { "  e\($0): x * \($0)\n" }.joined()
          + "outputs: {x: {}}\n")
    },
    GrowingScenario("outputs with verdicts", of: 250) { count in
      .init(
        "inputs: {x: 1 to 2}\nequations:\n" + (0..<count).map { "  e\($0): x * \($0)\n" }.joined() + "outputs:\n"
          + (0..<count).map { "  e\($0): {verdict: {claim: It is., if: x > 1.5, then: it is so, else: no}}\n" }.joined()
      )
    },
    GrowingScenario("labels of an index", of: 2_000) { count in
      .init(
        "indexes: {k: [\((0..<count).map { "l\($0)" }.joined(separator: ", "))]}\ninputs: {x: 1 to 2}\noutputs: {x: {}}\n"
      )
    },
    GrowingScenario("unknown labels", of: 250) { count in
      .init(
        "indexes: {k: [\((0..<count).map { "l\($0)" }.joined(separator: ", "))]}\ninputs: {x: 1 to 2}\nequations:\n"
          + (0..<count).map { "  e\($0): l\($0)\n" }.joined() + "outputs: {x: {}}\n")
    },
    GrowingScenario("observations", of: 100) { count in
      .init(
        "inputs:\n" + (0..<count).map { "  x\($0): normal(0, 1)\n" }.joined() + "outputs: {x0: {}}\nevidence:\n"
          + (0..<count).map { "  - {observe: x\($0), measured: \"normal(0, 1)\"}\n" }.joined())
    },
    GrowingScenario("assignments", of: 500) { count in
      .init(
        "inputs:\n" + (0..<count).map { "  x\($0): 1 to 2\n" }.joined() + "outputs: {x0: {}}\n",
        assignments: (0..<count).map { "x\($0)=1.5" })
    },
    GrowingScenario("assignments of cells", of: 500) { count in
      .init(
        "indexes: {k: 1..\(count)}\ninputs: {x: {over: k, value: 1 to 2, dependence: shared}}\noutputs: {x: {}}\n",
        assignments: (1...count).map { "x[\($0)]=1.5" })
    },
    GrowingScenario("lines of a note", of: 10_000) { count in
      .init(
        "inputs:\n  x:\n    value: 1 to 2\n    note: >\n" + String(repeating: "      some words\n", count: count)
          + "outputs: {x: {}}\n")
    },
  ]

  @Test(
    "is linear in everything of which there may be many: four times as much costs less than eight times as much, not 16",
    arguments: growths)
  fileprivate func growth(_ growth: GrowingScenario) throws {
    let few = try growth.seconds(growth.count)
    let many = try growth.seconds(4 * growth.count)
    #expect(many < 8 * few, "\(many) s for \(4 * growth.count) \(growth.name), \(few) s for \(growth.count)")
  }

  @Test("does not double with each level of nesting of an assigned argument", arguments: ["-(", "truncate("])
  func nestedArguments(_ opening: String) throws {
    let depth = 60
    let text = String(repeating: opening, count: depth) + "normal(5, 1)" + String(repeating: ", 0)", count: depth)
    let value = opening == "-(" ? text.replacingOccurrences(of: ", 0)", with: ")") : text
    let options = Scenario.Options(assignments: ["x.unknown=1"])
    let outcome = try Checking.outcome("inputs: {x: \"\(value)\"}\noutputs: {x: {}}\n", options: options)
    guard case .problems(let problems) = outcome else { throw CocoaError(.featureUnsupported) }
    #expect(problems.contains { $0.message.contains("unknown") }, "\(problems.map(\.message))")
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

/// A scenario with any number of something.
private struct GrowingScenario: CustomTestStringConvertible, Sendable {
  /// The scenario, its table and the assignments of the command line.
  struct Content {
    var text: String
    var table = ""
    var assignments: [String] = []

    init(_ text: String, table: String = "", assignments: [String] = []) {
      (self.text, self.table, self.assignments) = (text, table, assignments)
    }

    static func formula(_ formula: String) -> Content {
      Content("inputs: {x: 1 to 2, x_with_a_long_name: 1 to 2}\nequations: {y: \"\(formula)\"}\noutputs: {y: {}}\n")
    }
  }

  var name: String
  var count: Int
  var content: @Sendable (Int) -> Content
  var testDescription: String { name }

  init(_ name: String, of count: Int, _ content: @escaping @Sendable (Int) -> Content) {
    (self.name, self.count, self.content) = (name, count, content)
  }

  /// The least processor time of three checks, in seconds.
  func seconds(_ count: Int) throws -> Double {
    let content = content(count)
    var options = Scenario.Options()
    options.assignments = content.assignments
    return try (0..<3).map { _ in
      let start = Self.processorSeconds
      _ = try Checking.outcome(content.text, files: ["t.csv": content.table], options: options)
      return Self.processorSeconds - start
    }.min() ?? 0
  }

  /// Processor time of this thread: that of other tests, which run at the same time, does not count.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
