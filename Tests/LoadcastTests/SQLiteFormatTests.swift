import Foundation
import Testing

@Suite("results.sqlite")
struct SQLiteFormatTests {
  @Test("A database is written, also if names differ in case only, contain quotation marks or are words of SQL")
  func names() throws {
    let program = try Program()
    defer { program.remove() }
    try program.write(
      """
      title: "it's \\"quoted\\"; DROP TABLE summary"
      indexes:
        Output: [a, b-c, '007']
        P50: [x]
        select: [1, 2]
      inputs:
        table: {over: [Output, P50, select], value: 1 to 2, dependence: {Output: shared, P50: shared, select: shared}}
      outputs: {table: {}}
      run: {draws: 2k}

      """, to: "names.yaml")
    let done = try program.run("run", "names.yaml", "--format", "sqlite,csv")
    #expect(done.code == 0, "\(done.error)")
    let data = try Data(contentsOf: program.folder.appendingPathComponent("results/names/results.sqlite"))
    #expect(data.prefix(16) == Data("SQLite format 3\0".utf8))
    // Bytes 16 and 17 are the page size, 28 to 31 the number of pages; sqlite.org, "Database File Format".
    let pages = data[28..<32].reduce(0) { $0 << 8 | Int($1) }
    #expect(Int(data[16]) << 8 | Int(data[17]) == 4096 && data.count == 4096 * pages)
    let text = String(decoding: data, as: UTF8.self)
    for column in [
      "\"Output_2\" TEXT", "\"P50\" TEXT", "\"p50_2\" REAL", "\"select\" INTEGER", "\"mean\" REAL", "\"draws\" INTEGER",
      "\"unit\" TEXT",
    ] {
      let isThere = text.contains(column)
      #expect(isThere, "\(column)")
    }
  }
}
