import ArgumentParser
import Modeling
import Reporting
import Simulation

/// Output and execution options of a command whose files have a fixed format.
struct WorkOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Number of threads; by default one per core. Results do not depend on it.", valueName: "n"),
    transform: DrawCount.workers)
  var workers: Int?

  @Option(help: ArgumentHelp("Folder for the files; by default results/SCENARIO.", valueName: "folder"))
  var out: String?

  @OptionGroup var memory: MemoryOptions

  @Flag(help: "Print machine-readable results (JSON).") var json = false
  @Flag(help: "Print only errors.") var quiet = false

  func validate() throws { try OutputOptions.validate(out: out) }

  func folder(forScenarioAt path: String) -> String { out ?? OutputOptions.folder(forScenarioAt: path) }

  func engineOptions(_ progress: Progress?) -> Engine.Options {
    var options = OutputOptions.engineOptions(workers: workers, progress)
    options.memory = memory.limit
    return options
  }

  /// Prints the human-readable or the machine-readable screen.
  func show(text: @autoclosure () -> String, json: @autoclosure () -> String) throws {
    if self.json {
      try StandardStream.output.write(json())
    } else if !quiet {
      try StandardStream.output.write(text())
    }
  }
}
