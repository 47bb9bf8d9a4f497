/// A language or program that reads what is written, with the rule by which any text is only text there.
protocol EscapingTarget: Sendable {
  /// Plain text in the form that the target shows as this text: it is never interpreted.
  static func escaped(_ plain: String) -> String
}

/// A piece of a document for a target.
///
/// Literal text comes from the program and is not escaped; every interpolated value is, so that no title, name, label,
/// source or note of a scenario can become markup or code:
///
///     let cell: EscapedText<HTMLTarget> = "<td>\(name)</td>"
struct EscapedText<Target: EscapingTarget>: ExpressibleByStringInterpolation, Equatable, Sendable {
  /// The text, to be written to a file.
  private(set) var text: String

  /// Text from a literal of the program.
  init(stringLiteral value: String) { text = value }

  /// Literals unchanged, and values escaped.
  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Plain text, escaped.
  init(escaping plain: String) { text = Target.escaped(plain) }

  /// Concatenated pieces.
  init(_ pieces: some Sequence<Self>) {
    text = ""
    for piece in pieces { text += piece.text }
  }

  /// Pieces with a separator between them.
  init(separated pieces: [Self], by separator: Self) {
    text = pieces.map(\.text).joined(separator: separator.text)
  }

  /// Text created elsewhere in this module without any text of a scenario, or from escaped text.
  init(trusted text: String) { self.text = text }

  /// No text.
  static var none: Self { "" }

  static func + (left: Self, right: Self) -> Self { Self([left, right]) }

  static func += (left: inout Self, right: Self) { left.text += right.text }

  /// Collects literals and escaped values.
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate(set) var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

    mutating func appendLiteral(_ literal: String) { text += literal }

    /// Text, escaped.
    mutating func appendInterpolation(_ plain: String) { text += Target.escaped(plain) }

    /// A piece for the same target, unchanged.
    mutating func appendInterpolation(_ piece: EscapedText) { text += piece.text }

    /// A piece, if any.
    mutating func appendInterpolation(_ piece: EscapedText?) { text += piece?.text ?? "" }

    /// Concatenated pieces.
    mutating func appendInterpolation(_ pieces: [EscapedText]) { for piece in pieces { text += piece.text } }

    /// A whole number.
    mutating func appendInterpolation(_ number: Int) { text += String(number) }
  }
}
