import Diagnostics
import Distributions
import Modeling
import Units

/// `observe: FORMULA, measured: DISTRIBUTION`
extension EvidenceChecker {
  /// An observation; nil if an error was reported.
  func observation(_ fields: Fields, _ observed: Formula, at place: SourcePlace) -> Observation? {
    let unit = fields["unit"].map { UnitReader(context).unit($0.value) }
    let provenance = fields.provenance
    guard let equals = fields["measured"], let syntax = context.value(of: equals.value, "a distribution"),
      isNumber(observed), isOneNumber(observed), isWithoutNames(syntax)
    else { return nil }
    if case .some(nil) = unit { return nil }
    let given = unit ?? nil
    guard
      let value = DistributionChecker(context: context, quantity: observed.quantity, over: []).check(
        syntax, unit: given)
    else { return nil }
    let type = context[observed.quantity].type
    guard let dimension = type.dimensionality.dimension, let own = value.dimensionality.dimension else { return nil }
    guard type.dimensionality.unified(with: value.dimensionality) != nil else {
      context.report(
        .measuredUnit(
          expected: words(dimension, of: observed.quantity), found: syntax.text, unit: words(own),
          isPure: own.isDimensionless),
        at: syntax.place)
      return nil
    }
    let distribution: any Distribution
    switch value.kind {
    case .constant(let number): distribution = Constant(number)
    case .distribution(.fixed(let fixed)): distribution = fixed
    case .distribution, .categories, .shares:
      context.report(.measuredKind(found: syntax.text), at: syntax.place)
      return nil
    }
    guard hasBoundedDensity(distribution, syntax) else { return nil }
    let written = syntax.firstUnit.flatMap { try? context.units.parse($0.text) }
    let shown = given ?? written ?? type.unit ?? Unit(coherent: dimension)
    return Observation(
      observed: .init(observed.quantity), text: observed.syntax.text.onOneLine,
      measurement: .distribution(distribution), distributionText: syntax.text.onOneLine,
      unit: shown.dimension == dimension ? shown : Unit(coherent: dimension), provenance: provenance, place: place)
  }

  /// Whether a formula has one cell; others are reported.
  private func isOneNumber(_ observed: Formula) -> Bool {
    guard let indexes = context[observed.quantity].type.indexes else { return false }
    guard !indexes.isEmpty else { return true }
    let labels = context.sorted(indexes).map { "\(context[$0].name)=\(context[$0].labels.last ?? "label")" }
    context.report(
      .observationOfSeveralCells(
        observed.syntax.text, indexes: context.list(indexes),
        suggestion: "\(FormulaChecker.operand(observed.syntax))[\(labels.joined(separator: ", "))]"),
      at: observed.syntax.place)
    return false
  }

  /// Whether all arguments of a distribution are constant; a name in it is reported.
  private func isWithoutNames(_ syntax: Syntax) -> Bool {
    if case .name(let name) = syntax.kind, context.names[name] != nil {
      context.report(.nameInMeasured(name), at: syntax.place)
      return false
    }
    return syntax.parts.allSatisfy(isWithoutNames)
  }

  /// Whether a distribution's density can weight draws: it is bounded, and does not mix a density with atoms.
  private func hasBoundedDensity(_ distribution: any Distribution, _ syntax: Syntax) -> Bool {
    let atoms = distribution.atoms
    if !atoms.isEmpty, atoms.reduce(0, { $0 + distribution.probability(of: $1) }) < 1 - 1e-9 {
      context.report(.partlyDiscreteMeasured, at: syntax.place)
      return false
    }
    guard distribution.observationDensity.isBounded else {
      context.report(.unboundedDensity(found: syntax.text), at: syntax.place)
      return false
    }
    return true
  }
}

extension String {
  /// The text with line breaks folded, as YAML folds them.
  var onOneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
