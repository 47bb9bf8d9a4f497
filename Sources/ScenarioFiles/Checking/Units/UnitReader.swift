import Diagnostics
import Modeling
import Units

/// Reads units, and declares those of the section `units`.
struct UnitReader {
  let context: CheckContext

  init(_ context: CheckContext) { self.context = context }

  /// Declares the units of the section `units`.
  func declareUnits() {
    for unit in context.parsed.units where !context.reportInvisible(in: unit.text, at: unit.place) {
      do {
        try context.units.declare(unit.text)
      } catch {
        context.report(.invalidUnitDeclaration(error), at: unit.place)
      }
    }
  }

  /// The unit written by a text. An invalid unit is reported, with the preceding number rewritten in a valid unit.
  ///
  /// - Parameter number: the number that the unit belongs to; its text ends with the unit.
  func unit(_ text: UnitText, of number: Syntax? = nil) -> Unit? {
    do {
      return try context.units.parse(text.text)
    } catch {
      var place = text.place
      if context.reportInvisible(in: text.text, at: place) { return nil }
      let isAnswered = !error.suggestions.isEmpty || !error.equivalents.isEmpty
      if !isAnswered, case .unknown(let name, _) = error.problem, !context.undeclaredUnits.insert(name).inserted {
        return nil
      }
      // A unit is on one line, so the error is a number of columns after its beginning.
      place.column += error.offset
      place.length = max(1, error.length)
      let isWhole = error.length == text.text.count
      let problem = Problem.invalidUnit(error, notes: notes(error))
      if let number, isWhole, let offers = numbers(error, number) {
        context.report(problem.offering(offers), at: number.place)
      } else {
        context.report(problem.offering(names(error)), at: place)
      }
      return nil
    }
  }

  /// Names that may replace an unknown one, with their sizes if these differ.
  private func names(_ error: UnitError) -> [Diagnostic.Reading] {
    let known = error.suggestions.compactMap { name in (try? context.units.parse(name)).map { (name, $0) } }
    guard Set(known.map(\.1.scale)).count > 1 || Set(known.map(\.1.dimension)).count > 1 else {
      return known.first.map { [.init($0.0)] } ?? []
    }
    return known.map { name, unit in .init(name, meaning: Self.size(unit)) }
  }

  /// `1000 kg`: the size of a unit in its base unit.
  private static func size(_ unit: Unit) -> String {
    let base = Unit(coherent: unit.dimension)
    return unit.scale == 1 && unit.text == base.text ? "the base unit" : "\(DecimalNumber(unit.scale)) \(base.text)"
  }

  /// The number before a unit, rewritten with a suffix or in valid units.
  private func numbers(_ error: UnitError, _ number: Syntax) -> [Diagnostic.Reading]? {
    guard case .number(_, let unit?, let isPercent) = number.kind, let decimal = number.decimal else { return nil }
    let digits = number.text.dropLast(unit.text.count).trimmingSpaces
    switch error.problem {
    case .magnitude(let word, let suffix):
      guard digits.last?.isNumber == true, !isPercent else { return nil }
      var offers = [
        Diagnostic.Reading(digits + suffix, meaning: "\(decimal.timesPowerOfTen(Self.powers[suffix] ?? 0))")
      ]
      // `5 T` may mean tonnes, and `5 G` grams.
      if ["T", "G"].contains(word), let known = try? context.units.parse(word.lowercased()) {
        offers.append(.init("\(digits) \(known.text)", meaning: "\(decimal) times \(Self.size(known))"))
      }
      return offers
    case .prefix(let prefix, let unit):
      let suffix = prefix == "G" ? "B" : prefix
      if Self.powers[suffix] != nil, digits.last?.isNumber == true { return [.init("\(digits)\(suffix) \(unit)")] }
      return error.equivalents.map { .init("\(decimal * $0.factor) \($0.unit)") }
    case .foreign:
      return error.equivalents.map { .init("\(decimal * $0.factor) \($0.unit)", meaning: $0.meaning) }
    default: return nil
    }
  }

  private static let powers = ["k": 3, "M": 6, "B": 9, "T": 12]

  /// The size of an invalid unit, or how to declare it.
  private func notes(_ error: UnitError) -> [Diagnostic.Note] {
    if case .foreign(let name, let equivalents) = error.problem {
      return Problem.unitSizes(name, equivalents)
    }
    if case .prefix(let prefix, let unit) = error.problem {
      return Problem.unitSizes(prefix + unit, error.equivalents)
    }
    guard error.suggestions.isEmpty, case .unknown(let name, _) = error.problem, NameTable.isName(name) else {
      return []
    }
    return [Problem.unitDeclaration(name, isName: context.names.quantity(name) != nil)]
  }

  /// The unit of a node; reported if the node is not a unit.
  func unit(_ node: Node) -> Unit? {
    guard let text = node.text else {
      context.report(.missingUnit(found: node.kindInWords), at: node.place)
      return nil
    }
    return unit(UnitText(text, at: node.span))
  }
}

extension StringProtocol {
  /// The text without spaces at its ends.
  var trimmingSpaces: String {
    String(String(drop { $0 == " " }.reversed()).drop { $0 == " " }.reversed())
  }
}
