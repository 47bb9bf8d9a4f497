import ArgumentParser
import Reporting
import Simulation

/// Runs a scenario and writes its distributions.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a scenario: print a short table, and write the distributions to files.")

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let model = try scenario.model(settings, showsWarnings: !output.quiet)
    let exported = try output.exportedDraws(of: model.settings.draws)
    let folder = try ReportFolder(path: output.folder(forScenarioAt: scenario.path))
    let engine = try Engine(model: model)
    let result = try Progress.shown(unless: output.quiet) { progress in
      try engine.run(options: output.engineOptions(progress))
    }

    var files = output.format.types.flatMap { $0.files(of: result) }
    if let exported {
      files.append(
        DrawExport { body in
          try Progress.shown(unless: output.quiet) { progress in
            try engine.drawTables(rows: exported, options: output.engineOptions(progress), body: body)
          }
        }.file)
    }
    files.append(RunRecord(of: result, files: files.map(\.name)).file)
    try folder.write(files, isCancelled: { Interruption.isRequested })

    let screen = RunScreen(of: result, folder: folder.path, files: files.map(\.name))
    if output.json {
      try StandardStream.output.write(screen.json)
    } else if !output.quiet {
      try StandardStream.output.write(screen.text)
    }
  }
}
