import Modeling
import TextFormats

/// The register of assumptions: every value that a scenario states, with its unit, its source and its origin.
package struct AssumptionRegister: Sendable {
  /// An input or reference.
  package struct Assumption: Sendable {
    /// The name.
    package var name: String
    /// Its name in words, if it has one.
    package var label: String?
    /// True if outputs are only compared with it.
    package var isReference: Bool
    /// The names of its indexes.
    package var indexes: [String]
    /// The unit in which it is reported.
    package var unit: String
    /// The dependence along each index, by name: `shared`, `independent`, `rank correlation 0.8`.
    package var dependence: [(index: String, text: String)]
    /// Its values: a single one, or one for each cell or anchor point with a separate value.
    package var values: [Value]
    /// Its scope, by tag.
    package var scope: [String: String]
    /// Its source, note and quality.
    package var provenance: Provenance
    /// The location of its definition.
    package var origin: String
  }

  /// A value of an input.
  package struct Value: Sendable {
    /// Index name and label, in the order of the indexes' names; empty if one value applies to all cells.
    package var labels: [(index: String, label: String)]
    /// The value as written, with its unit and the meaning of a percentage among plain numbers.
    package var text: String
    /// The location of the value.
    package var origin: String
    /// The source, note and quality given in a table's row.
    package var provenance: Provenance
  }

  /// The inputs, then the references, in the scenario's order.
  package var assumptions: [Assumption]

  /// The register of a model.
  package init(of model: Model) {
    assumptions = model.quantities.enumerated().compactMap { position, quantity in
      guard let input = quantity.input, model.latentTotal(hiddenIn: QuantityID(position)) == nil else { return nil }
      let isReference = if case .reference = quantity.kind { true } else { false }
      return Assumption(
        name: quantity.name, label: quantity.label, isReference: isReference,
        indexes: quantity.cells.indexes.map { model[$0].name },
        unit: quantity.unit.text, dependence: Self.dependence(input, in: model),
        values: input.supportPoints.map { Self.value($0, of: quantity, in: model) }, scope: quantity.scope,
        provenance: quantity.provenance, origin: quantity.origin.text)
    }
  }

  private static func dependence(_ input: Input, in model: Model) -> [(index: String, text: String)] {
    input.dependence.map { index, mode in
      let text =
        switch mode {
        case .shared: "shared"
        case .independent: "independent"
        case .rank(let correlation): "rank correlation \(NumberText.exact(correlation))"
        }
      return (model[index].name, text)
    }.sorted { $0.index < $1.index }
  }

  private static func value(_ supportPoint: SupportPoint, of quantity: Quantity, in model: Model) -> Value {
    var labels = supportPoint.labels.map { (index: model[$0.key].name, label: model[$0.key].labels[$0.value]) }
    if let outside = supportPoint.outside { labels.append((model[outside.index].name, outside.label)) }
    func median() -> Double? {
      if case .distribution(.fixed(let distribution)) = supportPoint.value { distribution.quantile(0.5) } else { nil }
    }
    return Value(
      labels: labels.sorted { $0.index < $1.index },
      text: PercentMeaning.text(of: supportPoint.text, in: quantity.unit, median: median()),
      origin: supportPoint.origin.text, provenance: supportPoint.provenance)
  }
}

extension AssumptionRegister {
  /// The register as JSON.
  var json: JSON {
    .array(
      assumptions.map { assumption in
        var entries: [(key: String, value: JSON)] = [
          ("name", .string(assumption.name))
        ]
        if let label = assumption.label { entries.append(("label", .string(label))) }
        entries += [
          ("kind", .string(assumption.isReference ? "reference" : "input")),
          ("indexes", .array(assumption.indexes.map(JSON.string))),
          ("unit", .string(assumption.unit)),
          ("dependence", .object(assumption.dependence.map { ($0.index, .string($0.text)) })),
        ]
        if assumption.isReference { entries.append(("scope", .sorted(assumption.scope))) }
        entries += Self.provenance(assumption.provenance, whole: true)
        entries.append(("origin", .string(assumption.origin)))
        entries.append(("values", .array(assumption.values.map(Self.value))))
        return .object(entries)
      })
  }

  private static func value(_ value: Value) -> JSON {
    var entries: [(key: String, value: JSON)] = []
    if !value.labels.isEmpty {
      entries.append(("labels", .object(value.labels.map { ($0.index, .string($0.label)) })))
    }
    entries += [("value", .string(value.text)), ("origin", .string(value.origin))]
    return .object(entries + provenance(value.provenance, whole: false))
  }

  /// Source, note and quality of a value; if not `whole`, only those that are given.
  private static func provenance(_ provenance: Provenance, whole: Bool) -> [(key: String, value: JSON)] {
    let all: [(key: String, value: String?)] = [
      ("source", provenance.source), ("note", provenance.note), ("quality", provenance.quality),
      ("disclosable_by", provenance.disclosableBy),
    ]
    return all.filter { whole || $0.value != nil }.map { ($0.key, .optional($0.value)) }
  }
}

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

extension Origin {
  /// The origin of a value in short form: `scenarios/first-steps.yaml:12`, the flag (a bare assignment is that of
  /// `--set`), `default`.
  var text: String {
    switch self {
    case .file(let place): "\(place.file.publishedPath):\(place.line)"
    case .flag(let text): text.hasPrefix("--") ? text : "--set '\(text)'"
    case .builtIn: "default"
    }
  }
}
