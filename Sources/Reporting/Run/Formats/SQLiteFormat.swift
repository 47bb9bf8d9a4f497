import Evidence
import Simulation
import TextFormats

/// One database with the tables of `csv`, for SQL: `results.sqlite`.
///
/// Each table has the name and the columns of its CSV file, without `.csv`. Columns of whole numbers, such as years, have the
/// type INTEGER, of other numbers REAL, and the rest TEXT; blank fields are NULL. `outputs` has the unit of each output,
/// `assumptions` what `loadcast describe --format csv` prints (values, units, sources), and `run` the version and the
/// settings. Tables of outputs refer to `outputs` by a foreign key, and have an index by output.
///
///     sqlite3 results.sqlite "SELECT year, p50 FROM summary WHERE output = 'electricity'"
///
/// The system's SQLite library writes the file, and its version is in the header: files of different versions of SQLite
/// differ in these bytes. Source of the format: sqlite.org, "Database File Format".
package enum SQLiteFormat: OutputFormat {
  /// `sqlite`
  package static let name = "sqlite"

  /// One line for help.
  package static let summary = "the same tables with units and sources in one SQLite database"

  /// `results.sqlite`
  package static func files(of result: ScenarioResult) -> [ReportFile] {
    [
      ReportFile(name: "results.sqlite") { sink in
        let database = try SQLiteDatabase()
        try database.execute("PRAGMA page_size = 4096; PRAGMA foreign_keys = ON; BEGIN")
        try database.add(run(result), named: "run") { _, _ in .string }
        try database.add(outputs(result), named: "outputs", constraint: { _ in "PRIMARY KEY (output)" }) { _, _ in
          .string
        }
        try database.add(table(CSVDescription.records(of: result.model)), named: "assumptions") { column, _ in
          column == "source_year" ? .integer : .string
        }
        try database.execute("CREATE INDEX assumptions_by_name ON assumptions (name)")
        for file in CSVFormat.files(of: result) {
          let table = String(file.name.dropLast(".csv".count))
          let columns = try database.add(
            file, named: table,
            constraint: { $0.contains("output") ? "FOREIGN KEY (output) REFERENCES outputs (output)" : nil }
          ) { column, columns in
            TableField.of(column, among: columns, in: result.model)?.kind ?? .string
          }
          if columns.contains("output") {
            try database.execute("CREATE INDEX \(table)_by_output ON \(table) (output)")
          }
        }
        try database.execute("COMMIT")
        try database.write(to: sink)
      }
    ]
  }

  /// The library is loaded before the run, which would otherwise be lost.
  package static func prepare() throws { _ = try SQLiteLibrary.shared.get() }

  /// The version, the scenario and the settings, by name.
  private static func run(_ result: ScenarioResult) -> ReportFile {
    let model = result.model
    let entries = [
      ("engine", "loadcast \(EngineVersion.current)"), ("title", model.title), ("about", model.about ?? ""),
      ("digest", model.digest), ("command", ReproducingCommand.text("run", of: result)),
      ("draws", String(result.draws)), ("seed", String(model.settings.seed)), ("design", model.settings.design),
    ]
    return table([["name", "value"]] + entries.map { [$0.0, $0.1] })
  }

  /// The unit of each output.
  private static func outputs(_ result: ScenarioResult) -> ReportFile {
    let rows = result.outputs.map { [result.model[$0.output.quantity].name, $0.output.unit.text] }
    return table([["output", "unit"]] + rows)
  }

  /// A table from its header and rows.
  private static func table(_ records: [[String]]) -> ReportFile {
    ReportFile(name: "", text: { records.map { CSVRow.text($0) }.joined() })
  }
}
