import Evidence
import Simulation
import TextFormats

/// The tables of `csv` for spreadsheets, which interpret text that begins with `=`, `+`, `-` or `@` as a formula and
/// run it: such text gets an apostrophe in front, and each file begins with a byte order mark, by which Excel
/// recognises UTF-8.
///
/// They are written next to the files of `csv`, for example `summary.excel.csv`, with the same numbers. Source: OWASP,
/// "CSV Injection".
package enum ExcelFormat: OutputFormat {
  /// `excel`
  package static let name = "excel"

  /// One line for help.
  package static let summary = "the same tables, safe to open in spreadsheets"

  /// The tables of `csv`, each with `.excel` before its extension.
  package static func files(of result: ScenarioResult) -> [ReportFile] {
    CSVFormat.files(of: result).map { file in
      ReportFile(name: excelName(file.name)) { sink in
        let safe = CSVInjectionEscaper(sink)
        try sink.write("\u{FEFF}")
        try file.write(safe)
        try safe.finish()
      }
    }
  }

  /// The optional tables of `csv`.
  package static var optionalNames: [String] { CSVFormat.optionalNames.map(excelName) }

  private static func excelName(_ name: String) -> String {
    "\(name.hasSuffix(".csv") ? String(name.dropLast(4)) : name).excel.csv"
  }
}

/// Passes CSV text on (RFC 4180, records ended by CR LF), with an apostrophe before each field that a spreadsheet would
/// interpret as a formula.
///
/// Numbers, including negative ones, are unchanged.
final class CSVInjectionEscaper: TextSink {
  private let records: CSVRecordSink

  init(_ target: any TextSink) {
    records = CSVRecordSink { record, hasEnd in
      try target.write(record.map(Self.guarded).joined(separator: ",") + (hasEnd ? "\r\n" : ""))
    }
  }

  func write(_ text: String) throws { try records.write(text) }

  func write(bytes: [UInt8]) throws { try records.write(bytes: bytes) }

  /// Passes on a last record without a line end.
  func finish() throws { try records.finish() }

  private static func guarded(_ field: CSVTokenizer.Field) -> String {
    let safe = SpreadsheetTarget.guarded(String(field.text), mayBeNumber: !field.isQuoted)
    return field.isQuoted ? CSVRow.quoted(safe) : safe
  }
}
