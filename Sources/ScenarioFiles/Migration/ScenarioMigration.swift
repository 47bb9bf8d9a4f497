import Diagnostics
import Modeling

/// Rewrites the replaced words of a scenario file.
///
/// Only keys and argument names of the language are rewritten, not labels, names or remarks with the same spelling. The
/// rest of the file, including comments and layout, is preserved byte for byte. Migration is idempotent.
package struct ScenarioMigration: Sendable {
  /// A word that is rewritten.
  package struct Change: Sendable, Hashable {
    /// The line of the old word, counted from 1.
    package var line: Int
    /// The column of its first character, counted from 1.
    package var column: Int
    /// The word as the file has it.
    package var old: String
    /// The word that takes its place.
    package var new: String
  }

  /// The path as shown in messages.
  package let path: String
  /// The rewritten words, in the order of the file.
  package let changes: [Change]
  /// The migrated text, with the byte order mark if the file has one.
  package let text: String

  /// Reads a file and finds its replaced words.
  ///
  /// - Throws: the problems of a file that cannot be parsed, or that gives a key under both words. The scenario is not
  ///   checked otherwise.
  package init(ofFileAt path: String) throws(Diagnostics) {
    let (folder, name) = try ScenarioFolder.containing(scenario: path, root: nil)
    let contents = try folder.contents(of: name, limit: ScenarioFolder.largestScenario, at: nil)
    let read = try NodeReader.result(of: contents.text, in: contents.file)
    guard read.problems.isEmpty else { throw Diagnostics(read.problems.map(\.diagnostic)) }
    if case .mapping(let sections) = read.root.kind, let version = sections.first(where: { $0.key == "loadcast" }) {
      let problem = LanguageVersion.problem(of: version.value.text ?? "")
      if let problem { throw Diagnostics(problem, at: version.value.place) }
    }
    var search = ReplacedWordSearch()
    search.visit(scenario: read.root)
    guard search.problems.isEmpty else { throw Diagnostics(search.problems) }
    self.path = contents.file.path
    let found = search.found.sorted { $0.place < $1.place }
    changes = found.map { Change(line: $0.place.line, column: $0.place.column, old: $0.old, new: $0.new) }
    text = (contents.hasByteOrderMark ? "\u{FEFF}" : "") + Self.text(contents, found)
  }

  /// The text with the words replaced. Lines of a `SourceFile` share their indices with its text.
  private static func text(_ contents: ScenarioFolder.Contents, _ words: [ReplacedWordSearch.Found]) -> String {
    var result = ""
    var position = contents.text.startIndex
    for word in words {
      let line = contents.file.lines[word.place.line - 1]
      let start = line.index(line.startIndex, offsetBy: word.place.column - 1)
      result += contents.text[position..<start] + word.new
      position = line.index(start, offsetBy: word.old.count)
    }
    return result + contents.text[position...]
  }
}

/// Finds the replaced words of a scenario file.
private struct ReplacedWordSearch {
  /// A replaced word with its place.
  struct Found {
    var old: String
    var new: String
    var place: SourcePlace
  }

  private(set) var found: [Found] = []
  private(set) var problems: [Diagnostic] = []

  /// Searches the sections whose entries have keys.
  mutating func visit(scenario root: Node) {
    for section in root.entries {
      switch section.key {
      case "inputs": for entry in section.value.entries { visit(entry.value, ScenarioSchema.input) }
      case "references": for entry in section.value.entries { visit(entry.value, ScenarioSchema.reference) }
      case "evidence":
        guard case .sequence(let items) = section.value.kind else { continue }
        for item in items {
          let sets = [ScenarioSchema.triangulation, ScenarioSchema.publishable]
          let keys = item.entries.map(\.key)
          visit(item, sets.first { keys.contains($0.required[0]) } ?? ScenarioSchema.observation)
        }
      case "run": visit(section.value, ScenarioSchema.run)
      default: break
      }
    }
  }

  /// Searches one mapping with known keys, or its short form, a value.
  private mutating func visit(_ node: Node, _ keys: SchemaMapping) {
    if case .scalar(let text) = node.kind { return visit(value: text) }
    for entry in node.entries {
      if let new = ReplacedWord.replacement(for: entry.key, .key(of: keys.subject)) {
        if let other = node.entries.first(where: { $0.key == new }) {
          problems.append(
            Diagnostic(.replacedAndGiven(entry.key, new: new, at: other.keyPlace), at: entry.keyPlace))
        } else {
          note(Found(old: entry.key, new: new, place: entry.keyPlace))
        }
      }
      if ["value", "missing", "measured", "equals"].contains(entry.key) { visit(values: entry.value) }
    }
  }

  /// Adds a word, unless the file writes it with escapes of a quoted text.
  private mutating func note(_ word: Found) {
    guard word.place.begins(with: word.old) else {
      problems.append(
        Diagnostic(.replacedWithEscapes(word.old, new: word.new), at: word.place))
      return
    }
    found.append(word)
  }

  /// Searches values by label.
  private mutating func visit(values node: Node) {
    switch node.kind {
    case .scalar(let text): visit(value: text)
    case .sequence(let items): for item in items { visit(values: item) }
    case .mapping(let entries): for entry in entries { visit(values: entry.value) }
    }
  }

  /// Searches a value for argument names; text that cannot be parsed is left to the check.
  private mutating func visit(value text: ScalarText) {
    guard let syntax = try? FormulaParser.syntax(of: text) else { return }
    var rest = [syntax]
    while let next = rest.popLast() {
      rest += next.parts
      guard case .call(let name, _, let arguments) = next.kind else { continue }
      for written in arguments.compactMap(\.name) {
        guard let new = ReplacedWord.replacement(for: written.text, .argument(of: name)) else { continue }
        note(Found(old: written.text, new: new, place: written.place))
      }
    }
  }
}

extension SourcePlace {
  /// Whether the file has this text at the place, as opposed to an escaped form of it.
  func begins(with text: String) -> Bool {
    file.lines.indices.contains(line - 1) && file.lines[line - 1].dropFirst(column - 1).hasPrefix(text)
  }
}

extension Node {
  /// The entries of a mapping; none of any other node.
  fileprivate var entries: [Entry] {
    if case .mapping(let entries) = kind { entries } else { [] }
  }
}
