import ArgumentParser
import Diagnostics
import Evidence
import Foundation
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

/// Writes the scripts by which a scheduler makes a run in parts and merges them.
struct Submit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Write the scripts by which a scheduler makes a run, sweep or back-test in parts and merges them; submit them with --go.",
    discussion: "Schedulers: \(SchedulerCatalogue.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")). "
      + "What follows -- is passed to the scheduler: -- --account=energy --partition=long.")

  @ArgumentParser.Argument(help: ArgumentHelp("The scheduler.", valueName: "scheduler"))
  var scheduler: String

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var precision: PrecisionOptions
  @OptionGroup var conditioning: ConditioningOptions

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Divide a sweep: as --vary of `loadcast sweep`. Repeatable.", valueName: "variation"))
  var vary: [String] = []

  @Option(help: ArgumentHelp("Divide a sweep: as --pairing of `loadcast sweep`.", valueName: "pairing"))
  var pairing: String?

  @Option(help: ArgumentHelp("Divide a sweep that the scenario defines under sweeps:.", valueName: "name"))
  var sweep: String?

  @Option(
    help: ArgumentHelp("Divide a back-test: the CSV file of its cases.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var cases: String?

  @Option(
    help: ArgumentHelp("Output formats of the merged run, as --format of `loadcast merge`.", valueName: "names"),
    transform: FormatList.init(parsing:))
  var format: FormatList?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Number of parts, each a task.", valueName: "n"),
    transform: { try DrawCount.whole($0, "--tasks", 1...PartFile.mostParts) })
  var tasks: Int

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Processors of a task.", valueName: "n"),
    transform: { try DrawCount.whole($0, "--cpus", DrawCount.threads) })
  var cpus = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Time limit of a task, in minutes; by default thrice the estimate, and five at least.", valueName: "n"),
    transform: { try DrawCount.whole($0, "--time", 1...100_000) })
  var time: Int?

  @Option(help: ArgumentHelp("The program, as the tasks find it.", valueName: "path"))
  var program = "loadcast"

  @Option(
    help: ArgumentHelp("Folder for the parts and the scripts; by default results/SCENARIO-parts.", valueName: "folder"))
  var parts: String?

  @Option(help: ArgumentHelp("Folder for the results; by default results/SCENARIO.", valueName: "folder"))
  var out: String?

  @Flag(help: "Submit the scripts.") var go = false
  @Flag(help: "Print the scripts instead of writing them.") var print = false
  @Flag(help: "Print the files, the commands and the estimate as JSON.") var json = false

  @ArgumentParser.Argument(
    parsing: .postTerminator, help: ArgumentHelp("Options for the scheduler.", valueName: "options"))
  var options: [String] = []

  func validate() throws {
    if SchedulerCatalogue.scheduler(named: scheduler) == nil {
      throw FactorOptions.unknown("--scheduler", scheduler, among: SchedulerCatalogue.all.map { $0.name })
    }
    if let most = SchedulerCatalogue.scheduler(named: scheduler)?.mostTasks, tasks > most {
      throw UsageProblem.error(.numberOutside("--tasks", 1...most, found: "\(tasks)"))
    }
    // Scripts and their directives have one line each, and the scenario is read by every task.
    if scenario.typedPath == GivenScenario.word { throw UsageProblem.error(.exclusiveFlags(["submit", "-"])) }
    for text in [scenario.typedPath, parts ?? "", out ?? "", program, cases ?? "", sweep ?? ""]
      + [pairing ?? "", conditioning.posterior ?? ""] + vary + scenario.assignments + options
    {
      guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
        throw UsageProblem.error(.usage("a script cannot have a name with control characters"))
      }
      guard ByteText.shown(text) == text else { throw UsageProblem.error(.notScriptName(TerminalText.path(text))) }
    }
    if cases != nil, isSweep { throw UsageProblem.error(.exclusiveFlags(["--cases", "--vary", "--sweep"])) }
    for (isGiven, flag) in [(format != nil, "--format"), (precision.exactQuantiles, "--exact-quantiles")]
    where isGiven && (cases != nil || isSweep) {
      throw UsageProblem.error(.exclusiveFlags([flag, cases == nil ? "--vary" : "--cases"]))
    }
    if precision.exactQuantiles, SchedulerCatalogue.scheduler(named: scheduler)?.makesRounds == false {
      throw UsageProblem.error(.exclusiveFlags(["--exact-quantiles", scheduler]))
    }
    if go, print { throw UsageProblem.error(.exclusiveFlags(["--go", "--print"])) }
    for folder in [parts, out] { try OutputOptions.validate(out: folder) }
  }

  func run() throws {
    guard let type = SchedulerCatalogue.scheduler(named: scheduler) else { return }
    let model = try scenario.model(settings, precision)
    try Run.requireDivisible(model)
    let work = try work(of: model)
    let engine = try Engine(model: work.model)
    var one = OutputOptions.engineOptions(workers: cpus, nil)
    var cost = engine.cost(options: one)
    let evidence = EvidenceAnalysis(of: model, usesObservations: try conditioning.usesObservations(of: model))
    cost.evidenceBytes = Int(try evidence?.bytes(draws: cost.draws, workers: cost.workers) ?? 0)
    one.workers = 1
    var timed = work.model
    timed.settings.draws = try evidence?.runDraws(of: timed.settings.draws) ?? timed.settings.draws
    // Processor seconds of the whole work, over the processors of all tasks; and those of what each task of a run repeats.
    let divided =
      try Engine(model: timed).pilotTime(options: one) { _ in }.processor * Double(work.runs) / Double(tasks * cpus)
    let repeated = command == "run" ? (try evidence?.secondsOfPart(options: one) ?? 0) / Double(cpus) : 0
    let seconds = divided + repeated
    let minutes = time ?? max(5, Int((3 * seconds / 60).rounded(.up)))
    let name = OutputOptions.name(ofScenarioAt: scenario.path)
    let results = out ?? OutputOptions.folder(forScenarioAt: scenario.path) + (cases == nil ? "" : "/backtest")
    let folder = parts ?? OutputOptions.folder(forScenarioAt: scenario.path) + "-parts"
    if !type.takesBraces, folder.contains(where: { "{}".contains($0) }) {
      throw UsageProblem.error(
        .usage(
          "\(scheduler) takes a name in braces for a wildcard: choose a folder without braces for the parts with --parts"
        ))
    }
    var job = SchedulerJob(
      run: words, name: name, tasks: tasks, cpus: cpus, minutes: minutes,
      // A quarter more than the estimate, for what the system adds.
      megabytes: max(256, cost.memory / 4 * 5 >> 20), program: program, parts: folder, results: results)
    job.command = command
    job.merging = format.map { ["--format", $0.description] } ?? []
    job.hasRounds = model.settings.isExact
    let scripts = type.scripts(of: job, options: options)
    let estimate =
      "\(work.text) in \(tasks) \(tasks == 1 ? "part" : "parts"): about \(NumberText.duration(seconds)) a task on "
      + "\(cpus) \(cpus == 1 ? "processor" : "processors"), "
      + (repeated > 0 ? "\(NumberText.duration(repeated)) of it for the posterior, which every part samples, " : "")
      + "at most \(MemorySize(cost.memory).text)\n"
    if print {
      let texts = scripts.files.map { "# \($0.name)\n\($0.text)" }
      return try StandardStream.output.write(texts.joined(separator: "\n"))
    }
    // Tasks of an earlier submission may write their parts to the folder, which is therefore not exchanged.
    try ReportFolder(path: folder, isExchanged: false).write(
      scripts.files.map { file in ReportFile(name: file.name) { file.text } },
      isCancelled: { Interruption.isRequested })
    if json {
      try StandardStream.output.write(
        JSON.object([
          ("files", .array(scripts.files.map { .string("\(folder)/\($0.name)") })),
          ("submission", .array(scripts.submission.map(JSON.string))),
          ("seconds", .number(seconds)), ("minutes", .integer(minutes)), ("memory", .integer(cost.memory)),
        ]).text + "\n")
      return go ? try submit(scripts.submission) : ()
    }
    try StandardStream.output.write(TerminalText(escaping: estimate).text)
    if go { return try submit(scripts.submission) }
    try StandardStream.output.write(
      TerminalText(escaping: "Submit with:\n" + scripts.submission.map { "  \($0)\n" }.joined()).text)
  }

  private var isSweep: Bool { !vary.isEmpty || pairing != nil || sweep != nil }

  /// The command whose parts are made.
  private var command: String { isSweep ? "sweep" : cases == nil ? "run" : "backtest" }

  /// The words of the command: the scenario and the flags that were given.
  private var words: [String] {
    var command = PartFile.Command(nil, scenario, settings, conditioning)
    (command.vary, command.pairing, command.sweep) = (vary, pairing, sweep)
    command.cases = cases
    command.exact = precision.exactQuantiles
    return command.typedWords
  }

  /// The model whose draws tell the time of the work, how many times it is run at most, and how much work it is.
  private func work(of model: Model) throws -> (model: Model, runs: Int, text: String) {
    var model = model
    if let cases {
      let (own, table) = try scenario.model(settings, casesAt: cases, showsWarnings: false)
      model.settings.draws = settings.draws ?? min(own.settings.draws, BacktestAnalysis.usualDraws)
      return (model, table.cases.count, "\(table.cases.count) \(table.cases.count == 1 ? "case" : "cases")")
    }
    guard isSweep else { return (model, 1, "\(NumberText.count(model.settings.draws)) draws") }
    let sweep = try Sweep.parse(words)
    let count = try sweep.plan(scenario.family(settings, showsWarnings: false)).0.variants.count
    return (model, count + 1, "\(count) \(count == 1 ? "variant" : "variants") and the scenario as it is")
  }

  /// Runs the commands that submit the scripts, in one shell.
  private func submit(_ commands: [String]) throws {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/bash")
    shell.arguments = ["-c", commands.joined(separator: "\n")]
    do { try shell.run() } catch { throw Diagnostics(.noShell("\(error)"), at: nil) }
    shell.waitUntilExit()
    guard shell.terminationStatus == 0 else {
      throw Diagnostics(.notSubmitted(scheduler, code: Int(shell.terminationStatus)), at: nil)
    }
  }
}
