/// A part of the text of a formula, made on demand.
///
/// All parts of a formula share its characters: if each of a thousand nested operations had its own text, they would take
/// five hundred times the length of the formula.
package struct FormulaText: Sendable {
  private final class Characters: Sendable {
    let all: [Character]

    init(_ all: [Character]) { self.all = all }
  }

  /// No text.
  package static let none = FormulaText([])

  private let whole: Characters
  private let start: Int32
  private let end: Int32

  /// The whole text of a formula.
  package init(_ characters: [Character]) { self.init(Characters(characters), 0..<characters.count) }

  /// The whole text of a formula.
  package init(_ text: String) { self.init(Array(text)) }

  private init(_ whole: Characters, _ range: Range<Int>) {
    self.whole = whole
    start = Int32(range.lowerBound)
    end = Int32(range.upperBound)
  }

  /// The part of a whole text that has some of its characters.
  package subscript(range: Range<Int>) -> FormulaText { FormulaText(whole, range) }

  private var characters: ArraySlice<Character> { whole.all[Int(start)..<Int(end)] }

  /// The text.
  package var text: String { String(characters) }

  /// The last characters of the text.
  package func suffix(_ count: Int) -> String { String(characters.suffix(count)) }
}
