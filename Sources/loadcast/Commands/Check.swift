import ArgumentParser
import Diagnostics
import Evidence
import Modeling
import Reporting
import Simulation

/// Reports every problem of a scenario without running it, and what a run would need.
struct Check: ParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Report every problem of a scenario without running it, and estimate what a run needs.")

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var memory: MemoryOptions
  @OptionGroup var logging: LogOptions
  @Flag(help: "Print the machine-readable result (JSON).") var json = false
  @Flag(help: "Print only errors.") var quiet = false

  func run() throws {
    if json {
      try printMachineReadable()
    } else {
      let model = try scenario.model(showsWarnings: !quiet)
      if !quiet { DiagnosticText.print(model.warnings.filter(\.isAboutSources)) }
      let cost = try cost(of: model)
      if !quiet {
        try StandardStream.output.write(CheckScreen(of: model, path: scenario.path).text + cost.text)
      }
    }
  }

  /// Everything that a run would refuse before it draws, and the estimate.
  private func cost(of model: Model) throws -> CostScreen {
    try memory.requireRoom(toPlan: model, workers: nil)
    let engine = try Engine(model: model)
    let options = OutputOptions.engineOptions(workers: nil, nil)
    let evidence = EvidenceAnalysis(of: model)
    try evidence?.check(options: options)
    let cost = try memory.cost(of: engine, evidence: evidence, workers: nil)
    if quiet { return CostScreen(cost, time: nil, leavesOutEvidence: evidence != nil, size: { MemorySize($0).text }) }
    var timed = model
    timed.settings.draws = try evidence?.runDraws(of: model.settings.draws) ?? model.settings.draws
    let isSame = timed.settings.draws == model.settings.draws
    var time = try (isSame ? engine : Engine(model: timed)).pilotTime(options: options, writing: Self.write)
    var isWhole = true
    if let evidence {
      let seconds = try evidence.pilotSeconds(draws: model.settings.draws, options: options)
      isWhole = seconds != nil
      time.add(seconds ?? 0, workers: cost.workers)
    }
    return CostScreen(cost, time: time, leavesOutEvidence: !isWhole, size: { MemorySize($0).text })
  }

  /// Writes the files of a result to memory.
  private static func write(_ result: RunResult) {
    for file in CSVFormat.files(of: ScenarioResult(result)) { try? file.write(TextBuffer()) }
  }

  private func printMachineReadable() throws {
    do {
      let model = try scenario.model(showsWarnings: false)
      let cost = try cost(of: model)
      let counts = CheckScreen(of: model, path: scenario.path).json
      try StandardStream.output.write(
        DiagnosticsJSON.text(
          of: model.warnings, counts: counts, further: [("estimate", cost.json(limit: memory.limit.bytes))]))
    } catch let diagnostics as Diagnostics {
      try StandardStream.output.write(DiagnosticsJSON.text(of: diagnostics.all, counts: nil))
      throw CommandFailure(diagnostics, isPrinted: true)
    }
  }
}
