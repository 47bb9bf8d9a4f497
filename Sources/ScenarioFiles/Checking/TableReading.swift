import Modeling
import Units

/// Reads a value from a CSV table: a column for each index, and `value`, or `low` and `high`.
///
/// Problems are placed at the table's own line and column. Rows outside a numeric index are skipped and counted;
/// cells without a row are errors, unless `missing` gives their value or `between` bridges them.
struct TableReading {
  let context: CheckContext
  let draft: StatedDraft

  init(_ context: CheckContext, _ draft: StatedDraft) {
    self.context = context
    self.draft = draft
  }

  /// The columns of a table by what they mean.
  private struct Columns {
    var labels: [(index: IndexID, column: Int)] = []
    var value: Int?
    var low: Int?, high: Int?
    var unit: Int?, source: Int?, note: Int?
  }

  /// Problems of one table after which no more of it are told.
  private static let mostProblems = 20

  /// The leaves of a table, one a row.
  func leaves(_ entry: Node.Entry, columns renaming: Node.Entry?, missing: Node.Entry?) -> [ValueLeaf] {
    guard let path = entry.value.text else {
      context.error("`table` is the path of a CSV file", at: entry.value.place, found: entry.value.kindInWords)
      return []
    }
    let fill = missing.flatMap { StatedReading(context: context).leaf($0.value) }
    if draft.over.contains(where: context.brokenIndexes.contains) { return [] }
    guard draft.between != nil || context.cellCount(draft.over) <= SizeLimit.sites else {
      tooMany()
      return []
    }
    guard let table = table(path, at: entry.value.span) else { return [] }
    guard let columns = self.columns(of: table, renaming) else { return [] }
    var leaves: [ValueLeaf] = []
    var rows: [[Int]: Int] = [:]
    var problems = 0
    for row in 0..<table.rowCount {
      guard problems < Self.mostProblems else { break }
      let (leaf, isSound) = context.attempt { self.leaf(table, row, columns) }
      if !isSound { problems += 1 }
      guard let leaf else { continue }
      let key = columns.labels.map { leaf.labels[$0.index] ?? 0 }
      if let first = rows[key] {
        context.error(
          "a second row for \(name(of: leaf.labels))", at: table.place(ofRow: row),
          notes: [.init("the first is here", at: table.place(ofRow: first))])
        problems += 1
        continue
      }
      rows[key] = row
      leaves.append(leaf)
      guard leaves.count <= SizeLimit.sites else {
        tooMany()
        return []
      }
    }
    guard problems == 0 else { return [] }
    guard !leaves.isEmpty || fill != nil else {
      context.error("no row of this table is a cell of `\(draft.entry.name)`", at: entry.value.span)
      return []
    }
    return leaves + filled(rows, columns, fill, entry)
  }

  private func table(_ path: String, at place: SourcePlace) -> CSVTable? {
    do throws(Diagnostics) {
      let inside = draft.entry.folder.isEmpty ? path : draft.entry.folder + "/" + path
      return try CSVTable(try context.draft.root.read(inside, place).0)
    } catch {
      context.report(error)
      return nil
    }
  }

  private func tooMany() {
    context.error(
      "`\(draft.entry.name)` has more than \(SizeLimit.sites) cells with a value of their own",
      at: draft.entry.namePlace)
  }

  // MARK: - Columns

  private func columns(of table: CSVTable, _ renaming: Node.Entry?) -> Columns? {
    var meanings: [String: String] = [:]
    let known = draft.over.map { context[$0].name } + ["value", "low", "high", "unit", "source", "note"]
    var isSound = true
    if let renaming {
      guard case .mapping(let entries) = renaming.value.kind else {
        context.error(
          "`columns` renames columns", at: renaming.value.place, expected: "`{low: lo90}`",
          found: renaming.value.kindInWords)
        return nil
      }
      let headers = table.header.map { String($0.text) }
      for entry in entries {
        guard known.contains(entry.key) else {
          context.error(
            "a table has no use for a column `\(entry.key)`", at: entry.keyPlace,
            expected: known.joined(separator: ", "),
            suggestion: context.nearest(to: entry.key, among: known))
          isSound = false
          continue
        }
        guard let header = entry.value.text, headers.contains(header) else {
          context.error(
            "the table has no column \(entry.value.kindInWords)", at: entry.value.span,
            expected: headers.joined(separator: ", "),
            suggestion: context.nearest(to: entry.value.text ?? "", among: headers))
          isSound = false
          continue
        }
        meanings[header] = entry.key
      }
    }
    var positions: [String: Int] = [:]
    let renamed = Set(meanings.values)
    for (position, field) in table.header.enumerated() {
      let header = String(field.text)
      let meaning = meanings[header] ?? header
      guard known.contains(meaning), meanings[header] != nil || !renamed.contains(meaning) else {
        context.error(
          "the table has a column `\(header)`, which means nothing here", at: table.place(of: field),
          expected: known.joined(separator: ", "), suggestion: context.nearest(to: header, among: known),
          advice: "`columns: {low: lo90}` in the input gives columns other names")
        isSound = false
        continue
      }
      positions[meaning] = position
    }
    guard isSound else { return nil }
    return columns(positions, table)
  }

  private func columns(_ positions: [String: Int], _ table: CSVTable) -> Columns? {
    var columns = Columns()
    let header = table.header.first.map { table.place(of: $0) }
    for index in draft.over {
      guard let column = positions[context[index].name] else {
        context.error(
          "the table has no column for the index `\(context[index].name)`", at: header,
          expected: "a column for each index of `\(draft.entry.name)`: \(context.list(draft.over))")
        return nil
      }
      columns.labels.append((index, column))
    }
    (columns.value, columns.low, columns.high) = (positions["value"], positions["low"], positions["high"])
    (columns.unit, columns.source, columns.note) = (positions["unit"], positions["source"], positions["note"])
    let hasInterval = columns.low != nil || columns.high != nil
    guard columns.value != nil || hasInterval else {
      context.error("the table has no values", at: header, expected: "a column `value`, or `low` and `high`")
      return nil
    }
    guard columns.value == nil || !hasInterval else {
      context.error(
        "the table has a column `value` as well as `low` or `high`", at: header,
        expected: "`value`, or `low` and `high`")
      return nil
    }
    guard columns.value != nil || (columns.low != nil && columns.high != nil) else {
      context.error(
        "the table has one end of intervals", at: header, expected: "`low` and `high`",
        found: columns.low == nil ? "`high`" : "`low`")
      return nil
    }
    return columns
  }

  // MARK: - Rows

  /// The leaf of a row; nil if it is skipped or a mistake was reported.
  private func leaf(_ table: CSVTable, _ row: Int, _ columns: Columns) -> ValueLeaf? {
    var labels: [IndexID: Int] = [:]
    for (index, column) in columns.labels {
      let field = table[row, column]
      let text = String(field.text)
      guard let position = context.position(ofLabel: text, on: index) else {
        if context[index].isNumeric, IndexChecker.number(text) != nil {
          context.skippedTableRows += 1
          return nil
        }
        FormulaChecker(context: context, use: .constant).reportUnknownLabel(text, on: index, at: table.place(of: field))
        return nil
      }
      labels[index] = position
    }
    guard let syntax = syntax(table, row, columns) else { return nil }
    var leaf = ValueLeaf(syntax: syntax, labels: labels, origin: .file(table.place(ofRow: row)))
    if let column = columns.unit, !table[row, column].text.isEmpty {
      let field = table[row, column]
      guard let unit = UnitReading(context).unit(UnitText(String(field.text), at: table.place(of: field))) else {
        return nil
      }
      if let own = draft.unit, own.dimension != unit.dimension {
        context.error(
          "this row is not in the unit of `\(draft.entry.name)`", at: table.place(of: field), expected: own.text,
          found: unit.text)
        return nil
      }
      leaf.unit = unit
    }
    leaf.provenance.source = columns.source.flatMap { text(table[row, $0]) }
    leaf.provenance.note = columns.note.flatMap { text(table[row, $0]) }
    return leaf
  }

  private func text(_ field: CSVTable.Field) -> String? { field.text.isEmpty ? nil : String(field.text) }

  /// A row's value: what `value` says, or `low to high`; equal ends are that constant.
  private func syntax(_ table: CSVTable, _ row: Int, _ columns: Columns) -> Syntax? {
    func parsed(_ column: Int) -> Syntax? {
      let field = table[row, column]
      guard !field.text.isEmpty else {
        context.error(
          "this row has no `\(table.header[column].text)`", at: table.place(of: field),
          advice: "a cell without a value is a row left out, or `missing:`")
        return nil
      }
      do throws(Diagnostics) {
        return try FormulaParser.syntax(of: table.text(of: field))
      } catch {
        context.report(error)
        return nil
      }
    }
    if let value = columns.value { return parsed(value) }
    guard let lowColumn = columns.low, let highColumn = columns.high else { return nil }
    let ends = (parsed(lowColumn), parsed(highColumn))
    guard let low = ends.0, let high = ends.1 else { return nil }
    for (end, column) in [(low, lowColumn), (high, highColumn)] where end.holdsLaw {
      context.error(
        "an end of an interval is a constant", at: end.place, found: "`\(end.text)`",
        advice: column == lowColumn ? "a column `value` may hold intervals and laws" : nil)
      return nil
    }
    if case .number(let a, let unitA, let percentA) = low.withoutSign.kind,
      case .number(let b, let unitB, let percentB) = high.withoutSign.kind, a == b, unitA?.text == unitB?.text,
      percentA == percentB, low.isNegated == high.isNegated
    {
      return low
    }
    return Syntax(.interval(low, high, within: nil), at: low.place, text: "\(low.text) to \(high.text)")
  }

  // MARK: - Cells without a row

  /// Leaves for the cells that have no row; without `missing` and `between` they are reported.
  private func filled(
    _ rows: [[Int]: Int], _ columns: Columns, _ fill: ValueLeaf?, _ entry: Node.Entry
  ) -> [ValueLeaf] {
    let indexes = columns.labels.map(\.index)
    if fill == nil, draft.between != nil { return [] }
    let space = CellSpace(indexes, in: context.indexes)
    guard rows.count < space.count else { return [] }
    var lacking: [[IndexID: Int]] = []
    for cell in 0..<space.count {
      let labels = Dictionary(uniqueKeysWithValues: zip(space.indexes, space.positions(ofCell: cell)))
      if rows[indexes.map { labels[$0] ?? 0 }] == nil { lacking.append(labels) }
      if fill == nil, lacking.count > 4 { break }
    }
    guard let fill else {
      let shown = lacking.prefix(3).map(name(of:)).joined(separator: "; ")
      let count = space.count - rows.count
      context.error(
        "the table has no row for \(count == 1 ? "a cell" : "\(count) cells") of `\(draft.entry.name)`",
        at: entry.value.span, found: "no row for \(shown)\(count > 3 ? " …" : "")",
        advice: "`missing: 0` gives such cells a value; `between: linear` fills them between knots")
      return []
    }
    return lacking.map { labels in
      var leaf = fill
      leaf.labels = labels
      return leaf
    }
  }

  /// `year=2019, accelerator=h100`
  private func name(of labels: [IndexID: Int]) -> String {
    context.sorted(labels.keys).map { "\(context[$0].name)=\(context[$0].labels[labels[$0] ?? 0])" }
      .joined(separator: ", ")
  }
}

extension Syntax {
  /// Whether it stands behind a minus sign.
  fileprivate var isNegated: Bool {
    if case .negate = kind { true } else { false }
  }
}
