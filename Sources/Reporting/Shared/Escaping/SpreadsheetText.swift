/// Records of comma-separated values for a spreadsheet.
typealias SpreadsheetText = EscapedText<SpreadsheetTarget>

/// A field of comma-separated values that a spreadsheet opens: text that it would run as a formula gets an apostrophe in
/// front. Numbers, including negative ones, are unchanged.
///
/// Source: OWASP, "CSV Injection": text that begins with `=`, `+`, `-`, `@`, their full-width forms, a tab or a line end.
enum SpreadsheetTarget: EscapingTarget {
  /// The field, in quotes where needed.
  static func escaped(_ plain: String) -> String { CSVRow.field(guarded(plain, mayBeNumber: true)) }

  /// The text of a field with an apostrophe if it is a formula.
  ///
  /// - Parameter mayBeNumber: false for a field that was written in quotes, as text.
  static func guarded(_ text: String, mayBeNumber: Bool) -> String {
    let isFormula = text.unicodeScalars.first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } ?? false
    // A spreadsheet interprets `-inf` as a formula, `-0.5e-7` as a number.
    let isNumber =
      mayBeNumber && text.unicodeScalars.allSatisfy { "+-.0123456789eE".unicodeScalars.contains($0) }
      && Double(text) != nil
    return isFormula && !isNumber ? "'" + text : text
  }
}

extension EscapedText where Target == SpreadsheetTarget {
  /// A record, ended by CR LF.
  static func record(_ fields: [String]) -> Self {
    Self(separated: fields.map { Self(escaping: $0) }, by: ",") + "\r\n"
  }
}
