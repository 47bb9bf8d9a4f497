import Diagnostics
import Distributions
import Modeling
import Units

/// Reads a table of cases: some columns set inputs, the others hold observed values of outputs.
///
/// A header is `NAME`, `NAME[label,…]` or `observed.NAME…`, optionally followed by a space and the unit of the column's
/// bare numbers. `case` names a case and `group` its group; `CommentColumns` and headers that begin with `note.` are
/// for human readers. A blank cell keeps the scenario's value of the input, or means an unobserved output.
struct CaseReader {
  let context: CheckContext
  let outputs: [Output]
  /// The inputs after assignments.
  let final: [QuantityID: CheckedInput]

  /// Maximum number of cases in a table.
  private static let mostCases = 10_000

  /// A column.
  private enum CaseColumn {
    case name, group, ignored
    case input(QuantityID, cells: [Int], unit: Unit?)
    case observed(output: Int, cell: Int, unit: Unit?)
  }

  /// The cases; errors are reported.
  func cases(in table: CSVTable) -> [CaseTable.Case] {
    let problems = context.diagnostics.count
    let columns = table.header.map { column($0, table) }
    let (_, isSound) = context.attempt { checkColumns(columns, table) }
    guard isSound, context.diagnostics.count == problems else { return [] }
    guard table.rowCount <= Self.mostCases else {
      context.report(.tooManyCases(limit: Self.mostCases), at: table.place(ofRow: Self.mostCases))
      return []
    }
    var cases: [CaseTable.Case] = []
    var rows: [String: Int] = [:]
    var mistakes = CellProblems(context)
    for row in 0..<table.rowCount where !mistakes.areMany {
      let (read, found) = context.capturing { self.case(row, columns, table) }
      found.forEach { mistakes.add($0) }
      guard let read else { continue }
      if let earlier = rows[read.name] {
        mistakes.add(
          Diagnostic(.repeatedCase(read.name, first: table.place(ofRow: earlier)), at: table.place(ofRow: row)))
      }
      rows[read.name] = row
      cases.append(read)
    }
    mistakes.report()
    if cases.isEmpty, context.diagnostics.count == problems, let first = table.header.first {
      context.report(.noCases, at: table.place(of: first))
    }
    return cases
  }

  // MARK: - Columns

  private func column(_ field: CSVTable.Field, _ table: CSVTable) -> CaseColumn {
    let text = String(field.text)
    if text == "case" { return .name }
    if text == "group" { return .group }
    if CommentColumns.all.contains(text) || text.hasPrefix("note.") { return .ignored }
    if context.reportInvisible(in: text, at: table.place(of: field)) { return .ignored }
    guard let header = CaseHeader(text, at: table.place(of: field)) else {
      context.report(.notACaseColumn(text), at: table.place(of: field))
      return .ignored
    }
    let unit = header.unit.map { UnitReader(context).unit($0) }
    if case .some(nil) = unit { return .ignored }
    return header.isObserved ? observed(header, unit ?? nil) : input(header, unit ?? nil)
  }

  private func input(_ header: CaseHeader, _ unit: Unit?) -> CaseColumn {
    guard let id = context.names.quantity(header.name), let input = final[id] else {
      let kind = context.names.kind(header.name)
      let stated = context.quantities.filter { !$0.isEquation }.map(\.name)
      let isOutput = outputs.contains { context[$0.quantity].name == header.name }
      let nearest =
        isOutput
        ? "observed.\(header.name)"
        : context.nearest(to: header.name, among: stated + ["case", "group"] + CommentColumns.all)
      context.report(.unknownCaseInput(header.name, kind: kind, nearest: nearest), at: header.namePlace)
      return .ignored
    }
    guard isFitting(unit, header, of: id), let cells = cells(header, of: id) else { return .ignored }
    return .input(id, cells: cells, unit: unit ?? context[id].inputDeclaration?.unit ?? labelUnit(input))
  }

  /// The unit of bare text; labels have none.
  private func labelUnit(_ input: CheckedInput) -> Unit? { input.categories == nil ? nil : .one }

  private func observed(_ header: CaseHeader, _ unit: Unit?) -> CaseColumn {
    guard let output = outputs.firstIndex(where: { context[$0.quantity].name == header.name }) else {
      let known = outputs.map { context[$0.quantity].name }
      context.report(
        .unknownCaseOutput(
          header.name, outputs: MessageText.list(known.map { "`\($0)`" }),
          nearest: context.nearest(to: header.name, among: known),
          isDefined: context.names.quantity(header.name) != nil),
        at: header.namePlace)
      return .ignored
    }
    let id = outputs[output].quantity
    guard isFitting(unit, header, of: id), let cells = cells(header, of: id) else { return .ignored }
    guard cells.count == 1 else {
      let labels = CellSpace(Array(context[id].type.indexes ?? []), in: context.indexes).indexes
      let example = labels.map {
        (context[$0].isNumeric ? context[$0].labels.last : context[$0].labels.first) ?? "label"
      }
      context.report(
        .caseObservationOfSeveralCells(
          header.name, indexes: context.list(context[id].type.indexes ?? []),
          suggestion: "\(header.name)[\(example.joined(separator: ","))]"),
        at: header.namePlace)
      return .ignored
    }
    return .observed(output: output, cell: cells[0], unit: unit ?? outputs[output].unit)
  }

  private func isFitting(_ unit: Unit?, _ header: CaseHeader, of id: QuantityID) -> Bool {
    guard let unit, let dimension = context[id].type.dimensionality.dimension, unit.dimension != dimension else {
      return true
    }
    context.report(
      .caseUnitMismatch(
        header.name, expected: (context[id].type.unit ?? outputUnit(id))?.text ?? context.units.describe(dimension),
        found: unit.text),
      at: header.unit?.place)
    return false
  }

  /// The unit in which a quantity is reported, if it is an output.
  private func outputUnit(_ id: QuantityID) -> Unit? { outputs.first { $0.quantity == id }?.unit }

  /// The cells that a header names; without labels, all cells.
  private func cells(_ header: CaseHeader, of id: QuantityID) -> [Int]? {
    let space = CellSpace(Array(context[id].type.indexes ?? []), in: context.indexes)
    guard !header.labels.isEmpty else { return Array(0..<space.count) }
    guard header.labels.count == space.indexes.count else {
      context.report(
        .caseLabelCount(
          header.name, given: header.labels.count, indexes: space.indexes.map { context[$0].name },
          list: context.list(space.indexes)),
        at: header.namePlace)
      return nil
    }
    var positions: [Int] = []
    for (index, label) in zip(space.indexes, header.labels) {
      guard let position = context.position(ofLabel: label, on: index) else {
        FormulaChecker(context: context, use: .constant).reportUnknownLabel(label, on: index, at: header.namePlace)
        return nil
      }
      positions.append(position)
    }
    return [space.cell(at: positions)]
  }

  private func checkColumns(_ columns: [CaseColumn], _ table: CSVTable) {
    var first: [String: Int] = [:]
    for (position, column) in columns.enumerated() {
      let cells: (kind: String, id: Int, cells: [Int])
      switch column {
      case .input(let id, let own, _): cells = ("input", id.position, own)
      case .observed(let output, let cell, _): cells = ("observed", output, [cell])
      case .name, .group, .ignored: continue
      }
      for cell in cells.cells {
        guard let earlier = first.updateValue(position, forKey: "\(cells.kind) \(cells.id) \(cell)"),
          earlier != position
        else { continue }
        context.report(
          .overlappingCaseColumns(other: table.place(of: table.header[earlier])),
          at: table.place(of: table.header[position]))
        break
      }
    }
    let isObserved = columns.contains { if case .observed = $0 { true } else { false } }
    if !isObserved, let field = table.header.last, !context.diagnostics.contains(where: { $0.severity == .error }) {
      context.report(
        .casesWithoutObservation(output: outputs.first.map { context[$0.quantity].name } ?? "OUTPUT"),
        at: table.place(of: field))
    }
  }

  // MARK: - Rows

  private func `case`(_ row: Int, _ columns: [CaseColumn], _ table: CSVTable) -> CaseTable.Case? {
    var read = CaseTable.Case(name: "\(row + 1)", group: nil, settings: [], observed: [])
    var isSound = true
    for (position, column) in columns.enumerated() {
      let field = table[row, position]
      guard !field.text.isEmpty else { continue }
      switch column {
      case .name: read.name = String(field.text)
      case .group: read.group = String(field.text)
      case .ignored: continue
      case .input(let id, let cells, let unit):
        if let setting = setting(field, of: id, cells: cells, unit: unit, table) {
          read.settings.append(setting)
        } else {
          isSound = false
        }
      case .observed(let output, let cell, let unit):
        if let value = constant(field, of: outputs[output].quantity, unit: unit, table) {
          read.observed.append(.init(output: output, cell: cell, value: value, place: table.place(of: field)))
        } else {
          isSound = false
        }
      }
    }
    return isSound && givesWholeShareVectors(read.settings, at: table.place(ofRow: row)) ? read : nil
  }

  private func setting(
    _ field: CSVTable.Field, of id: QuantityID, cells: [Int], unit: Unit?, _ table: CSVTable
  ) -> CaseTable.Setting? {
    let place = table.place(of: field)
    func setting(_ value: SupportPoint.Value, _ text: String) -> CaseTable.Setting {
      CaseTable.Setting(quantity: id, cells: cells, value: value, text: text, place: place)
    }
    if let index = context[id].type.categories {
      guard let position = context.position(ofLabel: String(field.text), on: index) else {
        FormulaChecker(context: context, use: .constant).reportUnknownLabel(String(field.text), on: index, at: place)
        return nil
      }
      return setting(.constant(Double(position)), String(field.text))
    }
    guard let (value, syntax) = value(field, of: id, unit: unit, table) else { return nil }
    if let stated = context[id].inputDeclaration {
      ShareChecker(context: context, name: context[id].name)
        .report([syntax], insteadOf: stated.labelledValues.map(\.syntax), unit: unit)
    }
    let labelledValue = LabelledValue(syntax: syntax, origin: .file(place))
    let text = SupportPointText.text(of: labelledValue, unit: unit)
    switch value.kind {
    case .constant(let number): return setting(.constant(number), text)
    case .distribution(.fixed(let distribution)):
      guard let input = final[id], cells.allSatisfy({ hasDistribution(cell: $0, of: input) }) else {
        context.report(.distributionOfCertainInput(context[id].name, found: String(field.text)), at: place)
        return nil
      }
      return setting(.distribution(.fixed(distribution)), text)
    case .distribution, .categories, .shares:
      context.report(.notACaseValue(String(field.text)), at: place)
      return nil
    }
  }

  private func hasDistribution(cell: Int, of input: CheckedInput) -> Bool {
    guard case .supportPoint(let supportPoint) = input.cells[cell],
      case .distribution = input.supportPoints[supportPoint].value
    else { return false }
    return true
  }

  private func constant(_ field: CSVTable.Field, of id: QuantityID, unit: Unit?, _ table: CSVTable) -> Double? {
    guard let (value, _) = value(field, of: id, unit: unit, table, isNumber: true) else { return nil }
    guard case .constant(let number) = value.kind else {
      context.report(.observationNotNumber(String(field.text)), at: table.place(of: field))
      return nil
    }
    return number
  }

  /// The value of a field, in the dimension of a quantity.
  private func value(
    _ field: CSVTable.Field, of id: QuantityID, unit: Unit?, _ table: CSVTable, isNumber: Bool = false
  ) -> (CheckedValue, Syntax)? {
    let text = table.text(of: field)
    guard
      let syntax = isNumber ? context.number(of: text, role: .caseCell) : context.value(of: text, role: .caseCell)
    else { return nil }
    let distributions = DistributionChecker(context: context, quantity: id, over: [])
    guard let value = distributions.check(syntax, unit: unit) else { return nil }
    guard value.dimensionality.unified(with: context[id].type.dimensionality) != nil else {
      let known =
        (context[id].type.unit ?? outputUnit(id))?.text ?? distributions.words(context[id].type.dimensionality)
      context.report(
        .caseValueMismatch(
          context[id].name, expected: known,
          found: "`\(syntax.text)`, \(distributions.words(value.dimensionality))", inHeader: unit == nil),
        at: syntax.place)
      return nil
    }
    return (value, syntax)
  }

  /// Whether the case sets all shares of an input or none, since shares sum to 1.
  private func givesWholeShareVectors(_ settings: [CaseTable.Setting], at place: SourcePlace) -> Bool {
    for id in Set(settings.map(\.quantity)).sorted() {
      guard let input = final[id], input.holdsShares else { continue }
      let given = settings.filter { $0.quantity == id }
      let sum = given.reduce(0.0) { sum, setting in
        if case .constant(let number) = setting.value { sum + number * Double(setting.cells.count) } else { .nan }
      }
      let groups = Double(input.groups.count)
      guard given.reduce(0, { $0 + $1.cells.count }) == input.cells.count, abs(sum - groups) <= 1e-6 * groups else {
        context.report(
          .incompleteShares(
            context[id].name, given: given.count, sum: MessageText.number(MessageText.rounded(sum))),
          at: place)
        return false
      }
    }
    return true
  }
}

/// The parsed header of a column of cases.
private struct CaseHeader {
  let isObserved: Bool
  let name: String
  let namePlace: SourcePlace
  private(set) var labels: [String] = []
  private(set) var unit: UnitText?

  /// Nil if the text does not have the form of a header.
  init?(_ text: String, at place: SourcePlace) {
    var rest = Substring(text)
    isObserved = rest.hasPrefix("observed.")
    if isObserved { rest = rest.dropFirst("observed.".count) }
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    guard let first = name.first, first.isLetter else { return nil }
    self.name = String(name)
    var namePlace = place
    namePlace.column += text.count - rest.count
    namePlace.length = name.count
    self.namePlace = namePlace
    rest = rest.dropFirst(name.count)
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { return nil }
      labels = rest[rest.index(after: rest.startIndex)..<end].split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.trimmed }
      guard !labels.contains("") else { return nil }
      rest = rest[rest.index(after: end)...]
    }
    guard !rest.isEmpty else { return }
    guard rest.first == " " else { return nil }
    let written = rest.drop { $0 == " " }
    var unitPlace = place
    unitPlace.column += text.count - written.count
    unitPlace.length = written.count
    unit = UnitText(String(written), at: unitPlace)
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
