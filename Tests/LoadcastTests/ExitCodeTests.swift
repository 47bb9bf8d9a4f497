import Foundation
import Reporting
import Testing

@Suite("The exit code says what kind of thing went wrong")
struct ExitCodeTests {
  @Test("--version and --help are fine")
  func fine() throws {
    let program = try Program()
    defer { program.remove() }
    let version = try program.run("--version")
    #expect(version.code == 0 && version.output == EngineVersion.current + "\n")
    #expect(try program.run("run", "--help").code == 0)
  }

  @Test(
    "usage is 64, and names the nearest flag, command or format",
    arguments: [
      (["run", "s.yaml", "--drawz", "5"], "error[options.usage]: unknown option `--drawz`\n  did you mean: --draws"),
      (
        ["descrive", "s.yaml"],
        "error[options.unknown-command]: there is no command `descrive`\n  expected: backtest, chart, check,"
      ),
      (["run", "s.yaml", "--format", "npy"], "--format npy needs --export-draws"),
      (
        ["run", "s.yaml", "--format", "csw"],
        "error[options.value]: unknown format `csw`\n  expected: csv, excel, html, json, npy, ro-crate, sqlite, vega\n  did you mean: csv"
      ),
      (
        ["run", "s.yaml", "--draws", "1.5"],
        "error[options.number]: `1.5` is not a number of draws\n  expected: a whole number"
      ),
      (["run", "s.yaml", "--draws", "0"], "the number of draws must be from 1 to 1T, not `0`"),
      (["run", "s.yaml", "--draws", "99999999999999T"], "`99999999999999T` is not a number of draws"),
      (["run", "s.yaml", "--workers", "0"], "--workers must be a whole number from 1 to 1024"),
      (["run", "s.yaml", "--seed", "-1"], "a seed is a whole number from 0 to 18446744073709551615, not `-1`"),
      (["run", "s.yaml", "--draws", "-5"], "the number of draws must be from 1 to 1T, not `-5`"),
      (["run", "s.yaml", "--draws", "-5k"], "the number of draws must be from 1 to 1T, not `-5k`"),
      (["run", "s.yaml", "--workers", "-2"], "--workers must be a whole number from 1 to 1024, not `-2`"),
      (["run", "s.yaml", "--export-draws", "-5"], "the number of draws must be from 1 to 1T, not `-5`"),
      (["run", "s.yaml", "--tolerance", "-1%"], "`-1%`"),
      (["draw", "s.yaml", "--number", "-1"], "`-1` is not the number of a draw"),
      (["draw", "s.yaml", "--near", "-5"], "`-5` is not a quantile\n  expected: p95, p5 or p99.9"),
      (
        ["draw", "s.yaml", "--number", "1", "--workers", "-2"],
        "--workers must be a whole number from 1 to 1024, not `-2`"
      ),
      (
        ["sensitivity", "s.yaml", "--base-samples", "-4"],
        "--base-samples must be a whole number from 1 to 4294967296, not `-4`"
      ),
      (
        ["sensitivity", "s.yaml", "--bootstrap", "-4"], "--bootstrap must be a whole number from 2 to 100000, not `-4`"
      ),
      (["disclosure", "s.yaml", "--steps", "-1"], "--steps must be a whole number from 1 to 20, not `-1`"),
      (
        ["discover", "s.yaml", "--when", "1", "--boxes", "-1"], "--boxes must be a whole number from 1 to 20, not `-1`"
      ),
      (
        ["discover", "s.yaml", "--when", "1", "--inputs", "-1"],
        "--inputs must be a whole number from 1 to 20, not `-1`"
      ),
      (["discover", "s.yaml", "--when", "1", "--density", "-10%"], "-10%"),
      (
        ["compare", "s.yaml", "s.yaml", "--permutations", "-4"],
        "--permutations must be a whole number from 4 to 10000, not `-4`"
      ),
      (
        ["backtest", "s.yaml", "--cases", "c.csv", "--workers", "-1"],
        "--workers must be a whole number from 1 to 1024, not `-1`"
      ),
      (["export", "s.yaml", "--workers", "-1"], "--workers must be a whole number from 1 to 1024, not `-1`"),
      (["sweep", "s.yaml", "--vary", "power=1..2", "--seed", "-3"], "a seed is a whole number from 0"),
      (["draw", "s.yaml", "--number", "x"], "`x` is not the number of a draw"),
      (["run", "s.yaml", "--export-draws", "2M"], "--export-draws 2M is more than the 100k draws of the run"),
      (
        ["run"],
        "error[options.usage]: missing expected argument '<scenario>'\n  note: `loadcast help run` explains its options"
      ),
    ])
  func usage(_ arguments: [String], _ message: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try program.run(shell: "exec \"$0\" \(words)")
    #expect(outcome.code == 64)
    #expect(outcome.error.contains(message))
    #expect(outcome.output == "")
    #expect(try program.names() == ["s.yaml"])
  }

  @Test("a scenario that cannot be run is 65, and shows the place")
  func badScenario() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario.replacingOccurrences(of: "fleet * power", with: "fleet * pwer"), to: "s.yaml")
    for command in ["check", "run", "describe"] {
      let outcome = try program.run(command, "s.yaml")
      #expect(outcome.code == 65)
      #expect(outcome.output == "")
      #expect(outcome.error.hasPrefix("s.yaml:19:24: error[names.unknown]:"), "\(outcome.error)")
      #expect(outcome.error.contains("did you mean: power"))
      #expect(try program.names() == ["s.yaml"])
    }
  }

  @Test("a scenario that is not there is 66, and names the nearest file")
  func missing() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "small.yaml")
    let outcome = try program.run("run", "smal.yaml")
    #expect(outcome.code == 66)
    #expect(
      outcome.error == "error[files.missing]: there is no file `smal.yaml`\n  did you mean: small.yaml\n\n1 error\n")
    #expect(try program.run("run", ".").code == 66)
  }

  @Test("a folder or a standard output that takes nothing is 74")
  func unwritable() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let outcome = try program.run("run", "s.yaml", "--draws", "2k", "--out", "s.yaml/x")
    #expect(outcome.code == 74)
    #expect(outcome.error == "error[files.unwritable]: cannot write s.yaml/x: Not a directory\n\n1 error\n")
    let full = try program.run("check", "s.yaml", shell: "exec \"$0\" \"$@\" > /dev/full")
    #expect(full.code == 74)
    #expect(
      full.error == "error[files.unwritable]: cannot write to standard output: No space left on device\n\n1 error\n")
  }

  @Test("a closed pipe ends the program as it ends any filter")
  func closedPipe() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    // The reader has gone before the first write; the last line is the program's own code.
    let outcome = try program.run(
      "describe", "s.yaml", shell: "{ sleep 0.3; \"$0\" \"$@\"; echo $? >&2; } | true", timeout: 20)
    #expect(outcome.error == "141\n")
  }

  @Test("README and the help list the same exit codes with the same meanings")
  func documented() throws {
    let program = try Program()
    defer { program.remove() }
    let help = try program.run("--help").output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let listed = try #require(help.firstMatch(of: /Exit codes: (.*?)\. USAGE/)?.1)
    let page = try String(contentsOf: DocumentBlocks.root.appending(path: "README.md"), encoding: .utf8)
    let rows = page.matches(of: /\n\| `(\d+)` \| (.*) \|/).map { "\($0.1) \($0.2)" }
    #expect(rows.joined(separator: "; ") == listed)
  }
}
