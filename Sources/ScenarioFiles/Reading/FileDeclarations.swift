import Diagnostics
import Modeling

/// The entries of one scenario file with the fragments it includes, before or after it is merged into a base.
struct FileDeclarations {
  /// The sections whose entries have names.
  enum Section: String, CaseIterable {
    case indexes, inputs, latent, equations, references, outputs, run
  }

  /// Entries by name, in order; names are unique.
  struct Entries {
    private var slots: [(section: Section, entry: ParsedScenario.Entry)?] = []
    private var slotOf: [String: Int] = [:]

    /// All entries in order.
    var all: [(section: Section, entry: ParsedScenario.Entry)] { slots.compactMap { $0 } }
    var names: [String] { all.map(\.entry.name) }

    subscript(name: String) -> (section: Section, entry: ParsedScenario.Entry)? { slotOf[name].flatMap { slots[$0] } }

    /// Adds an entry, or replaces the one with its name: in place, or at the end if the section changes.
    mutating func put(_ entry: ParsedScenario.Entry, in section: Section) {
      if let slot = slotOf[entry.name] {
        if slots[slot]?.section == section {
          slots[slot] = (section, entry)
          return
        }
        slots[slot] = nil
      }
      slotOf[entry.name] = slots.count
      slots.append((section, entry))
    }

    mutating func remove(_ name: String) {
      if let slot = slotOf.removeValue(forKey: name) { slots[slot] = nil }
    }
  }

  /// Items of `correlations`, in order; items for the same inputs share a key and are unique.
  struct Correlations {
    private var slots: [(key: String?, item: ParsedScenario.Item)?] = []
    private var slotOf: [String: Int] = [:]

    /// All items in order.
    var all: [(key: String?, item: ParsedScenario.Item)] { slots.compactMap { $0 } }

    /// The item with a key.
    subscript(key: String) -> ParsedScenario.Item? { slotOf[key].flatMap { slots[$0]?.item } }

    /// Adds an item, or replaces the one with its key in place.
    mutating func put(_ item: ParsedScenario.Item, _ key: String?) {
      if let key, let slot = slotOf[key] {
        slots[slot] = (key, item)
        return
      }
      if let key { slotOf[key] = slots.count }
      slots.append((key, item))
    }

    mutating func remove(_ key: String) {
      if let slot = slotOf.removeValue(forKey: key) { slots[slot] = nil }
    }

    mutating func removeAll(where isUnwanted: (Node) -> Bool) {
      for (slot, entry) in slots.enumerated() {
        guard let entry, isUnwanted(entry.item.node) else { continue }
        if let key = entry.key { slotOf[key] = nil }
        slots[slot] = nil
      }
    }
  }

  var title: String?
  var about: String?
  var publication: Node?
  /// Indexes, inputs, equations and references, which share one namespace.
  var names = Entries()
  var outputs = Entries()
  var run = Entries()
  var units: [UnitText] = []
  var correlations = Correlations()
  var evidence: [Node] = []
  var sweeps: [(node: Node, folder: String)] = []

  func entries(_ section: Section) -> Entries {
    switch section {
    case .outputs: outputs
    case .run: run
    default: names
    }
  }

  private mutating func change(_ section: Section, _ body: (inout Entries) -> Void) {
    switch section {
    case .outputs: body(&outputs)
    case .run: body(&run)
    default: body(&names)
    }
  }

  // MARK: Joining files

  /// Adds an entry; if the name exists, a problem is added and the earlier entry is kept.
  mutating func add(_ entry: ParsedScenario.Entry, in section: Section, _ problems: inout [Diagnostic]) {
    if let other = entries(section)[entry.name] {
      let isSame = other.section == section
      problems.append(
        Diagnostic(
          .repeatedEntry(
            entry.name, otherSection: isSame ? nil : other.section.rawValue, firstAt: other.entry.namePlace),
          at: entry.namePlace))
      return
    }
    change(section) { $0.put(entry, in: section) }
  }

  /// Adds a correlation; if one of the same inputs exists, a problem is added and the earlier one is kept.
  mutating func add(correlation item: ParsedScenario.Item, _ problems: inout [Diagnostic]) {
    let key = Self.key(ofCorrelation: item.node)
    if let key, let other = correlations[key] {
      problems.append(
        Diagnostic(
          .repeatedCorrelationItem(isForAll: key.isEmpty, firstAt: other.node.place), at: item.node.place))
      return
    }
    correlations.put(item, key)
  }

  /// Adds all entries of another file, by the rules of `include`.
  mutating func add(_ other: FileDeclarations, _ problems: inout [Diagnostic]) {
    for section in [other.names, other.outputs, other.run] {
      for (section, entry) in section.all { add(entry, in: section, &problems) }
    }
    add(units: other.units)
    for (_, item) in other.correlations.all { add(correlation: item, &problems) }
    evidence += other.evidence
    sweeps += other.sweeps
  }

  mutating func add(units added: [UnitText]) {
    let known = Set(units.map(\.text))
    units += added.filter { !known.contains($0.text) }
  }

  // MARK: Changing a base

  /// Merges other declarations into these, by the rules of `extends`.
  mutating func change(by declarations: FileDeclarations, _ problems: inout [Diagnostic]) {
    title = declarations.title ?? title
    about = declarations.about ?? about
    publication = declarations.publication ?? publication
    var removed: Set<String> = []
    for (section, entry) in declarations.names.all + declarations.outputs.all + declarations.run.all {
      if Self.isNone(entry.value) {
        guard entries(section)[entry.name] != nil else {
          problems.append(
            Diagnostic(
              .nothingToRemove(entry.name, nearest: NearestName.of(entry.name, among: entries(section).names)),
              at: entry.namePlace))
          continue
        }
        change(section) { $0.remove(entry.name) }
        if section != .outputs, section != .run { removed.insert(entry.name) }
        continue
      }
      let before = entries(section)[entry.name]?.entry
      var after = section == .outputs || section == .references ? Self.joiningScope(before, entry) : entry
      after.replaced = before?.value
      change(section) { $0.put(after, in: section) }
    }
    add(units: declarations.units)
    correlations.removeAll { Self.inputs(ofCorrelation: $0)?.contains { removed.contains($0) } == true }
    for (key, item) in declarations.correlations.all {
      if Self.isRemoval(ofCorrelation: item.node) {
        if let key, correlations[key] != nil {
          correlations.remove(key)
        } else {
          problems.append(Diagnostic(.noCorrelationToRemove, at: item.node.place))
        }
      } else {
        correlations.put(item, key)
      }
    }
    if !declarations.evidence.isEmpty { evidence = declarations.evidence }
    if !declarations.sweeps.isEmpty { sweeps = declarations.sweeps }
  }

  /// Reports removals in a file that extends no other.
  func refuseRemovals(_ problems: inout [Diagnostic]) {
    for (_, entry) in names.all + outputs.all + run.all where Self.isNone(entry.value) {
      problems.append(Diagnostic(.removalWithoutBase, at: entry.namePlace))
    }
    for (_, item) in correlations.all where Self.isRemoval(ofCorrelation: item.node) {
      problems.append(Diagnostic(.removalWithoutBase, at: item.node.place))
    }
  }

  /// An entry in which missing tags of `scope` are taken from the entry it replaces.
  private static func joiningScope(_ before: ParsedScenario.Entry?, _ after: ParsedScenario.Entry)
    -> ParsedScenario.Entry
  {
    guard let before, case .mapping(let old) = before.value.kind, case .mapping(var new) = after.value.kind,
      let oldScope = old.first(where: { $0.key == "scope" }), case .mapping(let oldTags) = oldScope.value.kind
    else { return after }
    var result = after
    if let index = new.firstIndex(where: { $0.key == "scope" }) {
      if isNone(new[index].value) {
        new.remove(at: index)
      } else if case .mapping(let newTags) = new[index].value.kind {
        let given = Set(newTags.map(\.key))
        let tags = oldTags.filter { !given.contains($0.key) } + newTags.filter { !isNone($0.value) }
        new[index].value.kind = .mapping(tags)
      }
    } else {
      new.append(oldScope)
    }
    result.value.kind = .mapping(new)
    return result
  }

  // MARK: The meaning of nodes

  private static func isNone(_ node: Node) -> Bool {
    if case .scalar(let text) = node.kind { text.text == "none" } else { false }
  }

  /// `[a, b, none]`; `{inputs: [a, b, c], matrix: none}`, `{inputs: [a, b], copula: none}`, `{copula: none}`.
  private static func isRemoval(ofCorrelation node: Node) -> Bool {
    switch node.kind {
    case .sequence(let items): items.count == 3 && isNone(items[2])
    case .mapping(let entries): entries.contains { ["matrix", "copula"].contains($0.key) && isNone($0.value) }
    case .scalar: false
    }
  }

  /// The inputs that an item of `correlations` names, if it can be read.
  private static func inputs(ofCorrelation node: Node) -> [String]? {
    func names(_ nodes: some Sequence<Node>) -> [String]? {
      var names: [String] = []
      for node in nodes {
        guard case .scalar(let text) = node.kind else { return nil }
        names.append(text.text)
      }
      return names
    }
    switch node.kind {
    case .sequence(let items) where items.count == 3: return names(items.prefix(2))
    case .mapping(let entries):
      guard let inputs = entries.first(where: { $0.key == "inputs" }), case .sequence(let items) = inputs.value.kind
      else { return nil }
      return names(items)
    default: return nil
    }
  }

  /// A key that does not depend on the order of the inputs.
  private static func key(ofCorrelation node: Node) -> String? {
    if let inputs = inputs(ofCorrelation: node) { return inputs.sorted().joined(separator: "\n") }
    if case .mapping(let entries) = node.kind, !entries.contains(where: { $0.key == "inputs" }) { return "" }
    return nil
  }
}
