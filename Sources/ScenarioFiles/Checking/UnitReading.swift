import Modeling
import Units

/// Reads units, and declares those that the scenario counts in.
struct UnitReading {
  let context: CheckContext

  init(_ context: CheckContext) { self.context = context }

  /// Declares the units of the section `units`.
  func declareUnits() {
    for unit in context.draft.units {
      do {
        try context.units.declare(unit.text)
      } catch {
        context.error(error.description, at: unit.place)
      }
    }
  }

  /// The unit that a text stands for; reported if it is none.
  func unit(_ text: UnitText) -> Unit? {
    do {
      return try context.units.parse(text.text)
    } catch {
      var place = text.place
      if error.suggestions.isEmpty, case .unknown(let name, _) = error.problem,
        !context.undeclaredUnits.insert(name).inserted
      {
        return nil
      }
      // A unit stands on one line, so the offending part lies a number of columns after its beginning.
      place.column += error.offset
      place.length = max(1, error.length)
      context.error(
        message(error), at: place, suggestion: error.suggestions.first,
        advice: error.suggestions.isEmpty ? declaration(error) : nil)
      return nil
    }
  }

  /// The unit that a node gives; reported if it gives none.
  func unit(_ node: Node) -> Unit? {
    guard let text = node.text else {
      context.error("a unit expected", at: node.place, found: node.kindInWords)
      return nil
    }
    return unit(UnitText(text, at: node.span))
  }

  /// The problem in a sentence; nearest names are told apart, as a suggestion.
  private func message(_ error: UnitError) -> String {
    if case .unknown(let name, _) = error.problem { return "unknown unit `\(name)`" }
    return error.description
  }

  private func declaration(_ error: UnitError) -> String? {
    guard case .unknown(let name, _) = error.problem, NameTable.isName(name) else { return nil }
    if context.names.quantity(name) != nil {
      return "`\(name)` is a name: put an operator before it, as in `* \(name)`"
    }
    return "a thing that is counted is declared: `units: [\(name)]`"
  }
}
