import Diagnostics
import Modeling
import Yams

/// Reads YAML 1.2 into a tree of nodes with places.
///
/// A scenario file is one document of mappings, lists and scalars. Anchors, aliases, tags, merge keys, duplicate keys
/// and empty values are errors: they are mistakes (a formula that begins with `*`) or hide the origin of a value.
///
/// The YAML library resolves aliases internally, which a hostile file can use to exhaust memory. So the characters that
/// introduce anchors, aliases and tags, which are special only at the beginning of a node, are replaced by private-use
/// characters before parsing and restored afterwards; a plain scalar that begins with one is reported. Duplicate keys
/// are handled in a similar way: the first one is renamed, so that both are read.
package struct NodeReader {
  /// Maximum scalar size in bytes and nesting depth of a scenario file.
  static let largestScalar = 1_000_000
  static let deepestNesting = 64

  /// The document and its problems.
  package struct Result: Sendable {
    /// The document; entries with problems are left out.
    package var root: Node
    /// Problems that leave the rest readable, each with its path of keys.
    package var problems: [(path: [String], diagnostic: Diagnostic)]
  }

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - text: The text, without a byte order mark.
  ///   - file: The same text as lines, which gives the places.
  /// - Throws: The problem that stops reading: the text is not YAML, is nested too deeply, or is not a mapping.
  package static func result(of text: String, in file: SourceFile) throws(Diagnostics) -> Result {
    var reader = NodeReader(file)
    do throws(Diagnostic) {
      try reader.refuseControlCharacters(in: text)
      try reader.refuseInvisibleIndentation()
      let document = try reader.document(text)
      guard case .mapping = document else { throw reader.notMapping(document) }
      let root = try reader.node(document, path: [], owner: nil)
      let empty = Node(.mapping([]), at: SourcePlace(file: file, line: 1, column: 1))
      return Result(root: root ?? empty, problems: reader.problems)
    } catch {
      throw Diagnostics(reader.problems.map(\.diagnostic) + [error])
    }
  }

  private let file: SourceFile
  private let lines: LineTable
  private var problems: [(path: [String], diagnostic: Diagnostic)] = []
  private var escaping = IndicatorEscaping()

  private init(_ file: SourceFile) {
    self.file = file
    lines = LineTable(file)
  }

  // MARK: Text to document

  /// Rejects YAML's line separators other than `\n` and `\r`, and characters that text editors do not show.
  private func refuseControlCharacters(in text: String) throws(Diagnostic) {
    guard
      text.unicodeScalars.contains(where: {
        Self.isForbidden($0)
      })
    else { return }
    for (number, line) in file.lines.enumerated() {
      guard let index = line.unicodeScalars.firstIndex(where: Self.isForbidden) else { continue }
      let scalar = line.unicodeScalars[index]
      let code = String(scalar.value, radix: 16, uppercase: true)
      let name = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
      let column = line.distance(from: line.startIndex, to: index)
      throw Diagnostic(
        .controlCharacter(name, isNull: scalar.value == 0), at: lines.place(line: number, column: column))
    }
  }

  /// Rejects lines indented with characters that look like spaces, which YAML reads as part of a name.
  private func refuseInvisibleIndentation() throws(Diagnostic) {
    let lines = file.lines.indices.filter { Self.isIndentedInvisibly(file.lines[$0]) }
    guard let first = lines.first, let (scalar, offset) = InvisibleCharacter.first(in: file.lines[first]) else {
      return
    }
    let others = lines.dropFirst().map { $0 + 1 }
    throw Diagnostic(
      .invisibleIndentation(
        InvisibleCharacter.name(of: scalar), others: others.isEmpty ? nil : CellProblems.text(others)),
      at: self.lines.place(line: first, column: offset))
  }

  /// Whether an invisible character precedes a name with its colon, or the dash of a list item.
  private static func isIndentedInvisibly(_ line: Substring) -> Bool {
    guard line.utf8.contains(where: { $0 >= 0x80 }) else { return false }
    func isInvisible(_ character: Character) -> Bool {
      character.unicodeScalars.allSatisfy(InvisibleCharacter.isInvisible)
    }
    let rest = line.drop { $0 == " " || $0 == "\t" || isInvisible($0) }
    guard line.prefix(line.count - rest.count).contains(where: isInvisible) else { return false }
    if rest.hasPrefix("- ") { return true }
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return !name.isEmpty && rest.dropFirst(name.count).first == ":"
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  private mutating func document(_ text: String) throws(Diagnostic) -> Yams.Node {
    if let line = file.lines.firstIndex(where: { line in
      let content = line.drop { $0 == " " || $0 == "\t" }
      return !content.isEmpty && content.first != "#"
    }), file.lines[line].first == "%" {
      throw Diagnostic(.yamlDirective, at: lines.place(line: line, column: 0))
    }
    guard var escaped = escaping.text(for: text) else {
      throw Diagnostic(.privateUseCharacters, at: SourcePlace(file: file, line: 1, column: 1))
    }
    while true {
      do {
        let parser = try Parser(yaml: escaped, resolver: .basic, encoding: .utf8)
        guard let root = try parser.singleRoot() else {
          throw Diagnostic(.emptyFile, at: SourcePlace(file: file, line: 1, column: 1))
        }
        return root
      } catch let problem as Diagnostic {
        throw problem
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        let mark = context.mark
        guard let next = escaping.renamingKey(atLine: mark.line - 1, scalar: mark.column - 1, of: escaped) else {
          let column = lines.column(ofScalar: mark.column - 1, inLine: mark.line - 1)
          throw Diagnostic(
            .repeatedKey(escaping.unescaped(names.first ?? ""), first: nil),
            at: lines.place(line: mark.line - 1, column: column))
        }
        escaped = next
      } catch let problem as YamlError {
        throw YAMLErrorTranslation(problem, lines: lines).diagnostic
      } catch {
        throw Diagnostic(.unreadableYAML(), at: SourcePlace(file: file, line: 1, column: 1))
      }
    }
  }

  private func notMapping(_ document: Yams.Node) -> Diagnostic {
    if case .scalar(let scalar) = document, scalar.string.isEmpty {
      return Diagnostic(.emptyFile, at: place(of: document))
    }
    let found =
      switch document {
      case .sequence: "a list"
      default: "plain text"
      }
    return Diagnostic(.notAScenario(found: found), at: place(of: document))
  }

  // MARK: Document to nodes

  private func place(of node: Yams.Node) -> SourcePlace {
    let line = (node.mark?.line ?? 1) - 1
    return lines.place(line: line, column: lines.column(ofScalar: (node.mark?.column ?? 1) - 1, inLine: line))
  }

  private mutating func report(_ path: [String], _ diagnostic: Diagnostic) { problems.append((path, diagnostic)) }

  /// A node, or nil if it has a problem.
  ///
  /// - Parameter owner: The place of its key, where a missing value is reported.
  private mutating func node(_ node: Yams.Node, path: [String], owner: SourcePlace?) throws(Diagnostic) -> Node? {
    guard path.count <= Self.deepestNesting else {
      throw Diagnostic(.nestedTooDeeply(limit: Self.deepestNesting), at: place(of: node))
    }
    switch node {
    case .scalar(let scalar):
      guard let text = scalarText(scalar, path) else { return nil }
      guard !text.text.isEmpty || scalar.style == .singleQuoted || scalar.style == .doubleQuoted else {
        report(path, emptyScalar(scalar, text, owner))
        return nil
      }
      return Node(.scalar(text), at: text.place(offset: 0, length: max(1, text.places.count - 1)))
    case .sequence(let sequence):
      var items: [Node] = []
      let flow = place(of: node)
      for (index, item) in sequence.enumerated() {
        if let item = try self.node(item, path: path + [String(index)], owner: nil) { items.append(item) }
      }
      if let unquoted = UnquotedFlowText.inList(items) { report(path, unquoted) }
      return Node(.sequence(items), at: flow)
    case .mapping(let mapping):
      return try self.mapping(mapping, path: path, at: place(of: node))
    case .alias:
      throw Diagnostic(.yamlAlias, at: place(of: node))
    }
  }

  private mutating func mapping(
    _ mapping: Yams.Node.Mapping, path: [String], at place: SourcePlace
  ) throws(Diagnostic) -> Node? {
    var entries: [Node.Entry] = []
    var first: [String: SourcePlace] = [:]
    var texts: [UnquotedFlowText.Entry] = []
    var empty: [(entry: UnquotedFlowText.Entry, diagnostic: Diagnostic)] = []
    for (keyNode, valueNode) in mapping {
      guard case .scalar(let keyScalar) = keyNode else {
        report(path, Diagnostic(.keyNotName, at: self.place(of: keyNode)))
        continue
      }
      guard let key = scalarText(keyScalar, path) else { continue }
      let keyPlace = key.place(offset: 0, length: max(1, key.places.count - 1))
      if key.text.isEmpty {
        report(path, Diagnostic(.missingName, at: keyPlace))
        continue
      }
      if let problem = InvisibleCharacter.diagnostic(in: key.text, at: { key.place(offset: $0, length: 1) }) {
        report(path + [InvisibleCharacter.cleaned(key.text)], problem)
        continue
      }
      if key.text == "<<" {
        report(path, Diagnostic(.yamlMergeKey, at: keyPlace))
        continue
      }
      if let earlier = first[key.text] {
        report(path + [key.text], Diagnostic(.repeatedKey(key.text, first: earlier), at: keyPlace))
        continue
      }
      first[key.text] = keyPlace
      if case .scalar(let scalar) = valueNode, scalar.string.isEmpty, scalar.style == .plain {
        let entry = UnquotedFlowText.Entry(key: key, value: nil)
        empty.append((entry, EmptyValue.diagnostic(key: key, isFlow: isFlow(place), after: texts.last, lines)))
        texts.append(entry)
        continue
      }
      let value = try self.node(valueNode, path: path + [key.text], owner: keyPlace)
      guard let value else {
        texts.append(UnquotedFlowText.Entry(key: key, value: nil))
        continue
      }
      if case .scalar(let text) = value.kind {
        texts.append(UnquotedFlowText.Entry(key: key, value: text))
      } else {
        texts.append(UnquotedFlowText.Entry(key: key, value: nil))
      }
      entries.append(Node.Entry(key: key.text, keyPlace: keyPlace, value: value))
    }
    // A text split at its commas leaves keys without values; this is one mistake and is reported once.
    let unquoted = isFlow(place) ? UnquotedFlowText.inMapping(texts) : []
    for problem in unquoted {
      report(path, problem.diagnostic)
      let keys = Set(texts[problem.range].map(\.key.text))
      entries.removeAll { keys.contains($0.key) }
      empty.removeAll { keys.contains($0.entry.key.text) }
    }
    for (entry, problem) in empty { report(path + [entry.key.text], problem) }
    return Node(.mapping(entries), at: place)
  }

  /// Whether a mapping at a place is written in braces.
  private func isFlow(_ place: SourcePlace) -> Bool {
    let raw = lines.characters(ofLine: place.line - 1)
    return place.column <= raw.count && raw[place.column - 1] == "{"
  }

  /// A scalar with the places of its characters, or nil if it begins with a reserved character of YAML.
  private mutating func scalarText(_ scalar: Yams.Node.Scalar, _ path: [String]) -> ScalarText? {
    let line = (scalar.mark?.line ?? 1) - 1
    let column = lines.column(ofScalar: (scalar.mark?.column ?? 1) - 1, inLine: line)
    guard scalar.string.utf8.count <= Self.largestScalar else {
      report(
        path,
        Diagnostic(
          .textTooLong(
            megabytes: scalar.string.utf8.count / 1_000_000, limit: Self.largestScalar / 1_000_000),
          at: lines.place(line: line, column: column)))
      return nil
    }
    let style: ScalarPlaces.Style =
      switch scalar.style {
      case .singleQuoted: .singleQuoted
      case .doubleQuoted: .doubleQuoted
      case .literal: .literal
      case .folded: .folded
      default: .plain
      }
    let text = escaping.unescaped(scalar.string)
    let result = ScalarText(
      text: text, places: ScalarPlaces.of(text, style: style, line: line, column: column, in: lines), file: file)
    if style == .plain, let indicator = escaping.indicator(beginning: scalar.string) {
      report(path, ReservedIndicator.diagnostic(indicator, result))
      return nil
    }
    return result
  }

  /// The problem of a block scalar without content (`x: >3` is one), or of an empty list item.
  private func emptyScalar(_ scalar: Yams.Node.Scalar, _ text: ScalarText, _ owner: SourcePlace?) -> Diagnostic {
    let place = self.place(of: .scalar(scalar))
    guard scalar.style == .literal || scalar.style == .folded else {
      return Diagnostic(.missingYAMLValue, at: owner ?? place)
    }
    let written = String(lines.characters(ofLine: place.line - 1).dropFirst(place.column - 1))
    return Diagnostic(
      .emptyBlockText(String(written.prefix(1)), suggestion: "\"\(written)\""),
      at: lines.place(line: place.line - 1, column: place.column - 1, length: max(1, written.count)))
  }
}
