import Foundation
import Testing

/// The driver of mutated inputs, with few executions of each target; `.ci/checks` and `.ci/long` give it more time.
@Suite("Mutated inputs")
struct FuzzingTests {
  /// Runs the driver, which is in the folder of the test bundle, in the root of the repository.
  private func run(_ program: Program, _ arguments: String) throws -> Program.Outcome {
    let driver = Program.executable.deletingLastPathComponent().appendingPathComponent("Fuzzing").path
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    return try program.run(
      shell: "exec '\(driver)' --repository '\(root)' --folder inputs \(arguments)", timeout: 300)
  }

  @Test(
    "No reader or parser crashes, hangs or prints what it should not",
    arguments: [
      ("cases", 300), ("csv", 300), ("flags", 300), ("formulas", 300), ("parts", 300), ("posteriors", 300),
      ("records", 300), ("runs", 200),
      ("scenarios", 300), ("units", 300), ("yaml", 300),
    ])
  func targets(_ name: String, _ executions: Int) throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try run(program, "--only \(name) --executions \(executions) --seed 7")
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.error)")
    #expect(outcome.output.hasPrefix("\(name): \(executions) executions from "))
    // Of the seeds some are valid, so that what follows reading is reached.
    let accepted = try #require(outcome.output.firstMatch(of: /([0-9]+) accepted/)?.1)
    #expect(Int(accepted) ?? 0 > 0)
  }

  @Test("A fault is found, and its input is kept and shows it again; the same seed finds the same input")
  func proof() throws {
    let program = try Program()
    defer { program.remove() }
    var inputs: [Data] = []
    for _ in 0..<2 {
      let outcome = try run(program, "--only proof --seed 3 --executions 1000000")
      #expect(
        outcome.code == 1 && outcome.output.contains("proof: three brackets"), "\(outcome.output)\(outcome.error)")
      inputs.append(try Data(contentsOf: program.folder.appendingPathComponent("inputs/proof.input")))
    }
    #expect(inputs[0] == inputs[1] && String(decoding: inputs[0], as: UTF8.self).contains("[[["))
    try inputs[0].write(to: program.folder.appendingPathComponent("kept"))
    #expect(try run(program, "--only proof --replay kept").code != 0)
    try program.write("a[b]", to: "harmless")
    #expect(try run(program, "--only proof --replay harmless").code == 0)
  }
}
