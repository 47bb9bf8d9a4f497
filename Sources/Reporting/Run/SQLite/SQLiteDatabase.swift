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

  /// Creates a table with the columns of a CSV file, and fills it.
  ///
  /// - Parameters:
  ///   - file: the CSV file.
  ///   - table: the table's name.
  ///   - constraint: the table's constraint, given its columns.
  ///   - kind: the type of a column, given all columns.
  /// - Returns: the names of the columns.
  @discardableResult
  func add(
    _ file: ReportFile, named table: String, constraint: @escaping ([String]) -> String? = { _ in nil },
    kind: @escaping (_ column: String, _ columns: [String]) -> TableField.Kind
  ) throws -> [String] {
    var (names, kinds): ([String], [TableField.Kind]) = ([], [])
    var insertion: SQLiteLibrary.Handle?
    defer { if let insertion { _ = library.finalize(insertion) } }
    let records = CSVRecordSink { [self] fields, _ in
      let record = fields.map { String($0.text) }
      if let insertion { return try insert(record, kinds, insertion) }
      names = Self.distinct(record)
      kinds = record.map { kind($0, record) }
      let columns = zip(names, kinds).map { "\(Self.quoted($0)) \(Self.type($1))" }
      let definition = (columns + (constraint(names).map { [$0] } ?? [])).joined(separator: ", ")
      try execute("CREATE TABLE \(Self.quoted(table)) (\(definition))")
      let places = names.map { _ in "?" }.joined(separator: ", ")
      let text = "INSERT INTO \(Self.quoted(table)) VALUES (\(places))"
      try check(library.prepare(handle, text, -1, &insertion, 0))
    }
    try file.write(records)
    try records.finish()
    return names
  }

  /// The column names, made distinct: SQLite takes names that differ in case only for the same.
  private static func distinct(_ names: [String]) -> [String] {
    var found: [String] = []
    for name in names {
      var (own, number) = (name, 2)
      while found.contains(where: { $0.lowercased() == own.lowercased() }) {
        (own, number) = ("\(name)_\(number)", number + 1)
      }
      found.append(own)
    }
    return found
  }

  private static func type(_ kind: TableField.Kind) -> String {
    switch kind {
    case .string: "TEXT"
    case .integer: "INTEGER"
    case .number: "REAL"
    }
  }

  private func insert(_ record: [String], _ kinds: [TableField.Kind], _ statement: SQLiteLibrary.Handle) throws {
    for (column, (text, kind)) in zip(record, kinds).enumerated() {
      let place = Int32(column + 1)
      if text.isEmpty {
        try check(library.bindNull(statement, place))
      } else if kind == .integer, let number = Int64(text) {
        try check(library.bindInteger(statement, place, number))
      } else if kind == .number, let number = Double(text) {
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
