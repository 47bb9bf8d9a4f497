import Diagnostics
import Modeling
import Units

/// Reads a value from a CSV table: a column for each index, and `value`, or `low` and `high`.
///
/// Problems have the table's own line and column; a problem that recurs in many rows is reported once. Rows outside a
/// numeric index are anchor points if `interpolate` is given and some label needs them; others are counted and not
/// read. A row without a value counts as missing. Cells without a row are errors, unless `missing` gives their value or
/// `interpolate` fills them.
struct TableReader {
  let context: CheckContext
  let declaration: InputDeclaration

  init(_ context: CheckContext, _ declaration: InputDeclaration) {
    self.context = context
    self.declaration = declaration
  }

  /// The columns of a table by their meaning.
  struct TableColumns {
    var labels: [(index: IndexID, column: Int)] = []
    var value: Int?
    var low: Int?, high: Int?
    var unit: Int?, source: Int?, note: Int?

    /// The columns that hold values.
    var values: [Int] { [value, low, high].compactMap(\.self) }
  }

  /// The labelled values of a table, one per row.
  func labelledValues(_ entry: Node.Entry, columns renaming: Node.Entry?, missing: Node.Entry?) -> [LabelledValue] {
    guard let path = entry.value.text else {
      context.error("`table` is the path of a CSV file", at: entry.value.place, found: entry.value.kindInWords)
      return []
    }
    let fill = missing.flatMap { InputReader(context: context).labelledValue($0.value) }
    if let missing, let place = declaration.interpolationPlace {
      context.error(
        "`missing` and `interpolate` both say what a cell without a row is", at: missing.keyPlace,
        expected: "one of them",
        notes: [.init("`interpolate` is here", at: place)])
      return []
    }
    if declaration.over.contains(where: context.brokenIndexes.contains) { return [] }
    guard declaration.interpolation != nil || context.cellCount(declaration.over) <= SizeLimit.supportPoints else {
      tooMany()
      return []
    }
    guard let table = table(path, at: entry.value.span) else { return [] }
    guard let columns = self.columns(of: table, renaming) else { return [] }
    let mayLackValues = fill != nil || declaration.interpolation != nil
    let (all, isSound) = context.attempt { self.rows(of: table, columns, mayLackValues: mayLackValues) }
    guard isSound else { return [] }
    let taken = takingPart(all, in: table)
    guard taken.count <= SizeLimit.supportPoints else {
      tooMany()
      return []
    }
    let (read, areSound) = context.attempt { self.labelledValues(of: taken, in: table, columns) }
    guard areSound else { return [] }
    guard !read.isEmpty || fill != nil else {
      context.error("no row of this table is a cell of `\(declaration.entry.name)`", at: entry.value.span)
      return []
    }
    return read + filled(Set(taken.map(\.labels)), columns, fill, entry)
  }

  private func table(_ path: String, at place: SourcePlace) -> CSVTable? {
    do throws(Diagnostics) {
      let inside = declaration.entry.folder.isEmpty ? path : declaration.entry.folder + "/" + path
      return try CSVTable(try context.parsed.root.read(inside, place).0)
    } catch {
      context.report(error)
      return nil
    }
  }

  private func tooMany() {
    context.error(
      "`\(declaration.entry.name)` has more than \(SizeLimit.supportPoints) cells with a value of their own",
      at: declaration.entry.namePlace)
  }

  // MARK: - Columns

  private func columns(of table: CSVTable, _ renaming: Node.Entry?) -> TableColumns? {
    var meanings: [String: String] = [:]
    let known = declaration.over.map { context[$0].name } + ["value", "low", "high", "unit", "source", "note"]
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
    var strangers: [CSVTable.Field] = []
    let renamed = Set(meanings.values)
    for (position, field) in table.header.enumerated() {
      let header = String(field.text)
      let meaning = meanings[header] ?? header
      if known.contains(meaning), meanings[header] != nil || !renamed.contains(meaning) {
        positions[meaning] = position
      } else {
        strangers.append(field)
      }
    }
    if !strangers.isEmpty {
      reportStrangers(strangers, known: known, isHeader: !positions.isEmpty || !meanings.isEmpty, in: table)
      isSound = false
    }
    guard isSound else { return nil }
    return columns(positions, table)
  }

  /// Reports unknown columns in one message: a misspelt column, or a first line that is not a header.
  private func reportStrangers(_ strangers: [CSVTable.Field], known: [String], isHeader: Bool, in table: CSVTable) {
    for field in strangers where context.reportInvisible(in: String(field.text), at: table.place(of: field)) { return }
    if !isHeader, let problem = noHeader(known, in: table) {
      context.report(problem)
      return
    }
    let header = String(strangers[0].text)
    let names = strangers.prefix(8).map { "`\($0.text)`" } + (strangers.count > 8 ? ["…"] : [])
    context.error(
      strangers.count == 1
        ? "the table has a column `\(header)`, which means nothing here"
        : "the table has \(strangers.count) columns that mean nothing here: \(names.joined(separator: ", "))",
      at: table.place(of: strangers[0]), expected: known.joined(separator: ", "),
      suggestion: strangers.count == 1 ? context.nearest(to: header, among: known) : nil,
      advice: "`columns: {low: lo90}` in the input gives columns other names")
  }

  /// The problem of a first line that is not a header: a line below has the column names, or its own fields are data.
  private func noHeader(_ known: [String], in table: CSVTable) -> Diagnostic? {
    let records = CSVTable.firstRecords(30, of: table.file)
    guard let first = records.first else { return nil }
    let names = Set(known)
    if let header = records.dropFirst().first(where: { $0.fields.contains { names.contains(String($0)) } }) {
      return TableBeginning.problem(
        first.line, "none of its fields names a column", header: header.line, in: table.file)
    }
    let isRow = first.fields.contains { field in
      var text = LooseText(field)
      return (text.number() != nil && text.isAtEnd)
        || declaration.over.contains { context.position(ofLabel: String(field), on: $0) != nil }
    }
    guard isRow else { return nil }
    return TableBeginning.problem(first.line, "it holds labels or values", header: nil, in: table.file)
  }

  private func columns(_ positions: [String: Int], _ table: CSVTable) -> TableColumns? {
    var columns = TableColumns()
    let header = table.header.first.map { table.place(of: $0) }
    for index in declaration.over {
      guard let column = positions[context[index].name] else {
        context.error(
          "the table has no column for the index `\(context[index].name)`", at: header,
          expected: "a column for each index of `\(declaration.entry.name)`: \(context.list(declaration.over))")
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

  // MARK: - Cells without a row

  /// Labelled values for the cells without a row; without `missing` and `interpolate` they are reported.
  private func filled(
    _ rows: Set<[IndexID: Int]>, _ columns: TableColumns, _ fill: LabelledValue?, _ entry: Node.Entry
  ) -> [LabelledValue] {
    let indexes = columns.labels.map(\.index)
    if fill == nil, declaration.interpolation != nil { return [] }
    let space = CellSpace(indexes, in: context.indexes)
    guard rows.count < space.count else { return [] }
    var lacking: [[IndexID: Int]] = []
    for cell in 0..<space.count {
      let labels = Dictionary(uniqueKeysWithValues: zip(space.indexes, space.positions(ofCell: cell)))
      if !rows.contains(labels) { lacking.append(labels) }
      if fill == nil, lacking.count > 4 { break }
    }
    guard let fill else {
      let shown = lacking.prefix(3).map(name(of:)).joined(separator: "; ")
      let count = space.count - rows.count
      context.error(
        "the table has no row for \(count == 1 ? "a cell" : "\(count) cells") of `\(declaration.entry.name)`",
        at: entry.value.span, found: "no row for \(shown)\(count > 3 ? " …" : "")",
        advice: "`missing: 0` gives such cells a value; `interpolate: linear` fills them between anchor points")
      return []
    }
    return lacking.map { labels in
      var labelledValue = fill
      labelledValue.labels = labels
      return labelledValue
    }
  }

  /// `year=2019, accelerator=h100`
  func name(of labels: [IndexID: Int]) -> String {
    context.sorted(labels.keys).map { "\(context[$0].name)=\(context.label(at: labels[$0] ?? 0, on: $0))" }
      .joined(separator: ", ")
  }
}
