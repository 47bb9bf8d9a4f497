import Diagnostics
import Modeling
import Units

/// Reads what latent totals are read by: routes, and tables of published figures. Formulas become equations after all
/// other quantities, as those of `evidence`.
struct LatentFormulas {
  let context: CheckContext

  private static let columns = [
    "id", "publisher", "value", "low", "high", "unit", "reads", "kind", "published", "bias", "source", "note",
  ]
  private static let mostFigures = 200

  /// Reads the routes and figures of a declaration.
  func read(_ declaration: inout LatentDeclaration) {
    guard let fields = declaration.fields else { return }
    if let routes = fields["routes"] {
      if case .mapping(let entries) = routes.value.kind {
        declaration.routes = entries.compactMap { entry in
          EvidenceChecker(context: context).formula(entry.value).map { (entry.key, $0) }
        }
      } else {
        context.report(.latentRoutes(found: routes.value.kindInWords), at: routes.value.place)
      }
    }
    guard let published = fields["published"], let index = declaration.index, let unit = declaration.unit else {
      return
    }
    var nodes = [published.value]
    if case .sequence(let items) = published.value.kind { nodes = items }
    for node in nodes {
      guard let path = node.text else {
        context.report(.notTablePath(found: node.kindInWords), at: node.place)
        continue
      }
      if path == "none", nodes.count == 1 {
        if fields.lacks("routes") {
          context.report(.nothingReads(declaration.entry.name), at: declaration.entry.namePlace)
        }
        return
      }
      do throws(Diagnostics) {
        let folder = declaration.entry.folder
        let inside = folder.isEmpty ? path : folder + "/" + path
        let table = try CSVTable(try context.parsed.root.read(inside, node.span).0)
        declaration.figures += figures(in: table, index, unit, declaration)
      } catch {
        context.report(error)
      }
    }
    if declaration.figures.count > Self.mostFigures {
      context.report(.tooManyReadings(declaration.figures.count, limit: Self.mostFigures), at: published.value.place)
    }
  }

  private func figures(
    in table: CSVTable, _ index: IndexID, _ unit: Unit, _ declaration: LatentDeclaration
  ) -> [LatentDeclaration.Figure] {
    let known = [context[index].name] + Self.columns
    var columns: [String: Int] = [:]
    for (position, field) in table.header.enumerated() {
      let name = String(field.text)
      if known.contains(name) {
        columns[name] = position
      } else if !name.hasPrefix("note."), !CommentColumns.provenance.contains(name) {
        context.report(
          .unknownFigureColumn(
            name, known: known, nearest: context.nearest(to: name, among: known + CommentColumns.provenance)),
          at: table.place(of: field))
        return []
      }
    }
    let lacking = [context[index].name, "publisher"].filter { columns[$0] == nil }
    guard lacking.isEmpty, columns["value"] != nil || (columns["low"] != nil && columns["high"] != nil) else {
      context.report(
        .lackingFigureColumns(lacking.isEmpty ? ["value"] : lacking),
        at: table.header.first.map { table.place(of: $0) })
      return []
    }
    guard table.rowCount > 0 else {
      context.report(.noFigures, at: table.header.first.map { table.place(of: $0) })
      return []
    }
    guard table.rowCount <= Self.mostFigures else {
      context.report(.tooManyReadings(table.rowCount, limit: Self.mostFigures), at: table.place(ofRow: 0))
      return []
    }
    var mistakes = CellProblems(context)
    var read: [LatentDeclaration.Figure] = []
    for row in 0..<table.rowCount where !mistakes.areMany {
      let reader = FigureRow(context: context, table: table, row: row, columns: columns)
      let (figure, found) = context.capturing { reader.figure(index: index, unit: unit, of: declaration) }
      found.forEach { mistakes.add($0) }
      if let figure { read.append(figure) }
    }
    mistakes.report()
    context.countVerified(Array(0..<table.rowCount), in: table)
    return read
  }
}

/// Reads one row of a table of published figures.
private struct FigureRow {
  let context: CheckContext
  let table: CSVTable
  let row: Int
  let columns: [String: Int]

  /// A field that is not empty.
  private func field(_ column: String) -> CSVTable.Field? {
    guard let position = columns[column], !table[row, position].text.isEmpty else { return nil }
    return table[row, position]
  }

  private func text(_ column: String) -> String? { field(column).map { String($0.text) } }

  private var place: SourcePlace { table.place(ofRow: row) }

  func figure(index: IndexID, unit: Unit, of declaration: LatentDeclaration) -> LatentDeclaration.Figure? {
    let kinds = LatentTotal.Figure.Kind.allCases.map(\.rawValue)
    var kind = LatentTotal.Figure.Kind.total
    if let given = field("kind") {
      guard let known = LatentTotal.Figure.Kind(rawValue: String(given.text)) else {
        context.report(
          .figureKind(String(given.text), known: kinds, nearest: context.nearest(to: String(given.text), among: kinds)),
          at: table.place(of: given))
        return nil
      }
      kind = known
    }
    let name = context[index].name
    guard let time = field(name) else {
      context.report(.figureTime(name, found: ""), at: place)
      return nil
    }
    guard let label = number(of: time, name) else { return nil }
    var published: Double?
    if let given = field("published") {
      guard let time = number(of: given, "published") else { return nil }
      published = time
    }
    guard let (value, low, high) = values() else { return nil }
    var own = kind == .growth ? .one : unit
    if let given = field("unit") {
      let text = UnitText(String(given.text), at: table.place(of: given))
      guard let read = UnitReader(context).unit(text) else { return nil }
      own = read
    }
    guard let formula = formula(of: declaration) else { return nil }
    let publisher = text("publisher") ?? "row \(row + 1)"
    return LatentDeclaration.Figure(
      name: text("id") ?? "\(publisher) \(String(time.text))", publisher: publisher, bias: text("bias") ?? publisher,
      kind: kind, formula: formula, value: value, low: low, high: high, unit: own, label: label,
      position: context.position(ofNumber: label, on: index), published: published,
      provenance: Provenance(source: text("source"), note: text("note")), place: place)
  }

  /// The formula that is read; by default the latent total.
  private func formula(of declaration: LatentDeclaration) -> EvidenceChecker.Formula? {
    guard let given = field("reads") else {
      let name = declaration.entry.name
      return .init(syntax: Syntax(.name(name), at: place, text: name), quantity: declaration.quantity)
    }
    return EvidenceChecker(context: context).formula(
      Node(.scalar(table.text(of: given)), at: table.place(of: given)))
  }

  /// The median and the range, which without a value is that of a lognormal distribution.
  private func values() -> (value: Double, low: Double?, high: Double?)? {
    var given: [String: Double] = [:]
    for column in ["value", "low", "high"] {
      guard let field = field(column) else { continue }
      // A text that is not a number has been reported.
      guard let syntax = context.number(of: table.text(of: field), role: .caseCell) else { return nil }
      guard case .number(let number, nil, _) = syntax.kind, number > 0, number < .infinity else {
        context.report(.figureNotPositive(column, found: String(field.text)), at: table.place(of: field))
        return nil
      }
      given[column] = number
    }
    let (low, high) = (given["low"], given["high"])
    guard let value = given["value"] ?? low.flatMap({ low in high.map { (low * $0).squareRoot() } }) else {
      context.report(.figureWithoutValue, at: place)
      return nil
    }
    guard (low ?? value) <= value, value <= (high ?? value) else {
      context.report(
        .figureRange(found: [low, value, high].compactMap { $0 }.map { "\($0)" }.joined(separator: ", ")),
        at: place)
      return nil
    }
    return (value, low, high)
  }

  /// `2025`, `2025.3`, or `2025-04`: the middle of the month.
  private func number(of field: CSVTable.Field, _ column: String) -> Double? {
    let text = String(field.text)
    if let number = Double(text), number.isFinite { return number }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 2, parts[1].count == 2, let year = Int(parts[0]), let month = Int(parts[1]),
      (1...12).contains(month)
    {
      return Double(year) + (Double(month) - 0.5) / 12
    }
    context.report(.figureTime(column, found: text), at: table.place(of: field))
    return nil
  }
}
