import Modeling
import TextFormats

/// Quantities, indexes and their labels in the scenario's words, where it has any (`label:`, `labels:`), and otherwise
/// by their names. Text from right to left is isolated, so that it can be part of a line.
///
/// Screens, reports and charts use these; files have names, by which programs find things, and words in a column of
/// their own.
extension Model {
  /// The words for a quantity, or its name: `the electricity use of the world's AI`.
  func words(_ id: QuantityID) -> String {
    let quantity = self[id]
    return quantity.label.map(DirectionalText.isolated) ?? quantity.name
  }

  /// The words for a quantity as a title, `The electricity use of the world's AI`, or its name.
  func title(_ id: QuantityID) -> String { self[id].label == nil ? self[id].name : words(id).capitalised }

  /// A title with the name, for headings of screens: `The electricity use of the world's AI (electricity)`.
  func heading(_ id: QuantityID) -> String {
    self[id].label == nil ? self[id].name : "\(title(id)) (\(self[id].name))"
  }

  /// The words for something that is called by a quantity's name, as a factor or a target of an analysis is, with the labels
  /// of its cell: `the power of a chip, 2025` for `power[2025]`; the name itself for any other formula, and for a quantity
  /// without words.
  func words(named name: String) -> String {
    let base = String(name.prefix { $0 != "[" })
    let rest = name.dropFirst(base.count)
    guard let id = quantity(named: base), self[id].label != nil else { return name }
    if rest.isEmpty { return words(id) }
    guard rest.hasSuffix("]"), rest.filter({ $0 == "[" }).count == 1 else { return name }
    return "\(words(id)), \(rest.dropFirst().dropLast())"
  }

  /// A cell for headings of screens: `The electricity use of the world's AI, 2030 (electricity[year=2030])`, or its name.
  func heading(_ id: QuantityID, cell: Int) -> String {
    let name = labelledName(id, cell: cell)
    return self[id].label == nil ? name : "\(title(id, cell: cell)) (\(name))"
  }

  /// A cell within a sentence: its words, or its name with the labels.
  func mention(_ id: QuantityID, cell: Int) -> String {
    self[id].label == nil ? words(named: labelledName(id, cell: cell)) : words(id, cell: cell)
  }

  /// The words for an index, or its name.
  func words(_ id: IndexID) -> String { self[id].title.map(DirectionalText.isolated) ?? self[id].name }

  /// The words for a label of an index, or the label.
  func words(_ id: IndexID, at position: Int) -> String {
    self[id].words[position].map(DirectionalText.isolated) ?? self[id].labels[position]
  }

  /// The words for the labels of a cell, in the order of the indexes' names.
  func words(ofCell cell: Int, in space: CellSpace) -> [String] {
    zip(space.indexes, space.positions(ofCell: cell)).map { words($0, at: $1) }
  }

  /// A cell's labels with their indexes: `region=United States, year=2030`; empty for a scalar.
  func wordsText(ofCell cell: Int, in space: CellSpace) -> String {
    zip(space.indexes, words(ofCell: cell, in: space)).map { "\(words($0))=\($1)" }.joined(separator: ", ")
  }

  /// A cell in words: `the electricity use of the world's AI, 2030`; as formulas write it (`labelledName`), but with the
  /// words for its labels, if the quantity has no words.
  func words(_ id: QuantityID, cell: Int) -> String {
    let quantity = self[id]
    guard quantity.label != nil else {
      let text = wordsText(ofCell: cell, in: quantity.cells)
      return text.isEmpty ? quantity.name : "\(quantity.name)[\(text)]"
    }
    return ([words(id)] + words(ofCell: cell, in: quantity.cells)).joined(separator: ", ")
  }

  /// A cell in words as a title.
  func title(_ id: QuantityID, cell: Int) -> String {
    self[id].label == nil ? words(id, cell: cell) : words(id, cell: cell).capitalised
  }

  /// Whether any words are given, so that tables have a column for them.
  var hasWords: Bool {
    quantities.contains { $0.label != nil } || indexes.contains { $0.title != nil || !$0.words.isEmpty }
  }

  /// A cell in words without isolates, for the column `label` of tables.
  func plainWords(_ id: QuantityID, cell: Int) -> String {
    let quantity = self[id]
    let labels = zip(quantity.cells.indexes, quantity.cells.positions(ofCell: cell)).map { index, position in
      self[index].words[position] ?? self[index].labels[position]
    }
    return ([quantity.label ?? quantity.name] + labels).joined(separator: ", ")
  }
}

extension String {
  /// The text as the beginning of a line: with a capital letter, if its first two characters are lower-case letters.
  var capitalised: String {
    guard let first, first.isLowercase, let second = dropFirst().first, second.isLowercase || second == " " else {
      return self
    }
    return first.uppercased() + dropFirst()
  }
}

extension Quantity {
  /// `name` and, if it has one, `label`, for records and descriptions.
  var nameEntries: [(key: String, value: JSON)] {
    [("name", .string(name))] + (label.map { [("label", .string($0))] } ?? [])
  }
}

extension Index {
  /// `label` and the words of its labels, if it has any, for records and descriptions.
  var wordEntries: [(key: String, value: JSON)] {
    let words = self.words.sorted { $0.key < $1.key }.map { (labels[$0.key], JSON.string($0.value)) }
    return (title.map { [("label", .string($0))] } ?? []) + (words.isEmpty ? [] : [("words", .object(words))])
  }
}
