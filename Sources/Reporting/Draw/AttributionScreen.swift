import Analysis
import Modeling
import Simulation
import TextFormats

/// The contributions of the inputs to the change of a target between two input points, as a table that adds up.
package struct AttributionScreen {
  private let attribution: ShapleyAttribution
  private let model: Model
  private let names: (start: String, end: String)

  /// The table of an attribution.
  ///
  /// - Parameters:
  ///   - attribution: the steps.
  ///   - model: the checked model.
  ///   - names: the names of start and end: `all inputs at their medians`, `draw 7`.
  package init(of attribution: ShapleyAttribution, in model: Model, names: (start: String, end: String)) {
    self.attribution = attribution
    self.model = model
    self.names = names
  }

  /// Inputs beyond this number are combined.
  private static let limit = 25

  /// The lines, without a title.
  package var text: String {
    let unit = model[attribution.target].unit.shown
    let target = model[attribution.target].name
    let style = NumberStyle(
      of: [attribution.start, attribution.end] + attribution.steps.prefix(Self.limit).map(\.contribution.value))
    func number(_ value: Double) -> String { NumberText.significant(value, digits: 4, style: style) }
    func percent(_ share: Double) -> String { NumberText.significant(share * 100, digits: 3) + " %" }
    var names = ["  \(self.names.start)"]
    var (amounts, factors) = ([number(attribution.start)], [""])
    var (places, values) = ([""], [""])
    let shown = attribution.steps.prefix(Self.limit)
    for step in shown {
      names.append("  \(model.reportedName(ofInput: step.input))")
      amounts.append(SweepScreen.signed(step.contribution, style: style))
      factors.append(step.factor.map { NumberText.estimate($0, digits: 4) } ?? "")
      places.append("\(percent(step.percentiles.start)) to \(percent(step.percentiles.end))")
      values.append(
        step.values.map { pair in
          let own = model[step.input].unit.shown
          let texts = NumberText.column([pair.start, pair.end])
          return "\(texts[0]) to \(texts[1])\(own.isEmpty ? "" : " \(own)")"
        } ?? "")
    }
    let rest = attribution.steps.dropFirst(Self.limit)
    if !rest.isEmpty {
      names.append("  \(rest.count) more \(rest.count == 1 ? "input" : "inputs")")
      let error = rest.reduce(0) { $0 + $1.contribution.error * $1.contribution.error }.squareRoot()
      amounts.append(
        SweepScreen.signed(Estimate(rest.reduce(0) { $0 + $1.contribution.value }, error: error), style: style))
      factors.append(
        rest.allSatisfy { $0.factor != nil }
          ? NumberText.significant(rest.reduce(1) { $0 * ($1.factor?.value ?? 1) }, digits: 4) : "")
      places.append("")
      values.append("")
    }
    names.append("  \(self.names.end)")
    amounts.append(number(attribution.end))
    factors.append(
      attribution.steps.first?.factor == nil
        ? "" : NumberText.significant(attribution.end / attribution.start, digits: 4))
    places.append("")
    values.append("")
    var table = TextTable()
    table.add("  \(target)", names, .left)
    table.add(unit.isEmpty ? "value" : unit, amounts, .decimal)
    if factors.contains(where: { !$0.isEmpty }) { table.add("factor", factors, .decimal) }
    table.add("percentile", places, .left)
    table.add("value", values, .left)
    let way =
      attribution.isExact
      ? "Shapley values: averages over all \(attribution.orders) input orders; contributions add, factors multiply"
      : "Shapley values: averages over \(attribution.orders) sampled input orders; contributions add, factors multiply"
    return ScreenText.of(table.lines + ["  \(way)"])
  }

  /// `input`, `unit` (the target's), `contribution`, `standard_error`, `factor`, `factor_standard_error`,
  /// `percentile_start`, `percentile_end`, `input_unit`, `value_start`, `value_end`; the first row is the start, the
  /// last the end, whose `contribution` is the target's value.
  package var file: ReportFile {
    ReportFile(name: "waterfall.csv") { sink in
      try sink.write(
        CSVRow.text([
          "input", "unit", "contribution", "standard_error", "factor", "factor_standard_error", "percentile_start",
          "percentile_end",
          "input_unit", "value_start", "value_end",
        ]))
      let unit = model[attribution.target].unit.text
      let blanks = [String](repeating: "", count: 8)
      try sink.write(CSVRow.text([names.start, unit, CSVRow.number(attribution.start)] + blanks))
      for step in attribution.steps {
        let figures = [
          step.contribution.value, step.contribution.error, step.factor?.value ?? .nan, step.factor?.error ?? .nan,
          step.percentiles.start, step.percentiles.end,
        ].map(CSVRow.number)
        let values = [step.values?.start ?? .nan, step.values?.end ?? .nan].map(CSVRow.number)
        try sink.write(
          CSVRow.text(
            [model.reportedName(ofInput: step.input), unit] + figures + [model[step.input].unit.text] + values))
      }
      try sink.write(CSVRow.text([names.end, unit, CSVRow.number(attribution.end)] + blanks))
    }
  }

  /// The same as JSON.
  package var json: JSON {
    func estimate(_ estimate: Estimate) -> JSON {
      .object([("value", .number(estimate.value)), ("standard_error", .number(estimate.error))])
    }
    return .object([
      ("target", .string(model[attribution.target].name)), ("unit", .string(model[attribution.target].unit.text)),
      ("start", .object([("name", .string(names.start)), ("value", .number(attribution.start))])),
      (
        "steps",
        .array(
          attribution.steps.map { step in
            .object([
              ("input", .string(model.reportedName(ofInput: step.input))),
              ("contribution", estimate(step.contribution)),
              ("factor", step.factor.map(estimate) ?? .null),
              ("percentile_start", .number(step.percentiles.start)), ("percentile_end", .number(step.percentiles.end)),
              ("input_unit", .string(model[step.input].unit.text)),
              ("value_start", step.values.map { .number($0.start) } ?? .null),
              ("value_end", step.values.map { .number($0.end) } ?? .null),
            ])
          })
      ),
      ("end", .object([("name", .string(names.end)), ("value", .number(attribution.end))])),
      ("orders", .integer(attribution.orders)), ("exact", .bool(attribution.isExact)),
    ])
  }
}
