/// Limits of the length of diagnostics: names and values of a scenario may have any length, and are quoted in messages.
package enum BoundedText {
  /// Maximum bytes of a text in a diagnostic. Longer ones are lists of thousands of names, or a value of a whole page.
  static let longest = 4_000
  /// Bytes kept at the end of a text that is cut, where sentences name what they expect.
  private static let kept = 500
  /// Maximum bytes of one character of a source line. Emoji of families with skin tones have 41.
  static let longestCharacter = 64
  /// Maximum number of readings and of notes.
  static let mostDetails = 20

  /// A text of at most `longest` bytes: the middle of a longer one is left out.
  ///
  /// The text is cut between Unicode scalars, not between characters, of which one can have any number of bytes.
  package static func of(_ text: String) -> String {
    let bytes = text.utf8
    guard bytes.count > longest else { return text }
    let head = scalar(at: bytes.index(bytes.startIndex, offsetBy: longest - kept), in: bytes)
    let tail = scalar(at: bytes.index(bytes.endIndex, offsetBy: -kept), in: bytes)
    let omitted = bytes.distance(from: head, to: tail)
    return String(text[..<head]) + " … (\(omitted) bytes are not shown) … " + String(text[tail...])
  }

  /// The start of the Unicode scalar that contains a byte: further bytes of a scalar have the highest bits 10.
  private static func scalar(at index: String.Index, in bytes: String.UTF8View) -> String.Index {
    var index = index
    while index > bytes.startIndex, bytes[index] & 0xC0 == 0x80 { index = bytes.index(before: index) }
    return index
  }

  /// A text that is used as it is, and nothing if it is too long for that.
  static func whole(_ text: String) -> String? { text.utf8.count > longest ? nil : text }
}

extension Problem {
  /// Limits the texts and their number.
  mutating func bound() {
    message = BoundedText.of(message)
    expected = expected.map(BoundedText.of)
    found = found.map(BoundedText.of)
    suggestion = suggestion.flatMap(BoundedText.whole)
    readings = readings.prefix(BoundedText.mostDetails).filter { BoundedText.whole($0.text) != nil }.map {
      Diagnostic.Reading($0.text, meaning: $0.meaning.map(BoundedText.of))
    }
    if notes.count > BoundedText.mostDetails {
      let omitted = notes.count - BoundedText.mostDetails
      notes = Array(notes.prefix(BoundedText.mostDetails))
      notes.append(Diagnostic.Note("\(omitted) more notes are not shown"))
    }
    for index in notes.indices { notes[index].message = BoundedText.of(notes[index].message) }
  }
}
