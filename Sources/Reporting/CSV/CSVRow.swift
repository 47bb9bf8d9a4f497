/// A record of a CSV file (RFC 4180), ended by CR LF.
enum CSVRow {
  /// The record of some fields.
  static func text(_ fields: [String]) -> String {
    fields.lazy.map(field).joined(separator: ",") + "\r\n"
  }

  /// A field, in quotes where commas, quotes or line ends need them.
  static func field(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }

  /// A figure in full; blank where there is none, as an error without an estimate.
  static func figure(_ value: Double) -> String { value.isNaN ? "" : NumberText.exact(value) }
}
