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
  public static func files(of result: RunResult) -> [ReportFile] {
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
