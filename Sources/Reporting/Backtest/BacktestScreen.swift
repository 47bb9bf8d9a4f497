import Evidence
import Modeling
import Simulation
import TextFormats

/// The human-readable results of a back-test: the cases, the statistics over all of them, and those with each group
/// left out.
package struct BacktestScreen {
  /// Tables with more cases than this are cut to their first and last ones.
  private static let rowLimit = 40
  private static let rowsKept = 10

  private let result: BacktestResult
  private let folder: String?
  private let files: [String]

  /// The screen of a back-test whose files were written to a folder.
  package init(of result: BacktestResult, folder: String?, files: [String]) {
    self.result = result
    self.folder = folder
    self.files = files
  }

  /// The screen, ended by a newline.
  package var text: String {
    var lines = [result.model.title, ""]
    for output in result.outputs {
      lines += cases(output) + [""] + verdict(output) + [""]
      if !output.groups.isEmpty { lines += groups(output) + [""] }
    }
    let settings = result.model.settings
    let count = result.table.cases.count
    lines += result.model.conditioningLines
    lines.append(
      "\(count) \(count == 1 ? "case" : "cases") of \(result.table.path), \(NumberText.draws(result.draws)) each, "
        + "seed \(settings.seed), design \(settings.design): \(NumberText.duration(result.seconds))")
    lines += ScreenText.written(files, to: folder)
    return ScreenText.of(lines)
  }

  // MARK: Cases

  private func cases(_ output: OutputScore) -> [String] {
    let unit = output.output.unit.shown
    let shown = Abbreviation(of: output.cases.count, limit: Self.rowLimit, keeping: Self.rowsKept)
    let rows = shown.kept.map { output.cases[$0] }
    let name = result.model[output.output.quantity].name
    var table = TextTable()
    table.add("case", rows.map(\.name), .left)
    if rows.contains(where: { $0.cell != name }) { table.add("cell", rows.map(\.cell), .left) }
    if !output.groups.isEmpty { table.add("group", rows.map { $0.group ?? "" }, .left) }
    table.add("observed", rows.map { NumberText.significant($0.observed) }, .decimal)
    table.add("median", rows.map { NumberText.significant($0.p50) }, .decimal)
    table.add(
      "90 % interval", rows.map { "\(NumberText.significant($0.p05)) to \(NumberText.significant($0.p95))" }, .left)
    table.add("percentile", rows.map { Self.percent($0.percentile) }, .decimal)
    table.add(
      "narrowest interval containing it", rows.map { $0.isInside50 ? "50 %" : $0.isInside90 ? "90 %" : "none" }, .right)
    var lines = table.lines
    if shown.omitted > 0 {
      let place = files.contains("backtest.csv") ? ": see backtest.csv" : ""
      lines.insert("… \(shown.omitted) more cases\(place)", at: 1 + shown.head.count)
    }
    return [result.model.heading(output.output.quantity) + (unit.isEmpty ? "" : ", \(unit)")] + lines
  }

  /// A share in whole percent, never 0 or 100 for values strictly between.
  private static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "none" }
    let percent = share * 100
    if percent > 0, percent < 1 { return NumberText.significant(percent, digits: 1) }
    if percent > 99, percent < 100 { return NumberText.significant(percent, digits: 3) }
    return "\(Int(percent.rounded()))"
  }

  // MARK: All cases

  private func verdict(_ output: OutputScore) -> [String] {
    let all = output.all
    var lines = [
      coverage(all.inside50), coverage(all.inside90),
      "cases per forecast decile: \(all.percentiles.map { "\($0)" }.joined(separator: " ")); "
        + "\(NumberText.significant(Double(all.count) / Double(OutputScore.bars), digits: 2)) expected in each if calibrated",
    ]
    if all.bias.value.isFinite {
      let interval =
        all.bias.low.isFinite
        ? " (95 %: \(NumberText.significant(all.bias.low)) to \(NumberText.significant(all.bias.high)))" : ""
      lines.append("bias: the observed value is \(NumberText.significant(all.bias.value)) times the median\(interval)")
    }
    if all.width.isFinite {
      lines.append(
        "width: the 95th percentile is \(NumberText.significant(all.width)) times the 5th, in the median case")
    }
    let unit = output.output.unit.shown
    lines.append(
      "CRPS: \(NumberText.significant(all.crps)) \(unit)".trimmedAtEnd
        + (all.logCrps.isFinite ? "; of logarithms \(NumberText.significant(all.logCrps))" : "")
        + (all.skill.isFinite
          ? ", \(Self.skill(all.skill)) a baseline forecast fitted to the other cases (\(NumberText.significant(all.baselineLogCrps)))"
          : ""))
    let lost = output.cases.filter { $0.nonFinite > 0 }
    if !lost.isEmpty {
      let cases = lost.count == 1 ? "case has" : "cases have"
      lines.append("\(lost.count) \(cases) draws that are not finite and were excluded: see backtest.csv")
    }
    return lines.flatMap { ScreenText.wrapped("  " + $0) }.map { $0.hasPrefix(" ") ? $0 : "  " + $0 }
  }

  /// `50 % interval: holds 6 of 11, 55 % (95 %: 23 to 83 %); not rejected (p = 1)`
  private func coverage(_ coverage: Coverage) -> String {
    let interval = coverage.interval
    let verdict = coverage.probability < 0.05 ? "rejected" : "not rejected"
    return "\(Int((coverage.nominal * 100).rounded())) % interval: covers \(coverage.inside) of \(coverage.count), "
      + "\(Int((coverage.share * 100).rounded())) % (95 %: \(Int((interval.low * 100).rounded())) to "
      + "\(Int((interval.high * 100).rounded())) %); \(verdict) at 5 % "
      + "(p = \(NumberText.significant(coverage.probability, digits: 2)))"
  }

  private static func skill(_ skill: Double) -> String {
    let percent = NumberText.significant(skill.magnitude * 100, digits: 2)
    return skill >= 0 ? "\(percent) % better than" : "\(percent) % worse than"
  }

  // MARK: Groups

  private func groups(_ output: OutputScore) -> [String] {
    var table = TextTable()
    let groups = output.groups
    table.add("  group", groups.map { "  \($0.group)" }, .left)
    table.add("cases", groups.map { "\($0.inside.count)" }, .right)
    table.add("in 50 %", groups.map { "\($0.inside.inside50.inside)" }, .right)
    table.add("in 90 %", groups.map { "\($0.inside.inside90.inside)" }, .right)
    table.add("bias", groups.map { Self.figure($0.inside.bias.value) }, .decimal)
    table.add("skill", groups.map { Self.percentage($0.inside.skill) }, .right)
    table.add("50 % coverage without the group", groups.map { Self.part($0.others.inside50) }, .right)
    table.add("90 % coverage without the group", groups.map { Self.part($0.others.inside90) }, .right)
    table.add("bias without the group", groups.map { Self.figure($0.others.bias.value) }, .decimal)
    return ["  leaving out each group once; skill relative to a baseline forecast fitted to the others"] + table.lines
  }

  private static func figure(_ value: Double) -> String { value.isFinite ? NumberText.significant(value) : "" }

  private static func percentage(_ share: Double) -> String {
    share.isFinite ? "\(NumberText.significant(share * 100, digits: 2)) %" : ""
  }

  private static func part(_ coverage: Coverage) -> String { "\(coverage.inside) of \(coverage.count)" }

  // MARK: Machine-readable

  /// The same as JSON, ended by a newline.
  package var json: String {
    let model = result.model
    return JSON.object([
      ("title", .string(model.title)), ("digest", .string(model.digest)), ("cases_file", .string(result.table.path)),
      ("draws", .integer(result.draws)), ("seed", .unsigned(model.settings.seed)),
      ("design", .string(model.settings.design)), model.conditioningJSON,
      ("outputs", .array(result.outputs.map(output))),
      ("seconds", .number(result.seconds)),
      ("files", .object(JSON.written(files, to: folder))),
    ]).text + "\n"
  }

  private func output(_ output: OutputScore) -> JSON {
    .object([
      ("name", .string(result.model[output.output.quantity].name)), ("unit", .string(output.output.unit.text)),
      ("all", figures(output.all)),
      (
        "groups",
        .array(
          output.groups.map { group in
            .object([
              ("group", .string(group.group)), ("inside", figures(group.inside)), ("others", figures(group.others)),
            ])
          })
      ),
      (
        "cases",
        .array(
          zip(output.cases, output.baseline).map { score, baseline in
            .object([
              ("case", .string(score.name)), ("group", .optional(score.group)), ("output", .string(score.cell)),
              ("observed", .number(score.observed)), ("p05", .number(score.p05)), ("p25", .number(score.p25)),
              ("p50", .number(score.p50)), ("p75", .number(score.p75)), ("p95", .number(score.p95)),
              ("percentile", .number(score.percentile)), ("percentile_standard_error", .number(score.percentileError)),
              ("inside_50", .bool(score.isInside50)), ("inside_90", .bool(score.isInside90)),
              ("crps", .number(score.crps)), ("log_crps", .number(score.logCrps)),
              ("baseline_log_crps", .number(baseline)),
              ("non_finite", .integer(score.nonFinite)),
            ])
          })
      ),
    ])
  }

  private func figures(_ figures: OutputScore.Statistics) -> JSON {
    func coverage(_ coverage: Coverage) -> JSON {
      .object([
        ("inside", .integer(coverage.inside)), ("share", .number(coverage.share)),
        ("low", .number(coverage.interval.low)), ("high", .number(coverage.interval.high)),
        ("p_value", .number(coverage.probability)),
      ])
    }
    return .object([
      ("count", .integer(figures.count)), ("inside_50", coverage(figures.inside50)),
      ("inside_90", coverage(figures.inside90)), ("percentiles", .array(figures.percentiles.map(JSON.integer))),
      (
        "bias",
        .object([
          ("value", .number(figures.bias.value)), ("low", .number(figures.bias.low)),
          ("high", .number(figures.bias.high)),
        ])
      ),
      ("width", .number(figures.width)), ("crps", .number(figures.crps)), ("log_crps", .number(figures.logCrps)),
      ("baseline_log_crps", .number(figures.baselineLogCrps)), ("skill", .number(figures.skill)),
    ])
  }
}
