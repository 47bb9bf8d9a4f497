import Foundation

/// The tables of a Markdown page.
struct DocumentTables {
  /// A table: its header cells, and its rows as written.
  struct Table {
    var header: [String]
    var rows: [String]

    /// The texts in backticks in the first cell of each row.
    var names: [[String]] {
      rows.map { row in
        let cell = row.dropFirst().prefix { $0 != "|" }
        return cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      }
    }
  }

  private var tables: [Table] = []

  /// The tables of a page of the repository.
  init(ofPageAt path: String) throws {
    let page = try String(contentsOf: DocumentBlocks.root.appending(path: path), encoding: .utf8)
    var isFenced = false
    var run: [String] = []
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for line in lines + [""] {
      if line.hasPrefix("```") { isFenced.toggle() }
      if line.hasPrefix("|"), !isFenced {
        run.append(line)
      } else if !run.isEmpty {
        let header = run[0].split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        tables.append(Table(header: header, rows: Array(run.dropFirst(2))))
        run = []
      }
    }
  }

  /// The first table whose header begins with a text; nil if there is none.
  func table(of first: String) -> Table? { tables.first { $0.header.first == first } }
}
