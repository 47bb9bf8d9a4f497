import Evidence
import Simulation
import TextFormats

/// Exported draws as a matrix that NumPy loads or memory-maps directly: `draws.npy`, and `draws.json` with the names
/// and units of its columns.
///
///     numpy.load("draws.npy", mmap_mode="r")
///
/// The matrix has a row for each draw and a column for each cell, as in `draws.csv`, with 8 bytes per number in full
/// precision. Source of the format: NumPy, "numpy.lib.format", version 1.0 (NEP 1).
package enum NPYFormat: OutputFormat {
  /// `npy`
  package static let name = "npy"

  /// One line for help.
  package static let summary = "draws of --export-draws as a matrix for NumPy"

  /// No files: the format holds only draws.
  package static func files(of result: ScenarioResult) -> [ReportFile] { [] }

  /// `draws.npy` and `draws.json`
  package static func files(of draws: DrawExport) -> [ReportFile] {
    // The columns are known from the first draws on; the matrix is written before the file that describes it.
    let columns = ColumnFiles()
    let matrix = ReportFile(name: "draws.npy") { sink in
      try draws.tables { table in
        if columns.all.isEmpty {
          columns.all = table.columns
          try sink.write(bytes: header(rows: draws.rows, columns: table.columns.count))
        }
        try sink.write(bytes: rows(of: table))
      }
    }
    let description = ReportFile(
      name: "draws.json",
      text: {
        JSON.object([
          ("matrix", .string("draws.npy")), ("rows", .integer(draws.rows)), ("first_draw", .integer(0)),
          (
            "columns",
            .array(columns.all.map { .object([("name", .string($0.name)), ("unit", .string($0.unit))]) })
          ),
        ]).text + "\n"
      })
    return [matrix, description]
  }

  private final class ColumnFiles {
    var all: [(name: String, unit: String)] = []
  }

  /// The magic string, the version, the length of the rest, and a Python dictionary padded to a multiple of 64 bytes.
  static func header(rows: Int, columns: Int) -> [UInt8] {
    var text = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    let before = 10
    text += String(repeating: " ", count: 63 - (before + text.utf8.count) % 64) + "\n"
    let length = UInt16(text.utf8.count)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
  }

  /// The rows of a chunk, little-endian.
  private static func rows(of table: DrawTable) -> [UInt8] {
    let rows = table.values.first?.count ?? 0
    var numbers: [UInt64] = []
    numbers.reserveCapacity(rows * table.values.count)
    for row in 0..<rows {
      for column in table.values { numbers.append(column[row].bitPattern.littleEndian) }
    }
    return numbers.withUnsafeBytes(Array.init)
  }
}
