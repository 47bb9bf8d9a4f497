import ArgumentParser
import Diagnostics
import Foundation
import Modeling
import Reporting
import ScenarioFiles
import Simulation

/// A command that a record states, to be run again.
///
/// A record may come from anybody. Therefore only commands that write results are run, without flags that records never
/// state and without absolute paths, and everything is written to a folder of this process.
struct RecordedCommand {
  static let commands: Set<String> = [
    "backtest", "compare", "disclosure", "discover", "run", "sensitivity", "sweep",
  ]
  private static let options: Set<String> = [
    "--help", "-h", "--help-hidden", "--version", "--experimental-dump-help", "--generate-completion-script",
  ]

  private let words: [String]
  /// The path of the record, for messages.
  private let record: String

  /// The command of a record.
  ///
  /// - Parameter folder: the results folder, for the message.
  /// - Throws: `Diagnostics` if it cannot be run again.
  init(of record: ResultRecord, in folder: String) throws {
    func refuse(_ reason: String) -> Diagnostics {
      Diagnostics(.unreadableResults("\(folder)/\(record.name)", reason: reason), at: nil)
    }
    guard let words = record.arguments, let name = words.first else {
      throw refuse("it states no command, so that the results cannot be made again")
    }
    guard Self.commands.contains(name) else { throw refuse("its command is not one that writes results") }
    for word in words.dropFirst() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      let flag = parts.first ?? ""
      let isOmitted =
        RecordedArguments.omittedOptions.contains(flag) || RecordedArguments.omittedFlags.contains(flag)
        || Self.options.contains(flag)
      let isAbsolute = word.hasPrefix("/") || (word.hasPrefix("--") && parts.count == 2 && parts[1].hasPrefix("/"))
      if isOmitted || isAbsolute || word.contains("\0") {
        throw refuse("its command has `\(word)`, which a record never states")
      }
    }
    self.words = words
    self.record = "\(folder)/\(record.name)"
  }

  /// Runs the command in this process, and writes its results to a folder.
  ///
  /// - Parameters:
  ///   - folder: an empty folder of this process.
  ///   - minutes: the minutes that all commands of the folder may take, until `Interruption.deadline`.
  /// - Throws: also `Diagnostics` if it takes longer.
  func run(writingTo folder: URL, minutes: Int) throws {
    guard let type = CommandCatalogue.type(named: words[0]) else { return }
    var arguments = ["--quiet", "--out=\(folder.appending(path: "results").path)"]
    var isFolder = false
    for word in words.dropFirst() {
      // The posterior is sampled again, and saved here.
      let saved = folder.appending(path: "posterior").path
      if isFolder {
        arguments.append(saved)
        isFolder = false
      } else if word.hasPrefix("--posterior=") {
        arguments.append("--posterior=\(saved)")
      } else {
        arguments.append(word)
        isFolder = word == "--posterior"
      }
    }
    var command: any ParsableCommand
    do {
      command = try type.parse(FoldedArguments.folded(arguments))
    } catch {
      // Whatever the parser does instead of a command, such as printing help, is no run.
      throw Diagnostics(.unreadableResults(record, reason: "its command is not one that writes results"), at: nil)
    }
    if let seconds = try seconds(of: command), seconds > Double(60 * minutes) {
      throw Diagnostics(.longRepetition(record, seconds: seconds, minutes: minutes), at: Self.minutesPlace)
    }
    do {
      try command.run()
    } catch
      where Interruption.isOverdue && Interruption.signal == nil && CommandFailure(error).error is CancellationError
    {
      throw Diagnostics(.unfinishedRepetition(record, minutes: minutes), at: Self.minutesPlace)
    } catch let failure as CommandFailure where (failure.error as? ExitCode)?.rawValue == ExitCodes.noFiniteDraw {
      // The results are written.
    }
  }

  private static let minutesPlace = SourcePlace(
    file: SourceFile(path: "--minutes", text: ""), line: 1, column: 1, length: 1)

  /// The seconds that a run takes at least, from a few blocks of it; nil where this is not known before: a tolerance decides
  /// on the number of draws, and analyses refuse more draws than fit into memory.
  private func seconds(of command: any ParsableCommand) throws -> Double? {
    let (model, memory, workers): (Model, MemoryOptions, Int?)
    switch command {
    case let run as Run:
      model = try run.scenario.model(run.settings, run.precision, showsWarnings: false)
      (memory, workers) = (run.memory, run.output.workers)
    case let sweep as Sweep:
      model = try sweep.scenario.family(sweep.settings, showsWarnings: false).base
      (memory, workers) = (sweep.work.memory, sweep.work.workers)
    default: return nil
    }
    if model.settings.tolerance != nil { return nil }
    try memory.requireRoom(toPlan: model, workers: workers)
    return try Engine(model: model).pilotTime(options: OutputOptions.engineOptions(workers: workers, nil)) { _ in }
      .elapsed
  }
}
