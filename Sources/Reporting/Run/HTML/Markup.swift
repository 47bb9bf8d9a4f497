/// A piece of HTML or SVG.
///
/// Literal text comes from the program and is not escaped; every interpolated value is, so that no title, note or label
/// of a scenario can become markup:
///
///     let cell: Markup = "<td>\(name)</td>"
struct Markup: ExpressibleByStringInterpolation, Sendable {
  /// The text, to be written to a file.
  private(set) var text: String

  /// Markup from a literal of the program.
  init(stringLiteral value: String) { text = value }

  /// Literals unchanged, and values escaped.
  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Plain text, escaped.
  init(escaping plain: String) { text = Self.escaped(plain) }

  /// Concatenated pieces.
  init(_ pieces: some Sequence<Markup>) {
    text = ""
    for piece in pieces { text += piece.text }
  }

  /// Pieces with a separator between them.
  init(separated pieces: [Markup], by separator: Markup) {
    text = pieces.map(\.text).joined(separator: separator.text)
  }

  /// Markup created elsewhere in this module without any text of a scenario: a style sheet, a script.
  init(trusted text: String) { self.text = text }

  /// Empty markup.
  static let none: Markup = ""

  static func + (left: Markup, right: Markup) -> Markup { Markup([left, right]) }

  static func += (left: inout Markup, right: Markup) { left.text += right.text }

  /// Text escaped for use in elements and quoted attributes of HTML and XML.
  ///
  /// Control characters, which neither permits, become replacement characters.
  static func escaped(_ plain: String) -> String {
    var out = ""
    for scalar in plain.unicodeScalars {
      switch scalar {
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "&": out += "&amp;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\n", "\t": out.unicodeScalars.append(scalar)
      default:
        let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        let isNoCharacter = scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
        out.unicodeScalars.append(isControl || isNoCharacter ? "\u{FFFD}" : scalar)
      }
    }
    return out
  }

  /// Collects literals and escaped values.
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

    mutating func appendLiteral(_ literal: String) { text += literal }

    /// Text, escaped.
    mutating func appendInterpolation(_ plain: String) { text += Markup.escaped(plain) }

    /// Markup, unchanged.
    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

    /// Markup, if any.
    mutating func appendInterpolation(_ markup: Markup?) { text += markup?.text ?? "" }

    /// Concatenated pieces of markup.
    mutating func appendInterpolation(_ pieces: [Markup]) { for piece in pieces { text += piece.text } }

    /// A whole number.
    mutating func appendInterpolation(_ number: Int) { text += String(number) }

    /// A coordinate of a chart, to a tenth of its unit.
    mutating func appendInterpolation(_ coordinate: Double) { text += Markup.coordinate(coordinate) }
  }

  /// A coordinate to a tenth: `12`, `-3.5`; 0 for NaN.
  static func coordinate(_ value: Double) -> String {
    guard value.magnitude < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let (whole, tenth) = (tenths.magnitude / 10, tenths.magnitude % 10)
    return (tenths < 0 ? "-" : "") + (tenth == 0 ? "\(whole)" : "\(whole).\(tenth)")
  }
}
