/// An aligned table of text columns, with two spaces between columns and no trailing spaces.
struct TextTable {
  /// The alignment of a column's fields.
  enum Alignment {
    case left, right, decimal
  }

  private var columns: [[String]] = []

  /// A table without columns.
  init() {}

  /// Adds a column: its header, and a field for each row.
  ///
  /// Decimal alignment aligns the points: `0.41` above `12`; text without digits is right-aligned.
  mutating func add(_ header: String, _ fields: [String], _ alignment: Alignment) {
    let fields = fields.map(ScreenText.onOneLine)
    let body = alignment == .decimal ? Self.alignedAtPoint(fields) : fields
    let width = ([header] + body).map(\.count).max() ?? 0
    columns.append(
      ([header] + body).map { field in
        let gap = String(repeating: " ", count: width - field.count)
        return alignment == .left ? field + gap : gap + field
      })
  }

  /// The lines, the header first.
  var lines: [String] {
    (0..<(columns.first?.count ?? 0)).map { row in
      let line = columns.map { $0[row] }.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// Fields padded to one width with aligned decimal points (or ends, without one).
  static func alignedAtPoint(_ fields: [String]) -> [String] {
    let isNumber = fields.map { $0.contains(where: \.isNumber) && !$0.contains("e") }
    let split = fields.map { field in
      let whole = field.prefix { $0 != "." }.count
      return (whole: whole, rest: field.count - whole)
    }
    let numbers = zip(split, isNumber).filter(\.1).map(\.0)
    let whole = numbers.map(\.whole).max() ?? 0
    let rest = numbers.map(\.rest).max() ?? 0
    let width = max(whole + rest, fields.map(\.count).max() ?? 0)
    return fields.indices.map { row in
      let right = isNumber[row] ? rest - split[row].rest : 0
      let left = width - fields[row].count - right
      return String(repeating: " ", count: max(0, left)) + fields[row] + String(repeating: " ", count: right)
    }
  }
}
