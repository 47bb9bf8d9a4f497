import Diagnostics
import Modeling

/// Characters that are invisible or look like a space: no-break spaces, zero-width spaces, soft hyphens, directional
/// marks. They are often copied along with text from documents and web pages.
enum InvisibleCharacter {
  /// The first invisible character of a text, and the number of characters before it.
  ///
  /// Joiners between letters of scripts that need them, as in Persian, are part of the text.
  static func first(in text: some StringProtocol) -> (scalar: Unicode.Scalar, offset: Int)? {
    guard text.utf8.contains(where: { $0 >= 0x7F || ($0 < 0x20 && $0 != 9 && $0 != 10 && $0 != 13) }) else {
      return nil
    }
    for (offset, character) in text.enumerated() {
      let scalars = character.unicodeScalars
      // A character without another letter, such as a row of joiners, shows nothing that they could join.
      let mayJoin = scalars.first.map { !$0.isASCII && !isInvisible($0) } ?? false
      for scalar in scalars where isInvisible(scalar) {
        let isJoiner = scalar.value == 0x200C || scalar.value == 0x200D
        if !isJoiner || !mayJoin { return (scalar, offset) }
      }
    }
    return nil
  }

  /// Whether a scalar is invisible, or looks like a space without being one.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    guard !scalar.isASCII else {
      return (scalar.value < 0x20 && ![9, 10, 13].contains(scalar.value)) || scalar.value == 0x7F
    }
    // The Braille blank has the category of a symbol.
    if scalar.value == 0x2800 { return true }
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format: return true
    default: return scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// `no-break space (U+00A0)`
  static func name(of scalar: Unicode.Scalar) -> String {
    let name =
      scalar.value == 0xFEFF ? "byte order mark" : scalar.properties.name?.lowercased() ?? "control character"
    return "\(name) (\(code(of: scalar)))"
  }

  /// `U+00A0`
  static func code(of scalar: Unicode.Scalar) -> String {
    let code = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
  }

  /// A text with its invisible characters shown: `us<U+00A0>`.
  static func shown(_ text: some StringProtocol) -> String {
    guard first(in: text) != nil else { return String(text) }
    return text.unicodeScalars.map { isInvisible($0) ? "<\(code(of: $0))>" : String($0) }.joined()
  }

  /// The intended text: characters that look like a space become a space inside the text, the others are removed.
  static func cleaned(_ text: some StringProtocol) -> String {
    let plain = text.unicodeScalars.map { scalar -> String in
      guard isInvisible(scalar) else { return String(scalar) }
      return scalar.properties.generalCategory == .spaceSeparator ? " " : ""
    }
    return LooseText(plain.joined()).text
  }

  /// The problem of an invisible character in a text, at its place; nil if there is none.
  static func diagnostic(in text: String, at place: (Int) -> SourcePlace) -> Diagnostic? {
    guard let (scalar, offset) = first(in: text) else { return nil }
    let clean = cleaned(text)
    return Diagnostic(
      .invisibleCharacter(
        name(of: scalar), in: shown(text.prefix(100)), clean: clean.isEmpty || first(in: clean) != nil ? nil : clean),
      at: place(offset))
  }
}

extension ValueText {
  /// A value with an invisible character.
  static func invisible(_ text: String) -> ValueFinding? {
    guard let (scalar, _) = InvisibleCharacter.first(in: text) else { return nil }
    return ValueFinding(
      .invisibleCharacterInValue(InvisibleCharacter.name(of: scalar)),
      readings: [.init(InvisibleCharacter.cleaned(text))])
  }
}
