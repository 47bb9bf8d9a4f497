import Foundation
import Testing

/// `run --shard` and `merge`: the files of the single run, byte for byte, whatever happens to parts.
@Suite("A run in parts", .serialized)
struct MergeCommandTests {
  private static let scenario = """
    title: Divided
    indexes: {year: [2024, 2025]}
    inputs:
      power: {over: year, dependence: 0.5, table: power.csv}
      hours: 7000 h/year to 8760 h/year
      draw: bernoulli(0.3)
    equations:
      energy: power * hours
      root: "sqrt(hours / 1 h * 1 year - 7200)"
    outputs:
      energy: {unit: GWh/year, compare: [town]}
      root: {}
      draw: {}
    references: {town: 90 GWh/year}

    """

  private func program() throws -> Program {
    let program = try Program()
    try program.write(Self.scenario, to: "s.yaml")
    try program.write("year,value\n2024,\"8 MW to 12 MW\"\n2025,\"10 MW to 15 MW\"\n", to: "power.csv")
    return program
  }

  #if os(Linux)
  @Test("A part that the system does not let be read is not called damaged: code 74")
  func unreadable() throws {
    let program = try program()
    defer { program.remove() }
    // A regular file of which every reading fails.
    let outcome = try program.run("merge", "/proc/self/mem", "--out", "o")
    #expect(outcome.code == 74, "\(outcome.error)")
    #expect(
      outcome.error == "error[files.unreadable]: cannot read /proc/self/mem: Input/output error\n\n1 error\n",
      "\(outcome.error)")
  }
  #endif

  private func make(_ program: Program, _ numbers: [Int], of count: Int, _ flags: String...) throws {
    for number in numbers {
      let made = try program.run(
        shell: "exec \"$0\" run s.yaml --draws 200k --shard \(number)/\(count) --out parts --quiet "
          + flags.joined(separator: " "))
      #expect(made.code == 0, "\(made.error)")
    }
  }

  /// The files that differ between two results, apart from the records.
  private func differing(_ program: Program, _ one: String, _ other: String) throws -> [String] {
    let names = try program.names(in: one)
    #expect(try program.names(in: other) == names)
    return try names.filter { name in
      guard name != "record.json" else { return false }
      return try Data(contentsOf: program.folder.appending(path: "\(one)/\(name)"))
        != Data(contentsOf: program.folder.appending(path: "\(other)/\(name)"))
    }
  }

  @Test("Merged in any order, with a part twice, the files are those of the single run")
  func merged() throws {
    let program = try program()
    defer { program.remove() }
    let single = try program.run(
      "run", "s.yaml", "--draws", "200k", "--format", "csv,html,json", "--out", "single", "--quiet")
    #expect(single.code == 0, "\(single.error)")
    try make(program, [3, 1, 2], of: 3)
    #expect(try program.names(in: "parts") == ["s.1-of-3.part", "s.2-of-3.part", "s.3-of-3.part"])
    let merged = try program.run(
      "merge", "parts/s.3-of-3.part", "parts", "--format", "csv,html,json", "--out", "merged", "--quiet")
    #expect(merged.code == 0, "\(merged.error)")
    #expect(try differing(program, "single", "merged") == [])
    let record = try program.read("merged/record.json")
    #expect(record.contains("\"parts\"") && record.contains("\"fingerprint\""))
    // A part that is there is not made again.
    let before = try Data(contentsOf: program.folder.appending(path: "parts/s.2-of-3.part"))
    let again = try program.run("run", "s.yaml", "--draws", "200k", "--shard", "2/3", "--out", "parts")
    #expect(again.code == 0 && again.output.contains("made before"), "\(again.error)")
    #expect(try Data(contentsOf: program.folder.appending(path: "parts/s.2-of-3.part")) == before)
  }

  @Test("A missing part is an error with the command that makes it, which works")
  func missing() throws {
    let program = try program()
    defer { program.remove() }
    try make(program, [1, 3, 4], of: 4)
    let merged = try program.run("merge", "parts", "--out", "merged")
    #expect(merged.code == 66, "\(merged.error)")
    let command = try #require(merged.error.firstMatch(of: /`loadcast (run [^`]*)`/)).1
    #expect(command.contains("--shard 2/4"))
    let made = try program.run(shell: "exec \"$0\" \(command)")
    #expect(made.code == 0, "\(made.error)")
    #expect(try program.run("merge", "parts", "--out", "merged", "--quiet").code == 0)
  }

  @Test("Of a run in more parts than blocks, empty parts alone name those that are missing")
  func emptyParts() throws {
    let program = try program()
    defer { program.remove() }
    let make = "run s.yaml --draws 1k --out parts --quiet --shard"
    for number in [1, 2] { #expect(try program.run(shell: "exec \"$0\" \(make) \(number)/3").code == 0) }
    let refused = try program.run("merge", "parts", "--out", "o")
    #expect(refused.code == 66 && refused.error.contains("--shard 3/3"), "\(refused.error)")
    #expect(try program.run(shell: "exec \"$0\" \(make) 3/3").code == 0)
    #expect(try program.run("merge", "parts", "--out", "o").code == 0)
  }

  @Test("Parts of something else, damaged ones and a changed scenario are refused, and nothing is written")
  func refused() throws {
    let program = try program()
    defer { program.remove() }
    try make(program, [1, 2], of: 2)
    func refusal(_ arguments: String...) throws -> String {
      let outcome = try program.run(shell: "exec \"$0\" merge \(arguments.joined(separator: " ")) --out merged")
      #expect(outcome.code == 66, "\(outcome.error)")
      #expect(try !program.names().contains("merged"))
      return outcome.error
    }
    let seed = try program.run(
      "run", "s.yaml", "--draws", "200k", "--seed", "2", "--shard", "2/2", "--out", "others", "--quiet")
    #expect(seed.code == 0)
    #expect(try refusal("parts/s.1-of-2.part", "others/s.2-of-2.part").contains("its seed is 2, not 1"))
    // The same path: another run's part is neither used nor replaced.
    let over = try program.run("run", "s.yaml", "--draws", "200k", "--seed", "2", "--shard", "2/2", "--out", "parts")
    #expect(over.code == 66 && over.error.contains("its seed is 1, not 2"), "\(over.error)")

    let path = program.folder.appending(path: "parts/s.2-of-2.part")
    let whole = try Data(contentsOf: path)
    for damaged in [whole.dropLast(), whole + Data([0]), Data(), Data("loadcast part 1 2 x\n{}".utf8)] {
      try Data(damaged).write(to: path)
      #expect(try refusal("parts").contains("cannot be used"))
    }
    try whole.write(to: path)
    try program.write("year,value\n2024,\"8 MW to 12 MW\"\n2025,\"10 MW to 16 MW\"\n", to: "power.csv")
    #expect(try refusal("parts").contains("has changed since"))
    #expect(try refusal("nothing").contains("has no part"))
  }

  @Test("An interrupted part exits with 75 and is continued to the same bytes")
  func interrupted() throws {
    let program = try program()
    defer { program.remove() }
    let run = "exec \"$0\" run s.yaml --draws 60M --workers 1 --shard 1/2 --quiet --out"
    let whole = try program.run(shell: "\(run) whole", timeout: 300)
    #expect(whole.code == 0, "\(whole.error)")
    var codes: [Int32] = []
    for _ in 0..<4 {
      codes.append(try program.run(shell: "\(run) cut", signal: (SIGTERM, after: 0.5), timeout: 300).code)
    }
    let last = try program.run(shell: "\(run) cut", timeout: 300)
    #expect(last.code == 0, "\(last.error)")
    #expect(codes.first == 75 && codes.allSatisfy { $0 == 75 || $0 == 0 }, "\(codes)")
    func summaries(_ folder: String) throws -> String {
      let text = String(
        decoding: try Data(contentsOf: program.folder.appending(path: "\(folder)/s.1-of-2.part")), as: UTF8.self)
      return String(try #require(text.firstMatch(of: /"summaries" : "([0-9a-f]{64})"/)).1)
    }
    #expect(try summaries("cut") == summaries("whole"))
  }

  @Test("A tree of merges, in another order, gives the files of the single run")
  func tree() throws {
    let program = try program()
    defer { program.remove() }
    #expect(try program.run("run", "s.yaml", "--draws", "200k", "--out", "single", "--quiet").code == 0)
    try make(program, [1, 2, 3, 4, 5], of: 5)
    func merge(_ numbers: [Int], into file: String) throws -> Program.Outcome {
      try program.run(
        shell:
          "exec \"$0\" merge \(numbers.map { "parts/s.\($0)-of-5.part" }.joined(separator: " ")) --into \(file) --quiet"
      )
    }
    #expect(try merge([5, 3, 4], into: "b.part").code == 0)
    #expect(try merge([2, 1], into: "a.part").code == 0)
    #expect(try program.run("merge", "b.part", "a.part", "--out", "merged", "--quiet").code == 0)
    #expect(try differing(program, "single", "merged") == [])
    #expect(try program.run("merge", "b.part", "a.part", "--into", "all.part", "--quiet").code == 0)
    // A part that another one has as well is not used.
    #expect(try program.run("merge", "parts", "all.part", "--out", "again", "--quiet").code == 0)
    #expect(try differing(program, "single", "again") == [])
    let gap = try merge([1, 3], into: "c.part")
    #expect(gap.code == 66 && gap.error.contains("do not follow each other"), "\(gap.error)")
    #expect(try merge([1, 2], into: "c").code == 64)
    // Nothing but a part is replaced.
    try program.write("mine\n", to: "notes.part")
    let foreign = try merge([1, 2], into: "notes.part")
    #expect(foreign.code == 66 && foreign.error.contains("not replaced"), "\(foreign.error)")
    #expect(try program.read("notes.part") == "mine\n")
  }

  @Test("Exact quantiles are those of the single run, after as many rounds as they need")
  func exactQuantiles() throws {
    let program = try program()
    defer { program.remove() }
    let single = try program.run(
      "run", "s.yaml", "--draws", "200k", "--exact-quantiles", "--format", "csv,html", "--out", "single", "--quiet")
    #expect(single.code == 0, "\(single.error)")
    var codes: [Int32] = []
    while codes.last != 0, codes.count < 8 {
      try make(program, [2, 3, 1], of: 3, "--exact-quantiles")
      let merged = try program.run("merge", "parts", "--format", "csv,html", "--out", "merged", "--quiet")
      codes.append(merged.code)
      #expect(merged.code == 0 || merged.error.contains("round \(codes.count + 1)"), "\(merged.error)")
    }
    // Equal values, such as those of `draw`, are narrowed down to one double.
    #expect(codes.count > 2 && codes.dropLast().allSatisfy { $0 == 75 } && codes.last == 0, "\(codes)")
    #expect(try differing(program, "single", "merged") == [])
    // A part of the last round is missing.
    let names = try program.names(in: "parts")
    let last = try #require(names.first { $0.contains("1-of-3.round-\(codes.count).part") })
    let kept = try Data(contentsOf: program.folder.appending(path: "parts/\(last)"))
    try FileManager.default.removeItem(at: program.folder.appending(path: "parts/\(last)"))
    let missing = try program.run("merge", "parts", "--out", "again", "--quiet")
    #expect(missing.code == 66 && missing.error.contains("--shard 1/3"), "\(missing.error)")
    let text = String(decoding: kept, as: UTF8.self)
    #expect(text.contains("\"round\" : \(codes.count)") && text.contains("\"after\""))
    // Without the flag, the parts of the first round are those of another result.
    let without = try program.run("run", "s.yaml", "--draws", "200k", "--shard", "1/3", "--out", "parts")
    #expect(without.code == 66 && without.error.contains("--exact-quantiles"), "\(without.error)")
  }

  @Test("A checkpoint's folder is made and removed by a run that needs none; a part takes none")
  func checkpoint() throws {
    let program = try program()
    defer { program.remove() }
    let short = try program.run("run", "s.yaml", "--draws", "20k", "--checkpoint", "kept/here", "--out", "o", "--quiet")
    #expect(short.code == 0 && !FileManager.default.fileExists(atPath: program.folder.appending(path: "kept").path))
    let blocked = try program.run("run", "s.yaml", "--draws", "20k", "--checkpoint", "s.yaml/kept", "--out", "p")
    #expect(blocked.code == 74 && blocked.error.contains("s.yaml"), "\(blocked.error)")
    let part = try program.run("run", "s.yaml", "--shard", "1/2", "--checkpoint", "kept", "--out", "parts")
    #expect(part.code == 64 && part.error.contains("--checkpoint"), "\(part.error)")
    for name in ["kept", "p", "parts"] {
      #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: name).path), "\(name)")
    }
  }

  @Test("A tolerance is not divided")
  func undivided() throws {
    let program = try program()
    defer { program.remove() }
    let outcome = try program.run("run", "s.yaml", "--shard", "1/2", "--out", "parts", "--tolerance", "1%")
    #expect(outcome.code == 64 && outcome.error.contains("cannot be divided"), "\(outcome.error)")
  }
}
