import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import Simulation

/// Reports every problem of a scenario without running it.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Report every problem of a scenario without running it.")

  @OptionGroup var scenario: ScenarioOptions
  @Flag(help: "Print the machine-readable result (JSON).") var json = false
  @Flag(help: "Print only errors.") var quiet = false

  func run() throws {
    if json {
      try printMachineReadable()
    } else {
      let model = try scenario.model(showsWarnings: !quiet)
      if !quiet { DiagnosticText.print(model.warnings.filter(\.isAboutSources)) }
      _ = try Engine(model: model)
      if !quiet { try StandardStream.output.write(CheckScreen(of: model, path: scenario.path).text) }
    }
  }

  private func printMachineReadable() throws {
    do {
      let model = try scenario.model(showsWarnings: false)
      _ = try Engine(model: model)
      let counts = CheckScreen(of: model, path: scenario.path).json
      try StandardStream.output.write(DiagnosticsJSON.text(of: model.warnings, counts: counts))
    } catch let diagnostics as Diagnostics {
      try StandardStream.output.write(DiagnosticsJSON.text(of: diagnostics.all, counts: nil))
      throw CommandFailure(diagnostics, isPrinted: true)
    }
  }
}
