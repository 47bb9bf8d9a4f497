import ArgumentParser
import Diagnostics
import Foundation
import Modeling
import Reporting
import ScenarioFiles
import TextFormats

/// Compares a results folder with its records.
struct Verify: ParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Compare the files of a results folder with the digests in its records; --again also runs the commands anew.",
    discussion: """
      Missing and altered files are differences, with exit code \(ExitCodes.difference). Files that no record names, and a \
      scenario that has changed since, are told; with --strict they are differences too. A record is not signed: who \
      changes a file can change the record as well. The digest of each record is therefore printed, so that it can be \
      published elsewhere. --again runs the recorded commands as `loadcast run` would, writes to a temporary folder, and \
      names the first cell of each table that differs. A record can state more work than anybody wants to wait for: over \
      --minutes, --again is refused before the work if that is foreseen, or given up.
      """)

  @ArgumentParser.Argument(
    help: ArgumentHelp("A folder of results, such as results/ai-sector.", valueName: "folder"), completion: .directory)
  var folder: String

  @Flag(help: "Run the recorded commands anew, and compare their results with the files.") var again = false
  @Option(
    help: ArgumentHelp(
      "The folder from which the recorded paths of the scenario lead; by default the working directory.",
      valueName: "folder"))
  var from: String?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Minutes that --again may take.", valueName: "n"),
    transform: { try DrawCount.whole($0, "--minutes", 1...100_000) })
  var minutes = 60
  @Flag(help: "Treat files that no record names, and a changed scenario, as differences.") var strict = false
  @Flag(help: "Print the machine-readable result (JSON).") var json = false
  @Flag(help: "Print only errors.") var quiet = false
  @OptionGroup var logging: LogOptions

  func run() throws {
    let verification: FolderVerification
    do {
      verification = try FolderVerification(
        of: folder, scenarioFrom: from ?? ".", isCancelled: { Interruption.isRequested })
    } catch let error as ResultsFolder.Unusable {
      throw Diagnostics(.unreadableResults(folder, reason: error.reason), at: nil)
    }
    let screen = VerificationScreen(
      of: verification, repetition: again ? try repeated(verification) : .notWanted, isStrict: strict)
    if json {
      try StandardStream.output.write(screen.json)
    } else if !quiet || !screen.isIntact {
      try StandardStream.output.write(screen.text)
    }
    if !screen.isIntact { throw CommandFailure(ExitCode(ExitCodes.difference), isPrinted: true) }
  }

  /// The results of the recorded commands, run again, in comparison with the files.
  private func repeated(_ verification: FolderVerification) throws -> VerificationScreen.Repetition {
    let commands = try verification.records.map { ($0, try RecordedCommand(of: $0, in: folder)) }
    // A scenario from standard input is given again.
    let changed = commands.filter { $0.0.arguments?.contains(GivenScenario.word) != true }
      .flatMap { verification.changedSources(of: $0.0) }
    if !changed.isEmpty { return .impossible(changed) }
    let files = FileManager.default
    let results = URL(fileURLWithPath: folder).path
    // A path from the root, since the working directory may change.
    let temporary = URL(fileURLWithPath: files.temporaryDirectory.path).path
    let scratch = try ScratchFolder(in: temporary, prefix: "loadcast-verify-")
    defer { withExtendedLifetime(scratch) {} }
    CommandFailure.keepsNothing = true
    Interruption.deadline = .now + .seconds(60 * minutes)
    if let from, !files.changeCurrentDirectoryPath(from) {
      throw Diagnostics(.unreadableResults(from, reason: "it is not a folder"), at: nil)
    }
    var differences: [FirstDifference] = []
    for (number, (record, command)) in commands.enumerated() {
      let place = URL(fileURLWithPath: try scratch.makeFolder("\(number)"))
      try command.run(writingTo: place, minutes: minutes)
      differences += try RepeatedResult.differences(
        of: record, in: results, from: place.appending(path: "results").path,
        isCancelled: { Interruption.isRequested })
    }
    return .compared(differences)
  }
}
