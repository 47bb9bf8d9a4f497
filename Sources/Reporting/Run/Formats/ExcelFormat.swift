import Evidence
import Simulation

/// The tables of `csv` for spreadsheets, which interpret text that begins with `=`, `+`, `-` or `@` as a formula and
/// run it: such text gets an apostrophe in front, and each file begins with a byte order mark, by which Excel
/// recognises UTF-8.
///
/// They are written next to the files of `csv`, for example `summary.excel.csv`, with the same numbers. Source: OWASP,
/// "CSV Injection".
public enum ExcelFormat: OutputFormat {
  /// `excel`
  public static let name = "excel"

  /// One line for help.
  public static let summary = "the same tables, safe to open in spreadsheets"

  /// The tables of `csv`, each with `.excel` before its extension.
  public static func files(of result: ScenarioResult) -> [ReportFile] {
    CSVFormat.files(of: result).map { file in
      let stem = file.name.hasSuffix(".csv") ? String(file.name.dropLast(4)) : file.name
      return ReportFile(name: "\(stem).excel.csv") { sink in
        let safe = CSVInjectionEscaper(sink)
        try sink.write("\u{FEFF}")
        try file.write(safe)
        try safe.finish()
      }
    }
  }
}

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
