import TextFormats

/// The first place at which a file of a result differs from the same file of another run.
package struct FirstDifference: Sendable, Equatable {
  /// The path in the results folder.
  package var path: String
  /// The line, counted from 1; 0 if there is none.
  package var line = 0
  /// The fields that identify the row of a table: `output`, `electricity`.
  package var key: [Field] = []
  /// The column of a table.
  package var column: String?
  /// What the results folder has; nil if it has nothing there.
  package var recorded: String?
  /// What the other run has.
  package var anew: String?

  /// A field of a row.
  package struct Field: Sendable, Equatable {
    /// The column.
    package var column: String
    /// The text.
    package var value: String
  }

  /// The maximum length of a text that is shown.
  private static let longest = 200

  /// The first difference of two files.
  ///
  /// - Parameters:
  ///   - path: the path in the results folder.
  ///   - recorded: the bytes in the results folder.
  ///   - anew: the bytes of the other run, which are not the same.
  init(path: String, recorded: [UInt8], anew: [UInt8]) {
    self.path = path
    if path.hasSuffix(".csv"), let difference = Self.ofTables(path, recorded, anew) {
      self = difference
      return
    }
    let place = zip(recorded, anew).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    let start = place ?? min(recorded.count, anew.count)
    if recorded.prefix(1 << 13).contains(0) {
      func byte(_ bytes: [UInt8]) -> String? { bytes.indices.contains(start) ? "\(bytes[start])" : nil }
      (column, self.recorded, self.anew) = ("byte \(start)", byte(recorded), byte(anew))
      return
    }
    line = recorded.prefix(start).count { $0 == 10 } + 1
    (self.recorded, self.anew) = (Self.line(of: recorded, around: start), Self.line(of: anew, around: start))
  }

  /// A file that is too large for its first difference to be located: its size or digest.
  init(of file: WrittenFile, now found: FileDigest) {
    path = file.path
    switch found {
    case .size(let size): (column, recorded, anew) = ("bytes", "\(file.bytes)", "\(size)")
    case .digest(let digest): (column, recorded, anew) = ("SHA-256", file.sha256, digest)
    case .missing: break
    case .unreadable(let reason): (column, recorded, anew) = ("SHA-256", file.sha256, reason)
    }
  }

  /// A file that the other run has not written.
  init(notWritten path: String) { self.path = path }

  /// The line that contains a byte, shortened.
  private static func line(of bytes: [UInt8], around place: Int) -> String? {
    guard place < bytes.count else { return nil }
    let first = bytes[..<place].lastIndex(of: 10).map { $0 + 1 } ?? 0
    let end = bytes[place...].firstIndex(of: 10) ?? bytes.count
    // A long line is shown from shortly before the difference.
    let shown = end - first > longest ? max(first, place - longest / 4) : first
    return String(decoding: bytes[shown..<min(end, shown + longest)], as: UTF8.self)
  }

  /// The first cell that differs; nil if one of the files is not a table.
  private static func ofTables(_ path: String, _ recorded: [UInt8], _ anew: [UInt8]) -> FirstDifference? {
    func rows(_ bytes: [UInt8]) -> [[String]]? {
      (try? CSVTokenizer.records(of: String(decoding: bytes, as: UTF8.self)))?.map { $0.map { String($0) } }
    }
    guard let old = rows(recorded), let new = rows(anew), let header = old.first else { return nil }
    guard
      let row = (0..<max(old.count, new.count)).first(where: { row in
        !old.indices.contains(row) || !new.indices.contains(row) || old[row] != new[row]
      })
    else { return nil }
    let (left, right) = (old.indices.contains(row) ? old[row] : [], new.indices.contains(row) ? new[row] : [])
    var difference = FirstDifference(notWritten: path)
    difference.line = row + 1
    let column =
      (0..<max(left.count, right.count)).first { at in
        !left.indices.contains(at) || !right.indices.contains(at) || left[at] != right[at]
      } ?? 0
    difference.column = header.indices.contains(column) ? header[column] : "column \(column + 1)"
    difference.recorded = left.indices.contains(column) ? left[column] : nil
    difference.anew = right.indices.contains(column) ? right[column] : nil
    if row > 0 { difference.key = key(of: left.isEmpty ? right : left, before: column, header, among: old) }
    return difference
  }

  /// The first columns of a row that no other row has alike, none of them the one that differs.
  private static func key(of row: [String], before column: Int, _ header: [String], among rows: [[String]]) -> [Field] {
    let most = min(column, row.count, header.count)
    var others = rows.dropFirst().filter { $0 != row }
    var width = 0
    while width < most, !others.isEmpty {
      others = others.filter { $0.indices.contains(width) && $0[width] == row[width] }
      width += 1
    }
    return (0..<width).filter { !row[$0].isEmpty }.map { Field(column: header[$0], value: row[$0]) }
  }
}
