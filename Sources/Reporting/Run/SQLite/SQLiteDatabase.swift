import TextFormats

/// A database in memory, whose tables are filled from CSV files.
final class SQLiteDatabase {
  private let library: SQLiteLibrary
  private let handle: SQLiteLibrary.Handle

  init() throws {
    library = try SQLiteLibrary.shared.get()
    var opened: SQLiteLibrary.Handle?
    let code = library.open(":memory:", &opened)
    guard let handle = opened else { throw SQLiteError("error \(code)") }
    self.handle = handle
    try check(code)
  }

  deinit { _ = library.close(handle) }

  /// Runs statements that return no rows.
  func execute(_ statements: String) throws { try check(library.execute(handle, statements, 0, 0, 0)) }

  /// Creates a table with the columns of a CSV file and fills it. The file is written twice: first to find the types.
  ///
  /// - Parameter constraint: the table's constraint, given its columns.
  /// - Returns: the names of the columns.
  @discardableResult
  func add(
    _ file: ReportFile, named table: String, constraint: ([String]) -> String?
  ) throws -> [String] {
    let types = ColumnTypes()
    let first = CSVRecordSink { types.add($0) }
    try file.write(first)
    try first.finish()
    let columns = zip(types.names, types.types).map { "\(Self.quoted($0)) \($1.rawValue)" }
    let definition = (columns + (constraint(types.names).map { [$0] } ?? [])).joined(separator: ", ")
    try execute("CREATE TABLE \(Self.quoted(table)) (\(definition))")
    guard !types.names.isEmpty else { return [] }
    let places = types.names.map { _ in "?" }.joined(separator: ", ")
    var prepared: SQLiteLibrary.Handle?
    try check(library.prepare(handle, "INSERT INTO \(Self.quoted(table)) VALUES (\(places))", -1, &prepared, 0))
    guard let statement = prepared else { throw SQLiteError("no statement for \(table)") }
    defer { _ = library.finalize(statement) }
    var isHeader = true
    let second = CSVRecordSink { [self] record in
      defer { isHeader = false }
      if !isHeader { try insert(record, types.types, statement) }
    }
    try file.write(second)
    try second.finish()
    return types.names
  }

  /// The same with one constraint for any columns.
  func add(_ file: ReportFile, named table: String, constraint: String?) throws {
    try add(file, named: table, constraint: { _ in constraint })
  }

  private func insert(_ record: [String], _ types: [ColumnType], _ statement: SQLiteLibrary.Handle) throws {
    for (column, (text, type)) in zip(record, types).enumerated() {
      let place = Int32(column + 1)
      if text.isEmpty {
        try check(library.bindNull(statement, place))
      } else if type == .integer, let number = Int64(text) {
        try check(library.bindInteger(statement, place, number))
      } else if type == .real, let number = Double(text) {
        try check(library.bindReal(statement, place, number))
      } else {
        // SQLite reads a text up to its length, which may contain NUL.
        let bytes = Int32(text.utf8.count)
        try check(library.bindText(statement, place, text, bytes, SQLiteLibrary.transient))
      }
    }
    let code = library.step(statement)
    guard code == SQLiteLibrary.done else { return try check(code) }
    try check(library.reset(statement))
  }

  /// Writes the bytes of the database file.
  func write(to sink: any TextSink) throws {
    var count: Int64 = 0
    guard let bytes = library.serialize(handle, "main", &count, 0) else { throw SQLiteError("out of memory") }
    defer { library.free(bytes) }
    let chunk = 1 << 20
    for start in stride(from: 0, to: Int(count), by: chunk) {
      try sink.write(bytes: Array(UnsafeBufferPointer(start: bytes + start, count: min(chunk, Int(count) - start))))
    }
  }

  private func check(_ code: Int32) throws {
    if code != SQLiteLibrary.ok { throw SQLiteError(String(cString: library.message(handle))) }
  }

  /// An identifier in SQL: in double quotes, which are doubled inside.
  private static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

/// A type of a column.
private enum ColumnType: String {
  case integer = "INTEGER"
  case real = "REAL"
  case text = "TEXT"
}

/// The columns of a table, with the narrowest type for all of their fields that are not blank.
private final class ColumnTypes {
  private(set) var names: [String] = []
  private var found: [ColumnType?] = []

  /// A column of blank fields has the type TEXT.
  var types: [ColumnType] { found.map { $0 ?? .text } }

  /// Adds the header, then the records.
  func add(_ record: [String]) {
    guard !names.isEmpty else {
      // SQLite takes names that differ in case only for the same.
      for name in record {
        var (own, number) = (name, 2)
        while names.contains(where: { $0.lowercased() == own.lowercased() }) {
          (own, number) = ("\(name)_\(number)", number + 1)
        }
        names.append(own)
      }
      found = record.map { _ in nil }
      return
    }
    for (column, text) in record.enumerated() where !text.isEmpty && found[column] != .text {
      if found[column] != .real, Self.isInteger(text) {
        found[column] = .integer
      } else {
        found[column] = Self.isNumber(text) ? .real : .text
      }
    }
  }

  /// A label such as `007` or `+1` is not a number: it would not be read back as written.
  private static func isInteger(_ text: String) -> Bool { Int64(text).map { String($0) == text } ?? false }

  private static func isNumber(_ text: String) -> Bool {
    guard let first = text.utf8.first, first == UInt8(ascii: "-") || (48...57).contains(first) else { return false }
    guard Double(text)?.isFinite == true else { return false }
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    return !(digits.count > 1 && digits.first == 48 && (48...57).contains(digits.dropFirst().first ?? 0))
      && !text.utf8.contains(UInt8(ascii: "x"))
  }
}

/// Passes the records of CSV text on as they come.
private final class CSVRecordSink: TextSink {
  private let body: ([String]) throws -> Void
  private var pending = ""
  private var isQuoted = false

  init(_ body: @escaping ([String]) throws -> Void) { self.body = body }

  func write(_ text: String) throws {
    pending += text
    // A doubled quotation mark ends quotes and begins them again.
    if text.utf8.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) == false { isQuoted.toggle() }
    if !isQuoted, pending.utf8.last == UInt8(ascii: "\n") { try finish() }
  }

  func write(bytes: [UInt8]) throws { try write(String(decoding: bytes, as: UTF8.self)) }

  func finish() throws {
    for record in try CSVTokenizer.records(of: pending) { try body(record) }
    pending = ""
  }
}
