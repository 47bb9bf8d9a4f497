import Modeling
import ScenarioFiles
import Testing

/// A value as text: `{a: 1, b: [2, 3]}`.
private func flat(_ node: Node) -> String {
  switch node.kind {
  case .scalar(let text): text.text
  case .sequence(let items): "[" + items.map(flat).joined(separator: ", ") + "]"
  case .mapping(let entries): "{" + entries.map { "\($0.key): \(flat($0.value))" }.joined(separator: ", ") + "}"
  }
}

private func flat(_ entries: [ParsedScenario.Entry]) -> [String] { entries.map { "\($0.name): \(flat($0.value))" } }

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
    let parsed = try folder.parsed()
    #expect(parsed.title == "Two" && parsed.about == "lines\n")
    #expect(flat(parsed.indexes) == ["year: 2019..2021"])
    #expect(parsed.units.map(\.text) == ["gpu"])
    #expect(flat(parsed.inputs) == ["b: 1", "a: {value: 2}"])
    #expect(flat(parsed.equations) == ["c: a * b"])
    #expect(flat(parsed.outputs) == ["c: {unit: W}"])
    #expect(flat(parsed.references) == ["r: 5"])
    #expect(parsed.correlations.map { flat($0.node) } == ["[a, b, 0.3]"])
    #expect(flat(parsed.run) == ["draws: 10k", "seed: 4"])
    #expect(parsed.diagnostics.isEmpty && parsed.unreadable.isEmpty)
    #expect(parsed.files.map(\.path) == ["main.yaml"])
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
    let parsed = try folder.parsed()
    #expect(parsed.diagnostics.isEmpty)
    #expect(parsed.title == "Base")
    #expect(parsed.units.map(\.text) == ["gpu", "token"])
    #expect(flat(parsed.inputs) == ["b: {value: 3}", "x: 4", "y: 5", "new: 9"])
    #expect(flat(parsed.equations) == ["e: a + b", "d: c", "a: b * 2"])
    #expect(flat(parsed.outputs) == ["e: {unit: kW, scope: {boundary: it, basis: market}}"])
    #expect(parsed.correlations.map { flat($0.node) } == ["[b, x, 0.9]", "[new, b, 0.1]"])
    #expect(flat(parsed.run) == ["draws: 1k", "seed: 7"])
    #expect(parsed.files.map(\.path) == ["main.yaml", "base.yaml"])
  }

  @Test("Included files come first, in the order listed, each once, with the folder of their tables")
  func include() throws {
    let folder = try TemporaryFolder([
      "main.yaml": "inputs: {m: 1}\ninclude: [parts/a.yaml, parts/b.yaml]\n",
      "parts/a.yaml": "about: for its readers\ninclude: ../shared.yaml\ninputs: {a: {table: a.csv}}\n",
      "parts/b.yaml": "include: [../shared.yaml, ./a.yaml]\ninputs: {b: 2}\nunits: [gpu]\n",
      "shared.yaml": "inputs: {s: 0}\nunits: [gpu]\n",
    ])
    let parsed = try folder.parsed()
    #expect(parsed.diagnostics.isEmpty)
    #expect(parsed.inputs.map(\.name) == ["s", "a", "b", "m"])
    #expect(parsed.inputs.map(\.folder) == ["", "parts", "parts", ""])
    #expect(parsed.about == nil && parsed.units.map(\.text) == ["gpu"])
    #expect(parsed.files.map(\.path) == ["main.yaml", "parts/a.yaml", "shared.yaml", "parts/b.yaml"])
  }

  @Test("A name that two files give, sections that a fragment may not have, and unknown sections are told with places")
  func includeMistakes() throws {
    let folder = try TemporaryFolder([
      "main.yaml": "include: a.yaml\nequations: {x: 2}\ninptus: {y: 3}\nsensitivity: {a: 3}\n",
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
          expected: \(ScenarioSchema.scenario.names.joined(separator: " "))
          did you mean: inputs

        main.yaml:4:1: warning: this version does not read `sensitivity`
        4 | sensitivity: {a: 3}
          | ^^^^^^^^^^^
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
    let parsed = try folder.parsed()
    #expect(parsed.unreadable == ["a"] && parsed.inputs.map(\.name) == ["b"] && parsed.diagnostics.count == 1)
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
    #expect(try TemporaryFolder(["main.yaml": text]).parsed().diagnostics.map(\.message) == [message])
  }
}
