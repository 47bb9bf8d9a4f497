import Foundation
import Testing
import TextFormats

@Suite("A results folder is compared with its records")
struct VerifyCommandTests {
  /// A folder `o` with the results of a run.
  private func run(_ flags: String...) throws -> Program {
    let program = try Program()
    try program.write(smallScenario, to: "s.yaml")
    let words = (["run", "s.yaml", "--draws", "2k", "--quiet", "--out", "o"] + flags).map { "'\($0)'" }
    let outcome = try program.run(shell: "exec \"$0\" \(words.joined(separator: " "))")
    #expect(outcome.code == 0, "\(outcome.error)")
    return program
  }

  private func record(_ program: Program, _ name: String = "record.json") throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: Data(program.read("o/\(name)").utf8))
    return try #require(json as? [String: Any])
  }

  private func verified(_ program: Program, _ flags: String...) throws -> (code: Int32, json: [String: Any]) {
    let words = (["verify", "o", "--json"] + flags).joined(separator: " ")
    let outcome = try program.run(shell: "exec \"$0\" \(words)")
    let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return (outcome.code, try #require(json as? [String: Any], "\(outcome.error)"))
  }

  private func kinds(_ json: [String: Any]) -> [String: String] {
    let entries = (json["differences"] as? [[String: String]]) ?? []
    return Dictionary(uniqueKeysWithValues: entries.map { ($0["path"] ?? "", $0["kind"] ?? "") })
  }

  @Test("A record states size and digest of every file, the command, and the system")
  func record() throws {
    let program = try run("--format", "csv,html,vega", "--export-draws", "100", "--workers", "1")
    defer { program.remove() }
    let record = try record(program)
    let files = try #require(record["files"] as? [[String: Any]])
    let charts = try program.names(in: "o/charts").map { "charts/\($0)" }
    let names = try program.names(in: "o").filter { $0 != "charts" && $0 != "record.json" } + charts
    #expect(files.compactMap { $0["path"] as? String }.sorted() == names.sorted())
    for file in files {
      let path = try #require(file["path"] as? String)
      let bytes = try Data(contentsOf: program.folder.appendingPathComponent("o/\(path)"))
      #expect(file["bytes"] as? Int == bytes.count && file["sha256"] as? String == Sha256.hexadecimal(of: Array(bytes)))
    }
    #expect(
      record["arguments"] as? [String] == [
        "run", "s.yaml", "--draws", "2k", "--format", "csv,html,vega", "--export-draws", "100",
      ])
    let system = try #require(record["system"] as? [String: Any])
    #expect(["plain", "avx2", "avx512"].contains(system["kernels"] as? String))
    #expect((system["os"] as? String)?.isEmpty == false && (system["architecture"] as? String)?.isEmpty == false)
    #expect(system["openblas"] != nil && system["processor"] != nil)
  }

  #if os(Linux)
  @Test("A scenario that the system does not let be read is not called changed")
  func unreadableScenario() throws {
    let program = try run()
    defer { program.remove() }
    // A regular file of which every reading fails.
    let path = program.folder.appending(path: "s.yaml").path
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/proc/self/mem")
    let (code, json) = try verified(program)
    #expect(code == 0 && (json["scenario"] as? [[String: String]]) == [["path": "s.yaml", "state": "unreadable"]])
    let text = try program.run("verify", "o", "--strict")
    #expect(text.code == 4 && text.output.contains("the scenario's file s.yaml cannot be read\n"), "\(text.output)")
  }
  #endif

  @Test("--strict does not end with the words for an intact folder; the exit code and the text agree")
  func strictText() throws {
    let program = try run()
    defer { program.remove() }
    try program.write("", to: "o/extra")
    let strict = try program.run("verify", "o", "--strict")
    #expect(strict.code == 4)
    #expect(
      strict.output.hasSuffix("o: every recorded file is as recorded, and the folder is not as --strict demands\n"))
    let usual = try program.run("verify", "o")
    #expect(usual.code == 0 && usual.output.hasSuffix("o: every file is as recorded\n"))
  }

  @Test("--again without a place for temporary files is an output error; what a killed one has left is removed")
  func temporary() throws {
    let program = try run()
    defer { program.remove() }
    let without = try program.run("verify", "o", "--again", environment: ["TMPDIR": "/dev/null"])
    #expect(without.code == 74 && without.error.hasPrefix("error[files.unwritable]: cannot write "), "\(without.error)")
    let again = try program.run(
      shell:
        "mkdir -p tmp/loadcast-verify-12ab/0/results tmp/loadcast-verify-mine && touch tmp/loadcast-verify-12ab/0/x && "
        + "TMPDIR=tmp exec \"$0\" verify o --again")
    #expect(again.code == 0 && again.output.contains("run again: the same results"), "\(again.error)")
    #expect(try program.names(in: "tmp") == ["loadcast-verify-mine"])
  }

  @Test("--again refuses a record whose command takes longer than --minutes, before the work")
  func bounded() throws {
    let program = try run()
    defer { program.remove() }
    let record = try program.read("o/record.json")
    try program.write(record.replacingOccurrences(of: "\"2k\"", with: "\"1T\""), to: "o/record.json")
    let refused = try program.run("verify", "o", "--again", "--minutes", "1")
    #expect(refused.code == 64 && refused.seconds < 30)
    #expect(refused.error.contains("running the command of `o/record.json` again takes about "), "\(refused.error)")
    let most = try #require(refused.error.firstMatch(of: /\n  expected: --minutes (\d+)\n/)?.1, "\(refused.error)")
    // Accepted, and interrupted.
    let accepted = try program.run(
      "verify", "o", "--again", "--minutes", String(most), signal: (SIGTERM, 2), timeout: 30)
    #expect(accepted.code == 143 && !accepted.error.contains("kept"), "\(accepted.error)")
  }

  @Test("An intact folder is verified, also from elsewhere")
  func intact() throws {
    let program = try run()
    defer { program.remove() }
    let good = try program.run("verify", "o")
    #expect(good.code == 0 && good.error.isEmpty)
    #expect(good.output.contains("o/record.json: 4 files of run, loadcast "))
    #expect(good.output.hasSuffix("o: every file is as recorded\n"))
    #expect(try program.run("verify", "o", "--quiet").output.isEmpty)
    let (code, json) = try verified(program)
    #expect(code == 0 && json["intact"] as? Bool == true && json["again"] is NSNull)
    #expect((json["scenario"] as? [[String: String]]) == [["path": "s.yaml", "state": "unchanged"]])
    let elsewhere = "cd / && exec \"$0\" verify \"$OLDPWD/o\" --strict"
    #expect(try program.run(shell: elsewhere).code == 4)
    #expect(try program.run(shell: elsewhere + " --from \"$OLDPWD\"").code == 0)
  }

  @Test("Missing, altered and additional files are named, with exit code 4")
  func tampered() throws {
    let program = try run("--format", "csv,vega")
    defer { program.remove() }
    let files = FileManager.default
    func url(_ name: String) -> URL { program.folder.appendingPathComponent("o/\(name)") }
    try program.write("mine", to: "o/notes.txt")
    try program.write("mine", to: "o/charts/more.csv")
    var (code, json) = try verified(program)
    #expect(code == 0 && json["unlisted"] as? [String] == ["notes.txt", "charts/more.csv"])
    (code, json) = try verified(program, "--strict")
    #expect(code == 4 && json["intact"] as? Bool == false)
    // One digit of the same length, one file shorter, one gone, and one in a sub-folder.
    let summary = try program.read("o/summary.csv")
    let digit = try #require(summary.lastIndex { $0.isNumber })
    let other: Character = summary[digit] == "1" ? "2" : "1"
    try program.write(summary.replacingCharacters(in: digit...digit, with: String(other)), to: "o/summary.csv")
    try program.write(String(program.read("o/quantiles.csv").dropLast(9)), to: "o/quantiles.csv")
    try files.removeItem(at: url("histogram.csv"))
    try program.write("", to: "o/charts/references.csv")
    (code, json) = try verified(program)
    #expect(code == 4)
    #expect(
      kinds(json) == [
        "summary.csv": "altered", "quantiles.csv": "altered", "histogram.csv": "missing",
        "charts/references.csv": "altered",
      ])
    let text = try program.run("verify", "o", "--quiet")
    #expect(text.code == 4 && text.output.contains("missing: histogram.csv: there is no such file\n"))
    #expect(
      text.output.contains("altered: summary.csv: its SHA-256 is ") && text.output.contains("o: not as recorded\n"))
  }

  @Test("What is not a regular file in the folder is not read and not waited for")
  func links() throws {
    let program = try run("--format", "csv,vega")
    defer { program.remove() }
    let shell = """
      cd o && cp summary.csv /tmp/$$.csv && ln -sf /tmp/$$.csv summary.csv && rm quantiles.csv && mkfifo quantiles.csv \
        && rm histogram.csv && mkdir histogram.csv && mv charts elsewhere && ln -s elsewhere charts; cd .. \
        && timeout 10 "$0" verify o --json; code=$?; rm -f /tmp/$$.csv; exit $code
      """
    let outcome = try program.run(shell: shell)
    #expect(outcome.code == 4, "\(outcome.error)")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let found = kinds(json)
    #expect(["summary.csv", "quantiles.csv", "histogram.csv"].allSatisfy { found[$0] == "unreadable" })
    #expect(found["charts/references.csv"] == "unreadable" && found["comparisons.csv"] == nil)
  }

  @Test("A record that is not one, or names files elsewhere, is a difference and harms nothing")
  func hostileRecords() throws {
    let program = try run()
    defer { program.remove() }
    let digest = String(repeating: "0", count: 64)
    let deep = String(repeating: "[", count: 100_000)
    func text(_ files: String) -> String { "{\"engine\": \"loadcast 9\", \"title\": \"\", \"files\": \(files)}" }
    func entry(_ path: String, _ bytes: String = "1") -> String {
      text("[{\"path\": \"\(path)\", \"bytes\": \(bytes), \"sha256\": \"\(digest)\"}]")
    }
    for bad in [
      "", "not JSON", "[]", "{}", deep, text("3"), text("[\"summary.csv\"]"), entry("../s.yaml"), entry("/etc/passwd"),
      entry("a/../../s.yaml"), entry(""), entry("."), entry("a//b"), entry("a\\u0000b"), entry("summary.csv", "-1"),
      entry("summary.csv", "1e300"), entry("summary.csv", "\\\"1\\\""),
    ] {
      try program.write(bad, to: "o/record.json")
      let (code, json) = try verified(program)
      #expect(code == 4 && kinds(json) == ["record.json": "record"], "\(bad.prefix(80)): \(json)")
    }
    try program.write(entry("summary.csv", "9007199254740993"), to: "o/record.json")
    #expect(try kinds(verified(program).json) == ["summary.csv": "altered"])
    let none = try program.run(shell: "rm o/record.json; exec \"$0\" verify o")
    #expect(none.code == 66 && none.error.contains("it has no record.json"), "\(none.error)")
    #expect(try program.run("verify", "nowhere").code == 66)
    #expect(try program.run("verify", "s.yaml").code == 66)
    let pipe = try program.run(shell: "mkfifo o/record.json; exec timeout 10 \"$0\" verify o")
    #expect(pipe.code == 4 && pipe.output.contains("unreadable: record.json: not a regular file"))
    #expect(try program.names() == ["o", "s.yaml"])
  }

  @Test("A record's command is run only if it is one that a record states")
  func hostileCommands() throws {
    let program = try run()
    defer { program.remove() }
    let record = try program.read("o/record.json")
    let stated = #""arguments": ["run", "s.yaml", "--draws", "2k"]"#
    #expect(record.contains(stated))
    for words in [
      #"["migrate", "s.yaml"]"#, #"["init", "new.yaml"]"#, #"["export", "notebook", "s.yaml"]"#, "[]",
      #"["run", "s.yaml", "--out", "x"]"#, #"["run", "s.yaml", "--out=x"]"#, #"["run", "s.yaml", "--log", "x"]"#,
      #"["run", "/etc/passwd"]"#, #"["sweep", "s.yaml", "--pairing=/etc/passwd"]"#, #"["run", "--help"]"#,
      #"["run", "--generate-completion-script=bash"]"#,
      #"["verify", "o", "--again"]"#,
    ] {
      try program.write(record.replacingOccurrences(of: stated, with: "\"arguments\": \(words)"), to: "o/record.json")
      let outcome = try program.run("verify", "o", "--again")
      #expect(outcome.code == 66, "\(words): \(outcome.output)\(outcome.error)")
      #expect(try program.names() == ["o", "s.yaml"], "\(words)")
    }
  }

  @Test("A publication that was interrupted is taken back before the folder is verified")
  func journal() throws {
    let program = try run()
    defer { program.remove() }
    // What a killed process leaves: a journal without a list has replaced nothing.
    try program.write("", to: "s.txt")
    let shell = "mkdir o/.loadcast-undo && touch o/.loadcast-undo/new-0 && exec \"$0\" verify o --strict"
    let outcome = try program.run(shell: shell)
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.error)")
    #expect(try !program.names(in: "o").contains(".loadcast-undo"))
  }

  @Test("A scenario that has changed or is gone is told")
  func scenario() throws {
    let program = try run()
    defer { program.remove() }
    try program.write(smallScenario + "# more\n", to: "s.yaml")
    let changed = try program.run("verify", "o")
    #expect(changed.code == 0 && changed.output.contains("the scenario's file s.yaml has changed since\n"))
    #expect(try program.run("verify", "o", "--strict").code == 4)
    let again = try program.run("verify", "o", "--again")
    #expect(again.code == 4 && again.output.contains("not run again: the scenario is not the one of the results"))
    try FileManager.default.removeItem(at: program.folder.appendingPathComponent("s.yaml"))
    #expect(try program.run("verify", "o").output.contains("the scenario's file s.yaml is not there\n"))
  }

  @Test("--again names the first cell that differs, with its row")
  func again() throws {
    let program = try run()
    defer { program.remove() }
    let same = try program.run("verify", "o", "--again")
    #expect(same.code == 0 && same.output.contains("run again: the same results\n"), "\(same.output)\(same.error)")
    // A table and its record are forged alike, which the digests cannot show.
    let table = try program.read("o/summary.csv")
    let lines = table.components(separatedBy: "\r\n")
    var fields = lines[2].components(separatedBy: ",")
    let header = lines[0].components(separatedBy: ",")
    let column = try #require(header.firstIndex(of: "p50"))
    let before = fields[column]
    fields[column] = "1.25"
    var forged = lines
    forged[2] = fields.joined(separator: ",")
    let bytes = forged.joined(separator: "\r\n")
    try program.write(bytes, to: "o/summary.csv")
    let record = try program.read("o/record.json")
      .replacingOccurrences(
        of: Sha256.hexadecimal(of: Array(table.utf8)), with: Sha256.hexadecimal(of: Array(bytes.utf8))
      )
      .replacingOccurrences(of: "\"bytes\": \(table.utf8.count),", with: "\"bytes\": \(bytes.utf8.count),")
    try program.write(record, to: "o/record.json")
    #expect(try program.run("verify", "o").code == 0)
    let outcome = try program.run("verify", "o", "--again")
    #expect(outcome.code == 4)
    let expected =
      "run again: summary.csv, line 3 (output electricity, unit TWh/year, year 2025), p50: 1.25 recorded, \(before) now\n"
    #expect(outcome.output.contains(expected), "\(outcome.output)")
    let (_, json) = try verified(program, "--again")
    let differences = (json["again"] as? [String: Any])?["differences"] as? [[String: Any]]
    #expect(differences?.count == 1 && differences?[0]["column"] as? String == "p50")
    #expect((differences?[0]["key"] as? [String: String])?["year"] == "2025")
  }

  @Test(
    "Results of every command that writes a record are verified and made again",
    arguments: [
      ["run", "--format", "csv,excel,html,json,npy,ro-crate,sqlite,vega", "--export-draws", "100"],
      ["sweep", "--vary", "power=600 W/gpu,650 W/gpu"], ["sensitivity"], ["disclosure"],
      ["discover", "--when", "per_gpu > 250 W/gpu"], ["compare", "t.yaml", "--set-b", "power*=1.1"],
      ["backtest", "--cases", "cases.csv"],
    ])
  func commands(_ words: [String]) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    try program.write(smallScenario.replacingOccurrences(of: "700 W", with: "800 W"), to: "t.yaml")
    try program.write("case,observed.per_gpu W/gpu\na,250\nb,300\n", to: "cases.csv")
    let line = ([words[0], "s.yaml"] + words.dropFirst() + ["--draws", "2k", "--quiet", "--out", "o"]).map { "'\($0)'" }
    let outcome = try program.run(shell: "exec \"$0\" \(line.joined(separator: " "))")
    #expect(outcome.code == 0, "\(outcome.error)")
    let verified = try program.run("verify", "o", "--strict", "--again")
    #expect(
      verified.code == 0 && verified.output.contains("run again: the same results"),
      "\(verified.output)\(verified.error)")
    #expect(try program.names() == ["cases.csv", "o", "s.yaml", "t.yaml"])
  }

  @Test("Results of a scenario from standard input are made again from the same text")
  func standardInput() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "text")
    let first = try program.run(shell: "exec \"$0\" run - --as m.yaml --draws 2k --quiet --out o < text")
    #expect(first.code == 0, "\(first.error)")
    let again = try program.run(shell: "exec \"$0\" verify o --again < text")
    #expect(again.code == 0 && again.output.contains("run again: the same results"), "\(again.output)\(again.error)")
  }
}
