import Diagnostics
import Modeling

/// Reads a scenario file with the files that it extends and includes, and merges them.
package struct ScenarioReader {
  private let options: Scenario.Options

  /// Creates a reader that applies the options of the command line.
  package init(options: Scenario.Options = Scenario.Options()) { self.options = options }

  /// The parsed scenario of a file.
  ///
  /// - Throws: All problems, if one of the files cannot be read as a whole; problems of single entries are part of the
  ///   result, so that the others can be checked. A problem without a place concerns the scenario file itself: it does
  ///   not exist or cannot be opened.
  package func parsedScenario(ofFileAt path: String) throws(Diagnostics) -> ParsedScenario {
    var (folder, name) =
      if path == GivenScenario.word, let given = options.given {
        try ScenarioFolder.containing(given, root: options.root)
      } else {
        try ScenarioFolder.containing(scenario: path, root: options.root)
      }
    folder.overlay = options.overlay
    var session = ReadingSession(folder: folder)
    let contents = try folder.contents(of: name, limit: ScenarioFolder.largestScenario, at: nil)
    let declarations = session.scenario(name, contents)
    guard session.isWhole else { throw Diagnostics(session.problems) }

    let read = {
      @Sendable [folder] (path: String, place: SourcePlace?) throws(Diagnostics) -> (SourceFile, sha256: String) in
      let inside = try folder.path(path, from: "", at: place)
      let contents = try folder.contents(of: inside, limit: ScenarioFolder.largestTable, at: place)
      return (contents.file, sha256: contents.sha256)
    }
    var parsed = ParsedScenario(
      file: contents.file, root: ScenarioRoot(folder: folder.path, published: folder.published, read: read))
    parsed.title = declarations.title
    parsed.about = declarations.about
    parsed.publication = declarations.publication
    for (section, entry) in declarations.names.all {
      switch section {
      case .indexes: parsed.indexes.append(entry)
      case .inputs: parsed.inputs.append(entry)
      case .latent: parsed.latents.append(entry)
      case .equations: parsed.equations.append(entry)
      case .references: parsed.references.append(entry)
      case .outputs, .run: break
      }
    }
    parsed.outputs = declarations.outputs.all.map(\.entry)
    parsed.run = declarations.run.all.map(\.entry)
    parsed.units = declarations.units
    parsed.correlations = declarations.correlations.all.map(\.item)
    parsed.evidence = declarations.evidence
    parsed.sweeps = declarations.sweeps
    parsed.files = session.files
    parsed.unreadable = session.unreadable
    for text in options.assignments {
      do throws(Diagnostics) {
        parsed.assignments.append(try AssignmentParser.assignment(from: text))
      } catch {
        session.problems += error.all
      }
    }
    for text in options.targets {
      do throws(Diagnostics) {
        parsed.targets.append(try FormulaParser.syntax(of: ScalarText(flag: options.targetFlag, text: text)))
      } catch {
        session.problems += error.all
      }
    }
    parsed.diagnostics = session.problems
    return parsed
  }
}

/// The state of reading one scenario: the files that have been read, the files being read, and the problems.
private struct ReadingSession {
  let folder: ScenarioFolder
  var problems: [Diagnostic] = []
  /// Whether every file could be read as a whole.
  var isWhole = true
  var files: [(path: String, sha256: String)] = []
  var unreadable: Set<String> = []
  /// Files being read, outermost first; reading one of them again would be a cycle.
  private var chain: [String] = []
  private var included: Set<String> = []
  /// Maximum length of a chain of files; every link is one level of recursion.
  private static let longestChain = 64

  init(folder: ScenarioFolder) { self.folder = folder }

  // MARK: Files

  /// The entries of a scenario file, before they are merged into a base.
  mutating func scenario(_ name: String, _ contents: ScenarioFolder.Contents) -> FileDeclarations {
    chain.append(name)
    defer { chain.removeLast() }
    files.append((path: name, sha256: contents.sha256))
    guard let sections = sections(contents) else { return FileDeclarations() }
    var base: FileDeclarations?
    if let extends = sections.first(where: { $0.key == "extends" }) {
      if let text = text(extends.value, "extends"), let (name, contents) = file(text, from: name, "extends") {
        base = scenario(name, contents)
      }
    }
    let declarations = self.declarations(of: sections, in: name, isFragment: false)
    guard var result = base else {
      if !sections.contains(where: { $0.key == "extends" }) { declarations.refuseRemovals(&problems) }
      return declarations
    }
    result.change(by: declarations, &problems)
    return result
  }

  /// The sections of a file; nil if it is not a scenario.
  private mutating func sections(_ contents: ScenarioFolder.Contents) -> [Node.Entry]? {
    do throws(Diagnostics) {
      let result = try NodeReader.result(of: contents.text, in: contents.file)
      problems += result.problems.map(\.diagnostic)
      guard case .mapping(var sections) = result.root.kind else { return nil }
      // An entry with a problem inside is omitted, and its absence is not reported.
      for (path, _) in result.problems where path.count >= 2 {
        guard let section = sections.firstIndex(where: { $0.key == path[0] }),
          case .mapping(var entries) = sections[section].value.kind
        else { continue }
        entries.removeAll { $0.key == path[1] }
        sections[section].value.kind = .mapping(entries)
        unreadable.insert(path[1])
      }
      return sections
    } catch {
      problems += error.all
      isWhole = false
      return nil
    }
  }

  /// Reads a further file, unless it cannot be read or closes a cycle.
  private mutating func file(
    _ written: ScalarText, from home: String, _ key: String
  ) -> (name: String, contents: ScenarioFolder.Contents)? {
    let place = written.place(offset: 0, length: written.text.count)
    do throws(Diagnostics) {
      let name = try folder.path(written.text, from: Self.folder(of: home), at: place)
      if let first = chain.firstIndex(of: name) {
        problems.append(
          Diagnostic(.fileCycle(key, chain: (chain[first...] + [name]).joined(separator: " → ")), at: place))
        isWhole = false
        return nil
      }
      guard chain.count < Self.longestChain else {
        problems.append(Diagnostic(.chainTooLong(limit: Self.longestChain), at: place))
        isWhole = false
        return nil
      }
      if key == "include", !included.insert(name).inserted { return nil }
      return (name, try folder.contents(of: name, limit: ScenarioFolder.largestScenario, at: place))
    } catch {
      problems += error.all
      isWhole = false
      return nil
    }
  }

  private static func folder(of name: String) -> String {
    let parent = ScenarioFolder.parent(of: name)
    return parent == "." ? "" : parent
  }

  // MARK: Sections

  private mutating func declarations(of sections: [Node.Entry], in name: String, isFragment: Bool) -> FileDeclarations {
    var declarations = FileDeclarations()
    // Entries of included files come first, regardless of the position of `include`.
    for section in sections where section.key == "include" {
      for text in texts(section.value, "include", "a path, or a list of paths") {
        guard let (name, contents) = file(text, from: name, "include") else { continue }
        files.append((path: name, sha256: contents.sha256))
        guard let fragment = self.sections(contents) else { continue }
        chain.append(name)
        let inner = self.declarations(of: fragment, in: name, isFragment: true)
        chain.removeLast()
        declarations.add(inner, &problems)
      }
    }
    for section in sections {
      if isFragment, ScenarioSchema.notInFragments.contains(section.key) {
        problems.append(Diagnostic(.sectionOfFragment(section.key), at: section.keyPlace))
        continue
      }
      read(section, into: &declarations, in: name, isFragment: isFragment)
    }
    return declarations
  }

  private mutating func read(
    _ section: Node.Entry, into declarations: inout FileDeclarations, in name: String, isFragment: Bool
  ) {
    let value = section.value
    switch section.key {
    case "loadcast": checkVersion(value)
    case "title": declarations.title = text(value, "title")?.text
    case "about":
      // The description of a fragment is only for readers of its file.
      let about = text(value, "about")?.text
      if !isFragment { declarations.about = about }
    case "publication": declarations.publication = value
    case "extends", "include": break
    case "units":
      let texts = texts(value, "units", "a list of names")
      var first: [String: SourcePlace] = [:]
      var units: [UnitText] = []
      for text in texts {
        let place = text.place(offset: 0, length: text.text.count)
        if let earlier = first[text.text] {
          problems.append(Diagnostic(.repeatedKey(text.text, first: earlier), at: place))
          continue
        }
        first[text.text] = place
        units.append(UnitText(text.text, at: place))
      }
      declarations.add(units: units)
    case "correlations":
      guard case .sequence(let items) = value.kind else {
        problems.append(
          Diagnostic(
            .notList("correlations", expected: "a line `- [a, b, 0.4]` for each", found: Self.kind(of: value)),
            at: value.place))
        return
      }
      for item in items {
        declarations.add(correlation: ParsedScenario.Item(node: item, folder: Self.folder(of: name)), &problems)
      }
    case "sweeps": declarations.sweeps.append((value, Self.folder(of: name)))
    case "evidence": declarations.evidence.append(value)
    case let key:
      guard let known = FileDeclarations.Section(rawValue: key) else {
        problems.append(
          Diagnostic(
            .unknownSection(
              key, sections: ScenarioSchema.scenario.names,
              nearest: NearestName.of(key, among: ScenarioSchema.scenario.names)),
            at: section.keyPlace))
        return
      }
      guard case .mapping(let entries) = value.kind else {
        problems.append(Diagnostic(.notNamedEntries(key, found: Self.kind(of: value)), at: value.place))
        return
      }
      let home = Self.folder(of: name)
      for entry in entries {
        declarations.add(
          ParsedScenario.Entry(name: entry.key, namePlace: entry.keyPlace, value: entry.value, folder: home), in: known,
          &problems)
      }
    }
  }

  /// Refuses a file in an unsupported version of the language.
  private mutating func checkVersion(_ node: Node) {
    guard let text = text(node, "loadcast") else { return }
    guard let problem = LanguageVersion.problem(of: text.text) else { return }
    problems.append(Diagnostic(problem, at: node.place))
    // Another version may have other keys; a text that is not a version says nothing about them.
    if problem.suggestion == nil { isWhole = false }
  }

  private static func kind(of node: Node) -> String {
    switch node.kind {
    case .scalar: "plain text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// A node's text, or nil after reporting a problem.
  private mutating func text(_ node: Node, _ key: String) -> ScalarText? {
    if case .scalar(let text) = node.kind { return text }
    problems.append(Diagnostic(.notText(key, found: Self.kind(of: node)), at: node.place))
    return nil
  }

  /// The texts of a list; a single text is a list of one.
  private mutating func texts(_ node: Node, _ key: String, _ expected: String) -> [ScalarText] {
    switch node.kind {
    case .scalar(let text): return [text]
    case .sequence(let items):
      return items.compactMap { item in
        if case .scalar(let text) = item.kind { return text }
        problems.append(
          Diagnostic(.notListOfTexts(key, expected: expected, found: Self.kind(of: item)), at: item.place))
        return nil
      }
    case .mapping:
      problems.append(
        Diagnostic(.notList(key, expected: expected, found: Self.kind(of: node)), at: node.place))
      return []
    }
  }
}
