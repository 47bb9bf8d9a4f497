import Diagnostics
import Modeling
import VectorMath

/// A YAML document as a tree in which every key and value has a place; scalars stay text.
package struct Node: Sendable {
  /// The kinds of node.
  package enum Kind: Sendable {
    /// Text, exactly as YAML gives it after folding and unquoting.
    case scalar(ScalarText)
    /// A list.
    case sequence([Node])
    /// Keys and values, in order; keys are distinct.
    case mapping([Entry])
  }

  /// A key with its value.
  package struct Entry: Sendable {
    /// The key's text.
    package var key: String
    /// The place of the key.
    package var keyPlace: SourcePlace
    /// The value.
    package var value: Node

    /// A key with its value.
    package init(key: String, keyPlace: SourcePlace, value: Node) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }
  }

  /// The kind.
  package var kind: Kind
  /// The beginning of the node; for a scalar, its first line.
  package var place: SourcePlace

  /// A node at a place.
  package init(_ kind: Kind, at place: SourcePlace) {
    self.kind = kind
    self.place = place
  }
}

/// A scalar's text with its mapping to the file, so that a caret is correct in folded, quoted and block scalars.
package struct ScalarText: Sendable {
  /// The text after YAML's folding and unquoting.
  package var text: String
  /// For each character of `text`, and for its end, its line and column in the file, both from 1.
  package var places: [(line: Int, column: Int)]
  /// The file.
  package var file: SourceFile

  /// A scalar's text, with a place for each character and one for the end.
  package init(text: String, places: [(line: Int, column: Int)], file: SourceFile) {
    self.text = text
    self.places = places
    self.file = file
  }

  /// A flag's text, as a file with the flag's name.
  package init(flag: String, text: String) {
    var places: [(line: Int, column: Int)] = []
    var (line, column) = (1, 1)
    for character in text {
      places.append((line, column))
      (line, column) = SourceFile.endsLine(character) ? (line + 1, 1) : (line, column + 1)
    }
    places.append((line, column))
    self.init(text: text, places: places, file: SourceFile(path: flag, text: text))
  }

  /// The place of a range of characters of `text`, clipped to the first line that it touches.
  package func place(offset: Int, length: Int) -> SourcePlace {
    let first = min(max(0, offset), places.count - 1)
    let start = places[first]
    // Lines ascend, so that the first line's end is found by bisection: every part of a long formula has a place.
    let rest = places[(first + 1)..<max(first + 1, min(offset + length, places.count))]
    let end = rest.partitioningIndex { $0.line > start.line }
    return SourcePlace(file: file, line: start.line, column: start.column, length: end - first)
  }
}
