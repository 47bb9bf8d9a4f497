import Diagnostics
import Modeling

/// Two scenarios that are compared, and the hybrids between them, which take some of the differing entries from the
/// second scenario and the rest from the first.
///
/// Entries of indexes, inputs, equations, references and correlations are compared as written, except for `source`,
/// `note`, `quality` and `disclosable_by`; assignments of flags and tables belong to the entries that they change.
/// Entries that cannot be exchanged alone, such as an equation with the new input that it names, form one part.
package final class ScenarioDiff {
  /// The unchanged scenarios; `b` has the settings of `a`.
  package let a: Model, b: Model
  /// The differences in canonical order: entries that must change together form one part.
  package private(set) var parts: [Part]
  /// Outputs that both scenarios report, with the same dimension.
  package let commonOutputs: [String]
  private let parsedA: ParsedScenario, parsedB: ParsedScenario
  private let options: Scenario.Options

  /// Differing entries that are exchanged together.
  package struct Part: Sendable {
    /// Their names, in order.
    package var names: [String]
    /// `input`, `equation`, `reference`, `index` or `correlations` if all are of one kind; otherwise `entries`.
    package var kind: String

    /// The names in one text.
    package var text: String { names.joined(separator: " + ") }
  }

  /// Marks folders of the second scenario's entries in a hybrid.
  private static let mark = "\u{1}"

  /// Reads and checks two scenarios.
  ///
  /// - Throws: every diagnostic of the first invalid scenario.
  package init(
    fileAt pathA: String, _ optionsA: Scenario.Options, fileAt pathB: String, _ optionsB: Scenario.Options
  ) throws(Diagnostics) {
    var b: Model
    (parsedA, a) = try Self.read(pathA, optionsA)
    (parsedB, b) = try Self.read(pathB, optionsB)
    b.settings = a.settings
    self.b = b
    options = optionsA
    let (modelA, modelB) = (a, b)
    commonOutputs = a.outputs.map { modelA[$0.quantity].name }.filter { name in
      guard let own = modelA.output(named: name), let other = modelB.output(named: name) else { return false }
      return own.unit.dimension == other.unit.dimension
    }
    parts = []
    let differing = Self.differences(parsedA, parsedB)
    let plain = differing.filter { Self.isExchangeable($0, a, b) }
    let rest = differing.filter { !plain.contains($0) }
    let groups = plain.map { [$0] } + grouped(rest, all: differing)
    parts = groups.sorted { order($0) < order($1) }.map { Part(names: $0, kind: kind(of: $0)) }
  }

  /// A parsed scenario and its model.
  private static func read(
    _ path: String, _ options: Scenario.Options
  ) throws(Diagnostics) -> (parsed: ParsedScenario, model: Model) {
    let check = SuggestionChecker(ofFileAt: path, options: options)
    do throws(Diagnostics) {
      let parsed = try ScenarioReader(options: options).parsedScenario(ofFileAt: path)
      var model = try ModelChecker(parsed, options: options).model()
      model.warnings = check.checked(model.warnings)
      return (parsed, model)
    } catch {
      throw Diagnostics(check.checked(error.all))
    }
  }

  /// The hybrid that takes some parts from the second scenario and the others from the first, and reports the common
  /// outputs.
  ///
  /// - Throws: the errors of the hybrid, if parts do not fit together after all.
  package func hybrid(taking taken: Set<Int>) throws(Diagnostics) -> Model {
    try model(Set(taken.flatMap { parts[$0].names }))
  }

  /// Merges all parts into one, for scenarios whose parts cannot be exchanged one by one.
  package func joinParts() {
    let names = parts.flatMap(\.names)
    if !names.isEmpty { parts = [Part(names: names, kind: kind(of: names))] }
  }

  // MARK: Differences

  /// The name of the entry that comprises all correlations; no entry of another section can have it.
  private static let correlations = "correlations:"

  private static func entries(_ parsed: ParsedScenario) -> [(section: String, entry: ParsedScenario.Entry)] {
    parsed.indexes.map { ("index", $0) } + parsed.inputs.map { ("input", $0) }
      + parsed.latents.map { ("latent total", $0) } + parsed.equations.map { ("equation", $0) }
      + parsed.references.map { ("reference", $0) }
  }

  /// The content of an entry that results depend on.
  private static func content(_ section: String, _ entry: ParsedScenario.Entry, _ parsed: ParsedScenario) -> String {
    let assigned = parsed.assignments.filter { $0.name == entry.name }.map(\.flag)
    return ([section] + content(entry.value, entry.folder, parsed) + assigned).joined(separator: "\n")
  }

  /// A node's text, and the content of the tables that it names.
  private static func content(_ node: Node, _ folder: String, _ parsed: ParsedScenario) -> [String] {
    [text(of: withoutLabels(node))]
      + tables(in: node).map { path in
        (try? parsed.root.read(folder.isEmpty ? path : folder + "/" + path, nil).sha256) ?? path
      }
  }

  /// All correlations as text.
  private static func correlations(of parsed: ParsedScenario) -> [String] {
    parsed.correlations.map { content($0.node, $0.folder, parsed).joined(separator: "\n") }.sorted()
  }

  /// The node of an entry without its names in words, which no result depends on.
  private static func withoutLabels(_ node: Node) -> Node {
    guard case .mapping(let entries) = node.kind else { return node }
    var kept = entries.filter { $0.key != "label" }
    guard kept.count == 1, kept[0].key == "labels" else {
      return kept.count == entries.count ? node : Node(.mapping(kept), at: node.place)
    }
    // The labels of an index: their words are only for readers.
    guard case .mapping(let labels) = kept[0].value.kind else { return kept[0].value }
    kept = labels.map { Node.Entry(key: $0.key, keyPlace: $0.keyPlace, value: Node(.sequence([]), at: $0.keyPlace)) }
    return Node(.mapping(kept), at: node.place)
  }

  /// A node without places, and without the keys that are only for readers.
  private static func text(of node: Node) -> String {
    switch node.kind {
    case .scalar(let scalar): return scalar.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    case .sequence(let items): return "[\(items.map(text).joined(separator: ", "))]"
    case .mapping(let entries):
      let kept = entries.filter { !["source", "note", "quality", "disclosable_by"].contains($0.key) }
      // The short form of an input or equation equals the long form with only the value.
      if kept.count == 1, ["value", "formula"].contains(kept[0].key) { return text(of: kept[0].value) }
      return "{\(kept.map { "\($0.key): \(text(of: $0.value))" }.sorted().joined(separator: ", "))}"
    }
  }

  /// The tables that a node names: the text of `table:`, `matrix:` and `published:`, or of each item of a list there, and
  /// quoted texts in values.
  private static func tables(in node: Node) -> [String] {
    switch node.kind {
    case .scalar(let scalar):
      let parts = scalar.text.split(separator: "\"", omittingEmptySubsequences: false)
      return parts.enumerated().filter { $0.offset % 2 == 1 && $0.element.contains(".") }.map { String($0.element) }
    case .sequence(let items): return items.flatMap(tables)
    case .mapping(let entries):
      return entries.flatMap { entry -> [String] in
        guard ["table", "matrix", "published"].contains(entry.key) else { return tables(in: entry.value) }
        switch entry.value.kind {
        case .scalar(let text): return [text.text]
        case .sequence(let items): return items.compactMap(\.text)
        case .mapping: return tables(in: entry.value)
        }
      }
    }
  }

  /// The names of the entries that differ, those of the first scenario first.
  private static func differences(_ a: ParsedScenario, _ b: ParsedScenario) -> [String] {
    let (own, other) = (entries(a), entries(b))
    let contents = Dictionary(other.map { ($0.entry.name, content($0.section, $0.entry, b)) }) { first, _ in first }
    let known = Set(own.map(\.entry.name))
    var names = own.filter { contents[$0.entry.name] != content($0.section, $0.entry, a) }.map(\.entry.name)
    names += other.map(\.entry.name).filter { !known.contains($0) }
    if correlations(of: a) != correlations(of: b) { names.append(Self.correlations) }
    return names
  }

  /// Whether everything that names an entry works with either version of it: both are of the same kind, over the same
  /// cells, in one dimension, and their dependencies are available in both scenarios.
  private static func isExchangeable(_ name: String, _ a: Model, _ b: Model) -> Bool {
    guard let own = a.quantity(named: name).map({ a[$0] }), let other = b.quantity(named: name).map({ b[$0] }),
      own.unit.dimension == other.unit.dimension, case .input(let first) = own.kind,
      case .input(let second) = other.kind
    else { return false }
    func labels(_ quantity: Quantity, _ model: Model) -> [[String]] {
      quantity.cells.indexes.map { [model[$0].name] + model[$0].labels }
    }
    func isConstantDistribution(_ input: Input) -> Bool {
      input.shareGroups.isEmpty && input.categories == nil
        && input.supportPoints.allSatisfy { supportPoint in
          if case .distribution(let term) = supportPoint.value, case .fixed = term { return true }
          if case .constant = supportPoint.value { return true }
          return false
        }
    }
    func coordinates(_ input: Input, _ model: Model) -> [String] {
      input.supportPoints.compactMap { $0.coordinate.map { model.coordinates[$0.position].address.description } }
    }
    return labels(own, a) == labels(other, b) && isConstantDistribution(first) && isConstantDistribution(second)
      && (coordinates(first, a) == coordinates(second, b)
        || (a.components.isEmpty && b.components.isEmpty))
  }

  // MARK: Grouping

  /// Entries in groups that can be exchanged one by one.
  private func grouped(_ wanted: [String], all: [String]) -> [[String]] {
    var groups = wanted.map { [$0] }
    func merge(_ isWanted: (Int, Int) -> Bool) -> Bool {
      for i in groups.indices {
        for j in groups.indices where j > i && isWanted(i, j) {
          groups[i] += groups[j]
          groups.remove(at: j)
          return true
        }
      }
      return false
    }
    let (inA, inB) = (Set(Self.entries(parsedA).map(\.entry.name)), Set(Self.entries(parsedB).map(\.entry.name)))
    func isNamed(_ i: Int, in j: Int, where isWanted: (String) -> Bool = { _ in true }) -> Bool {
      groups[i].contains { mentions($0).contains { groups[j].contains($0) && isWanted($0) } }
    }
    // An entry that exists in only one scenario is grouped with the entries that name it.
    let onlyOne = inA.symmetricDifference(inB)
    while merge({ isNamed($0, in: $1, where: onlyOne.contains) || isNamed($1, in: $0, where: onlyOne.contains) }) {}
    while true {
      let failing = groups.indices.filter { !fits(Set(groups[$0])) || !fits(Set(all).subtracting(groups[$0])) }
      if failing.isEmpty { return groups }
      let isFailing = Set(failing.map { groups[$0][0] })
      // A group that does not fit is merged with a neighbour, otherwise with all that do not fit, otherwise with all.
      if merge({ i, j in
        (isFailing.contains(groups[i][0]) || isFailing.contains(groups[j][0]))
          && (isNamed(i, in: j) || isNamed(j, in: i))
      }) {
        continue
      }
      if merge({ i, j in isFailing.contains(groups[i][0]) && isFailing.contains(groups[j][0]) }) { continue }
      if groups.count > 1, merge({ _, _ in true }) { continue }
      return groups
    }
  }

  private func fits(_ taken: Set<String>) -> Bool {
    do throws(Diagnostics) {
      _ = try model(taken)
      return true
    } catch {
      return false
    }
  }

  /// The names that occur in either version of an entry, and possibly some other words.
  private func mentions(_ name: String) -> Set<String> {
    var texts: [String] = []
    for parsed in [parsedA, parsedB] {
      if name == Self.correlations {
        texts += Self.correlations(of: parsed)
      } else {
        texts += Self.entries(parsed).filter { $0.entry.name == name }.map { Self.text(of: $0.entry.value) }
        texts += parsed.assignments.filter { $0.name == name }.map(\.value.text)
      }
    }
    return Set(texts.flatMap { $0.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init) })
  }

  // MARK: Hybrids

  /// A folder of the second scenario, as named in a hybrid.
  private static func marked(_ folder: String) -> String { folder.isEmpty ? mark : mark + "/" + folder }

  /// The hybrid that takes the named entries from the second scenario.
  private func model(_ taken: Set<String>) throws(Diagnostics) -> Model {
    var parsed = parsedA
    let rootB = parsedB.root
    let rootA = parsedA.root
    let mark = Self.mark
    parsed.root = ScenarioRoot(folder: rootA.folder) { path, place throws(Diagnostics) in
      path.hasPrefix(mark + "/")
        ? try rootB.read(String(path.dropFirst(mark.count + 1)), place) : try rootA.read(path, place)
    }
    func mixed(_ section: KeyPath<ParsedScenario, [ParsedScenario.Entry]>) -> [ParsedScenario.Entry] {
      let other = parsedB[keyPath: section]
      let otherOf = Dictionary(other.map { ($0.name, $0) }) { first, _ in first }
      func marked(_ entry: ParsedScenario.Entry) -> ParsedScenario.Entry {
        var entry = entry
        entry.folder = Self.marked(entry.folder)
        return entry
      }
      var entries: [ParsedScenario.Entry] = []
      for entry in parsedA[keyPath: section] {
        if !taken.contains(entry.name) {
          entries.append(entry)
        } else if let own = otherOf[entry.name] {
          entries.append(marked(own))
        }
      }
      let known = Set(parsedA[keyPath: section].map(\.name))
      return entries + other.filter { taken.contains($0.name) && !known.contains($0.name) }.map(marked)
    }
    parsed.indexes = mixed(\.indexes)
    parsed.inputs = mixed(\.inputs)
    parsed.latents = mixed(\.latents)
    parsed.equations = mixed(\.equations)
    parsed.references = mixed(\.references)
    if taken.contains(Self.correlations) {
      parsed.correlations = parsedB.correlations.map { item in
        var item = item
        item.folder = Self.marked(item.folder)
        return item
      }
    }
    let units = Set(parsed.units.map(\.text))
    parsed.units += parsedB.units.filter { !units.contains($0.text) }
    parsed.assignments =
      parsedA.assignments.filter { !taken.contains($0.name) } + parsedB.assignments.filter { taken.contains($0.name) }
    parsed.sweeps = []
    parsed.evidence = []
    parsed.outputs = parsedA.outputs.filter { commonOutputs.contains($0.name) }.map { entry in
      var entry = entry
      if case .mapping(let keys) = entry.value.kind { entry.value.kind = .mapping(keys.filter { $0.key == "unit" }) }
      return entry
    }
    return try ModelChecker(parsed, options: options).model()
  }

  private func order(_ names: [String]) -> Int {
    let all = Self.entries(parsedA).map(\.entry.name) + Self.entries(parsedB).map(\.entry.name)
    return names.compactMap { all.firstIndex(of: $0) }.min() ?? all.count
  }

  private func kind(of names: [String]) -> String {
    let entries = Self.entries(parsedA) + Self.entries(parsedB)
    let kinds = Set(
      names.map { name in
        name == Self.correlations ? "correlations" : entries.first { $0.entry.name == name }?.section ?? ""
      })
    return kinds.count == 1 ? kinds.first ?? "" : "entries"
  }
}

extension Model {
  /// The output with a name.
  package func output(named name: String) -> Output? { outputs.first { self[$0.quantity].name == name } }
}
