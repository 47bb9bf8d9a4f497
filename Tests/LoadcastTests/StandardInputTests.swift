import Foundation
import Testing

@Suite("Scenarios from standard input")
struct StandardInputTests {
  @Test("Results equal those of a file at the place given by --as, whose tables are found from there")
  func sameResults() throws {
    let program = try Program()
    defer { program.remove() }
    try FileManager.default.createDirectory(
      at: program.folder.appendingPathComponent("study"), withIntermediateDirectories: true)
    try program.write("region,value\nus,1 to 2\neu,3 to 5\n", to: "study/weights.csv")
    let scenario = """
      indexes: {region: [us, eu]}
      inputs: {weight: {over: region, table: weights.csv, dependence: independent}}
      outputs: {weight: {}}
      run: {draws: 4k}

      """
    try program.write(scenario, to: "study/model.yaml")
    try program.write(scenario, to: "copy")
    #expect(try program.run("run", "study/model.yaml", "--quiet", "--out", "file").code == 0)
    let shell = "exec \"$0\" \"$@\" < copy"
    let piped = try program.run("run", "-", "--as", "study/model.yaml", "--quiet", "--out", "input", shell: shell)
    #expect(piped.code == 0, "\(piped.error)")
    for name in ["summary.csv", "quantiles.csv", "histogram.csv"] {
      #expect(try program.read("file/\(name)") == program.read("input/\(name)"))
    }
    let record = try program.read("input/record.json")
    #expect(record.contains(#""path": "model.yaml""#))
    // The scenario need not exist at its place.
    try FileManager.default.removeItem(at: program.folder.appendingPathComponent("study/model.yaml"))
    #expect(try program.run("check", "-", "--as", "study/model.yaml", shell: shell).code == 0)
    let pair = try program.run(
      "compare", "-", "-", "--as", "study/model.yaml", "--set-b", "weight*=2", "--no-attribution", shell: shell)
    #expect(pair.code == 0, "\(pair.error)")
    #expect(try program.names(in: "results") == ["model-compared"])
  }

  @Test("Problems are placed in the file that it would be")
  func problems() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write("inputs: {a: 1 too 2}\noutputs: {a: {}}\n", to: "copy")
    let shell = "exec \"$0\" \"$@\" < copy"
    let named = try program.run("check", "-", "--as", "model.yaml", shell: shell)
    #expect(named.code == 65)
    #expect(named.error.hasPrefix("model.yaml:1:19: error["), "\(named.error)")
    #expect(try program.run("check", "-", shell: shell).error.hasPrefix("standard-input.yaml:1:19: error["))
    let absent = try program.run("check", "-", "--as", "nowhere/model.yaml", shell: shell)
    #expect(absent.code == 66 && absent.error.contains("there is no file `nowhere`"), "\(absent.error)")
    let folder = try program.run("check", "-", "--as", "..", shell: shell)
    #expect(folder.code == 66 && folder.error.contains("`..` is a folder, not a file"), "\(folder.error)")
    let file = try program.run("check", "copy", "--as", "model.yaml")
    #expect(file.code == 64 && file.error.contains("--as needs the scenario `-`"), "\(file.error)")
    let outside = try program.run("check", "-", "--as", "model.yaml", "--root", "/usr", shell: shell)
    #expect(outside.code == 66 && outside.error.contains("is outside the folder of --root"), "\(outside.error)")
  }

  @Test("Tables in other formats, and addresses, are named, with what to do")
  func formats() throws {
    let program = try Program()
    defer { program.remove() }
    let files: [(name: String, bytes: [UInt8], message: String)] = [
      ("sheet.xlsx", [0x50, 0x4B, 3, 4, 20, 0], "is a spreadsheet (.xlsx, .ods) or another ZIP archive"),
      ("old.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "is a spreadsheet of Excel 97 to 2003"),
      ("table.parquet", Array("PAR1".utf8) + [0x15, 0], "is a Parquet file"),
      ("table.csv.gz", [0x1F, 0x8B, 8, 0], "is a gzip archive"),
    ]
    for (name, bytes, message) in files {
      try Data(bytes).write(to: program.folder.appendingPathComponent(name))
      try program.write(
        "indexes: {r: [a, b]}\ninputs: {x: {over: r, table: \(name)}}\noutputs: {x: {}}\n", to: "s.yaml")
      let checked = try program.run("check", "s.yaml")
      #expect(checked.code == 65 && checked.error.contains("error[files.encoding]: `\(name)` \(message)"))
      #expect(checked.error.contains("expected: "))
      #expect(try program.run("run", name).error.contains("`\(name)` \(message)"))
    }
    try program.write(
      "indexes: {r: [a, b]}\ninputs: {x: {over: r, table: 'https://example.org/t.csv'}}\noutputs: {x: {}}\n",
      to: "s.yaml")
    let message = "`https://example.org/t.csv` is an address, and only files are read"
    #expect(try program.run("check", "s.yaml").error.contains("error[files.path]: \(message)"))
    #expect(try program.run("check", "https://example.org/t.csv").error.contains("error[files.path]: \(message)"))
  }

  @Test("Input that is too large, is a folder, or never ends is refused")
  func refusals() throws {
    let program = try Program()
    defer { program.remove() }
    let zeros = try program.run("check", "-", shell: "exec \"$0\" \"$@\" < /dev/zero")
    #expect(zeros.code == 66 && zeros.error.contains("`-` is too large for a scenario"), "\(zeros.error)")
    let folder = try program.run("check", "-", shell: "exec \"$0\" \"$@\" < .")
    #expect(folder.code == 66 && folder.error.contains("`-` cannot be read"), "\(folder.error)")
    let silent = try program.run(
      "check", "-", shell: "exec \"$0\" \"$@\" < <(exec sleep 30)", signal: (SIGTERM, 1))
    #expect(silent.code == 143)
  }
}
