import Diagnostics
import Modeling

/// Reads a correlation matrix from a CSV file: a column for each input, headed by its name, and a row for each, in the
/// order of the columns or with its name in a first column.
///
/// Both triangles may be given if they agree, or only one of them; the diagonal is 1 or blank. Programs that compute a
/// matrix round it, so differences up to `rounding` are accepted.
struct CorrelationTableReader {
  let context: CheckContext
  let fields: Fields
  let folder: String

  /// The correlations of the given inputs, each with the place of its field, and a line for reports.
  func pairs(
    _ inputs: [QuantityID], isRepairable: Bool
  ) -> (pairs: [(pair: CorrelationStructure.PairCorrelation, place: SourcePlace)], text: String)? {
    for measure in Correlation.Measure.allCases {
      guard let entry = fields[measure.rawValue] else { continue }
      context.report(.measureBesideMatrix(measure.rawValue), at: entry.keyPlace)
      return nil
    }
    guard let measure = measure(), let entry = fields["matrix"] else { return nil }
    guard let path = entry.value.text else {
      context.report(.matrixPath(found: entry.value.kindInWords), at: entry.value.place)
      return nil
    }
    let table: CSVTable
    do throws(Diagnostics) {
      table = try CSVTable(
        try context.parsed.root.read(folder.isEmpty ? path : folder + "/" + path, entry.value.span).0)
    } catch {
      context.report(error)
      return nil
    }
    guard let order = order(of: inputs, in: table, at: entry.value.span) else { return nil }
    guard let fields = fields(table, order) else { return nil }
    guard let pairs = pairs(inputs, table, fields, measure, isRepairable) else { return nil }
    let names = [Correlation.Measure.rank: "rank", .kendall: "Kendall", .normal: "normal-score"]
    return (pairs, "\(names[measure] ?? "") correlations of \(path)")
  }

  /// The accepted deviation of a diagonal entry from 1 and of mirrored entries from each other: more than the rounding
  /// of programs that print ten digits, and less than the accuracy of any known correlation.
  private static let rounding = 1e-9

  /// Other names of the measures.
  private static let otherNames = ["spearman": "rank", "tau": "kendall", "gaussian": "normal"]

  private func measure() -> Correlation.Measure? {
    guard let entry = fields["measure"] else { return .rank }
    guard let measure = entry.value.text.flatMap(Correlation.Measure.init) else {
      let names = Correlation.Measure.allCases.map(\.rawValue)
      context.report(
        .unknownMeasure(
          found: entry.value.kindInWords, known: names,
          nearest: Self.otherNames[entry.value.text ?? ""]
            ?? context.nearest(to: entry.value.text ?? "", among: names)),
        at: entry.value.span)
      return nil
    }
    return measure
  }

  /// The column and the row of each input.
  private struct Order {
    var columns: [Int]
    var rows: [Int]
  }

  /// The column and row of each input; nil, and reported, unless the table has exactly these inputs.
  private func order(of inputs: [QuantityID], in table: CSVTable, at place: SourcePlace) -> Order? {
    let names = inputs.map { context[$0].name }
    let hasNames = table.header.count == inputs.count + 1
    guard hasNames || table.header.count == inputs.count, table.rowCount == inputs.count else {
      context.report(.matrixSize(names, columns: table.header.count, rows: table.rowCount), at: place)
      return nil
    }
    let first = hasNames ? 1 : 0
    guard let columns = positions(of: names, among: Array(table.header[first...]), table, "column") else { return nil }
    guard hasNames else { return Order(columns: columns, rows: columns) }
    guard let rows = positions(of: names, among: (0..<table.rowCount).map { table[$0, 0] }, table, "row")
    else { return nil }
    return Order(columns: columns.map { $0 + 1 }, rows: rows)
  }

  private func positions(
    of names: [String], among fields: [CSVTable.Field], _ table: CSVTable, _ kind: String
  ) -> [Int]? {
    var found: [String: Int] = [:]
    for (position, field) in fields.enumerated() {
      let name = String(field.text)
      guard names.contains(name) else {
        context.report(
          .matrixName(kind, name, inputs: names, nearest: context.nearest(to: name, among: names)),
          at: table.place(of: field))
        return nil
      }
      guard found.updateValue(position, forKey: name) == nil else {
        context.report(.repeatedMatrixName(kind, name), at: table.place(of: field))
        return nil
      }
    }
    return names.compactMap { found[$0] }
  }

  /// The matrix's fields in the order of the inputs.
  private func fields(_ table: CSVTable, _ order: Order) -> [[CSVTable.Field]]? {
    let fields = order.rows.map { row in order.columns.map { table[row, $0] } }
    for (row, line) in fields.enumerated() {
      let field = line[row]
      guard field.text.isEmpty || Double(field.text).map({ ($0 - 1).magnitude <= Self.rounding }) == true else {
        context.report(.matrixDiagonal(String(field.text)), at: table.place(of: field))
        return nil
      }
    }
    return fields
  }

  private func pairs(
    _ inputs: [QuantityID], _ table: CSVTable, _ fields: [[CSVTable.Field]], _ measure: Correlation.Measure,
    _ isRepairable: Bool
  ) -> [(pair: CorrelationStructure.PairCorrelation, place: SourcePlace)]? {
    let reading = CorrelationReader(context: context)
    var pairs: [(pair: CorrelationStructure.PairCorrelation, place: SourcePlace)] = []
    for row in inputs.indices {
      for column in 0..<row {
        let both = [fields[row][column], fields[column][row]].filter { !$0.text.isEmpty }
        guard let field = both.first else {
          context.report(
            .missingMatrixEntry(context[inputs[column]].name, context[inputs[row]].name),
            at: table.place(of: fields[row][column]))
          return nil
        }
        let numbers = both.map { field in
          reading.number(String(field.text), at: table.place(of: field), isRepairable: isRepairable)
        }
        guard let number = numbers[0], !numbers.contains(nil) else { return nil }
        if let other = numbers.last, let other, (other - number).magnitude > Self.rounding {
          context.report(
            .asymmetricMatrix(String(field.text), String(both[1].text), mirroredAt: table.place(of: both[1])),
            at: table.place(of: field))
          return nil
        }
        pairs.append(
          (
            CorrelationStructure.PairCorrelation(inputs[column], inputs[row], Correlation(measure, number)),
            table.place(of: field)
          ))
      }
    }
    return pairs
  }
}
