import Foundation
import Reporting
import Testing

@Suite("A run leaves whole files or none")
struct FileTests {
  private static let names = [
    "comparisons.csv", "histogram.csv", "quantiles.csv", "record.json", "summary.csv",
  ]

  @Test(
    "A user's file with the name of a result file is not replaced; that of an earlier result is",
    arguments: [
      ("run s.yaml --format ro-crate,csv", "ro-crate-metadata.json"), ("run s.yaml", "summary.csv"),
      ("run s.yaml", "record.json"), ("run s.yaml --format vega", "charts/electricity-fan.vl.json"),
      ("sweep s.yaml --vary load_factor=0.3,0.4", "sweep.csv"), ("sensitivity s.yaml --method delta", "indices.csv"),
    ])
  func foreign(_ command: String, name: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let run = "exec \"$0\" \(command) --draws 2k --quiet --out o"
    let written = try program.run(shell: run)
    #expect(written.code == 0, "\(written.error)")
    let again = try program.run(shell: run)
    #expect(again.code == 0, "\(again.error)")
    let refused = try program.run(shell: "rm -r o && mkdir -p $(dirname o/\(name)) && echo mine > o/\(name) && \(run)")
    #expect(refused.code == 74)
    #expect(
      refused.error.contains("\(name): it exists, and no record of a result lists it; move it, or"), "\(refused.error)")
    #expect(try program.read("o/\(name)") == "mine\n")
    let moved = try program.run(shell: "mv o/\(name) mine && \(run)")
    #expect(moved.code == 0, "\(moved.error)")
    #expect(try program.read("o/\(name)") != "mine\n")
  }

  @Test("the default folder is results/ and the name of the scenario; an earlier run's files are removed, others stay")
  func defaultFolder() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "small.fleet.yaml")
    #expect(try program.run("run", "small.fleet.yaml", "--draws", "2k").code == 0)
    #expect(try program.names(in: "results/small.fleet") == Self.names)
    try program.write("mine", to: "results/small.fleet/notes.txt")
    let second = try program.run("run", "small.fleet.yaml", "--draws", "4k", "--format", "json")
    #expect(second.code == 0)
    let removed = "Removed, of an earlier run: summary.csv, quantiles.csv, histogram.csv, comparisons.csv\n"
    #expect(second.output.hasSuffix(removed), "\(second.output)")
    #expect(try program.names(in: "results/small.fleet") == ["notes.txt", "record.json", "results.json"])
    #expect(try program.read("results/small.fleet/notes.txt") == "mine")
    #expect(try program.read("results/small.fleet/record.json").contains("\"draws\": 4000"))
  }

  @Test("A table of an earlier run that the user has changed stays, and is named")
  func changed() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    #expect(try program.run("run", "s.yaml", "--draws", "2k", "--out", "o").code == 0)
    try program.write("with my remarks", to: "o/summary.csv")
    let second = try program.run("run", "s.yaml", "--draws", "2k", "--out", "o", "--format", "json", "--json")
    let json = try #require(JSONSerialization.jsonObject(with: Data(second.output.utf8)) as? [String: Any])
    let files = try #require(json["files"] as? [String: Any])
    #expect(files["earlier"] as? [String] == ["summary.csv"])
    #expect(files["removed"] as? [String] == ["quantiles.csv", "histogram.csv", "comparisons.csv"])
    #expect(try program.names(in: "o") == ["record.json", "results.json", "summary.csv"])
    #expect(try program.read("o/summary.csv") == "with my remarks")
    let third = try program.run("run", "s.yaml", "--draws", "2k", "--out", "o", "--format", "json")
    #expect(third.output.hasSuffix("Left from an earlier run: summary.csv\n"), "\(third.output)")
  }

  @Test("A scenario whose name has only full stops has a folder below results/")
  func onlyStops() throws {
    let program = try Program()
    defer { program.remove() }
    for name in ["...yaml", "..yaml"] {
      try program.write(smallScenario, to: name)
      #expect(try program.run("run", name, "--draws", "2k").code == 0)
      #expect(try program.names(in: "results/\(name)") == Self.names)
    }
    #expect(try program.names() == ["...yaml", "..yaml", "results"])
    #expect(try program.names(in: "results") == ["...yaml", "..yaml"])
  }

  @Test("Names that are not UTF-8 are read and written as they are")
  func bytes() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let shell = """
      cp s.yaml $'sm\\xe9.yaml' && "$0" run $'sm\\xe9.yaml' --draws 2k --quiet \
        && "$0" run s.yaml --draws 2k --quiet --out $'out\\xff' && rm s.yaml \
        && cat $'results/sm\\xe9/summary.csv' | cmp - $'out\\xff/summary.csv' && ls results | od -An -tx1
      """
    let outcome = try program.run(shell: shell)
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(outcome.output == " 73 6d e9 0a\n")
  }

  @Test("A run without outcomes or evidence writes no table of them, and removes an earlier run's")
  func optionalTables() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let condition = "  strong: power > 600 W/gpu\noutputs:\n  strong: {}\n"
    try program.write(smallScenario.replacingOccurrences(of: "outputs:\n", with: condition), to: "condition.yaml")
    let first = try program.run("run", "condition.yaml", "--draws", "2k", "--out", "out")
    #expect(first.code == 0, "\(first.error)")
    #expect(first.output.contains("histogram.csv, outcomes.csv, comparisons.csv, record.json"))
    #expect(try program.read("out/record.json").contains("\"outcomes.csv\""))
    try program.write("old", to: "out/routes.csv")
    let second = try program.run("run", "s.yaml", "--draws", "2k", "--out", "out")
    #expect(second.code == 0)
    let end = "Removed, of an earlier run: outcomes.csv\nLeft from an earlier run: routes.csv\n"
    #expect(second.output.hasSuffix(end), "\(second.output)")
    #expect(try program.names(in: "out") == (Self.names + ["routes.csv"]).sorted())
    #expect(try !program.read("out/record.json").contains("outcomes.csv"))
  }

  @Test("files are byte-identical for 1, 2, 3 and 7 workers, but for the record's time and workers")
  func workers() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    var first: [String: String] = [:]
    for workers in ["1", "2", "3", "7"] {
      let outcome = try program.run(
        "run", "s.yaml", "--workers", workers, "--out", "w\(workers)", "--format",
        OutputFormatCatalogue.all.map { $0.name }.joined(separator: ","),
        "--export-draws", "5k")
      #expect(outcome.code == 0)
      let charts = try program.names(in: "w\(workers)/charts").map { "charts/\($0)" }
      for name in try program.names(in: "w\(workers)").filter({ $0 != "charts" }) + charts {
        // The bytes of a matrix are not text; reading them as Latin-1 preserves all of them.
        var text = try program.read("w\(workers)/\(name)", encoding: .isoLatin1)
        // The time of the run is in the description of the run, and the digest of this in the record.
        if name == "ro-crate-metadata.json" {
          text.replace(/"(start|end)Time": "[0-9TZ:-]+"/, with: "")
        } else if name == "record.json" {
          let whole = text
          text = Program.withoutWork(text, ["time", "workers"])
          #expect(text != whole)
          text.replace(/"path": "ro-crate-metadata.json",\s*"bytes": [0-9]+,\s*"sha256": "[0-9a-f]+"/, with: "")
        }
        #expect(first[name, default: text] == text, "\(name) with \(workers) workers")
        first[name] = text
      }
    }
    let tables = Self.names.filter { $0.hasSuffix(".csv") }.map { "\($0.dropLast(4)).excel.csv" }
    let further = [
      "draws.csv", "draws.json", "draws.npy", "report.html", "results.json", "results.sqlite", "ro-crate-metadata.json",
    ]
    let charts = first.keys.filter { $0.hasPrefix("charts/") }
    #expect(charts.contains("charts/references.csv") && charts.contains { $0.hasSuffix(".vl.json") })
    #expect(first.keys.sorted() == (Self.names + tables + further + charts).sorted())
  }

  @Test(
    "Ctrl-C ends a run within a second with code 130, and leaves no file and no folder", arguments: [SIGINT, SIGTERM])
  func interrupted(_ signal: Int32) throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let outcome = try program.run("run", "s.yaml", "--draws", "100B", signal: (signal, after: 1))
    #expect(outcome.code == 128 + signal)
    #expect(outcome.seconds < 1)
    #expect(outcome.error == "interrupted; no file was written\n")
    #expect(try program.names() == ["s.yaml"])
  }

  @Test("a kill in the middle of writing leaves the old files and nothing else")
  func killed() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    #expect(try program.run("run", "s.yaml", "--draws", "2k", "--out", "out").code == 0)
    let before = try Self.names.map { try program.read("out/\($0)") }
    let outcome = try program.run(
      "run", "s.yaml", "--draws", "100M", "--export-draws", "100M", "--out", "out", signal: (SIGKILL, after: 2))
    #expect(outcome.code == 137, "the kill came too late")
    #expect(try program.names(in: "out") == Self.names)
    #expect(try Self.names.map { try program.read("out/\($0)") } == before)
  }

  @Test("a disk that is full leaves the old files and nothing else, with code 74")
  func full() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    #expect(try program.run("run", "s.yaml", "--draws", "2k", "--out", "out").code == 0)
    let before = try Self.names.map { try program.read("out/\($0)") }
    let outcome = try program.run(
      "run", "s.yaml", "--draws", "100k", "--export-draws", "100k", "--out", "out",
      shell: "ulimit -f 1000; exec \"$0\" \"$@\"")
    #expect(outcome.code == 74)
    #expect(outcome.error == "error[files.unwritable]: cannot write out/draws.csv: File too large\n\n1 error\n")
    #expect(outcome.output == "")
    #expect(try program.names(in: "out") == Self.names)
    #expect(try Self.names.map { try program.read("out/\($0)") } == before)
  }
}
