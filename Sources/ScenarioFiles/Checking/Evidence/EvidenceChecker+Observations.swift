import Diagnostics
import Distributions
import Modeling
import Units

/// `observe: FORMULA, measured: DISTRIBUTION`
extension EvidenceChecker {
  /// Maximum number of readings of an item: each has distributions of its own in memory.
  static let mostReadings = 2_000

  /// The observations of an item, one for each cell with a measured value; empty if an error was reported.
  func observations(_ declaration: ObservationDeclaration) -> [Observation] {
    guard let readings = declaration.readings else { return condition(declaration) }
    let (fields, observed) = (declaration.fields, declaration.observed)
    if let probability = fields["probability"] {
      context.report(.probabilityOfMeasured, at: probability.keyPlace)
      return []
    }
    let unit = fields["unit"].map { UnitReader(context).unit($0.value) }
    if case .some(nil) = unit { return [] }
    guard isNumber(observed), let indexes = context[observed.quantity].type.indexes else { return [] }
    guard !isCondition(observed.quantity) else {
      context.report(.measuredCondition, at: fields["measured"]?.keyPlace)
      return []
    }
    guard hasIndexes(declaration, indexes), isEveryIndexNamed(declaration, indexes) else { return [] }
    let cells = CellSpace(Array(indexes), in: context.indexes)
    var count = 0
    var result: [Observation] = []
    for reading in readings {
      guard let measured = measurement(reading, of: declaration, unit: unit ?? nil) else { continue }
      let chosen = (0..<cells.count).filter { cell in
        zip(cells.indexes, cells.positions(ofCell: cell)).allSatisfy { (reading.labels[$0] ?? $1) == $1 }
      }
      count += chosen.count
      guard count <= Self.mostReadings else { continue }
      for cell in chosen {
        result.append(
          Observation(
            observed: .init(observed.quantity, cell: cell),
            text: text(of: observed, cell: cell, declaration.over.isEmpty ? nil : cells),
            measurement: measured.kind(
              Dictionary(uniqueKeysWithValues: zip(cells.indexes, cells.positions(ofCell: cell)))),
            distributionText: reading.syntax.text.onOneLine, unit: measured.unit, provenance: fields.provenance,
            place: declaration.readings?.count == 1 ? declaration.place : reading.syntax.place))
      }
    }
    guard count <= Self.mostReadings else {
      context.report(.tooManyReadings(count, limit: Self.mostReadings), at: declaration.place)
      return []
    }
    return result
  }

  /// The text of one cell of an observed formula; without cells, that of the formula.
  func text(of observed: Formula, cell: Int, _ cells: CellSpace?) -> String {
    let text = observed.syntax.text.onOneLine
    guard let cells, !cells.indexes.isEmpty else { return text }
    let labels = zip(cells.indexes, cells.positions(ofCell: cell)).map { index, position in
      "\(context[index].name)=\(context[index].labels[position])"
    }
    let operand = observed.syntax.isComparison ? "(\(text))" : FormulaChecker.operand(observed.syntax).onOneLine
    return "\(operand)[\(labels.joined(separator: ", "))]"
  }

  /// Whether the formula has all indexes of `over`; others are reported.
  func hasIndexes(_ declaration: ObservationDeclaration, _ indexes: Set<IndexID>) -> Bool {
    let strangers = declaration.over.filter { !indexes.contains($0) }
    for index in strangers {
      context.report(
        .observationLacksIndex(
          declaration.observed.syntax.text, index: context[index].name,
          indexes: indexes.isEmpty ? nil : context.list(indexes)),
        at: declaration.fields["over"]?.value.span ?? declaration.place)
    }
    return strangers.isEmpty
  }

  /// Whether `over` has all indexes of the formula; a number could be meant for any of several cells.
  private func isEveryIndexNamed(_ declaration: ObservationDeclaration, _ indexes: Set<IndexID>) -> Bool {
    let free = indexes.subtracting(declaration.over)
    guard !free.isEmpty else { return true }
    let labels = context.sorted(free).map { "\(context[$0].name)=\(context[$0].labels.last ?? "label")" }
    context.report(
      .observationOfSeveralCells(
        declaration.observed.syntax.text, indexes: context.list(indexes),
        suggestion: "\(FormulaChecker.operand(declaration.observed.syntax))[\(labels.joined(separator: ", "))]"),
      at: declaration.observed.syntax.place)
    return false
  }

  /// Whether a distribution's density can weight draws: it is bounded, and does not mix a density with atoms.
  func hasBoundedDensity(_ distribution: any Distribution, _ syntax: Syntax) -> Bool {
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

extension Syntax {
  /// Whether it is a comparison, `and`, `or` or `not`.
  var isComparison: Bool {
    switch kind {
    case .binary(let operation, _, _): operation.givesCondition
    case .not: true
    default: false
    }
  }
}
