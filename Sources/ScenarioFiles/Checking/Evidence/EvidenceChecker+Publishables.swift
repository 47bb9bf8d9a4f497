import Diagnostics
import Modeling

/// An item `publishable: FORMULA` as read.
struct PublishableDeclaration {
  /// Its keys.
  var fields: Fields
  /// The formula.
  var formula: EvidenceChecker.Formula
  /// The place of the item.
  var place: SourcePlace
}

/// `publishable: FORMULA, error: 5%, disclosable_by: PARTY`
extension EvidenceChecker {
  /// Standard deviations of a published figure's logarithm: an exact figure would leave nothing to estimate its value with.
  private static let errors = 0.001...1.0

  /// An item as read; nil if an error was reported.
  func publishable(_ fields: Fields, at place: SourcePlace) -> PublishableDeclaration? {
    guard let entry = fields["publishable"], let formula = formula(entry.value) else { return nil }
    return PublishableDeclaration(fields: fields, formula: formula, place: place)
  }

  /// The checked item; nil if an error was reported.
  func publishable(
    _ declaration: PublishableDeclaration, after earlier: [PublishableReading]
  ) -> PublishableReading? {
    let (fields, formula) = (declaration.fields, declaration.formula)
    guard isNumber(formula), let indexes = context[formula.quantity].type.indexes else { return nil }
    guard indexes.isEmpty else {
      context.report(
        .publishableIndexes(formula.syntax.text, indexes: context.list(indexes)), at: formula.syntax.place)
      return nil
    }
    guard let error = fields["error"].flatMap(publishedError) else { return nil }
    let name = fields.text("name") ?? formula.syntax.text.onOneLine
    if let other = earlier.first(where: { $0.name == name }) {
      context.report(.publishableTwice(name, first: other.place), at: fields["name"]?.value.span ?? declaration.place)
      return nil
    }
    return PublishableReading(
      name: name, quantity: formula.quantity, error: error, provenance: fields.provenance, place: declaration.place)
  }

  /// The standard deviation of the figure's logarithm.
  private func publishedError(_ entry: Node.Entry) -> Double? {
    guard let syntax = context.syntax(of: entry.value, "a number") else { return nil }
    let typed = FormulaChecker(context: context, use: .constant).check(syntax)
    guard !typed.isBroken else { return nil }
    guard typed.dimensionality.mayBePure, let number = IndexEvaluator(context).constant(typed.expression(context)),
      Self.errors.contains(number)
    else {
      context.report(.publishableError(found: syntax.text), at: syntax.place)
      return nil
    }
    return number
  }
}
