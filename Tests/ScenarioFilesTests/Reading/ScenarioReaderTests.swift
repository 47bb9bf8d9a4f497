import Foundation
import Modeling
import ScenarioFiles
import Testing

/// A folder of files that exists for one test.
final class TemporaryFolder: Sendable {
  let path: String

  init(_ files: [String: String] = [:]) throws {
    path = FileManager.default.temporaryDirectory.path + "/loadcast-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(Data(text.utf8), to: name) }
  }

  func write(_ data: Data, to name: String) throws {
    let file = path + "/" + name
    let folder = String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.endIndex))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try data.write(to: URL(fileURLWithPath: file))
  }

  func draft(_ name: String = "main.yaml", _ options: Scenario.Options = Scenario.Options()) throws -> Draft {
    try ScenarioReader(options: options).draft(ofFileAt: path + "/" + name)
  }

  /// The screen of all that is wrong with a scenario, with the folder's path left out.
  func screen(_ name: String = "main.yaml", _ options: Scenario.Options = Scenario.Options()) -> String {
    var problems: [Diagnostic] = []
    do {
      problems = try draft(name, options).diagnostics
    } catch let error as Diagnostics {
      problems = error.all
    } catch {
      Issue.record(error)
    }
    return DiagnosticRenderer().text(of: problems).replacingOccurrences(of: path + "/", with: "")
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A value as text: `{a: 1, b: [2, 3]}`.
private func flat(_ node: Node) -> String {
  switch node.kind {
  case .scalar(let text): text.text
  case .sequence(let items): "[" + items.map(flat).joined(separator: ", ") + "]"
  case .mapping(let entries): "{" + entries.map { "\($0.key): \(flat($0.value))" }.joined(separator: ", ") + "}"
  }
}

private func flat(_ entries: [Draft.Entry]) -> [String] { entries.map { "\($0.name): \(flat($0.value))" } }

@Suite("A scenario's files are joined to one draft")
struct ScenarioReaderTests {
  @Test("All sections of one file, in order, with the digest of its bytes")
  func oneFile() throws {
    let folder = try TemporaryFolder([
      "main.yaml": """
      title: Two
      about: |
        lines
      indexes: {year: 2019..2021}
      units: [gpu]
      inputs:
        b: 1
        a: {value: 2}
      equations: {c: a * b}
      outputs: {c: {unit: W}}
      references: {r: 5}
      correlations: [[a, b, 0.3]]
      run: {draws: 10k, seed: 4}
      """
    ])
    let draft = try folder.draft()
    #expect(draft.title == "Two" && draft.about == "lines\n")
    #expect(flat(draft.indexes) == ["year: 2019..2021"])
    #expect(draft.units.map(\.text) == ["gpu"])
    #expect(flat(draft.inputs) == ["b: 1", "a: {value: 2}"])
    #expect(flat(draft.equations) == ["c: a * b"])
    #expect(flat(draft.outputs) == ["c: {unit: W}"])
    #expect(flat(draft.references) == ["r: 5"])
    #expect(draft.correlations.map(flat) == ["[a, b, 0.3]"])
    #expect(flat(draft.run) == ["draws: 10k", "seed: 4"])
    #expect(draft.diagnostics.isEmpty && draft.unreadable.isEmpty)
    #expect(draft.files.map(\.path) == ["main.yaml"])
  }

  @Test("An extension replaces whole entries in their places, moves, removes, and adds at the end")
  func extends() throws {
    let folder = try TemporaryFolder([
      "main.yaml": """
      extends: base.yaml
      units: [token, gpu]
      inputs: {new: 9, b: {value: 3}, c: none}
      equations: {a: b * 2}
      outputs: {e: {unit: kW, scope: {basis: market, region: none}}, d: none}
      correlations: [[b, x, 0.9], [new, b, 0.1], [x, y, none]]
      run: {seed: 7}
      """,
      "base.yaml": """
      title: Base
      units: [gpu]
      inputs: {a: 1, b: {value: 2, source: old}, c: 3, x: 4, y: 5}
      equations: {e: a + b, d: c}
      outputs: {d: {unit: W}, e: {unit: W, scope: {boundary: it, basis: location, region: us}}}
      correlations: [[x, b, 0.5], [a, c, 0.2], [y, x, 0.3]]
      run: {draws: 1k, seed: 1}
      """,
    ])
    let draft = try folder.draft()
    #expect(draft.diagnostics.isEmpty)
    #expect(draft.title == "Base")
    #expect(draft.units.map(\.text) == ["gpu", "token"])
    #expect(flat(draft.inputs) == ["b: {value: 3}", "x: 4", "y: 5", "new: 9"])
    #expect(flat(draft.equations) == ["e: a + b", "d: c", "a: b * 2"])
    #expect(flat(draft.outputs) == ["e: {unit: kW, scope: {boundary: it, basis: market}}"])
    #expect(draft.correlations.map(flat) == ["[b, x, 0.9]", "[new, b, 0.1]"])
    #expect(flat(draft.run) == ["draws: 1k", "seed: 7"])
    #expect(draft.files.map(\.path) == ["main.yaml", "base.yaml"])
  }

  @Test("Included files come first, in the order listed, each once, with the folder of their tables")
  func include() throws {
    let folder = try TemporaryFolder([
      "main.yaml": "inputs: {m: 1}\ninclude: [parts/a.yaml, parts/b.yaml]\n",
      "parts/a.yaml": "about: for its readers\ninclude: ../shared.yaml\ninputs: {a: {table: a.csv}}\n",
      "parts/b.yaml": "include: [../shared.yaml, ./a.yaml]\ninputs: {b: 2}\nunits: [gpu]\n",
      "shared.yaml": "inputs: {s: 0}\nunits: [gpu]\n",
    ])
    let draft = try folder.draft()
    #expect(draft.diagnostics.isEmpty)
    #expect(draft.inputs.map(\.name) == ["s", "a", "b", "m"])
    #expect(draft.inputs.map(\.folder) == ["", "parts", "parts", ""])
    #expect(draft.about == nil && draft.units.map(\.text) == ["gpu"])
    #expect(draft.files.map(\.path) == ["main.yaml", "parts/a.yaml", "shared.yaml", "parts/b.yaml"])
  }

  @Test("A name that two files give, sections that a fragment may not have, and unknown sections are told with places")
  func includeMistakes() throws {
    let folder = try TemporaryFolder([
      "main.yaml": "include: a.yaml\nequations: {x: 2}\ninptus: {y: 3}\nsweeps: {vary: 3}\n",
      "a.yaml": "title: no\ninputs: {x: 1}\n",
    ])
    #expect(
      folder.screen() == """
        a.yaml:1:1: error: a file that is included cannot have `title`
        1 | title: no
          | ^^^^^
          expected: `title` in the scenario that includes it

        main.yaml:2:13: error: `x` is given twice
        2 | equations: {x: 2}
          |             ^
          expected: one name for one index, input, equation or reference
        a.yaml:2:10: note: first given here, in `inputs`
        2 | inputs: {x: 1}
          |          ^

        main.yaml:3:1: error: there is no section `inptus`
        3 | inptus: {y: 3}
          | ^^^^^^
          expected: \(Keys.scenario.names.joined(separator: " "))
          did you mean: inputs

        main.yaml:4:1: warning: this version does not read `sweeps`
        4 | sweeps: {vary: 3}
          | ^^^^^^
          found: the scenario is checked and run as if the section were not there

        3 errors, 1 warning

        """)
  }

  @Test("Removals of what is not there")
  func removals() throws {
    let folder = try TemporaryFolder([
      "main.yaml": "extends: base.yaml\ninputs: {eletricity: none}\ncorrelations: [[a, b, none]]\n",
      "base.yaml": "inputs: {electricity: 1}\n", "alone.yaml": "inputs: {a: none}\n",
    ])
    #expect(
      folder.screen() == """
        main.yaml:2:10: error: there is no `eletricity` to remove
        2 | inputs: {eletricity: none}
          |          ^^^^^^^^^^
          did you mean: electricity

        main.yaml:3:16: error: there is no such correlation to remove
        3 | correlations: [[a, b, none]]
          |                ^

        2 errors

        """)
    #expect(
      folder.screen("alone.yaml") == """
        alone.yaml:1:10: error: there is nothing to remove: this scenario extends no other
        1 | inputs: {a: none}
          |          ^
          expected: `none` only in a file with `extends:`

        1 error

        """)
  }

  @Test("Cycles show their chain")
  func cycles() throws {
    let folder = try TemporaryFolder([
      "main.yaml": "extends: b.yaml\n", "b.yaml": "extends: c.yaml\n", "c.yaml": "title: c\nextends: b.yaml\n",
      "i.yaml": "include: j.yaml\n", "j.yaml": "include: [k.yaml]\n", "k.yaml": "include: j.yaml\n",
    ])
    #expect(
      folder.screen() == """
        c.yaml:2:10: error: a scenario cannot extend itself
        2 | extends: b.yaml
          |          ^^^^^^
          found: b.yaml → c.yaml → b.yaml

        1 error

        """)
    #expect(folder.screen("i.yaml").contains("found: j.yaml → k.yaml → j.yaml"))
  }

  @Test("A chain of a thousand files is refused, not followed until the stack is full")
  func longChain() throws {
    var files = ["main.yaml": "extends: 0.yaml\n"]
    for number in 0..<200 { files["\(number).yaml"] = "extends: \(number + 1).yaml\n" }
    #expect(try TemporaryFolder(files).screen().contains("error: this chain of files is too long"))
  }

  @Test("Problems of all files come in one go")
  func allAtOnce() throws {
    let folder = try TemporaryFolder([
      "main.yaml": "include: [a.yaml, b.yaml, parts/missing.yaml]\ninputs: {x: *y}\n", "a.yaml": "- a\n",
      "b.yaml": "x: [\n",
      "parts/missin.yaml": "inputs: {}\n",
    ])
    #expect(
      folder.screen() == """
        main.yaml:1:27: error: there is no file `parts/missing.yaml`
        1 | include: [a.yaml, b.yaml, parts/missing.yaml]
          |                           ^^^^^^^^^^^^^^^^^^
          did you mean: parts/missin.yaml

        main.yaml:2:13: error: a text cannot begin with `*` unless it is in quotes: that begins an alias, and aliases are not part of scenario files
        2 | inputs: {x: *y}
          |             ^^
          did you mean: "*y"

        a.yaml:1:1: error: this is no scenario
        1 | - a
          | ^
          expected: sections such as `inputs:` and `equations:`
          found: a list

        b.yaml:1:4: error: `[` is not closed
        1 | x: [
          |    ^
          expected: `]`

        4 errors

        """)
  }

  @Test("An entry that cannot be read is remembered, so that nobody calls its name unknown")
  func unreadable() throws {
    let folder = try TemporaryFolder(["main.yaml": "inputs:\n  a: {value: 1, source: &x}\n  b: 2\n"])
    let draft = try folder.draft()
    #expect(draft.unreadable == ["a"] && draft.inputs.map(\.name) == ["b"] && draft.diagnostics.count == 1)
  }

  @Test(
    "Sections of the wrong shape",
    arguments: [
      ("inputs: 3", "`inputs` holds names with a value each"),
      ("equations: [a, b]", "`equations` holds names with a value each"),
      ("correlations: {a: b}", "`correlations` is a list"), ("units: {a: b}", "`units` is a list"),
      ("units: [a, [b]]", "`units` is a list of texts"), ("title: [a]", "`title` is a text"),
      ("extends: [a]", "`extends` is a text"), ("units: [a, b, a]", "`a` is given twice"),
      ("correlations: [[a, b, 1], [b, a, 2]]", "this correlation is given twice"),
    ])
  func shapes(text: String, message: String) throws {
    #expect(try TemporaryFolder(["main.yaml": text]).draft().diagnostics.map(\.message) == [message])
  }
}

@Suite("Files are opened inside the scenario's folder only")
struct ScenarioFolderTests {
  @Test("Paths that lead out are refused, through dots, links and from the root")
  func outside() throws {
    let outer = try TemporaryFolder(["secret.yaml": "inputs: {s: 1}\n"])
    let folder = try TemporaryFolder([
      "main.yaml": "include: [../x.yaml, /etc/passwd, a/../../y.yaml, link.yaml, \"\"]\n",
      "sub/deep.yaml": "include: ../ok.yaml\n",
      "ok.yaml": "inputs: {a: 1}\n",
    ])
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link.yaml", withDestinationPath: outer.path + "/secret.yaml")
    let messages = folder.screen().split(separator: "\n").filter { $0.contains("error: ") }.map {
      $0.split(separator: "error: ")[1]
    }
    #expect(
      messages == [
        "`../x.yaml` leads out of the scenario's folder", "`/etc/passwd` is an absolute path",
        "`a/../../y.yaml` leads out of the scenario's folder",
        "`link.yaml` is a link that leads out of the scenario's folder",
        "a path is missing",
      ])
    // A scenario in a subfolder reaches its neighbours only where the root says so.
    #expect(folder.screen("sub/deep.yaml").contains("leads out of the scenario's folder"))
    let wide = try folder.draft("sub/deep.yaml", Scenario.Options(root: folder.path))
    #expect(wide.inputs.map(\.name) == ["a"] && wide.files.map(\.path) == ["sub/deep.yaml", "ok.yaml"])
    #expect(
      folder.screen("main.yaml", Scenario.Options(root: folder.path + "/sub")).contains(
        "lies outside the folder of --root"))
  }

  @Test("What is no regular, readable text of a bearable size is refused at once")
  func otherFiles() throws {
    let folder = try TemporaryFolder([
      "marked.yaml": "\u{FEFF}title: a\r\ninputs:\r\n  x: 1\r\n", "empty.yaml": "", "blank.yaml": " \n\n",
    ])
    #expect(mkfifo(folder.path + "/pipe.yaml", 0o600) == 0)
    try folder.write(Data([0x61, 0x3A, 0x20, 0xC3, 0xA9, 0x0A, 0x62, 0x3A, 0xC3, 0xA9, 0xFF, 0x0A]), to: "latin.yaml")
    try folder.write(Data([0xFF, 0xFE, 0x61, 0x00]), to: "wide.yaml")
    #expect(truncate(folder.path + "/empty.yaml", 0) == 0)
    #expect(FileManager.default.createFile(atPath: folder.path + "/huge.yaml", contents: nil))
    #expect(truncate(folder.path + "/huge.yaml", 100_000_000) == 0)

    func head(_ name: String) -> Substring { folder.screen(name).split(separator: "\n")[0] }
    #expect(head("pipe.yaml") == "error: `pipe.yaml` is no regular file")
    #expect(
      head(".") == "error: `\(folder.path.split(separator: "/").last ?? "")` is a folder, not a file"
        || head(".").contains("is a folder"))
    #expect(head("huge.yaml") == "error: `huge.yaml` is too large to be a scenario (100 MB)")
    #expect(head("nothing.yaml") == "error: there is no file `nothing.yaml`")
    #expect(head("empty.yaml") == "empty.yaml:1:1: error: the file is empty")
    #expect(head("blank.yaml") == "blank.yaml:1:1: error: the file is empty")
    #expect(head("latin.yaml") == "latin.yaml:2:4: error: this file is not UTF-8 text")
    #expect(folder.screen("wide.yaml").contains("found: UTF-16"))
    let marked = try folder.draft("marked.yaml")
    #expect(marked.title == "a" && marked.inputs.map(\.name) == ["x"])
    #expect(marked.inputs[0].namePlace.description.hasSuffix("marked.yaml:3:3"))
  }

  @Test("Tables are read through the root, with the place of whoever names them")
  func tables() throws {
    let folder = try TemporaryFolder(["main.yaml": "inputs: {a: {table: t.csv}}\n", "evidence/t.csv": "a,b\n1,2\n"])
    let draft = try folder.draft()
    let (file, digest) = try draft.root.read("evidence/./t.csv", nil)
    #expect(file.lines == ["a,b", "1,2", ""])
    // printf 'a,b\n1,2\n' | sha256sum
    #expect(digest == "492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470")
    #expect(throws: Diagnostics.self) { try draft.root.read("../t.csv", nil) }
    #expect(throws: Diagnostics.self) { try draft.root.read("t.csv", draft.inputs[0].namePlace) }
  }
}

@Suite("SHA-256 is what FIPS 180-4 says")
struct Sha256Tests {
  /// From NIST's example values for SHA-256 (Secure Hash Standard, examples) and `sha256sum` for the lengths around a
  /// block's end: `python3 -c "print('a' * 55, end='')" | sha256sum`, and so on.
  @Test(
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (String(repeating: "a", count: 55), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
      (String(repeating: "a", count: 64), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
      (String(repeating: "a", count: 100_000), "6d1cf22d7cc09b085dfc25ee1a1f3ae0265804c607bc2074ad253bcc82fd81ee"),
    ])
  func vectors(text: String, digest: String) {
    #expect(Sha256.hexadecimal(of: Array(text.utf8)) == digest)
  }
}

@Suite("Assignments of the command line")
struct AssignmentTests {
  @Test("Name, argument, factor and cell")
  func targets() throws {
    func target(_ text: String) throws -> String {
      let assignment = try AssignmentParser.assignment(from: text)
      return "\(assignment.name) \(assignment.target) \(assignment.value.text) @\(assignment.value.place.column)"
    }
    #expect(try target("pue=1.2") == "pue value 1.2 @5")
    #expect(try target("pue = 1.1 to 1.3") == "pue value 1.1 to 1.3 @7")
    #expect(try target("pue.mode=1.2") == "pue argument(\"mode\") 1.2 @10")
    #expect(try target("fleet*=0.5") == "fleet factor 0.5 @8")
    #expect(try target("x[2025, us-east]=3 W") == "x cell([\"2025\", \"us-east\"]) 3 W @18")
    #expect(try target("x[year=2025]=lognormal(mean=3, sd=1)") == "x cell([\"year=2025\"]) lognormal(mean=3, sd=1) @14")
  }

  @Test("Mistakes are shown in the flag's own text")
  func mistakes() throws {
    let folder = try TemporaryFolder(["main.yaml": "inputs: {a: 1}\n"])
    #expect(
      folder.screen("main.yaml", Scenario.Options(assignments: ["a", "=3", "a=", "a+=3", "a[]=3", "a=1 +", "a=3"]))
        == """
        --set:1:1: error: an assignment needs `=`
        1 | a
          | ^
          expected: NAME=value, NAME.ARGUMENT=value, NAME*=number or NAME[label]=value

        --set:1:1: error: the name of an input is missing before `=`
        1 | =3
          | ^
          expected: NAME=value, NAME.ARGUMENT=value, NAME*=number or NAME[label]=value

        --set:1:2: error: a value is missing after `=`
        1 | a=
          |  ^
          expected: NAME=value, NAME.ARGUMENT=value, NAME*=number or NAME[label]=value

        --set:1:2: error: `+` cannot follow a name
        1 | a+=3
          |  ^
          expected: NAME=value, NAME.ARGUMENT=value, NAME*=number or NAME[label]=value

        --set:1:2: error: `[]` cannot follow a name
        1 | a[]=3
          |  ^^
          expected: NAME=value, NAME.ARGUMENT=value, NAME*=number or NAME[label]=value

        --set:1:5: error: something is missing after `+`
        1 | a=1 +
          |     ^
          expected: a number, a name or an opening parenthesis

        6 errors

        """)
  }
}

@Suite("The JSON Schema is made from the catalogue of keys")
struct ScenarioSchemaTests {
  @Test("It is JSON, names its draft, and describes every section and key")
  func everyKey() throws {
    let object = try JSONSerialization.jsonObject(with: Data(ScenarioSchema.json().utf8)) as? [String: Any]
    let schema = try #require(object)
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    let sections = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(Set(sections.keys) == Set(Keys.scenario.names))
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    for (name, keys) in [
      ("input", Keys.input), ("equation", Keys.equation), ("output", Keys.output), ("reference", Keys.reference),
      ("scope", Keys.scope), ("comparison", Keys.comparison), ("correlation", Keys.correlation), ("run", Keys.run),
    ] {
      let properties = try #require(definitions[name]?["properties"] as? [String: [String: Any]])
      #expect(Set(properties.keys) == Set(keys.names))
      for (key, property) in properties {
        #expect((property["description"] as? String)?.isEmpty == false, "\(name).\(key)")
      }
      #expect(definitions[name]?["additionalProperties"] as? Bool == false)
    }
  }

  @Test("Every reference leads to a definition")
  func references() throws {
    let json = ScenarioSchema.json()
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let definitions = try #require(object?["$defs"] as? [String: Any])
    for part in json.components(separatedBy: "\"#/$defs/").dropFirst() {
      #expect(definitions[String(part.prefix { $0 != "\"" })] != nil)
    }
  }
}
