import Diagnostics
import Modeling

/// The header of a column of variants: `NAME`, `NAME.ARGUMENT`, `NAME*` or `NAME[label,…]`, optionally followed by a
/// space and the unit of the column's bare numbers, as in a table of cases.
struct SweepHeader {
  /// What varies, as `Variation.target`, without spaces.
  let target: String
  /// The unit.
  let unit: String?
  /// The number of characters before the unit.
  let unitOffset: Int

  /// The header with a single space before its unit.
  var text: String { target + (unit.map { " \($0)" } ?? "") }

  /// Divides a header at the last space outside brackets that a unit follows.
  init(_ header: some StringProtocol) {
    let characters = Array(header)
    var depth = 0
    var start = characters.count
    for (position, character) in characters.enumerated() {
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      guard depth == 0, character == " ", position > 0, position + 1 < characters.count else { continue }
      let next = characters[position + 1]
      if next.isLetter || next.isNumber || "($%\u{20AC}".contains(next) {
        start = position + 1
        break
      }
    }
    target = String(characters[..<start].filter { $0 != " " })
    unit = start < characters.count ? String(characters[start...]) : nil
    unitOffset = start
  }
}

extension SweepPlan {
  /// One assignment or setting of a variant: a column's target and its value, with the places of its characters.
  struct Setting {
    /// The column's target.
    var target: String
    /// The value.
    var value: ScalarText
    /// `TARGET=value`.
    var whole: ScalarText
    /// Where the value is.
    var role = ValueRole.value
  }

  /// The assignments and settings of a variant.
  func settings(of variant: Variant, flag: String) -> [Setting] {
    guard let (csv, used) = table, let row = variant.row else {
      return Self.settings(columns, variant.values, flag: flag)
    }
    return used.compactMap { column in
      guard !csv[row, column].text.isEmpty else { return nil }
      let header = SweepHeader(csv.header[column].text)
      let name = csv.text(of: csv.header[column])
      var value = csv.text(of: csv[row, column])
      if let unit = header.unit {
        let start = min(header.unitOffset, name.places.count - 1)
        value = value.withUnit(unit, places: Array(name.places[start...]))
      }
      let places = Self.places(of: header.target, in: name)
      return Setting(
        target: header.target, value: value,
        whole: ScalarText(
          text: "\(header.target)=\(value.text)", places: places + value.places, file: csv.file), role: .caseCell)
    }
  }

  /// The same from texts of a flag.
  static func settings(_ columns: [String], _ values: [String?], flag: String) -> [Setting] {
    zip(columns, values).compactMap { column, value in
      guard let value else { return nil }
      return Setting(
        target: column, value: ScalarText(flag: flag, text: value),
        whole: ScalarText(flag: flag, text: "\(column)=\(value)"))
    }
  }

  /// The targets of a table's headers, each as an assignment of 0.
  var headers: [ScalarText] {
    guard let (csv, used) = table else { return [] }
    return used.map { column in
      let target = SweepHeader(csv.header[column].text).target
      let places = Self.places(of: target, in: csv.text(of: csv.header[column]))
      return ScalarText(
        text: "\(target)=0", places: places + [(line: Int, column: Int)](repeating: places[0], count: 2), file: csv.file
      )
    }
  }

  /// The units that headers name, with the targets and the places of the units.
  var headerUnits: [(target: String, unit: UnitText)] {
    guard let (csv, used) = table else { return [] }
    return used.compactMap { column in
      let header = SweepHeader(csv.header[column].text)
      guard let unit = header.unit else { return nil }
      let place = csv.text(of: csv.header[column]).place(offset: header.unitOffset, length: unit.count)
      return (header.target, UnitText(unit, at: place))
    }
  }

  /// The places of a target's characters in its header, which may have spaces between them, and of an equals sign.
  private static func places(of target: String, in header: ScalarText) -> [(line: Int, column: Int)] {
    let visible = zip(header.text, header.places).filter { $0.0 != " " }.prefix(target.count).map(\.1)
    return visible + [visible.last ?? header.places[0]]
  }
}

extension ScalarText {
  /// The text with a unit after each bare number on the value's axis; for other values, times the unit.
  ///
  /// - Parameter places: the places of the unit's characters.
  fileprivate func withUnit(_ unit: String, places: [(line: Int, column: Int)]) -> ScalarText {
    guard let syntax = try? FormulaParser.syntax(of: ScalarText(flag: "", text: text)), !syntax.holdsUnit,
      syntax.numberIsNotFree
    else { return self }
    var result = self
    func insert(_ written: String, at position: Int, unitFrom start: Int) {
      let home = places.first ?? self.places[0]
      let own = written.indices.enumerated().map { offset, _ in
        offset >= start && offset - start < places.count ? places[offset - start] : home
      }
      let index = result.text.index(result.text.startIndex, offsetBy: position)
      result.text.insert(contentsOf: written, at: index)
      result.places.insert(contentsOf: own, at: position)
    }
    let numbers = (syntax.numbersOnItsAxis ?? [syntax]).filter(\.numberIsNotFree)
    let areLiterals = numbers.allSatisfy { if case .number = $0.withoutSign.kind { true } else { false } }
    guard areLiterals else {
      guard ValueText.finding(in: syntax, role: .caseCell, isKnown: { _ in true }) == nil else { return self }
      insert(") * 1 \(unit)", at: text.count, unitFrom: 6)
      insert("(", at: 0, unitFrom: 1)
      return result
    }
    // A percentage is not an amount of the unit.
    for number in numbers.sorted(by: { $0.place.column > $1.place.column }) where !number.isPercent {
      insert(" \(unit)", at: number.place.column - 1 + number.text.count, unitFrom: 1)
    }
    return result
  }
}
