import Foundation
import Testing

@Suite("A sweep on the command line")
struct SweepCommandTests {
  private static let flags = ["--vary", "load_factor*=0.5,1", "--vary", "power=500 W/gpu,600 W/gpu", "--draws", "20k"]

  private func run(_ program: Program, _ arguments: [String]) throws -> Program.Outcome {
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    return try program.run(shell: "exec \"$0\" \(words)")
  }

  @Test("sweep.csv: a variant's row is that of a run's summary.csv, byte for byte")
  func rows() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    #expect(try run(program, ["sweep", "s.yaml", "--out", "a"] + Self.flags).code == 0)
    #expect(try program.names(in: "a") == ["sweep-record.json", "sweep.csv"])
    let assignments = ["--set", "load_factor*=0.5", "--set", "power=600 W/gpu"]
    #expect(try run(program, ["run", "s.yaml", "--draws", "20k", "--out", "b"] + assignments).code == 0)
    let sweep = try program.read("a/sweep.csv").components(separatedBy: "\r\n")
    let summary = try program.read("b/summary.csv").components(separatedBy: "\r\n")
    #expect(sweep[0] == "variant,load_factor*,power," + summary[0] + ",difference,difference_standard_error")
    let own = sweep.filter { $0.hasPrefix("2,0.5,600 W/gpu,") }
    #expect(own.count == 4)
    for (row, expected) in zip(own, summary.dropFirst()) { #expect(row.hasPrefix("2,0.5,600 W/gpu,\(expected),")) }
    for workers in ["1", "3"] {
      #expect(try run(program, ["sweep", "s.yaml", "--workers", workers, "--out", workers] + Self.flags).code == 0)
      #expect(try program.read("\(workers)/sweep.csv") == program.read("a/sweep.csv"))
    }
  }

  @Test("Every variant of a sweep is a run with --set, to the last digit, under every design and with other draws")
  func separateRuns() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    for (number, design) in ["sobol", "mc", "lhs", "owen"].enumerated() {
      let common = ["--draws", "\(5 + number)k", "--seed", "\(number + 1)", "--design", design, "--out"]
      let flags = ["--vary", "load_factor*=0.5,1.1", "--vary", "power=450 W/gpu,500 W/gpu to 700 W/gpu"]
      #expect(try run(program, ["sweep", "s.yaml"] + common + ["sweep-\(number)"] + flags).code == 0)
      let rows = try program.read("sweep-\(number)/sweep.csv").components(separatedBy: "\r\n").dropFirst()
      var means: [[Double]] = []
      var seen = 0
      for (variant, assignments) in [
        [], ["load_factor*=0.5", "power=450 W/gpu"], ["load_factor*=0.5", "power=500 W/gpu to 700 W/gpu"],
        ["load_factor*=1.1", "power=450 W/gpu"], ["load_factor*=1.1", "power=500 W/gpu to 700 W/gpu"],
      ].enumerated() {
        let folder = "run-\(number)-\(variant)"
        let set = assignments.flatMap { ["--set", $0] }
        #expect(try run(program, ["run", "s.yaml"] + common + [folder] + set).code == 0)
        let summary = try program.read("\(folder)/summary.csv").components(separatedBy: "\r\n")
        let mean = try #require(summary[0].components(separatedBy: ",").firstIndex(of: "mean"))
        let own = rows.filter { $0.hasPrefix("\(variant),") }
        #expect(own.count == 4)
        means.append([])
        for (cell, (row, expected)) in zip(own, summary.dropFirst()).enumerated() {
          let start =
            ["\(variant)"] + (assignments.isEmpty ? ["", ""] : assignments.map { $0.components(separatedBy: "=")[1] })
          #expect(row.hasPrefix((start + [expected]).joined(separator: ",") + ","), "\(design) \(row)")
          means[variant].append(try #require(Double(expected.components(separatedBy: ",")[mean])))
          // The difference is that of the two runs' means, but for its rounding.
          seen += 1
          guard variant > 0 else { continue }
          let difference = try #require(Double(row.components(separatedBy: ",").dropLast().last ?? ""))
          let size = means[0][cell].magnitude
          #expect(abs(difference - (means[variant][cell] - means[0][cell])) <= 1e-12 * size, "\(design) \(row)")
        }
      }
      #expect(seen == 20)
    }
  }

  @Test("The screen: variants with their differences")
  func screen() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let outcome = try run(program, ["sweep", "s.yaml", "--workers", "2", "--out", "out"] + Self.flags)
    #expect(outcome.error == "")
    #expect(
      outcome.output.replacing(/: [0-9.]+ s on 2/, with: ": TIME on 2") == """
        Electricity of a small fleet

        electricity[year=2026], TWh/year
        variant  load_factor*      power  median  90 % interval   mean  difference
              0          base       base  15.7    8.2  to 27.7   16.6
              1           0.5  500 W/gpu   6.35   3.26 to 11.3    6.70      -9.87
              2           0.5  600 W/gpu   7.62   3.91 to 13.6    8.03      -8.53
              3           1    500 W/gpu  12.7    6.52 to 22.6   13.4       -3.17
              4           1    600 W/gpu  15.2    7.8  to 27.2   16.1       -0.493

        3 more output cells in sweep.csv, or with --show NAME or --show 'NAME[LABEL]'
        differences of means from the base scenario, on the same draws

        4 variants, 20k draws, seed 7, design sobol: TIME on 2 workers
        out: sweep.csv, sweep-record.json

        """)
  }

  @Test("Mistakes of variants are told together before anything is computed, and leave no folder")
  func mistakes() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    for (arguments, code, text) in [
      (["--vary", "power=1 m,2 m"], Int32(64), "2 errors"), (["--vary", "pwer=1,2"], 64, "unknown input `pwer`"),
      ([], 64, "no variations given"), (["--sweep", "x"], 64, "the scenario has no sweep `x`"),
      (["--vary", "power=1..2", "--show", "electric"], 64, "did you mean: electricity"),
      (["--pairing", "no.csv"], 66, "no.csv"), (["--vary", "run.workers=2"], 64, "run.draws, run.seed, run.design"),
      (["--vary", "run.design=mc,sobel"], 64, "sobol"), (["--vary", "electricity=1,2"], 64, "is not an input"),
    ] {
      let outcome = try run(program, ["sweep", "s.yaml"] + arguments)
      #expect(outcome.code == code, "\(arguments): \(outcome.error)")
      #expect(outcome.error.contains(text), "\(arguments): \(outcome.error)")
    }
    #expect(try program.names() == ["s.yaml"])
  }

  @Test("A killed sweep goes on where it was, with the same bytes; another one does not take up its variants")
  func resumes() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    let flags = ["sweep", "s.yaml", "--vary", "run.seed=11..40", "--draws", "500k"]
    #expect(try run(program, flags + ["--out", "whole"]).code == 0)
    var wasKilled = false
    for after in [0.3, 0.6, 1.2, 2.4, 4.8, 9.6] where !wasKilled {
      let words = (flags + ["--out", "out"]).map { "'\($0)'" }.joined(separator: " ")
      let outcome = try program.run(shell: "exec \"$0\" \(words)", signal: (SIGKILL, after: after))
      if outcome.code == 0 { break }
      // On a busy machine the kill may come before the folder is made.
      guard try program.names().contains("out") else { continue }
      #expect(try program.names(in: "out").allSatisfy { $0.hasPrefix(".loadcast-sweep-") })
      let journal = try program.names(in: "out").first
      wasKilled =
        try journal.map { try program.names(in: "out/\($0)").filter { $0.hasSuffix(".piece") }.count > 1 } ?? false
    }
    #expect(wasKilled, "no kill came between two variants")
    let journal = try #require(try program.names(in: "out").first)
    let kept = try program.names(in: "out/\(journal)").filter { $0.hasSuffix(".piece") }.sorted()
    // A piece that has been truncated is not accepted, and its variants are computed again.
    let piece = program.folder.appending(path: "out/\(journal)/\(kept[0])")
    let bytes = try Data(contentsOf: piece)
    try bytes.dropLast(200).write(to: piece)
    try FileManager.default.copyItem(
      at: program.folder.appending(path: "out"), to: program.folder.appending(path: "other"))
    let resumed = try run(program, flags + ["--out", "out"])
    #expect(resumed.code == 0 && resumed.output.contains("kept from an interrupted run"), "\(kept)")
    #expect(try program.read("out/sweep.csv") == program.read("whole/sweep.csv"))
    #expect(try program.names(in: "out") == ["sweep-record.json", "sweep.csv"])
    let other = try run(program, flags + ["--out", "other", "--set", "power=600 W/gpu"])
    #expect(other.code == 0 && !other.output.contains("kept from"))
    #expect(
      other.error.hasPrefix("note: other/\(journal) has variants of another sweep that was interrupted; ")
        && other.error.hasSuffix("`rm -r other/\(journal)` deletes them\n"), "\(other.error)")
    let quiet = try run(program, flags + ["--out", "other", "--set", "power=600 W/gpu", "--quiet"])
    #expect(quiet.code == 0 && quiet.error.isEmpty)
    // The journal of the interrupted sweep is still there.
    #expect(try program.names(in: "other") == [journal, "sweep-record.json", "sweep.csv"])
    #expect(try program.read("other/sweep.csv") != program.read("whole/sweep.csv"))
  }
}
