import Modeling

/// The keys of an entry in long form, each once; keys that do not belong to the kind of entry are reported.
struct Fields {
  private var entries: [String: Node.Entry] = [:]
  /// The keys that were suggested for unknown ones; their absence need not be reported too.
  private var suggested: Set<String> = []
  let context: CheckContext

  /// The keys of a mapping.
  init(_ entries: [Node.Entry], _ keys: SchemaMapping, _ context: CheckContext) {
    self.context = context
    for entry in entries {
      guard keys.names.contains(entry.key) else {
        if context.reportInvisible(in: entry.key, at: entry.keyPlace) { continue }
        if let new = ReplacedWord.replacement(for: entry.key, .key(of: keys.subject)) {
          // The value is read under the new key, so that a required key is not reported as missing too.
          let isGivenToo = entries.contains { $0.key == new }
          context.reportReplaced(entry.key, by: new, isGivenToo: isGivenToo, at: entry.keyPlace)
          if !isGivenToo { self.entries[new] = Node.Entry(key: new, keyPlace: entry.keyPlace, value: entry.value) }
          continue
        }
        let nearest = ReplacedWord.nearest(to: entry.key, among: keys.names, .key(of: keys.subject))
        if let nearest { suggested.insert(nearest) }
        context.report(
          .unknownKey(
            entry.key, of: keys.subject, keys: keys.names, nearest: nearest,
            input: ReplacedWord.replacement(for: entry.key, .key(of: ScenarioSchema.input.subject))),
          at: entry.keyPlace)
        continue
      }
      self.entries[entry.key] = entry
    }
  }

  /// Whether a key is neither given nor the nearest to one that was reported as unknown.
  func lacks(_ key: String) -> Bool { entries[key] == nil && !suggested.contains(key) }

  /// The entry of a key.
  subscript(key: String) -> Node.Entry? { entries[key] }

  /// A key's text; reported if the value is not a text.
  func text(_ key: String) -> String? {
    guard let entry = entries[key] else { return nil }
    guard let text = entry.value.text else {
      context.report(.notText(key, found: entry.value.kindInWords), at: entry.value.place)
      return nil
    }
    return text
  }

  /// The values of `source`, `note`, `quality` and `disclosable_by`.
  var provenance: Provenance {
    if let entry = entries["disclosable_by"], let text = entry.value.text {
      // Inputs are grouped by this text, so an invisible character would create another group.
      _ = context.reportInvisible(in: text, at: entry.value.span)
    }
    return Provenance(
      source: text("source"), note: text("note"), quality: text("quality"), disclosableBy: text("disclosable_by"))
  }
}
