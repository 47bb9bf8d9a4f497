import ArgumentParser
import Reporting

/// The `loadcast` command: parses flags, runs the command, prints diagnostics, and sets the exit code.
@main
struct Loadcast: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loadcast",
    abstract: "Monte Carlo simulation of scenarios: how much electricity does AI use, and how sure can we be?",
    discussion: "Exit codes: \(ExitCodes.summary).",
    version: EngineVersion.current,
    subcommands: CommandCatalogue.all
  )

  static func main() {
    Startup.prepare()
    let arguments = Array(Startup.arguments.dropFirst())
    RecordedArguments.note(arguments)
    var type = CommandCatalogue.type(named: arguments.first) ?? Loadcast.self
    do {
      var command = try CommandCatalogue.command(for: arguments)
      type = Swift.type(of: command)
      if let path = (command as? any LoggingCommand)?.logging.log { try CommandLog.open(path, arguments: arguments) }
      try command.run()
      WorkerShortage.report(arguments)
      CommandLog.finish(code: 0)
    } catch {
      WorkerShortage.report(arguments)
      let failure = CommandFailure(error)
      if failure.code != 0 { CommandLog.open(ofUnusable: arguments) }
      failure.exit(from: type, printsJSON: CommandCatalogue.requestsJSON(arguments))
    }
  }
}
