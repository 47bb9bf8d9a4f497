import Simulation

/// Draws to be written: how they are made, piece by piece, in the order of their numbers.
public struct DrawExport {
  /// How many there are.
  public var rows: Int
  /// Makes the draws and hands them on.
  public var tables: ((DrawTable) throws -> Void) throws -> Void

  /// Draws to be written.
  public init(rows: Int, tables: @escaping ((DrawTable) throws -> Void) throws -> Void) {
    self.rows = rows
    self.tables = tables
  }

  /// `draws.csv`: the draw's number, then a column for each cell, named `name[label,…]`.
  ///
  /// Only one piece is in memory at a time. Here `nan` and `inf` are written, not left blank: they are what came of
  /// the draw.
  var csv: ReportFile {
    ReportFile(name: "draws.csv") { sink in
      var hasHeader = false
      try tables { table in
        if !hasHeader {
          try sink.write(CSVRow.text(["draw"] + table.columns.map(\.name)))
          hasHeader = true
        }
        // A piece may have many rows; lines go on as they come.
        for row in 0..<(table.values.first?.count ?? 0) {
          var line = "\(table.firstDraw + row)"
          for column in table.values {
            line += ","
            line += NumberText.exact(column[row])
          }
          line += "\r\n"
          try sink.write(line)
        }
      }
    }
  }
}
