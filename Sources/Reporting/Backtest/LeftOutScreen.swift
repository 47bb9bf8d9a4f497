import Evidence
import Modeling
import TextFormats

/// The human-readable results of a back-test of published figures: the figures, the statistics over all of them, and the
/// scores of the groups that were left out together.
package struct LeftOutScreen {
  /// Tables with more figures than this are cut to their first and last ones.
  private static let rowLimit = 40
  private static let rowsKept = 10

  private let result: LeftOutResult
  private let folder: String?
  private let files: [String]

  /// The screen of a back-test whose files were written to a folder.
  package init(of result: LeftOutResult, folder: String?, files: [String]) {
    self.result = result
    self.folder = folder
    self.files = files
  }

  /// The screen, ended by a newline.
  package var text: String {
    var lines = [result.model.title, "", heading] + figures + [""] + statistics + [""]
    if result.leftOut != .observation { lines += groups + [""] }
    let settings = result.model.settings
    lines.append(
      "\(result.figures.count) \(result.figures.count == 1 ? "figure" : "figures") in \(result.groups.count) "
        + "\(result.groups.count == 1 ? "group" : "groups"), \(NumberText.draws(result.draws)), seed \(settings.seed), "
        + "design \(settings.design): \(NumberText.duration(result.seconds))")
    lines += ScreenText.written(files, to: folder)
    return ScreenText.of(lines)
  }

  private var heading: String {
    let (left, rest) =
      switch result.leftOut {
      case .observation: ("each published figure", "all other readings")
      case .publisher: ("the figures of each publisher", "all other readings")
      case .year: ("the figures of each label", "all other readings")
      case .later:
        ("the figures published after each year", "the routes with the scenario's inputs and the earlier figures")
      }
    return "Leaving out \(left) in turn: what \(rest) predict"
  }

  private var figures: [String] {
    let shown = Abbreviation(of: result.figures.count, limit: Self.rowLimit, keeping: Self.rowsKept)
    let rows = shown.kept.map { result.figures[$0] }
    var table = TextTable()
    table.add("figure", rows.map(\.name), .left)
    if rows.contains(where: { $0.publisher != $0.name }) { table.add("publisher", rows.map(\.publisher), .left) }
    if result.leftOut == .later { table.add("left out", rows.map { result.groups[$0.group].name }, .left) }
    table.add("label", rows.map { NumberText.significant($0.label, digits: 6) }, .left)
    table.add("observed", rows.map { NumberText.significant($0.observed) }, .decimal)
    table.add("unit", rows.map { $0.unit == "1" ? "" : $0.unit }, .left)
    table.add("predicted", rows.map { LatentLines.text(.init($0.p05, $0.p50, $0.p95)) }, .left)
    table.add("percentile", rows.map { "\(NumberText.significant(100 * $0.percentile, digits: 2)) %" }, .right)
    table.add("formula", rows.map { LatentLines.text($0.read) }, .left)
    table.add("CRPS", rows.map { NumberText.significant($0.crps, digits: 2) }, .decimal)
    table.add(
      "trend", rows.map { $0.baselineCrps.isFinite ? NumberText.significant($0.baselineCrps, digits: 2) : "-" },
      .decimal)
    var lines = table.lines
    if shown.omitted > 0 {
      let place = files.contains("left_out.csv") ? ": see left_out.csv" : ""
      lines.insert("… \(shown.omitted) more figures\(place)", at: 1 + shown.head.count)
    }
    return lines
  }

  private var statistics: [String] {
    var lines = [
      "predictions of the figures, with the biases and errors of publishers: \(Self.inside(result.inside50, result.inside90))",
      "what the figures read, without them: \(Self.inside(result.inside50OfRead, result.inside90OfRead))",
      "mean CRPS of logarithms: \(NumberText.significant(result.crps)); mean log score: "
        + NumberText.significant(result.logScore),
    ]
    let compared = result.compared
    if compared.count > 0 {
      let percent = "\(NumberText.significant(result.skill.magnitude * 100, digits: 2)) %"
      lines.append(
        "CRPS of the \(compared.count) that a trend through the other totals predicts: "
          + "\(NumberText.significant(compared.crps)), of the trend \(NumberText.significant(compared.baseline)): "
          + (result.skill >= 0 ? "\(percent) better" : "\(percent) worse, so no skill"))
    } else {
      lines.append("no figure has enough others for a trend to compare with")
    }
    return lines.flatMap { ScreenText.wrapped("  " + $0) }.map { $0.hasPrefix(" ") ? $0 : "  " + $0 }
  }

  /// `6 of 11 in 50 % intervals, 10 of 11 in 90 % intervals (95 %: 59 to 100 %)`
  private static func inside(_ half: Coverage, _ most: Coverage) -> String {
    let interval = most.interval
    return
      "\(half.inside) of \(half.count) in 50 % intervals, \(most.inside) in 90 % intervals (95 % interval of the share: "
      + "\(Int((interval.low * 100).rounded())) to \(Int((interval.high * 100).rounded())) %)"
  }

  private var groups: [String] {
    var table = TextTable()
    let all = result.groups
    table.add("  left out", all.map { "  \($0.name)" }, .left)
    table.add("figures", all.map { "\($0.count)" }, .right)
    let members = all.indices.map { group in result.figures.filter { $0.group == group } }
    table.add("in 90 %", members.map { "\($0.count(where: \.isInside90))" }, .right)
    table.add("formula in 90 %", members.map { "\($0.count(where: \.isInside90OfRead))" }, .right)
    table.add(
      "mean CRPS",
      members.map { NumberText.significant($0.reduce(0) { $0 + $1.crps } / Double($0.count), digits: 2) }, .decimal)
    table.add("joint log score", all.map { NumberText.significant($0.logScore) }, .decimal)
    return table.lines
  }

  // MARK: Machine-readable

  /// The same as JSON, ended by a newline.
  package var json: String {
    let model = result.model
    let compared = result.compared
    return JSON.object([
      ("title", .string(model.title)), ("digest", .string(model.digest)),
      ("leave_out", .string(result.leftOut.rawValue)), ("draws", .integer(result.draws)),
      ("seed", .unsigned(model.settings.seed)), ("design", .string(model.settings.design)),
      (
        "all",
        .object([
          ("count", .integer(result.figures.count)), ("inside_50", Self.coverage(result.inside50)),
          ("inside_90", Self.coverage(result.inside90)), ("inside_50_of_formula", Self.coverage(result.inside50OfRead)),
          ("inside_90_of_formula", Self.coverage(result.inside90OfRead)), ("crps", .number(result.crps)),
          ("log_score", .number(result.logScore)), ("compared", .integer(compared.count)),
          ("compared_crps", .number(compared.crps)), ("baseline_crps", .number(compared.baseline)),
          ("skill", .number(result.skill)),
        ])
      ),
      (
        "groups",
        .array(
          result.groups.map {
            .object([
              ("left_out", .string($0.name)), ("count", .integer($0.count)), ("joint_log_score", .number($0.logScore)),
            ])
          })
      ),
      ("figures", .array(result.figures.map(figure))), ("seconds", .number(result.seconds)),
      ("files", .object(JSON.written(files, to: folder))),
    ]).text + "\n"
  }

  private func figure(_ figure: LeftOutResult.Figure) -> JSON {
    .object([
      ("observation", .string(figure.name)), ("publisher", .string(figure.publisher)), ("year", .number(figure.label)),
      ("output", .string(figure.formula)), ("unit", .string(figure.unit)), ("observed", .number(figure.observed)),
      ("p05", .number(figure.p05)), ("p25", .number(figure.p25)), ("p50", .number(figure.p50)),
      ("p75", .number(figure.p75)), ("p95", .number(figure.p95)), ("percentile", .number(figure.percentile)),
      ("log_score", .number(figure.logScore)), ("crps", .number(figure.crps)),
      ("baseline_crps", .number(figure.baselineCrps)),
      (
        "formula",
        .object([
          ("p05", .number(figure.read.p05)), ("p50", .number(figure.read.p50)), ("p95", .number(figure.read.p95)),
        ])
      ), ("left_out", .string(result.groups[figure.group].name)),
    ])
  }

  private static func coverage(_ coverage: Coverage) -> JSON {
    .object([
      ("inside", .integer(coverage.inside)), ("share", .number(coverage.share)),
      ("low", .number(coverage.interval.low)),
      ("high", .number(coverage.interval.high)),
    ])
  }
}
