import Foundation
import Testing

@Suite("Nothing that is published has an absolute path of this machine")
struct PublishedPathTests {
  /// The files below a folder with their bytes as Latin-1, in which every byte is a character.
  private func contents(of program: Program, below folder: String) throws -> [String: String] {
    let root = program.folder.appendingPathComponent(folder)
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    var found: [String: String] = [:]
    for name in names {
      let path = "\(folder)/\(name)"
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(
        atPath: program.folder.appendingPathComponent(path).path, isDirectory: &isFolder)
      if !isFolder.boolValue { found[path] = try program.read(path, encoding: .isoLatin1) }
    }
    return found
  }

  private static let scenario = """
    title: Electricity by region
    indexes: {region: [us, eu]}
    inputs:
      weight: {over: region, table: tables/weights.csv, dependence: independent, source: none}
      power: {value: 500 W to 700 W, source: data sheet 2024}
    equations: {total: "sum(weight, over=region) * power"}
    outputs: {total: {unit: kW, compare: [town]}}
    references: {town: {value: 3 kW to 5 kW, source: survey 2023}}
    run: {draws: 2k}

    """

  @Test(
    "Every command that writes files, with absolute paths, inside and outside the working directory",
    arguments: [".", "elsewhere"])
  func commands(workingDirectory: String) throws {
    let program = try Program()
    defer { program.remove() }
    let files = FileManager.default
    for folder in ["study/tables", "elsewhere"] {
      try files.createDirectory(at: program.folder.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    try program.write("region,value\nus,1 to 2\neu,3 to 5\n", to: "study/tables/weights.csv")
    try program.write(Self.scenario, to: "study/s.yaml")
    try program.write(Self.scenario.replacingOccurrences(of: "700 W", with: "800 W"), to: "study/t.yaml")
    try program.write("case,observed.total kW\na,3\nb,4\n", to: "study/cases.csv")
    try program.write("power\n600 W\n650 W\n", to: "study/pairs.csv")
    let formats = "csv,excel,html,json,npy,ro-crate,sqlite,vega"
    let lines = [
      "run $S/s.yaml --format \(formats) --export-draws 50 --root $S",
      "run $S/s.yaml --format \(formats) --export-draws=50",
      "sweep $S/s.yaml --pairing $S/pairs.csv", "sensitivity $S/s.yaml", "disclosure $S/s.yaml",
      "discover $S/s.yaml --when 'total > 3 kW'", "compare $S/s.yaml $S/t.yaml --format csv,html",
      "backtest $S/s.yaml --cases=$S/cases.csv", "export notebook $S/s.yaml --name n",
      "draw $S/s.yaml --number 2 --output total",
    ]
    for line in lines {
      let shell = "T=$PWD; S=$T/study; cd \(workingDirectory) && exec \"$0\" \(line) --out $T/out"
      let outcome = try program.run(shell: shell)
      #expect(outcome.code == 0, "\(line): \(outcome.error)")
    }
    let chart = try program.run(
      shell: "T=$PWD; cd \(workingDirectory) && exec \"$0\" chart $T/out --svg $T/out/c.svg --vega $T/out/c.vl.json")
    #expect(chart.code == 0, "\(chart.error)")
    let published = try contents(of: program, below: "out")
    #expect(published.keys.filter { $0.hasSuffix("record.json") }.count == 8, "\(published.keys.sorted())")
    let prefix = program.folder.path
    for (name, text) in published.sorted(by: { $0.key < $1.key }) {
      #expect(!text.contains(prefix) && !text.contains("file://"), "\(name) has the path of the working directory")
    }
    let record = try #require(published["out/record.json"])
    #expect(record.contains("\"scenario_folder\": \"\(workingDirectory == "." ? "study" : ".")\""))
    let inside = workingDirectory == "." ? "study/s.yaml" : "s.yaml"
    let parsed = try JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any]
    #expect((parsed?["arguments"] as? [String])?.prefix(2) == ["run", inside])
    // The recorded paths lead to the scenario from the working directory, or from the folder of the scenario.
    let start = workingDirectory == "." ? "." : "study"
    let verified = try program.run("verify", "out", "--from", start)
    #expect(verified.code == 0 && !verified.output.contains("scenario's file"), "\(verified.output)")
  }
}
