import Diagnostics
import Modeling

/// The variants of a sweep: a table with a column for each varied quantity or setting and a row for each variant.
package struct SweepPlan: Sendable {
  /// The ways to combine the values of several variations.
  package enum Pairing: String, Sendable, CaseIterable {
    /// Every combination, the last variation fastest.
    case grid
    /// One variation at a time, the others as in the scenario.
    case oneAtATime = "one-at-a-time"
  }

  /// A variant.
  package struct Variant: Sendable {
    /// Its name in reports: its number from 1, or the value of a table's column `variant`.
    package var name: String
    /// A value for each column; nil keeps the scenario's value.
    package var values: [String?]
    /// Its row in the plan's table.
    var row: Int?
  }

  /// The varied quantities and settings, as `Variation.target`; in a table with the unit of their bare numbers.
  package private(set) var columns: [String]
  /// The variants, in order.
  package private(set) var variants: [Variant]
  /// The place of each column.
  private(set) var places: [SourcePlace]
  /// The table that lists the variants, with the positions of its columns; nil for variations.
  private(set) var table: (csv: CSVTable, columns: [Int])?

  /// Combines the values of variations.
  ///
  /// - Throws: if there are too many variants, if something varies twice, or if nothing varies.
  package init(_ variations: [Variation], pairing: Pairing) throws(Diagnostics) {
    try Self.requireDistinct(variations.map { ($0.target, $0.place) })
    columns = variations.map(\.target)
    places = variations.map(\.place)
    var rows: [[String?]] = []
    switch pairing {
    case .grid:
      rows = [[]]
      for variation in variations {
        let (count, overflow) = rows.count.multipliedReportingOverflow(by: variation.values.count)
        guard !overflow, count <= Variation.mostVariants else { throw Variation.tooMany(at: variation.place) }
        rows = rows.flatMap { row in variation.values.map { row + [$0] } }
      }
    case .oneAtATime:
      for (column, variation) in variations.enumerated() {
        guard rows.count + variation.values.count <= Variation.mostVariants else {
          throw Variation.tooMany(at: variation.place)
        }
        rows += variation.values.map { value in
          variations.indices.map { $0 == column ? value : nil }
        }
      }
    }
    variants = rows.enumerated().map { Variant(name: "\($0.offset + 1)", values: $0.element) }
  }

  /// Pairs the values of variations that are written as `--vary` takes them.
  ///
  /// - Throws: every problem of the texts; of texts that are right, those of the pairs.
  package init(varying texts: [String], pairing: Pairing) throws(Diagnostics) {
    var variations: [Variation] = []
    var problems: [Diagnostic] = []
    for text in texts {
      do { variations.append(try Variation(parsing: text)) } catch { problems += error.all }
    }
    if !problems.isEmpty { throw Diagnostics(problems) }
    try self.init(variations, pairing: pairing)
  }

  /// The variants listed in a table, one per row; blank fields keep the scenario's values.
  ///
  /// Column names have the form of `Variation.target`, optionally followed by a space and the unit of the column's bare
  /// numbers; a column `variant` names the variants.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - checksValues: whether texts that are not values are reported here; the check of a plan reports them, too.
  package init(_ table: CSVTable, checksValues: Bool = true) throws(Diagnostics) {
    let named = table.header.firstIndex { $0.text == "variant" }
    let used = table.header.indices.filter { $0 != named }
    try Self.requireDistinct(
      used.map { (SweepHeader(table.header[$0].text).target, table.place(of: table.header[$0])) })
    guard table.rowCount <= Variation.mostVariants else { throw Variation.tooMany(at: table.place(ofRow: 0)) }
    columns = used.map { SweepHeader(table.header[$0].text).text }
    places = used.map { table.place(of: table.header[$0]) }
    self.table = (table, used)
    var names: Set<String> = ["0"]
    variants = []
    try Self.requireVisibleNames(table, used)
    if checksValues { try Self.requireValues(table, used) }
    for row in 0..<table.rowCount {
      let name = named.map { String(table[row, $0].text) } ?? "\(row + 1)"
      guard !name.isEmpty, names.insert(name).inserted else {
        throw Diagnostics(
          .variantName(name), at: named.map { table.place(of: table[row, $0]) } ?? table.place(ofRow: row))
      }
      variants.append(
        Variant(
          name: name, values: used.map { table[row, $0].text.isEmpty ? nil : String(table[row, $0].text) }, row: row))
    }
    guard !variants.isEmpty else {
      throw Diagnostics(.noVariants, at: SourcePlace(file: table.file, line: 1, column: 1))
    }
  }

  /// Reads the table of variants in a file given on the command line.
  package init(tableAt path: String) throws(Diagnostics) {
    let (folder, name) = try ScenarioFolder.containing(scenario: path, root: nil)
    try self.init(
      CSVTable(try folder.contents(of: name, limit: ScenarioFolder.largestTable, at: nil).file), checksValues: false)
  }

  /// Reports columns whose name contains an invisible character.
  private static func requireVisibleNames(_ table: CSVTable, _ used: [Int]) throws(Diagnostics) {
    let problems = used.compactMap { column in
      let name = table.text(of: table.header[column])
      return InvisibleCharacter.diagnostic(in: name.text) { name.place(offset: $0, length: 1) }
    }
    if !problems.isEmpty { throw Diagnostics(problems) }
  }

  /// Reports fields that are a date, a range or a missing-value marker. Other errors in a value are reported when its
  /// variant is checked.
  private static func requireValues(_ table: CSVTable, _ used: [Int]) throws(Diagnostics) {
    var problems: [Diagnostic] = []
    var first: [String: Int] = [:]
    var lines: [String: [Int]] = [:]
    for row in 0..<table.rowCount {
      for column in used where !table[row, column].text.isEmpty && !table.header[column].text.hasPrefix("run.") {
        let text = table.text(of: table[row, column])
        do throws(Diagnostics) { _ = try ValueText.syntax(of: text, role: .caseCell) } catch {
          for problem in error.all {
            if first[problem.message] == nil {
              first[problem.message] = problems.count
              problems.append(problem)
            } else if let line = problem.place?.line {
              lines[problem.message, default: []].append(line)
            }
          }
        }
      }
      if problems.count >= 20 { break }
    }
    for (message, others) in lines {
      if let position = first[message] { problems[position].notes.append(.init(CellProblems.text(others))) }
    }
    if !problems.isEmpty { throw Diagnostics(problems) }
  }

  private static func requireDistinct(_ columns: [(target: String, place: SourcePlace)]) throws(Diagnostics) {
    var first: [String: SourcePlace] = [:]
    var problems: [Diagnostic] = []
    for (target, place) in columns {
      if let earlier = first[target] {
        problems.append(Diagnostic(.repeatedVariation(target, first: earlier), at: place))
      }
      first[target] = first[target] ?? place
    }
    if columns.isEmpty { problems.append(Diagnostic(.sweepWithoutColumns, at: nil)) }
    if !problems.isEmpty { throw Diagnostics(problems) }
  }
}

/// A sweep that a scenario defines.
package struct NamedSweep: Sendable {
  /// Its name.
  package var name: String
  /// Its purpose.
  package var about: String?
  /// Its variants.
  package var plan: SweepPlan
}
