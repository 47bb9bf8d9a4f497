import ArgumentParser
import Reporting

/// The `loadcast` command: parses flags, runs the command, prints diagnostics, and sets the exit code.
@main
struct Loadcast: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loadcast",
    abstract: "Monte Carlo simulation of scenarios: how much electricity does AI use, and how sure can we be?",
    discussion:
      "Exit codes: 0 success; 1 changes pending (migrate --check); 64 usage error; 65 invalid scenario; 66 missing input file; 70 internal error; "
      + "74 output error; 130 interrupted by SIGINT (Ctrl-C); 143 by SIGTERM.",
    version: EngineVersion.current,
    subcommands: CommandCatalogue.all
  )

  static func main() {
    Startup.prepare()
    let arguments = Array(Startup.arguments.dropFirst())
    var type = CommandCatalogue.type(named: arguments.first) ?? Loadcast.self
    do {
      var command = try CommandCatalogue.command(for: arguments)
      type = Swift.type(of: command)
      try command.run()
    } catch {
      CommandFailure(error).exit(from: type, printsJSON: CommandCatalogue.requestsJSON(arguments))
    }
  }
}
