import Analysis
import ArgumentParser
import Diagnostics
import Evidence
import Foundation
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

/// Runs variants of a scenario on the same draws.
struct Sweep: ParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run variants on common random numbers and compare each with the base scenario.",
    discussion: """
      A variation is written like an assignment of --set, with several values: 'pue=1.1,1.2,1.3', \
      'pue.mode=1.1..1.5 in 5', 'load_factor=0.3..0.6 by 0.1', 'gpus*=0.5,1,2', 'pue[2025]=1.1,1.2'; also run.draws, \
      run.seed and run.design. Without --vary, a sweep defined in the scenario is run. Finished variants are kept if the \
      command is interrupted; the same command then resumes. They are in a folder .loadcast-sweep-... of the results, which \
      stays until the same sweep has ended; delete it if that will not be run again.
      """)

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var work: WorkOptions
  @OptionGroup var conditioning: ConditioningOptions
  @OptionGroup var division: ShardOptions
  @OptionGroup var logging: LogOptions

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("An input and the values that it takes. Repeatable.", valueName: "variation"))
  var vary: [String] = []

  @Option(
    help: ArgumentHelp(
      "How values are combined: grid (every combination), one-at-a-time, or a CSV file with one variant per row.",
      valueName: "pairing"))
  var pairing: String?

  @Option(help: ArgumentHelp("Name of a sweep that the scenario defines under sweeps:.", valueName: "name"))
  var sweep: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Print this output, or a cell such as 'electricity[2025]'; by default the first output at "
        + "\(Model.defaultCellRule). Repeatable. Files contain all outputs.",
      valueName: "output"))
  var show: [String] = []

  mutating func validate() throws {
    vary = FoldedArguments.unfolded(vary)
    if !vary.isEmpty, sweep != nil { throw UsageProblem.error(.exclusiveFlags(["--vary", "--sweep"])) }
    if let pairing, SweepPlan.Pairing(rawValue: pairing) == nil, !isTable {
      throw UsageProblem.error(
        .unknownPairing(
          pairing, pairings: SweepPlan.Pairing.allCases.map(\.rawValue),
          nearest: NearestName.of(pairing, among: SweepPlan.Pairing.allCases.map(\.rawValue))))
    }
    if isTable, !vary.isEmpty { throw UsageProblem.error(.variedTable) }
    if let sweep, pairing != nil { throw UsageProblem.error(.pairedSweep(sweep)) }
    if pairing != nil, !isTable, vary.isEmpty { throw UsageProblem.error(.flagNeeds("--pairing", "--vary")) }
  }

  /// True if `--pairing` names a file.
  private var isTable: Bool {
    guard let pairing, SweepPlan.Pairing(rawValue: pairing) == nil else { return false }
    return pairing.lowercased().hasSuffix(".csv") || FileManager.default.fileExists(atPath: pairing)
  }

  func run() throws { try write(parts: nil) }

  /// Runs the variants, or merges the parts of the sweep, and writes the results.
  func write(parts: PartSet?) throws {
    let family = try scenario.family(settings, showsWarnings: !work.quiet)
    // Before the variants are checked, which takes a time for each.
    try work.memory.requireRoom(toPlan: family.base, workers: work.workers)
    try work.memory.cost(of: Engine(model: family.base), workers: work.workers)
    let base = try conditioning.conditioned(
      family.base, workers: work.workers, quiet: work.quiet, memory: work.memory)
    let (plan, origin) = try plan(family)
    let table = SweepTable(of: base, columns: plan.columns)
    let cells = try shownCells(of: base)
    let path = work.folder(forScenarioAt: scenario.path)
    if let shard = division.shard { return try makePart(shard, of: plan, family, origin, base, table) }
    if let parts { return try write(parts, of: plan, base, table, showing: cells, to: path) }
    // All variants are checked before any is computed, so that all mistakes are reported at once.
    try family.check(plan, flag: origin)
    try scenario.report(family.warnings, showsWarnings: !work.quiet)
    let folder = try ReportFolder.recording(path: path)
    let journal = try SweepJournal(
      in: folder, key: key(of: plan, base), digest: { Sha256.hexadecimal(of: $0) })
    let resumed = journal.finished
    let start = ContinuousClock.now
    let sweep = analysis(of: plan, family, origin, base)
    do {
      try Progress.shown(unless: work.quiet) { progress in
        try sweep.run(except: resumed, options: work.engineOptions(progress)) { outcomes in
          let isLast = journal.finished.count + outcomes.count > plan.variants.count
          try journal.add(Self.rows(of: outcomes, plan, table), of: outcomes.map(\.number), isLast: isLast)
        }
      }
    } catch is CancellationError where !journal.stored.isEmpty {
      throw interrupted(journal, of: plan, folder: path)
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let workers = Engine.workers(draws: base.settings.draws, options: work.engineOptions(nil))
    let record = record(of: plan, base, workers: workers, seconds: seconds)
    let published = PublishedFolders.count(in: path)
    do {
      try folder.write(
        [table.file(journal.forEachPiece), record.file], isCancelled: { Interruption.isRequested })
    } catch is CancellationError where PublishedFolders.count(in: path) > published {
      // The variants are in the results now.
      journal.remove()
      throw CancellationError()
    } catch is CancellationError where !journal.stored.isEmpty {
      throw interrupted(journal, of: plan, folder: path)
    }
    let screen = try SweepScreen(
      of: table, showing: cells, variants: (plan.variants.count, resumed.subtracting([0]).count), journal.forEachPiece)
    if !work.quiet {
      let notes = journal.problemsText + journal.othersText
      if !notes.isEmpty { try? StandardStream.error.write(notes) }
    }
    journal.remove()
    let files = ["sweep.csv", record.file.name]
    try work.show(
      text: screen.text(seconds: seconds, workers: workers, folder: path, files: files),
      json: screen.json(seconds: seconds, workers: workers, folder: path, files: files))
  }

  /// The variants, as they are computed.
  func analysis(
    of plan: SweepPlan, _ family: VariantFactory, _ origin: String, _ base: Model
  ) -> SweepAnalysis {
    SweepAnalysis(base: base, count: plan.variants.count) { number in
      let variant = try family.variant(number - 1, of: plan, flag: origin)
      return .init(model: variant.model, changed: variant.changed)
    }
  }

  /// The rows of some variants.
  static func rows(of outcomes: [SweepAnalysis.VariantResult], _ plan: SweepPlan, _ table: SweepTable) -> String {
    outcomes.map { outcome in
      let variant = outcome.number > 0 ? plan.variants[outcome.number - 1] : nil
      return table.rows(
        of: outcome, name: variant?.name ?? "0", values: variant?.values ?? plan.columns.map { _ in nil })
    }.joined()
  }

  /// The record of the sweep.
  func record(
    of plan: SweepPlan, _ base: Model, workers: Int, seconds: Double, parts: PartSet? = nil
  ) -> RunRecord {
    RunRecord.sweep(
      of: ScenarioResult(
        RunResult(
          model: base, draws: base.settings.draws, workers: workers, seconds: seconds, outputs: [], failures: [])),
      sweep: .object([
        ("varied", .array(plan.columns.map(JSON.string))), ("variants", .integer(plan.variants.count)),
        ("key", .string(key(of: plan, base))),
      ]), parts: parts?.json)
  }

  /// Prints which variants an interrupted sweep has kept.
  private func interrupted(_ journal: SweepJournal, of plan: SweepPlan, folder: String) -> CommandFailure {
    let problem = Problem.interruptedSweep(
      finished: journal.stored.subtracting([0]).count, of: plan.variants.count, folder: folder)
    return .interrupted(problem, printsJSON: work.json)
  }

  /// The variants, from flags or from the scenario.
  ///
  /// - Returns: the variants, and the location of their values for messages.
  func plan(_ family: VariantFactory) throws -> (SweepPlan, origin: String) {
    if let pairing, isTable { return (try SweepPlan(tableAt: pairing), pairing) }
    if !vary.isEmpty {
      let way = pairing.flatMap(SweepPlan.Pairing.init(rawValue:)) ?? .grid
      return (try SweepPlan(varying: vary, pairing: way), "--vary")
    }
    let names = family.sweeps.map(\.name)
    if let sweep {
      if let found = family.sweeps.first(where: { $0.name == sweep }) { return (found.plan, "sweeps.\(sweep)") }
      throw UsageProblem.error(.unknownSweep(sweep, sweeps: names, nearest: NearestName.of(sweep, among: names)))
    }
    switch names.count {
    case 0: throw UsageProblem.error(.nothingVaries)
    case 1: return (family.sweeps[0].plan, "sweeps.\(names[0])")
    default: throw UsageProblem.error(.severalSweeps(names))
    }
  }

  /// A key of everything that the results depend on: the scenario with its flags, the settings, every variant, the
  /// program.
  func key(of plan: SweepPlan, _ base: Model) -> String {
    let settings = base.settings
    let variants = plan.variants.map { "\($0.name)\t\($0.values.map { $0 ?? "\u{0}" }.joined(separator: "\t"))" }
    return ContentDigest.text(
      [
        EngineVersion.current, base.digest, "\(settings.draws) \(settings.seed) \(settings.design)",
        base.posterior == nil ? "prior" : "posterior", plan.columns.joined(separator: "\t"),
      ] + variants)
  }

  private func shownCells(of model: Model) throws -> [String] {
    let all = SweepScreen.cellNames(of: model)
    if show.isEmpty {
      guard let first = model.outputs.first else { return [] }
      return [model.cellName(first.quantity, cell: model.defaultCell(of: first.quantity))]
    }
    return try show.flatMap { name -> [String] in
      let wanted = name.filter { $0 != " " }
      let labelled = SweepScreen.labelledNames(of: model)
      let found = all.filter {
        $0 == wanted || $0.prefix { $0 != "[" } == wanted || labelled[$0]?.filter { $0 != " " } == wanted
      }
      if found.isEmpty {
        throw UsageProblem.error(.unknownShownOutput(name, nearest: NearestName.of(wanted, among: all)))
      }
      return found
    }
  }
}
