import TextFormats

/// A record of a CSV file (RFC 4180), ended by CR LF.
enum CSVRow {
  /// The record of some fields.
  static func text(_ fields: [String]) -> String { text(fields[...], after: "") }

  /// The record that continues a beginning, the text of fields with a comma after each.
  static func text(_ fields: ArraySlice<String>, after beginning: String) -> String {
    var text = beginning
    for (place, content) in zip(fields.indices, fields) {
      if place > fields.startIndex { text += "," }
      text += field(content)
    }
    text += "\r\n"
    return text
  }

  /// The beginning of records that have their first fields in common.
  static func beginning(_ fields: [String]) -> String { fields.map { field($0) + "," }.joined() }

  /// A field, in quotes if it contains commas, quotes or line breaks.
  static func field(_ text: String) -> String {
    // Quotation mark, comma, line feed, carriage return.
    let isSpecial = { (byte: UInt8) in byte == 0x22 || byte == 0x2C || byte == 0x0A || byte == 0x0D }
    let needsQuotes = text.utf8.withContiguousStorageIfAvailable { $0.contains(where: isSpecial) }
    guard needsQuotes ?? text.utf8.contains(where: isSpecial) else { return text }
    return quoted(text)
  }

  /// A field in quotes, with quotation marks inside doubled.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  /// A number in full precision; blank if there is none, such as an error without an estimate.
  static func number(_ value: Double) -> String { value.isNaN ? "" : value.exactText }
}
