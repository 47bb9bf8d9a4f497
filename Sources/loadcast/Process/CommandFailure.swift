import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import ScenarioFiles

/// The reason why a command ended early, and its exit code; exit codes are chosen only here.
///
/// The codes are those of BSD's sysexits(3), and 128 plus the signal number for an interruption. `ExitCodes` documents
/// them.
struct CommandFailure: Error {
  let error: any Error
  /// True if the problem has already been printed.
  let isPrinted: Bool

  init(_ error: any Error, isPrinted: Bool = false) {
    if let failure = error as? CommandFailure {
      self = failure
    } else {
      self.error = error
      self.isPrinted = isPrinted
    }
  }

  /// True if what commands keep of their work is removed with the folder that they write to.
  nonisolated(unsafe) static var keepsNothing = false

  /// The failure of a command that was interrupted and has kept some of its work, which it prints.
  static func interrupted(
    _ problem: Problem, printsJSON: Bool, error: any Error = CancellationError()
  ) -> CommandFailure {
    if keepsNothing { return CommandFailure(error) }
    if printsJSON {
      try? StandardStream.output.write(DiagnosticsJSON.text(of: [Diagnostic(problem, at: nil)], counts: nil))
    } else {
      try? StandardStream.error.write(problem.message + "\n")
    }
    return CommandFailure(error, isPrinted: true)
  }

  /// The exit code.
  var code: Int32 {
    switch error {
    case let diagnostics as Diagnostics: Self.code(of: diagnostics)
    case let file as FileError where file.code == ENOMEM: ExitCodes.memory
    case is FileError, is OutputError: 74
    case let error as SQLiteError: error.isMissing ? ExitCodes.unavailable : 74
    case let exit as ExitCode: exit.rawValue
    case is CancellationError: 128 + (Interruption.signal ?? SIGINT)
    default:
      switch Loadcast.exitCode(for: error) {
      case .success: 0
      case .validationFailure: 64
      default: 70
      }
    }
  }

  /// A file that cannot be read has no location; problems located only in flags are usage errors, except too little memory.
  private static func code(of diagnostics: Diagnostics) -> Int32 {
    let errors = diagnostics.all.filter { $0.severity == .error }
    if errors.contains(where: { $0.code == RunCode.memory.code }) { return ExitCodes.memory }
    if errors.contains(where: { $0.code == RunCode.submission.code }) { return ExitCodes.unavailable }
    if errors.contains(where: { $0.place == nil }) { return 66 }
    return !errors.isEmpty && errors.allSatisfy { $0.place?.file.path.hasPrefix("--") == true } ? 64 : 65
  }

  /// Prints the reason, as JSON on standard output or with the usage of the command if the usage is wrong, and ends the
  /// process.
  func exit(from command: any ParsableCommand.Type, printsJSON: Bool) -> Never {
    let code = self.code
    if code == 0 { Self.printHelp(Loadcast.fullMessage(for: error), from: command) }
    if !(error is ExitCode) { CommandLog.add(diagnostics(code)) }
    if !isPrinted {
      if printsJSON, code != 0, !(error is OutputError) {
        try? StandardStream.output.write(DiagnosticsJSON.text(of: diagnostics(code), counts: nil))
      } else {
        say(code, command)
      }
    }
    CommandLog.finish(code: code)
    systemExit(code)
  }

  /// Prints the help, the version or a completion script, which the parser throws, and ends the process.
  private static func printHelp(_ text: String, from command: any ParsableCommand.Type) -> Never {
    do {
      try StandardStream.output.write(text.isEmpty || text.hasSuffix("\n") ? text : text + "\n")
    } catch {
      CommandFailure(error).exit(from: command, printsJSON: false)
    }
    systemExit(0)
  }

  /// The reason as diagnostics.
  private func diagnostics(_ code: Int32) -> [Diagnostic] {
    let problem: Problem
    switch error {
    case let diagnostics as Diagnostics: return diagnostics.all
    case is CancellationError: problem = .interrupted(afterWriting: PublishedFolders.paths)
    case let file as FileError where file.isOfReading: problem = .unread("\(file)")
    case is FileError, is OutputError, is SQLiteError: problem = .unwritable("\(error)")
    default: problem = code == 64 ? UsageProblem.problem(of: Loadcast.message(for: error)) : .internalError("\(error)")
    }
    return [Diagnostic(problem, at: nil)]
  }

  /// Where the options of a command are explained.
  private static func help(of command: any ParsableCommand.Type) -> String {
    command == Loadcast.self
      ? "`loadcast help` lists the commands" : "`loadcast help \("\(command)".lowercased())` explains its options"
  }

  private func say(_ code: Int32, _ command: any ParsableCommand.Type) {
    switch error {
    case is CancellationError:
      try? StandardStream.error.write(Problem.interrupted(afterWriting: PublishedFolders.paths).message + "\n")
    case let output as OutputError where output.code == EPIPE: break
    default:
      var problems = diagnostics(code)
      if code == 64, !(error is Diagnostics) { problems[0].notes.append(.init(Self.help(of: command))) }
      if code == 70 { problems[0].notes = [] }
      DiagnosticText.print(problems)
      if code == 70 { try? StandardStream.error.write("\n\(CrashReport.request)") }
    }
  }
}

private func systemExit(_ code: Int32) -> Never { exit(code) }
