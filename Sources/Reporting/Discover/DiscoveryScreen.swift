import Analysis
import Modeling
import Simulation
import TextFormats

/// The circumstances in which a condition holds, human-readable: each box as a sentence, with a table of its
/// restrictions and of the effect of fewer or more inputs; and the same as JSON.
package struct DiscoveryScreen {
  private let analysis: DiscoveryAnalysis
  private let folder: String?
  private let files: [String]

  /// Maximum number of conditions shown; all are in `boxes.csv`.
  private static let mostTargets = 4

  /// The screen of an analysis whose files were written to a folder.
  package init(of analysis: DiscoveryAnalysis, folder: String?, files: [String]) {
    self.analysis = analysis
    self.folder = folder
    self.files = files
  }

  /// The screen, ended by a newline.
  package var text: String {
    let problem = analysis.problem
    var lines = [problem.model.title, ""]
    let shown = problem.shownTargets(most: Self.mostTargets)
    for result in analysis.results where shown.contains(result.target) { lines += section(result) }
    if analysis.results.count > shown.count {
      lines += ["\(analysis.results.count - shown.count) more conditions: see boxes.csv", ""]
    }
    lines += problem.model.conditioningLines
    lines.append(
      "\(analysis.effort), seed \(problem.model.settings.seed): \(NumberText.duration(analysis.seconds))")
    lines += ScreenText.written(files, to: folder)
    return ScreenText.of(lines)
  }

  private func section(_ result: DiscoveryAnalysis.Result) -> [String] {
    let target = analysis.problem.targets[result.target]
    let name = analysis.problem.model.mention(target.quantity, cell: target.cell)
    var lines = ScreenText.wrapped(
      "Condition \(name): true in \(percent(result.share, of: result.holdout.draws)) of all draws")
    for (number, box) in result.boxes.enumerated() {
      let draws = number == 0 ? "draws" : "draws outside \(number == 1 ? "box 1" : "boxes 1 to \(number)")"
      lines += [""]
      lines += ScreenText.wrapped(
        "Box \(number + 1): if \(box.restrictions.map(condition).joined(separator: " and ")), the condition holds in "
          + "\(percent(box.density, of: box.draws)) of the \(draws) (density); the box contains "
          + "\(percent(box.coverage, of: result.holdout.cases)) of all draws in which it holds (coverage).")
      lines += table(of: box) + fewer(box)
    }
    if let together = result.together {
      lines += [""]
      lines += ScreenText.wrapped(
        "All boxes together: density \(percent(together.density, of: together.draws)), coverage "
          + "\(percent(together.coverage, of: result.holdout.cases)).")
    }
    for note in result.notes { lines += ScreenText.wrapped(note) }
    return lines + [""]
  }

  /// `load_factor ≥ 0.46`
  private func condition(_ restriction: DiscoveryAnalysis.Restriction) -> String {
    let unit = analysis.problem.model[restriction.quantity].unit.shown
    func text(_ value: Double) -> String {
      // Thresholds are exact, and from a million upwards in the notation of scenarios: `21.8M`.
      let number = NumberText.significant(
        value, digits: 15, style: NumberStyle(of: [value], suffixFrom: 1_000_000))
      return unit.isEmpty ? number : "\(number) \(unit)"
    }
    let name = words(restriction.name)
    if let labels = restriction.labels {
      return labels.count == 1
        ? "\(name) is \(labels[0])" : "\(name) is one of \(labels.joined(separator: ", "))"
    }
    switch (restriction.least, restriction.largest) {
    case (let least?, nil): return "\(name) ≥ \(text(least))"
    case (nil, let largest?): return "\(name) ≤ \(text(largest))"
    case (let least?, let largest?): return "\(text(least)) ≤ \(name) ≤ \(text(largest))"
    default: return "\(name) is unrestricted"
    }
  }

  private func words(_ name: String) -> String { analysis.problem.model.words(named: name) }

  private func table(of box: DiscoveryAnalysis.Box) -> [String] {
    let rows = box.restrictions
    var table = TextTable()
    table.add("input", rows.map { words($0.name) }, .left)
    table.add("range kept", rows.map(part), .left)
    table.add("density without it, %", rows.map { share($0.without.density) }, .decimal)
    table.add("coverage without it, %", rows.map { share($0.without.coverage) }, .decimal)
    return table.lines
  }

  /// `top 38 %`
  private func part(_ restriction: DiscoveryAnalysis.Restriction) -> String {
    func percent(_ share: Double) -> String { NumberText.significant(100 * share, digits: 2) + " %" }
    if restriction.labels != nil { return "labels" }
    if restriction.largest == nil { return "top " + percent(1 - restriction.below) }
    if restriction.least == nil { return "bottom " + percent(1 - restriction.above) }
    return "middle \(percent(1 - restriction.below - restriction.above)), above \(percent(restriction.below))"
  }

  /// The box with fewer inputs.
  private func fewer(_ box: DiscoveryAnalysis.Box) -> [String] {
    let simpler = box.tradeoff.filter { !$0.isPeeled && $0.inputs.count < box.restrictions.count && !$0.isTaken }
    return simpler.filter { !$0.inputs.isEmpty }.flatMap { step in
      ScreenText.wrapped(
        "restricting only \(step.inputs.map(words).joined(separator: " and ")): density \(share(step.density)) %, "
          + "coverage \(share(step.coverage)) %")
    }
  }

  private func percent(_ share: Estimate, of draws: Int) -> String { NumberText.probability(share, draws: draws) }

  private func share(_ share: Double) -> String { NumberText.significant(100 * share, digits: 2) }

  /// The analysis as JSON, ended by a newline.
  package var json: String {
    let problem = analysis.problem
    return JSON.object([
      ("title", .string(problem.model.title)), ("digest", .string(problem.model.digest)),
      problem.model.conditioningJSON,
      ("seed", .unsigned(problem.model.settings.seed)), ("effort", .string(analysis.effort)),
      ("results", .array(analysis.results.map(json))), ("seconds", .number(analysis.seconds)),
      ("files", .object(JSON.written(files, to: folder))),
    ]).text + "\n"
  }

  private func json(_ result: DiscoveryAnalysis.Result) -> JSON {
    func estimate(_ estimate: Estimate) -> JSON {
      .object([("value", .number(estimate.value)), ("standard_error", .number(estimate.error))])
    }
    func restriction(_ restriction: DiscoveryAnalysis.Restriction) -> JSON {
      .object([
        ("input", .string(restriction.name)), ("least", restriction.least.map(JSON.number) ?? .null),
        ("largest", restriction.largest.map(JSON.number) ?? .null),
        ("labels", restriction.labels.map { .array($0.map(JSON.string)) } ?? .null),
        ("unit", .string(analysis.problem.model[restriction.quantity].unit.text)),
        ("below", .number(restriction.below)), ("above", .number(restriction.above)),
        ("density_without", .number(restriction.without.density)),
        ("coverage_without", .number(restriction.without.coverage)),
      ])
    }
    return .object([
      ("condition", .string(analysis.problem.targets[result.target].name)), ("share", estimate(result.share)),
      (
        "boxes",
        .array(
          result.boxes.map { box in
            .object([
              ("restrictions", .array(box.restrictions.map(restriction))), ("density", estimate(box.density)),
              ("coverage", estimate(box.coverage)), ("mass", .number(box.mass)),
            ])
          })
      ),
      (
        "together",
        result.together.map {
          .object([("density", estimate($0.density)), ("coverage", estimate($0.coverage))])
        } ?? .null
      ),
      ("notes", .array(result.notes.map(JSON.string))),
    ])
  }
}
