import Modeling
import TextFormats

/// The contents of a scenario's section `evidence`, for reports.
struct EvidenceRegister {
  let model: Model

  /// The evidence of a model.
  init(of model: Model) { self.model = model }

  /// The register as JSON.
  var json: JSON {
    .object(
      [
        ("observations", .array(model.observations.map(observation))),
        ("estimates", .array(model.triangulations.map(estimate))),
      ] + (model.latents.isEmpty ? [] : [("latents", .array(model.latents.map { LatentRegister($0, in: model).json }))])
    )
  }

  /// For each observation its formula, what was measured, and its source and note.
  var observationRows: [[String]] {
    model.observations.map { [$0.text, $0.distributionText, Self.statements($0.provenance)] }
  }

  /// For each estimate its name, unit, routes, pools, and its source and note.
  var estimateRows: [[String]] {
    model.triangulations.map { triangulation in
      [
        triangulation.name, triangulation.unit.shown,
        triangulation.routes.map { Self.text(of: $0, in: model) }.joined(separator: ", "),
        triangulation.pools.map(\.rawValue).joined(separator: ", "), Self.statements(triangulation.provenance),
      ]
    }
  }

  private static func statements(_ provenance: Provenance) -> String {
    [provenance.source, provenance.note.map { "note: \($0)" }].compactMap(\.self).joined(separator: "; ")
  }

  private func observation(_ observation: Observation) -> JSON {
    .object([
      ("observe", .string(observation.text)), ("measured", .string(observation.distributionText)),
      ("unit", .string(observation.unit.text)), ("source", .optional(observation.provenance.source)),
      ("note", .optional(observation.provenance.note)), ("origin", .string(Origin.file(observation.place).text)),
    ])
  }

  private func estimate(_ triangulation: Triangulation) -> JSON {
    let routes = triangulation.routes.map { route in
      JSON.object([
        ("route", .string(route.label)), ("formula", .string(Self.text(of: route, in: model))),
        ("weight", weight(route.weight)),
      ])
    }
    return .object([
      ("estimate", .string(triangulation.name)), ("unit", .string(triangulation.unit.text)),
      ("indexes", .array(triangulation.cells.indexes.map { .string(model[$0].name) })), ("routes", .array(routes)),
      ("pool", .array(triangulation.pools.map { .string($0.rawValue) })),
      ("heterogeneity", .number(triangulation.heterogeneity)),
      ("source", .optional(triangulation.provenance.source)), ("note", .optional(triangulation.provenance.note)),
      ("origin", .string(Origin.file(triangulation.place).text)),
    ])
  }

  private func weight(_ weight: Triangulation.Weight) -> JSON {
    switch weight {
    case .number(let number): .number(number)
    case .quantity(let id, let labels): .string(Self.text(of: id, labels, in: model))
    }
  }

  /// A route's formula: `electricity[route=fleet]`.
  static func text(of route: Triangulation.Route, in model: Model) -> String {
    text(of: route.quantity, route.labels, in: model)
  }

  private static func text(of id: QuantityID, _ labels: [IndexID: Int], in model: Model) -> String {
    let picked = labels.map { "\(model[$0.key].name)=\(model[$0.key].labels[$0.value])" }.sorted()
    return picked.isEmpty ? model[id].name : "\(model[id].name)[\(picked.joined(separator: ", "))]"
  }
}
