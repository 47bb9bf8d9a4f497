import Simulation

/// Draws to be exported, produced in chunks in the order of their numbers.
package struct DrawExport {
  /// The number of draws.
  package var rows: Int
  /// Computes the draws and passes them on in chunks.
  package var tables: ((DrawTable) throws -> Void) throws -> Void

  /// Draws to be exported.
  package init(rows: Int, tables: @escaping ((DrawTable) throws -> Void) throws -> Void) {
    self.rows = rows
    self.tables = tables
  }

  /// `draws.csv`: the draw's number, then a column for each cell, named `name[label,…]`.
  ///
  /// Only one chunk is in memory at a time. Unlike in other tables, `nan` and `inf` are written and not left blank,
  /// because they are the results of the draw.
  var csv: ReportFile {
    ReportFile(name: "draws.csv") { sink in
      var hasHeader = false
      try tables { table in
        if !hasHeader {
          try sink.write(CSVRow.text(["draw"] + table.columns.map(\.name)))
          hasHeader = true
        }
        // A chunk may have many rows, so each line is written immediately.
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
