import Diagnostics
import Modeling

/// Reads the section `indexes`: `2019..2027`, `2019..2049 by 5`, `[us, eu]`, and the long form
/// `{label: region, labels: {us: United States, eu: European Union}}`.
struct IndexChecker {
  let context: CheckContext

  /// Reads all indexes and defines their names.
  func check() {
    for entry in context.parsed.indexes {
      let id = IndexID(context.indexes.count)
      let (index, isSound) = context.attempt { self.index(entry) }
      context.indexes.append(index)
      if !isSound { context.brokenIndexes.insert(id) }
      context.names.define(entry.name, as: .index(id), kind: "an index", at: entry.namePlace, in: context)
    }
  }

  private func index(_ entry: ParsedScenario.Entry) -> Index {
    guard case .mapping(let entries) = entry.value.kind else { return index(entry, entry.value) }
    let fields = Fields(entries, ScenarioSchema.index, context)
    guard let labels = fields["labels"] else {
      if fields.lacks("labels") {
        context.report(.labelsExpected(entry.name, found: "a mapping"), at: entry.value.place)
      }
      return Index(name: entry.name, labels: [], numbers: nil, place: entry.namePlace)
    }
    var index = index(entry, labels.value)
    index.title = fields.label
    if case .mapping(let words) = labels.value.kind {
      for label in words {
        guard let position = index.labels.firstIndex(of: label.key) else { continue }
        index.words[position] = ReaderLabel(context: context).words(label)
      }
    }
    return index
  }

  private func index(_ entry: ParsedScenario.Entry, _ node: Node) -> Index {
    let labels: [(text: String, place: SourcePlace)]
    switch node.kind {
    case .sequence(let nodes):
      labels = nodes.compactMap(label)
      if nodes.isEmpty { context.report(.indexWithoutLabels(entry.name), at: node.place) }
    case .scalar(let scalar):
      labels = range(scalar, name: entry.name).map { ($0, node.place) }
    case .mapping(let words):
      labels = words.compactMap { word in
        let columns = (0...word.key.count).map { (line: word.keyPlace.line, column: word.keyPlace.column + $0) }
        return label(
          Node(.scalar(ScalarText(text: word.key, places: columns, file: word.keyPlace.file)), at: word.keyPlace))
      }
      if words.isEmpty { context.report(.indexWithoutLabels(entry.name), at: node.place) }
    }
    if labels.count > SizeLimit.labels {
      context.report(.tooManyLabels(entry.name, count: labels.count, limit: SizeLimit.labels), at: node.place)
      return Index(name: entry.name, labels: [], numbers: nil, place: entry.namePlace)
    }
    return index(entry, labels)
  }

  /// An index of labels: numeric and sorted if all are numbers, otherwise as written.
  private func index(_ entry: ParsedScenario.Entry, _ labels: [(text: String, place: SourcePlace)]) -> Index {
    let numbers = labels.compactMap { Self.number($0.text) }
    guard !labels.isEmpty, numbers.count == labels.count else {
      var seen: [String: SourcePlace] = [:]
      for label in labels { noteDuplicate(label, as: label.text, &seen, entry.name) }
      return Index(name: entry.name, labels: labels.map(\.text), numbers: nil, place: entry.namePlace)
    }
    var seen: [Double: SourcePlace] = [:]
    for (label, number) in zip(labels, numbers) { noteDuplicate(label, as: number, &seen, entry.name) }
    let sorted = zip(labels, numbers).sorted { $0.1 < $1.1 }
    return Index(name: entry.name, labels: sorted.map(\.0.text), numbers: sorted.map(\.1), place: entry.namePlace)
  }

  private func noteDuplicate<Key: Hashable>(
    _ label: (text: String, place: SourcePlace), as key: Key, _ seen: inout [Key: SourcePlace], _ name: String
  ) {
    if let first = seen.updateValue(label.place, forKey: key) {
      context.report(.repeatedLabel(label.text, index: name, firstAt: first), at: label.place)
    }
  }

  private func label(_ node: Node) -> (text: String, place: SourcePlace)? {
    guard case .scalar(let scalar) = node.kind else {
      context.report(.labelExpected(found: node.kindInWords), at: node.place)
      return nil
    }
    let place = scalar.place(offset: 0, length: scalar.text.count)
    let allowed = scalar.text.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
    if let problem = InvisibleCharacter.diagnostic(in: scalar.text, at: { scalar.place(offset: $0, length: 1) }) {
      context.report(problem)
      return nil
    }
    guard !scalar.text.isEmpty, scalar.text.count <= 100, allowed || Self.number(scalar.text) != nil else {
      context.report(
        .invalidLabel(String(scalar.text.prefix(100)), isRange: scalar.text.contains("..")), at: place)
      return nil
    }
    return (scalar.text, place)
  }

  /// The number written as a label: digits, a sign, a decimal point; no suffixes, hexadecimal digits or infinities.
  static func number(_ text: String) -> Double? {
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }), text.contains(where: \.isNumber)
    else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }

  /// The labels of `2019..2030` or `2019..2049 by 5`.
  private func range(_ scalar: ScalarText, name: String) -> [String] {
    let whole = scalar.place(offset: 0, length: scalar.text.count)
    let shown = String(scalar.text.prefix(100))
    func fail(_ problem: Problem) -> [String] {
      context.report(problem, at: whole)
      return []
    }
    guard let dots = scalar.text.range(of: "..") else {
      return fail(.notLabels(shown, mayBeLabel: !scalar.text.contains(" ")))
    }
    let words = scalar.text[dots.upperBound...].split(separator: " ")
    guard let low = Self.wholeNumber(scalar.text[..<dots.lowerBound]), let high = words.first.flatMap(Self.wholeNumber),
      words.count == 1 || (words.count == 3 && words[1] == "by")
    else {
      return fail(.notARange(shown))
    }
    guard low <= high else {
      return fail(.emptyRange(scalar.text, suggestion: "\(high)..\(low)"))
    }
    guard let step = words.count == 3 ? Self.wholeNumber(words[2]) : 1, step > 0 else {
      return fail(.invalidStep(shown))
    }
    guard (high - low) / step < SizeLimit.labels else {
      return fail(.tooManyLabels(name, count: (high - low) / step + 1, limit: SizeLimit.labels))
    }
    return stride(from: low, through: high, by: step).map(String.init)
  }

  /// A whole number small enough that counting a range cannot overflow.
  private static func wholeNumber(_ text: Substring) -> Int? {
    guard let number = Int(text.filter { $0 != " " }), number.magnitude <= 1_000_000_000 else { return nil }
    return number
  }
}
