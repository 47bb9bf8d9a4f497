import Diagnostics
import Modeling
import Units

/// The rows of a table: first their labels, then the values of those that take part.
extension TableReader {
  /// A row with its label positions.
  struct Row {
    var row: Int
    var labels: [IndexID: Int]
  }

  /// The rows that are cells or anchor points; invalid labels and repeated rows are reported.
  ///
  /// - Parameter mayLackValues: Whether a row with a blank value counts as missing.
  func rows(of table: CSVTable, _ columns: TableColumns, mayLackValues: Bool) -> [Row] {
    var rows: [Row] = []
    var first: [[Int]: Int] = [:]
    var problems = CellProblems(context)
    for row in 0..<table.rowCount {
      guard let labels = labels(of: row, in: table, columns, &problems) else { continue }
      if mayLackValues, columns.values.allSatisfy({ table[row, $0].text.isEmpty }) { continue }
      let key = columns.labels.map { labels[$0.index] ?? 0 }
      if let earlier = first[key] {
        problems.add(
          Diagnostic(
            .repeatedRow(name(of: labels), first: table.place(ofRow: earlier)), at: table.place(ofRow: row)))
        continue
      }
      first[key] = row
      rows.append(Row(row: row, labels: labels))
      // These are enough to know that there are too many.
      guard rows.count <= (declaration.interpolation == nil ? SizeLimit.supportPoints : SizeLimit.cells) else { break }
    }
    problems.report()
    return rows
  }

  /// The label positions of a row; nil if it is outside a numeric index or a label is unknown, which is recorded.
  private func labels(
    of row: Int, in table: CSVTable, _ columns: TableColumns, _ problems: inout CellProblems
  ) -> [IndexID: Int]? {
    var labels: [IndexID: Int] = [:]
    for (index, column) in columns.labels {
      let field = table[row, column]
      let text = String(field.text)
      guard !text.isEmpty else {
        problems.add(
          Diagnostic(
            .blankLabel(context[index].name, labels: context[index].labels), at: table.place(of: field)))
        return nil
      }
      if let position = context.position(ofLabel: text, on: index) {
        labels[index] = position
      } else if context[index].isNumeric, let number = IndexChecker.number(text) {
        guard declaration.interpolation != nil else {
          context.skippedTableRows += 1
          return nil
        }
        labels[index] = context.anchorPosition(ofNumber: number, on: index)
      } else {
        let unknown = context.capturing {
          FormulaChecker(context: context, use: .constant).reportUnknownLabel(
            text, on: index, at: table.place(of: field))
        }
        unknown.problems.forEach { problems.add($0) }
        return nil
      }
    }
    return labels
  }

  /// The rows inside the indexes, and those outside that some label is interpolated from; the others are counted.
  func takingPart(_ rows: [Row], in table: CSVTable) -> [Row] {
    let labels = rows.map(\.labels)
    let along = context.silently { AnchorIndexReader(context).index(of: declaration, mentioning: labels) }
    let selection = AnchorSelection(context: context, declaration: declaration, along: along)
    let result = zip(rows, selection.takingPart(labels)).filter(\.1).map(\.0)
    context.skippedTableRows += rows.count - result.count
    for row in result { selection.warnIfStray(row.labels, at: table.place(ofRow: row.row)) }
    return result
  }

  /// The labelled values of rows; errors are reported.
  func labelledValues(of rows: [Row], in table: CSVTable, _ columns: TableColumns) -> [LabelledValue] {
    var labelledValues: [LabelledValue] = []
    var problems = CellProblems(context)
    for row in rows {
      guard !problems.areMany else { break }
      let (labelledValue, reported) = context.capturing { () -> LabelledValue? in
        self.labelledValue(table, row, columns)
      }
      reported.forEach { problems.add($0) }
      if let labelledValue { labelledValues.append(labelledValue) }
    }
    problems.report()
    return labelledValues
  }

  /// The labelled value of a row; nil if an error was reported.
  private func labelledValue(_ table: CSVTable, _ row: Row, _ columns: TableColumns) -> LabelledValue? {
    guard let syntax = syntax(table, row.row, columns) else { return nil }
    var labelledValue = LabelledValue(syntax: syntax, labels: row.labels, origin: .file(table.place(ofRow: row.row)))
    if let column = columns.unit, !table[row.row, column].text.isEmpty {
      let field = table[row.row, column]
      guard let unit = UnitReader(context).unit(UnitText(String(field.text), at: table.place(of: field))) else {
        return nil
      }
      if let own = declaration.unit, own.dimension != unit.dimension {
        context.report(
          .rowUnitMismatch(declaration.entry.name, expected: own.text, found: unit.text), at: table.place(of: field))
        return nil
      }
      labelledValue.unit = unit
    }
    labelledValue.provenance.source = columns.source.flatMap { text(table[row.row, $0]) }
    labelledValue.provenance.note = columns.note.flatMap { text(table[row.row, $0]) }
    return labelledValue
  }

  private func text(_ field: CSVTable.Field) -> String? { field.text.isEmpty ? nil : String(field.text) }

  /// A row's value: the one in column `value`, or `low to high`; equal ends give a constant.
  private func syntax(_ table: CSVTable, _ row: Int, _ columns: TableColumns) -> Syntax? {
    func parsed(_ column: Int) -> Syntax? {
      let field = table[row, column]
      guard !field.text.isEmpty else {
        context.report(
          .lackingField(
            String(table.header[column].text),
            isEndOfInterval: columns.value == nil && declaration.interpolation != nil),
          at: table.place(of: field))
        return nil
      }
      let text = table.text(of: field)
      return columns.value == nil
        ? context.number(of: text, role: .tableCell) : context.value(of: text, role: .tableCell)
    }
    if let value = columns.value { return parsed(value) }
    guard let lowColumn = columns.low, let highColumn = columns.high else { return nil }
    let ends = (parsed(lowColumn), parsed(highColumn))
    guard let low = ends.0, let high = ends.1 else { return nil }
    for (end, column) in [(low, lowColumn), (high, highColumn)] where end.holdsDistribution {
      context.report(.distributionAsIntervalEnd(end.text, isLow: column == lowColumn), at: end.place)
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
}

extension Syntax {
  /// Whether it has a minus sign.
  fileprivate var isNegated: Bool {
    if case .negate = kind { true } else { false }
  }
}
