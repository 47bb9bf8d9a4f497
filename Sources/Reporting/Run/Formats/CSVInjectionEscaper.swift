/// Passes CSV text on (RFC 4180), with an apostrophe before each field that a spreadsheet would interpret as a formula.
///
/// Numbers, including negative ones, are unchanged.
final class CSVInjectionEscaper: TextSink {
  private let target: any TextSink
  /// The current field as written, and whether its end is within quotes.
  private var field = ""
  private var isQuoted = false

  init(_ target: any TextSink) { self.target = target }

  func write(_ text: String) throws {
    var out = ""
    for scalar in text.unicodeScalars {
      if !isQuoted, scalar == "," || scalar == "\r" || scalar == "\n" {
        out += Self.guarded(field)
        out.unicodeScalars.append(scalar)
        field = ""
        continue
      }
      // A doubled quote within quotes ends them and begins them again.
      if scalar == "\"" { isQuoted.toggle() }
      field.unicodeScalars.append(scalar)
    }
    try target.write(out)
  }

  func write(bytes: [UInt8]) throws { try write(String(decoding: bytes, as: UTF8.self)) }

  /// Passes on a last field without a line end.
  func finish() throws {
    try target.write(Self.guarded(field))
    field = ""
  }

  private static func guarded(_ field: String) -> String {
    let quote = field.unicodeScalars.first == "\"" ? "\"" : ""
    let text = field.unicodeScalars.dropFirst(quote.isEmpty ? 0 : 1)
    guard let first = text.first, "=+-@\t\r".unicodeScalars.contains(first) else { return field }
    // A spreadsheet interprets `-inf` as a formula, `-0.5e-7` as a number.
    let isNumber = text.allSatisfy { "+-.0123456789eE".unicodeScalars.contains($0) } && Double(field) != nil
    return isNumber ? field : quote + "'" + String(String.UnicodeScalarView(text))
  }
}
