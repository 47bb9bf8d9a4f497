import Modeling
import TextFormats

/// The output of `check` for a valid scenario: one line of counts, then the repaired correlations.
public struct CheckScreen {
  private let path: String
  private let repairs: RepairDescription
  private let counts: [(key: String, count: Int, one: String, many: String)]

  /// The screen of a model, read from a path.
  public init(of model: Model, path: String) {
    self.path = path
    repairs = RepairDescription(model: model)
    let inputs = model.quantities.compactMap { quantity -> Input? in
      if case .input(let input) = quantity.kind { input } else { nil }
    }
    let equations = model.quantities.filter { $0.input == nil }
    counts = [
      ("inputs", inputs.count, "input", "inputs"),
      ("uncertain", inputs.filter(\.isUncertain).count, "uncertain", "uncertain"),
      ("equations", equations.count, "equation", "equations"),
      ("references", model.quantities.count - inputs.count - equations.count, "reference", "references"),
      ("outputs", model.outputs.count, "output", "outputs"),
      ("coordinates", model.coordinates.count, "coordinate", "coordinates"),
      ("skipped_table_rows", model.skippedTableRows, "table row skipped", "table rows skipped"),
    ]
  }

  /// `scenarios/first-steps.yaml: valid: 4 inputs, 3 uncertain, …`, ended by a newline.
  public var text: String {
    let parts = counts.map { "\($0.count) \($0.count == 1 ? $0.one : $0.many)" }
    return ScreenText.of(
      ["\(path): valid: \(parts.joined(separator: ", "))"] + repairs.lines(limit: 24, others: "--json lists all"))
  }

  /// The counts as JSON.
  public var json: JSON {
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
