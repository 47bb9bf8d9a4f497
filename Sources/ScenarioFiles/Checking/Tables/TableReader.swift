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
      context.report(.notTablePath(found: entry.value.kindInWords), at: entry.value.place)
      return []
    }
    let fill = missing.flatMap { InputReader(context: context).labelledValue($0.value) }
    if let missing, let place = declaration.interpolationPlace {
      context.report(.missingAndInterpolate(interpolate: place), at: missing.keyPlace)
      return []
    }
    if declaration.over.contains(where: context.brokenIndexes.contains) { return [] }
    guard declaration.interpolation != nil || context.cellCount(declaration.over) <= SizeLimit.supportPoints else {
      tooMany()
      return []
    }
    guard let table = table(path, at: entry.value.span) else { return [] }
    guard let columns = self.columns(of: table, renaming) else { return [] }
    let mayLackValues = missing != nil || declaration.interpolation != nil
    let (all, isSound) = context.attempt { self.rows(of: table, columns, mayLackValues: mayLackValues) }
    guard isSound else { return [] }
    let taken = takingPart(all, in: table)
    guard taken.count <= SizeLimit.supportPoints else {
      tooMany()
      return []
    }
    let (read, areSound) = context.attempt { self.labelledValues(of: taken, in: table, columns) }
    // An invalid `missing` has been reported.
    guard areSound, fill != nil || missing == nil else { return [] }
    context.countVerified(taken.map(\.row), in: table)
    guard !read.isEmpty || fill != nil else {
      context.report(.noRowInside(declaration.entry.name), at: entry.value.span)
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
    context.report(
      .tooManySupportPoints(declaration.entry.name, limit: SizeLimit.supportPoints), at: declaration.entry.namePlace)
  }

  // MARK: - Columns

  private func columns(of table: CSVTable, _ renaming: Node.Entry?) -> TableColumns? {
    var meanings: [String: String] = [:]
    let known = declaration.over.map { context[$0].name } + ["value", "low", "high", "unit"] + CommentColumns.text
    var isSound = true
    if let renaming {
      guard case .mapping(let entries) = renaming.value.kind else {
        context.report(.notColumnNames(found: renaming.value.kindInWords), at: renaming.value.place)
        return nil
      }
      let headers = table.header.map { String($0.text) }
      for entry in entries {
        guard known.contains(entry.key) else {
          context.report(
            .meaninglessColumn(entry.key, known: known, nearest: context.nearest(to: entry.key, among: known)),
            at: entry.keyPlace)
          isSound = false
          continue
        }
        guard let header = entry.value.text, headers.contains(header) else {
          context.report(
            .lackingColumn(
              entry.value.kindInWords, columns: headers,
              nearest: context.nearest(to: entry.value.text ?? "", among: headers)),
            at: entry.value.span)
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
      } else if !CommentColumns.provenance.contains(header) {
        strangers.append(field)
      }
    }
    if !strangers.isEmpty {
      reportStrangers(
        strangers, known: known + CommentColumns.provenance, isHeader: !positions.isEmpty || !meanings.isEmpty,
        in: table)
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
    let names = strangers.map { String($0.text) }
    context.report(
      .unknownColumns(
        names, known: known, nearest: names.count == 1 ? context.nearest(to: names[0], among: known) : nil),
      at: table.place(of: strangers[0]))
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
    return TableBeginning.problem(first.line, "it contains labels or values", header: nil, in: table.file)
  }

  private func columns(_ positions: [String: Int], _ table: CSVTable) -> TableColumns? {
    var columns = TableColumns()
    let header = table.header.first.map { table.place(of: $0) }
    for index in declaration.over {
      guard let column = positions[context[index].name] else {
        context.report(
          .lackingIndexColumn(
            context[index].name, of: declaration.entry.name, indexes: context.list(declaration.over)),
          at: header)
        return nil
      }
      columns.labels.append((index, column))
    }
    (columns.value, columns.low, columns.high) = (positions["value"], positions["low"], positions["high"])
    (columns.unit, columns.source, columns.note) = (positions["unit"], positions["source"], positions["note"])
    let hasInterval = columns.low != nil || columns.high != nil
    guard columns.value != nil || hasInterval else {
      context.report(.lackingValueColumn, at: header)
      return nil
    }
    guard columns.value == nil || !hasInterval else {
      context.report(.valueAndInterval, at: header)
      return nil
    }
    guard columns.value != nil || (columns.low != nil && columns.high != nil) else {
      context.report(.lackingIntervalColumn(given: columns.low == nil ? "high" : "low"), at: header)
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
      context.report(
        .lackingRows(
          space.count - rows.count, of: declaration.entry.name, examples: lacking.prefix(3).map(name(of:))),
        at: entry.value.span)
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
