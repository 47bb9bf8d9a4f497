import Evidence
import Modeling

/// The human-readable results of a latent total: the errors of its readings, and what its published figures read.
struct LatentLines {
  let result: LatentResult
  let model: Model
  /// The file that has everything, if it was written.
  let pointer: (String) -> String?

  /// Maximum number of published figures on a screen.
  private static let mostFigures = 20
  /// A formula's curvature above which the linear update is not to be trusted without a check.
  private static let mostCurvature = 0.5
  /// The effective number of points below which percentiles of standard deviations are uncertain.
  private static let fewPoints = 200.0

  /// The lines, ended by an empty one.
  var lines: [String] {
    let name = model[result.total.quantity].name
    let (routes, published) = (result.total.routes.count, result.total.figures.count)
    var lines = ScreenText.wrapped(
      "\(name), a latent total read by \(routes) \(routes == 1 ? "route" : "routes") and \(published) published "
        + "\(published == 1 ? "figure" : "figures"). Standard deviations of errors, of logarithms:")
    lines += Self.table(Self.errorColumns, errors) + [""]
    if !figures.isEmpty {
      let shown = Array(figures.prefix(Self.mostFigures))
      lines += Self.table(Self.figureColumns, shown)
      if figures.count > shown.count, let file = pointer("latent_readings.csv") {
        lines.append("  \(figures.count - shown.count) more: \(file)")
      }
      lines.append("")
    }
    return lines + sentences.flatMap { ScreenText.wrapped($0) } + [""]
  }

  /// The headings of the table of errors.
  static let errorColumns = ["error", "prior", "posterior"]

  /// The rows of the table of errors.
  var errors: [[String]] { result.parameters.map { [$0.name, Self.text($0.prior), Self.text($0.posterior)] } }

  /// The headings of the table of published figures.
  static let figureColumns = [
    "figure", "kind", "unit", "reads", "formula given all", "given the others", "percentile",
  ]

  /// The rows of the table of published figures.
  var figures: [[String]] {
    result.readings.filter { $0.publisher != nil }.map { reading in
      [
        reading.name, reading.kind, reading.unit, reading.value.map { NumberText.significant($0) } ?? "",
        Self.text(reading.posterior), reading.predicted.map(Self.text) ?? "-",
        reading.percentile.map { "\(NumberText.significant(100 * $0, digits: 2)) %" } ?? "-",
      ]
    }
  }

  private static func table(_ columns: [String], _ rows: [[String]]) -> [String] {
    var table = TextTable()
    for (position, name) in columns.enumerated() {
      table.add(name, rows.map { $0[position] }, position < (columns.count > 3 ? 3 : 1) ? .left : .right)
    }
    return table.lines
  }

  /// What limits kept, and the limitations of the update.
  var sentences: [String] {
    var sentences: [String] = []
    if result.readings.contains(where: { ["floor", "ceiling"].contains($0.kind) }) {
      sentences.append(
        "Limits keep \(NumberText.significant(100 * result.kept, digits: 2)) % of the draws given all other readings.")
    }
    let curved = result.readings.filter { $0.curvature > Self.mostCurvature }
    if let worst = curved.max(by: { $0.curvature < $1.curvature }) {
      sentences.append(
        "\(curved.count) of \(result.readings.count) readings \(curved.count == 1 ? "is of a formula that is" : "are of formulas that are") "
          + "not linear in the inputs' scores: the "
          + "update misses \(NumberText.significant(worst.curvature, digits: 2)) standard deviations of "
          + "\(worst.formula) at \(NumberText.significant(worst.label, digits: 6)).")
    }
    if result.effectivePoints < Self.fewPoints {
      sentences.append(
        "The standard deviations of errors rest on an effective number of "
          + "\(NumberText.significant(result.effectivePoints.rounded(), digits: 3)) points.")
    }
    return sentences
  }

  /// `0.25 (0.15 to 0.37)`
  static func text(_ interval: LatentResult.Percentiles) -> String {
    func text(_ value: Double) -> String { NumberText.significant(value, digits: 2) }
    return "\(text(interval.p50)) (\(text(interval.p05)) to \(text(interval.p95)))"
  }
}
