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

  @Test("A chain of a thousand files is refused, not followed until the stack is full")
  func longChain() throws {
    var files = ["main.yaml": "extends: 0.yaml\n"]
    for number in 0..<200 { files["\(number).yaml"] = "extends: \(number + 1).yaml\n" }
    #expect(try TemporaryFolder(files).screen().contains("error[files.chain]: this chain of files is too long"))
  }

  @Test("An entry that cannot be read is remembered, so that nobody calls its name unknown")
  func unreadable() throws {
    let folder = try TemporaryFolder(["main.yaml": "inputs:\n  a: {value: 1, source: &x}\n  b: 2\n"])
    let parsed = try folder.parsed()
    #expect(parsed.unreadable == ["a"] && parsed.inputs.map(\.name) == ["b"] && parsed.diagnostics.count == 1)
  }
}
