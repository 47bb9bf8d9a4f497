import Analysis
import Modeling
import Simulation
import TextFormats

/// The value of disclosure, human-readable: a ranked table, the best pair, the recommended order of disclosure, and a
/// sentence with the first recommendation; and the same as JSON.
package struct DisclosureScreen {
  private let analysis: DisclosureAnalysis
  private let folder: String?
  private let files: [String]

  /// Maximum rows of a table; all rows are in `disclosure.csv`.
  private static let mostRows = 15
  /// Maximum number of targets shown.
  private static let mostTargets = 4

  /// The screen of an analysis whose files were written to a folder.
  package init(of analysis: DisclosureAnalysis, folder: String?, files: [String]) {
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
      lines += ["\(analysis.results.count - shown.count) more cells: see disclosure.csv", ""]
    }
    lines += problem.model.conditioningLines
    lines.append(
      "\(analysis.effort), seed \(problem.model.settings.seed): \(NumberText.duration(analysis.seconds))")
    lines += ScreenText.written(files, to: folder)
    return ScreenText.of(lines)
  }

  private func section(_ result: DisclosureAnalysis.Result) -> [String] {
    let target = analysis.problem.targets[result.target]
    let unit = target.unit.shown.isEmpty ? "" : " \(target.unit.shown)"
    func width(_ value: Double) -> String { NumberText.significant(value / target.unit.scale, digits: 3) + unit }
    let name = analysis.problem.model.mention(target.quantity, cell: target.cell)
    var lines = ["Value of disclosure for \(name)"]
    // An unknown width is not zero.
    guard !result.singles.isEmpty, result.prior != 0 else { return lines + ["no uncertain input affects it", ""] }
    guard result.prior.isFinite else { return lines + result.notes.flatMap { ScreenText.wrapped($0) } + [""] }
    lines.append("the 90 % interval is \(width(result.prior)) wide. Expected narrowing if published:")
    let clear = result.singles.filter { !$0.isIndistinguishable }
    let shown = Array(clear.prefix(Self.mostRows))
    let holders = shown.map { DisclosureHolders.text(of: $0.factors, in: analysis.problem) }
    var table = TextTable()
    table.add(noun(1), shown.map(names), .left)
    table.add(
      "narrower by" + unit.replacing(" ", with: ", ", maxReplacements: 1), shown.map { gain($0, target) }, .decimal)
    table.add("± standard error", shown.map { error($0, target) }, .decimal)
    table.add("percent", shown.map { percent($0, result) }, .decimal)
    if !isByParty, holders.contains(where: { !$0.isEmpty }) { table.add("disclosable by", holders, .left) }
    lines += shown.isEmpty ? ["no single \(noun(1)) narrows it distinguishably"] : table.lines
    if clear.count > shown.count { lines.append("\(clear.count - shown.count) more in disclosure.csv") }
    let unclear = result.singles.count - clear.count
    if let bound = result.indistinguishableBound {
      lines.append(
        "for \(unclear) \(noun(unclear)), the narrowing cannot be distinguished from zero (below \(width(bound)))")
    }
    if let pair = result.pair, pair.gain.isFinite, !pair.isIndistinguishable {
      lines += [""]
      lines += ScreenText.wrapped(
        "Best pair: \(names(pair)), narrower by \(width(pair.gain)) (\(percent(pair, result)) %)")
    }
    if result.questions.count > 1 {
      var table = TextTable()
      let asked = result.questions
      table.add("step", asked.indices.map { "\($0 + 1)" }, .right)
      table.add("disclose", asked.map { $0.factors.last.map(words) ?? "" }, .left)
      table.add("remaining width", asked.map { width($0.width) }, .decimal)
      table.add("reduction, %", asked.map { percent($0, result) }, .decimal)
      lines += [""] + table.lines
    }
    if let first = result.questions.first, first.gain.isFinite, !first.isIndistinguishable {
      let holder = DisclosureHolders.text(of: first.factors, in: analysis.problem)
      lines += [""]
      lines += ScreenText.wrapped(
        "First recommendation: \(names(first))\(holder.isEmpty || isByParty ? "" : ", disclosable by \(holder)"). "
          + "Knowing \(isByParty ? "their inputs" : "it") would narrow "
          + "the 90 % interval of \(name) from \(width(result.prior)) to \(width(first.width)) on average."
      )
    }
    for note in result.notes { lines += ScreenText.wrapped(note) }
    return lines + [""]
  }

  /// Whether factors are the parties who could publish their inputs.
  private var isByParty: Bool { analysis.problem.options.grouping == .disclosable }

  /// The kind of factor, for a number of them.
  private func noun(_ count: Int) -> String {
    isByParty ? (count == 1 ? "party" : "parties") : (count == 1 ? "input" : "inputs")
  }

  private func names(_ gain: DisclosureAnalysis.Gain) -> String {
    gain.factors.map(words).joined(separator: " and ")
  }

  /// A factor in words.
  private func words(_ factor: Int) -> String {
    analysis.problem.model.words(named: analysis.problem.factors[factor].name)
  }

  private func gain(_ gain: DisclosureAnalysis.Gain, _ target: TargetCell) -> String {
    NumberText.significant(gain.gain / target.unit.scale, digits: 3)
  }

  private func error(_ gain: DisclosureAnalysis.Gain, _ target: TargetCell) -> String {
    gain.error.isFinite ? NumberText.significant(gain.error / target.unit.scale, digits: 1) : "unknown"
  }

  private func percent(_ gain: DisclosureAnalysis.Gain, _ result: DisclosureAnalysis.Result) -> String {
    NumberText.significant(100 * gain.gain / result.prior, digits: 2)
  }

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

  private func json(_ result: DisclosureAnalysis.Result) -> JSON {
    let target = analysis.problem.targets[result.target]
    func gain(_ gain: DisclosureAnalysis.Gain) -> JSON {
      .object([
        ("revealed", .array(gain.factors.map { .string(analysis.problem.factors[$0].name) })),
        ("width", .number(gain.width / target.unit.scale)), ("reduction", .number(gain.gain / target.unit.scale)),
        ("standard_error", .number(gain.error / target.unit.scale)), ("share", .number(gain.gain / result.prior)),
        ("distinguishable", gain.distinguishable.map(JSON.bool) ?? .null),
      ])
    }
    return .object([
      ("output", .string(target.name)), ("unit", .string(target.unit.text)),
      ("width", .number(result.prior / target.unit.scale)),
      ("noise_floor", .number(result.floor / target.unit.scale)), ("singles", .array(result.singles.map(gain))),
      ("pair", result.pair.map(gain) ?? .null), ("disclosure_order", .array(result.questions.map(gain))),
      ("notes", .array(result.notes.map(JSON.string))),
    ])
  }
}

/// The parties who could publish the true values of inputs.
enum DisclosureHolders {
  /// Their names, each once.
  static func text(of factors: [Int], in problem: SensitivityProblem) -> String {
    var names: [String] = []
    for name in factors.flatMap({ problem.factors[$0].parties(in: problem.model) }) where !names.contains(name) {
      names.append(name)
    }
    return names.joined(separator: ", ")
  }
}
