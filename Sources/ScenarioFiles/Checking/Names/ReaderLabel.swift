import Modeling
import TextFormats

/// Reads names in words, `label:` and the words of `labels:`: one line of text in any script.
///
/// They are shown wherever results are, so they contain no character that controls a terminal, ends a line or changes the
/// direction of writing beyond itself; text of scripts from right to left needs none, because it is isolated when it is
/// shown (`DirectionalText`).
struct ReaderLabel {
  let context: CheckContext

  /// Maximum number of characters.
  private static let mostCharacters = 200

  /// The words of a node; nil if they cannot be shown, which is reported.
  func words(_ entry: Node.Entry) -> String? {
    guard case .scalar(let scalar) = entry.value.kind else {
      context.report(.notText(entry.key, found: entry.value.kindInWords), at: entry.value.place)
      return nil
    }
    for (offset, character) in scalar.text.enumerated() {
      guard let refused = character.unicodeScalars.first(where: Self.isRefused) else { continue }
      context.report(
        .labelCharacter(InvisibleCharacter.name(of: refused), in: InvisibleCharacter.shown(scalar.text.prefix(100))),
        at: scalar.place(offset: offset, length: 1))
      return nil
    }
    let words = LooseText(scalar.text).text
    guard words.contains(where: { !$0.isWhitespace && !$0.unicodeScalars.allSatisfy(InvisibleCharacter.isInvisible) })
    else {
      context.report(.emptyReaderLabel(entry.key), at: entry.value.place)
      return nil
    }
    guard words.count <= Self.mostCharacters, words.utf8.count <= 20 * Self.mostCharacters else {
      context.report(.longReaderLabel(count: words.count, limit: Self.mostCharacters), at: entry.value.span)
      return nil
    }
    return words
  }

  /// Controls, line ends, characters that change the direction of writing, and code points that are no characters.
  private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
    TerminalText.isHarmful(scalar) || scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
      || scalar.value == 0xFEFF
  }
}

extension Fields {
  /// The value of `label`; nil if there is none that can be shown.
  var label: String? { self["label"].flatMap(ReaderLabel(context: context).words) }
}
