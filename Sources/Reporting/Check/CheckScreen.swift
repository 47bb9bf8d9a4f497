import Modeling
import TextFormats

/// The output of `check` for a valid scenario: one line of counts, then the repaired correlations.
package struct CheckScreen {
  private let path: String
  private let repairs: RepairDescription
  private let counts: [(key: String, count: Int, one: String, many: String)]

  /// The screen of a model, read from a path.
  package init(of model: Model, path: String) {
    self.path = path
    repairs = RepairDescription(model: model)
    let inputs = model.quantities.indices.compactMap { position -> Input? in
      let id = QuantityID(position)
      return if case .input(let input) = model[id].kind, model.latentTotal(hiddenIn: id) == nil { input } else { nil }
    }
    // Formulas of observations, routes, published figures and verdicts are quantities too, but not equations of the scenario.
    let observed = model.observations.flatMap {
      [$0.shown.quantity, $0.observed.quantity] + $0.arguments.map(\.quantity)
    }
    let unnamed = Set(
      (observed + model.targets.map(\.quantity) + model.verdicts.map(\.verdict.condition)
        + model.latents.flatMap { $0.readCells.map(\.quantity) }
        + model.triangulations.flatMap { $0.routes.map(\.quantity) }).filter { !Self.isName(model[$0].name) })
    let totals = Set(model.latents.map(\.quantity))
    let equations = model.quantities.indices.filter {
      model.quantities[$0].input == nil && !unnamed.contains(QuantityID($0)) && !totals.contains(QuantityID($0))
    }
    let references = model.quantities.filter { quantity in
      if case .reference = quantity.kind { true } else { false }
    }
    counts = [
      ("inputs", inputs.count, "input", "inputs"),
      ("uncertain", inputs.filter(\.isUncertain).count, "uncertain", "uncertain"),
      ("equations", equations.count, "equation", "equations"),
      ("latent_totals", totals.count, "latent total", "latent totals"),
      ("references", references.count, "reference", "references"),
      ("outputs", model.outputs.count, "output", "outputs"),
      ("coordinates", model.coordinates.count, "random dimension", "random dimensions"),
      ("skipped_table_rows", model.skippedTableRows, "table row skipped", "table rows skipped"),
    ]
  }

  /// Whether a text is a name, as opposed to a formula.
  private static func isName(_ text: String) -> Bool {
    text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } && text.first?.isLetter == true
  }

  /// `scenarios/first-steps.yaml: valid: 4 inputs (3 uncertain), 1 equation, …`, ended by a newline.
  package var text: String {
    var parts = counts.filter { $0.count > 0 && $0.key != "uncertain" }
      .map { "\($0.count) \($0.count == 1 ? $0.one : $0.many)" }
    if let uncertain = counts.first(where: { $0.key == "uncertain" }), uncertain.count > 0 {
      parts[0] += " (\(uncertain.count) uncertain)"
    }
    let first = "\(TerminalText.path(path)): valid: \(parts.joined(separator: ", "))"
    return ScreenText.of([first] + repairs.lines(limit: 24, others: "--json lists all"))
  }

  /// The counts as JSON.
  package var json: JSON {
    let mended = repairs.model.repairs.isEmpty ? [] : [(key: "repairs", value: repairs.json)]
    return .object(counts.map { ($0.key, .integer($0.count)) } + mended)
  }
}

extension Input {
  /// True if any of its values is not a constant.
  var isUncertain: Bool {
    supportPoints.contains { supportPoint in
      if case .constant = supportPoint.value { return false }
      return true
    }
  }
}
