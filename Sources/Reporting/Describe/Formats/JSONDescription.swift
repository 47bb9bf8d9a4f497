import Modeling
import TextFormats

/// The complete description, machine-readable, with every value.
package enum JSONDescription: DescriptionFormat {
  /// `json`
  package static let name = "json"

  /// One line for help.
  package static let summary = "everything, machine-readable"

  /// The description.
  package static func text(of model: Model) -> String {
    let indexes = model.indexes.map { index in
      JSON.object(
        [
          ("name", .string(index.name)), ("numeric", .bool(index.isNumeric)),
          ("labels", .array(index.labels.map(JSON.string))), ("origin", .string(Origin.file(index.place).text)),
        ] + index.wordEntries)
    }
    let outputs = model.outputs.map { output in
      JSON.object(
        model[output.quantity].nameEntries + [
          ("unit", .string(output.unit.text)),
          ("scope", .sorted(output.scope)), ("compare", .array(output.comparisons.map { .string($0.text) })),
          ("note", .optional(output.note)),
        ] + output.verdictEntries)
    }
    let settings = model.settings
    return JSON.object([
      ("title", .string(model.title)), ("about", .optional(model.about)), ("digest", .string(model.digest)),
      ("indexes", .array(indexes)), ("inputs", AssumptionRegister(of: model).json),
      ("correlations", .array(model.correlations.map(JSON.string))),
      ("repairs", RepairDescription(model: model).json), ("equations", QuantityGraph(of: model).json),
      ("outputs", .array(outputs)), ("evidence", EvidenceRegister(of: model).json),
      (
        "run",
        .object([
          ("draws", .integer(settings.draws)), ("seed", .unsigned(settings.seed)),
          ("design", .string(settings.design)), ("origins", .sorted(settings.origins.mapValues(\.text))),
        ])
      ),
    ]).text + "\n"
  }
}
