import Modeling

extension AssumptionRegister.Assumption {
  /// The values' texts for a column: as written, or, if plain numbers are written in several notations (`6.85e7` and
  /// `6200000`), all in one notation, in full.
  var shownTexts: [String] {
    let texts = values.map(\.text)
    let parts = texts.map { text in text.wholeMatch(of: /([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)( .*)?/) }
    let numbers = parts.compactMap { part in part.flatMap { Double($0.output.1) } }
    let exponents = parts.filter { $0?.output.1.contains { $0 == "e" || $0 == "E" } == true }.count
    guard numbers.count == texts.count, exponents > 0, exponents < texts.count else { return texts }
    return zip(NumberText.column(numbers, digits: 17), parts).map { $0 + ($1?.output.2 ?? "") }
  }
}
