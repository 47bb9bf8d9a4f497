import Modeling
import Simulation
import TextFormats
import Units

/// The screen of `draw`: every value of one draw, from inputs with their probabilities to outputs, with the formulas.
package struct DrawScreen {
  /// Significant digits: values of a single draw have no Monte Carlo error.
  static let digits = 6

  private let draw: DrawExplanation
  private let model: Model

  /// The screen of a draw of a model.
  package init(of draw: DrawExplanation, in model: Model) {
    self.draw = draw
    self.model = model
  }

  /// The screen, ended by a newline.
  package var text: String {
    let settings = model.settings
    var sections = [
      ["\(model.title): draw \(draw.number), seed \(settings.seed), design \(settings.design)"]
        + model.conditioningLines
        + (draw.number < settings.draws
          ? [] : ["This draw is beyond the \(NumberText.draws(settings.draws)) of the run; draws are numbered from 0."])
    ]
    func isReference(_ value: DrawExplanation.Value) -> Bool {
      if case .reference = model[value.quantity].kind { return true }
      return false
    }
    let stated = draw.values.filter {
      model[$0.quantity].input != nil && model.latentTotal(hiddenIn: $0.quantity) == nil
    }
    let inputs = stated.filter { !isReference($0) }
    let references = stated.filter(isReference)
    // The target of a flag is shown below, with its attribution.
    let targets = Set(model.targets.map(\.quantity))
    let equations = draw.values.filter { model[$0.quantity].input == nil && !targets.contains($0.quantity) }
    if !inputs.isEmpty { sections.append(["Inputs"] + table(ofInputs: inputs)) }
    if !references.isEmpty { sections.append(["References"] + table(ofInputs: references)) }
    if !equations.isEmpty { sections.append(["Equations"] + equations.flatMap(lines(ofEquation:))) }
    sections.append(["Outputs"] + outputs)
    return sections.map(ScreenText.of).joined(separator: "\n")
  }

  /// The same as JSON, ended by a newline.
  package var json: String { json(with: nil) }

  /// The same, with the attribution of a target's value in the draw.
  package func json(with reasons: AttributionScreen?) -> String {
    JSON.object(
      [
        ("title", .string(model.title)), ("draw", .integer(draw.number)), ("seed", .unsigned(model.settings.seed)),
        ("design", .string(model.settings.design)), model.conditioningJSON,
        (
          "values",
          .array(draw.values.filter { model.latentTotal(hiddenIn: $0.quantity) == nil }.map(json))
        ),
      ] + (reasons.map { [("reasons", $0.json)] } ?? [])
    ).text + "\n"
  }

  private func json(of value: DrawExplanation.Value) -> JSON {
    let quantity = model[value.quantity]
    let kind =
      switch quantity.kind {
      case .input: "input"
      case .reference: "reference"
      case .equation: "equation"
      }
    var entries: [(key: String, value: JSON)] = [
      ("name", .string(quantity.name)), ("kind", .string(kind)), ("unit", .string(quantity.unit.text)),
    ]
    if let formula = formula(of: value.quantity) { entries.append(("formula", .string(formula))) }
    entries.append(
      (
        "cells",
        .array(
          value.cells.indices.map { cell in
            .object([
              ("name", .string(model.cellName(value.quantity, cell: cell))), ("value", .number(value.cells[cell])),
            ])
          })
      ))
    if let input = quantity.input {
      entries.append(
        (
          "anchor_points",
          .array(
            zip(input.supportPoints, value.probabilities).map { supportPoint, probability in
              .object([
                ("value", .string(supportPoint.text)), ("probability", probability.map(JSON.number) ?? .null),
                ("origin", .string(supportPoint.origin.text)),
              ])
            })
        ))
    }
    return .object(entries)
  }

  private func table(ofInputs inputs: [DrawExplanation.Value]) -> [String] {
    var rows: [(name: String, value: String, unit: String, cause: String)] = []
    for value in inputs {
      let quantity = model[value.quantity]
      guard let input = quantity.input else { continue }
      // Each input has its own notation: units differ, and one small value must not give all the others exponents.
      let style = NumberStyle(of: value.cells)
      for cell in value.cells.indices {
        let cause = input.cells.indices.contains(cell) ? self.cause(input.cells[cell], of: input, value) : ""
        rows.append(
          (
            "  " + model.cellName(value.quantity, cell: cell), number(value.cells[cell], of: input, style),
            input.categories == nil ? quantity.unit.shown : "", cause
          ))
      }
    }
    var table = TextTable()
    table.add("  name", rows.map(\.name), .left)
    table.add("value", rows.map(\.value), .decimal)
    table.add("unit", rows.map(\.unit), .left)
    table.add("source", rows.map(\.cause), .left)
    return table.lines
  }

  /// The origin of a cell's value: `43.2nd percentile of 1.1 to 1.58`.
  private func cause(_ rule: CellRule, of input: Input, _ value: DrawExplanation.Value) -> String {
    switch rule {
    case .supportPoint(let supportPoint):
      return cause(ofSupportPoint: supportPoint, of: input, value)
    case .interpolated(let from, let to, let fraction, let isLogarithmic):
      let share = NumberText.significant(fraction * 100, digits: 3)
      return "\(share) % of the way\(isLogarithmic ? " (log scale)" : "") between "
        + "\(cause(ofSupportPoint: from, of: input, value)) and \(cause(ofSupportPoint: to, of: input, value))"
    case .scaled(let inner, let factor):
      return "\(NumberText.exact(factor)) times \(cause(inner, of: input, value))"
    }
  }

  private func cause(ofSupportPoint supportPoint: Int, of input: Input, _ value: DrawExplanation.Value) -> String {
    guard input.supportPoints.indices.contains(supportPoint) else { return "" }
    let text = input.supportPoints[supportPoint].text
    guard value.probabilities.indices.contains(supportPoint), let probability = value.probabilities[supportPoint] else {
      return text
    }
    return "\(Self.ordinal(probability)) percentile of \(text)"
  }

  /// A probability as an ordinal in percent: `5.181st`, `43.2nd`, `50th`.
  private static func ordinal(_ probability: Double) -> String {
    let text = percent(probability)
    let whole = text.contains(".") ? String(text.suffix(1)) : String(text.suffix(2))
    switch whole {
    case "11", "12", "13": return text + "th"
    case let ending where ending.hasSuffix("1"): return text + "st"
    case let ending where ending.hasSuffix("2"): return text + "nd"
    case let ending where ending.hasSuffix("3"): return text + "rd"
    default: return text + "th"
    }
  }

  /// A probability in percent with four significant digits of the nearer tail; it belongs to one draw, and is exact.
  private static func percent(_ probability: Double) -> String {
    let percent = probability * 100
    guard let tail = DecimalDigits(min(percent, 100 - percent)), let decimal = DecimalDigits(percent) else {
      return NumberText.exact(percent)
    }
    let place = min(tail.leadingPlace, 1) - 3
    return decimal.rounded(toPlace: place).plain(downTo: 0)
  }

  private func number(_ value: Double, of input: Input, _ style: NumberStyle) -> String {
    if let outcomes = input.categories, let position = Int(exactly: value) {
      let labels = model[outcomes].labels
      if labels.indices.contains(position) { return labels[position] }
    }
    return NumberText.significant(value, digits: Self.digits, style: style)
  }

  /// An equation's formula; a latent total is equal to a hidden input, which is not shown.
  private func formula(of id: QuantityID) -> String? {
    model.latents.contains { $0.quantity == id } ? QuantityGraph.latentFormula : QuantityGraph.formula(of: model[id])
  }

  private func lines(ofEquation value: DrawExplanation.Value) -> [String] {
    let quantity = model[value.quantity]
    let formula = formula(of: value.quantity) ?? ""
    if quantity.cells.indexes.isEmpty {
      let number = value.cells.first.map { NumberText.significant($0, digits: Self.digits) } ?? ""
      return ["  \(quantity.name) = \(formula)", "    = \(number) \(quantity.unit.shown)".trimmedAtEnd]
    }
    let order = RowOrder(of: quantity.cells, in: model)
    var table = TextTable()
    order.addColumns(for: order.cells, to: &table)
    table.add(
      quantity.unit.shown.isEmpty ? "value" : quantity.unit.shown,
      NumberText.column(order.cells.map { value.cells[$0] }, digits: Self.digits), .decimal)
    return ["  \(quantity.name) = \(formula)"] + table.lines.map { "    \($0)" }
  }

  private var outputs: [String] {
    let values = Dictionary(draw.values.map { ($0.quantity, $0.cells) }, uniquingKeysWith: { first, _ in first })
    var rows: [(name: String, value: String, unit: String)] = []
    for output in model.outputs {
      let unit = model[output.quantity].unit
      // As for inputs, each output has its own notation.
      let texts = NumberText.column(
        (values[output.quantity] ?? []).map { unit.baseValue(of: $0) / output.unit }, digits: Self.digits)
      for (cell, text) in texts.enumerated() {
        rows.append(("  " + model.cellName(output.quantity, cell: cell), text, output.unit.shown))
      }
    }
    var table = TextTable()
    table.add("  name", rows.map(\.name), .left)
    table.add("value", rows.map(\.value), .decimal)
    table.add("unit", rows.map(\.unit), .left)
    return table.lines
  }
}
