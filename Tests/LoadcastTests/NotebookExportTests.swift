import Foundation
import Testing

/// Notebooks and data packages, and whether those of the repository are of today's scenarios.
@Suite("Notebooks")
struct NotebookExportTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The scenarios that do not extend another; notebooks of variants are exported on demand.
  static let scenarios: [String] = {
    let folder = root.appending(path: "scenarios")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().filter { name in
      let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
      return !text.split(separator: "\n").contains { $0.hasPrefix("extends:") }
    }.map { String($0.dropLast(5)) }
  }()

  private static func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("The repository has notebooks of every scenario that stands on its own, and of no other")
  func complete() throws {
    #expect(Self.scenarios.count >= 4)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appending(path: "notebooks-export").path)
    let expected = Self.scenarios.flatMap { [$0, "\($0).ipynb", "\($0).qmd"] } + ["README.md"]
    #expect(Set(names.filter { !$0.hasPrefix(".") }) == Set(expected))
  }

  @Test(
    "They are those of the scenarios as they are now: else `loadcast export notebook` makes them anew",
    arguments: scenarios)
  func fresh(_ name: String) throws {
    let program = try Program()
    defer { program.remove() }
    let out = program.folder.path
    let shell =
      "cd '\(Self.root.path)' && exec \"$0\" export notebook scenarios/\(name).yaml --draws 1024 --out '\(out)' --quiet"
    let outcome = try program.run(shell: shell)
    #expect(outcome.code == 0, "\(outcome.error)")
    let shipped = Self.root.appending(path: "notebooks-export")
    let package = try Self.object(Data(contentsOf: shipped.appending(path: "\(name)/datapackage.json")))
    let fresh = try Self.object(Data(contentsOf: program.folder.appending(path: "\(name)/datapackage.json")))
    let (kept, made) = (package["loadcast"] as? [String: Any], fresh["loadcast"] as? [String: Any])
    #expect(kept?["digest"] as? String == made?["digest"] as? String, "the scenario has changed since")
    // Of a scenario with latent totals, all draws of the posterior.
    let hasPosterior = FileManager.default.fileExists(atPath: shipped.appending(path: "\(name)/latent_errors.csv").path)
    let draws = hasPosterior ? (65_536, "65536") : (1_000_000, "1M")
    #expect(kept?["draws"] as? Int == draws.0)
    for ending in ["ipynb", "qmd"] {
      let text = try program.read("\(name).\(ending)").replacing("--draws 1024 ", with: "--draws \(draws.1) ")
        .replacing("run of 1024 draws", with: "run of \(draws.1) draws")
      let shippedText = try String(contentsOf: shipped.appending(path: "\(name).\(ending)"), encoding: .utf8)
      #expect(text == shippedText, "\(name).\(ending) is not what the program writes now")
    }
    // Columns and tables are described as they are.
    let tables = try #require(package["resources"] as? [[String: Any]])
    #expect(
      tables.compactMap { $0["path"] as? String }
        == (fresh["resources"] as? [[String: Any]])?.compactMap { $0["path"] as? String })
    for table in tables {
      let path = try #require(table["path"] as? String)
      let data = try Data(contentsOf: shipped.appending(path: "\(name)/\(path)"))
      #expect(data.count == table["bytes"] as? Int, "\(path)")
      let header = String(decoding: data.prefix { $0 != 13 }, as: UTF8.self).split(separator: ",").map(String.init)
      let fields = try #require((table["schema"] as? [String: Any])?["fields"] as? [[String: Any]])
      #expect(fields.compactMap { $0["name"] as? String } == header)
      for field in fields {
        #expect((field["description"] as? String)?.isEmpty == false, "\(path): \(field["name"] ?? "")")
      }
    }
  }

  @Test("What a scenario says of its publication is in the package, and in DataCite's form if that can be complete")
  func publication() throws {
    let program = try Program()
    defer { program.remove() }
    func export(_ publication: String) throws -> [String: Any] {
      try program.write(
        "title: A title\nabout: An abstract\npublication: {\(publication)}\ninputs: {a: 1 to 2}\noutputs: {a: {}}\n",
        to: "s.yaml")
      let outcome = try program.run("export", "notebook", "s.yaml", "--draws", "1024", "--out", "o", "--quiet")
      #expect(outcome.code == 0, "\(outcome.error)")
      return try Self.object(Data(program.read("o/s/datapackage.json").utf8))
    }
    let incomplete = try export("licence: MIT, creators: One, period: 2025, place: Here")
    #expect((incomplete["licenses"] as? [[String: String]])?.first?["name"] == "MIT")
    #expect((incomplete["period"] as? [String: Int]) == ["first": 2025, "last": 2025])
    #expect(incomplete["place"] as? String == "Here" && incomplete["created"] == nil)
    #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "o/s/datacite.json").path))
    let package = try export(
      "licence: CC-BY-4.0, creators: [One, Two], keywords: [energy], period: 2019..2030, date: 2024-02-29, version: 3")
    #expect((package["contributors"] as? [[String: String]])?.map { $0["title"] } == ["One", "Two"])
    #expect(package["keywords"] as? [String] == ["energy"] && package["version"] as? String == "3")
    #expect(package["created"] as? String == "2024-02-29T00:00:00Z")
    let record = try Self.object(Data(program.read("o/s/datacite.json").utf8))
    // The required members of schema 4.5, with which its own JSON schema is validated by hand.
    let required = ["schemaVersion", "creators", "titles", "publisher", "publicationYear", "types"]
    #expect(required.allSatisfy { record[$0] != nil } && record["publicationYear"] as? String == "2024")
    let dates = try #require(record["dates"] as? [[String: String]])
    #expect(dates.map { $0["date"] } == ["2024-02-29", "2019/2030"])
    #expect((record["rightsList"] as? [[String: String]])?.first?["rightsIdentifier"] == "CC-BY-4.0")
  }

  @Test("A cell of an exported histogram has at most 50 bins, each of which adjoins the next", arguments: scenarios)
  func bins(_ name: String) throws {
    let file = Self.root.appending(path: "notebooks-export/\(name)/histogram.csv")
    let rows = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(!rows.isEmpty)
    var (bins, greatest) = (1, 1)
    for (row, next) in zip(rows, rows.dropFirst()) {
      // The last four columns are low, high, count and density.
      if row.dropLast(4) == next.dropLast(4) {
        bins += 1
        #expect(row[row.count - 3] == next[next.count - 4], "\(next.joined(separator: ","))")
      } else {
        bins = 1
      }
      greatest = max(greatest, bins)
    }
    #expect(greatest <= 50)
  }

  @Test("A notebook is of format 4.5, and the second time is the same to the byte, with any number of workers")
  func repeatable() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    for (workers, out) in [("1", "a"), ("3", "b")] {
      let outcome = try program.run("export", "notebook", "s.yaml", "--workers", workers, "--out", out)
      #expect(outcome.code == 0, "\(outcome.error)")
    }
    #expect(try program.names(in: "a") == ["s", "s.ipynb", "s.qmd"])
    for name in try program.names(in: "a/s").map({ "s/\($0)" }) + ["s.ipynb", "s.qmd"] {
      #expect(try program.read("a/\(name)") == program.read("b/\(name)"), "\(name)")
    }
    let notebook = try Self.object(Data(try program.read("a/s.ipynb").utf8))
    #expect(notebook["nbformat"] as? Int == 4 && notebook["nbformat_minor"] as? Int == 5)
    let cells = try #require(notebook["cells"] as? [[String: Any]])
    #expect(Set(cells.compactMap { $0["id"] as? String }).count == cells.count)
  }

  @Test("With observations, pictures are of the posterior, and every column is described")
  func conditioned() throws {
    let program = try Program()
    defer { program.remove() }
    let text = """
      title: "Seen \\"once\\""
      indexes: {rank: [a, b]}
      inputs: {x: "normal(10 MW, 2 MW)", y: {over: [rank], value: "normal(1, 0.1)", dependence: independent}}
      equations: {z: x * y}
      outputs: {z: {unit: MW}}
      evidence:
        - {observe: x, measured: "normal(11 MW, 1 MW)"}
      """
    try program.write(text, to: "s.yaml")
    let outcome = try program.run("export", "notebook", "s.yaml", "--draws", "20k", "--out", "o")
    #expect(outcome.code == 0, "\(outcome.error)")
    #expect(try program.read("o/s.ipynb").contains(#"[\"conditioning\"] == \"posterior\""#))
    let package = try Self.object(Data(try program.read("o/s/datapackage.json").utf8))
    let tables = try #require(package["resources"] as? [[String: Any]])
    #expect(tables.contains { $0["path"] as? String == "observations.csv" })
    for table in tables {
      let fields = try #require((table["schema"] as? [String: Any])?["fields"] as? [[String: Any]])
      for field in fields { #expect(field["description"] is String, "\(field)") }
    }
    let schema = tables[0]["schema"] as? [String: Any]
    #expect(schema?["primaryKey"] as? [String] == ["output", "conditioning", "rank"])
  }

  @Test("Mistakes leave nothing behind")
  func mistakes() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(smallScenario, to: "s.yaml")
    for (arguments, text) in [
      ("export notebok s.yaml", "notebook"), ("export notebook s.yaml --name ../x", "without a folder"),
      ("export notebook s.yaml --draws x", "not a number of draws"),
    ] {
      let outcome = try program.run(shell: "exec \"$0\" \(arguments)")
      #expect(outcome.code == 64, "\(arguments): \(outcome.error)")
      #expect(outcome.error.contains(text), "\(arguments): \(outcome.error)")
    }
    #expect(try program.names() == ["s.yaml"])
  }
}
