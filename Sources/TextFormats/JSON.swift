/// A JSON value whose keys keep their order; numbers are the shortest decimals that read back as the same value (RFC
/// 8259).
///
/// NaN and the infinities, which JSON cannot represent, are `null`.
package indirect enum JSON: Sendable {
  /// `null`
  case null
  /// `true` or `false`
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// An unsigned 64-bit integer, for seeds.
  case unsigned(UInt64)
  /// Any number.
  case number(Double)
  /// Text.
  case string(String)
  /// A list.
  case array([JSON])
  /// Keys and values, in order.
  case object([(key: String, value: JSON)])

  /// Text, or `null` for nil.
  package static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

  /// Keys and values in the order of the keys.
  package static func sorted(_ texts: [String: String]) -> JSON {
    .object(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
  }

  /// The text, indented by two spaces; lists and objects of scalars that fit a line of 100 bytes are not broken. It has
  /// no newline at the end.
  package var text: String { text(lineWidth: 100) }

  /// The text, indented by two spaces, without a newline at the end.
  ///
  /// - Parameter lineWidth: the maximum length of a list or object of scalars on one line, in UTF-8 bytes; 0 breaks all
  ///   but empty ones.
  package func text(lineWidth: Int) -> String {
    var out = ""
    append(to: &out, lineWidth, indent: 0)
    return out
  }

  private func append(to out: inout String, _ lineWidth: Int, indent: Int) {
    switch self {
    case .array(let items):
      append(items.map { (nil, $0) }, between: "[", and: "]", to: &out, lineWidth, indent: indent)
    case .object(let entries):
      append(entries.map { ($0.key, $0.value) }, between: "{", and: "}", to: &out, lineWidth, indent: indent)
    default: out += scalar
    }
  }

  private func append(
    _ entries: [(String?, JSON)], between open: String, and close: String, to out: inout String, _ lineWidth: Int,
    indent: Int
  ) {
    if entries.allSatisfy({ $0.1.isScalar }) {
      let line = open + entries.map { Self.prefix($0.0) + $0.1.scalar }.joined(separator: ", ") + close
      if entries.isEmpty || line.utf8.count <= lineWidth {
        out += line
        return
      }
    }
    out += open
    for (position, (key, value)) in entries.enumerated() {
      out += (position == 0 ? "\n" : ",\n") + String(repeating: " ", count: indent + 2) + Self.prefix(key)
      value.append(to: &out, lineWidth, indent: indent + 2)
    }
    out += "\n" + String(repeating: " ", count: indent) + close
  }

  private static func prefix(_ key: String?) -> String { key.map { quoted($0) + ": " } ?? "" }

  private var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private var scalar: String {
    switch self {
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .unsigned(let value): "\(value)"
    case .number(let value): value.isFinite ? value.exactText : "null"
    case .string(let text): Self.quoted(text)
    case .null, .array, .object: "null"
    }
  }

  /// A string literal that is one of JSON, Python and R, without characters that begin code or markup in a document
  /// around it: `<`, `{` and backticks are escaped too.
  package static func codeLiteral(_ text: String) -> String { quoted(text, isInDocument: true) }

  /// A string. Characters that would control a terminal or the direction of writing are escaped.
  private static func quoted(_ text: String, isInDocument: Bool = false) -> String {
    // Most texts are printable ASCII without a character that is escaped.
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): false
      case UInt8(ascii: "<"), UInt8(ascii: "{"), UInt8(ascii: "`"): !isInDocument
      default: byte >= 0x20 && byte < 0x7F
      }
    }
    if isPlain { return "\"" + text + "\"" }
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        out += "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
      case _
      where TerminalText.isHarmful(scalar) || (isInDocument && (scalar == "<" || scalar == "{" || scalar == "`")):
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
