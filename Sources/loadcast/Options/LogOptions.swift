import ArgumentParser

/// The log of a command.
struct LogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Append what happens to this file, one JSON object a line: the command, its warnings and errors, the folders that it "
        + "has written, its exit code.", valueName: "file"))
  var log: String?

  func validate() throws {
    if log?.isEmpty == true { throw UsageProblem.error(.usage("--log needs the name of a file")) }
  }
}

/// A command that can write a log.
protocol LoggingCommand {
  var logging: LogOptions { get }
}
