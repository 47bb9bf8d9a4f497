#if !COVERAGE_GUIDED
import ArgumentParser
import Foundation

/// Gives mutated inputs to everything in the program that reads text or bytes of strangers.
@main
struct Fuzzing: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Fuzzing",
    abstract: "Give mutated inputs to the readers and parsers of loadcast.",
    discussion:
      "Targets: \(FuzzTargetCatalogue.all.map { $0.name }.joined(separator: ", ")). The same seed gives the same inputs. "
      + "The input of the current execution is in FOLDER/TARGET.input, also after a crash; --replay runs it again. Exit codes: "
      + "0 nothing found; 1 an input that breaks a rule; 134 to 139 a crash; 142 an execution without an end.",
    subcommands: [])

  @Option(help: ArgumentHelp("Run only these targets, comma-separated.", valueName: "names"))
  var only: String?

  @Option(help: ArgumentHelp("Time for each target.", valueName: "s"))
  var seconds: Double = 60

  @Option(help: ArgumentHelp("Number of executions of each target, instead of a time.", valueName: "n"))
  var executions: Int?

  @Option(help: ArgumentHelp("Seed of the mutations.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Folder for the current inputs.", valueName: "folder"))
  var folder = ".build/fuzzing"

  @Option(help: ArgumentHelp("Run one target, named by --only, on the input in a file.", valueName: "file"))
  var replay: String?

  @Option(help: ArgumentHelp("The repository, whose tests and scenarios are the first inputs.", valueName: "folder"))
  var repository = "."

  func validate() throws {
    _ = try targets()
    if replay != nil, try targets().count != 1 { throw ValidationError("--replay needs one target: --only NAME") }
    guard seconds > 0, (executions ?? 1) > 0 else { throw ValidationError("nothing to run") }
  }

  private func targets() throws -> [any FuzzTarget.Type] {
    guard let only else { return FuzzTargetCatalogue.all }
    return try only.split(separator: ",").map { name in
      guard let target = FuzzTargetCatalogue.target(named: String(name)) else {
        throw ValidationError("there is no target '\(name)'")
      }
      return target
    }
  }

  func run() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let corpus = try SeedCorpus(ofRepositoryAt: repository)
    var found = 0
    for type in try targets() {
      let session = try FuzzSession(type, corpus: corpus, folder: folder)
      if let replay {
        guard let bytes = FileManager.default.contents(atPath: replay) else {
          throw ValidationError("no file \(replay)")
        }
        try session.execute([UInt8](bytes))
        print("\(type.name): nothing found")
        continue
      }
      do {
        print(try session.run(seed: seed, seconds: seconds, executions: executions))
      } catch let finding as FuzzFinding {
        found += 1
        print("\(type.name): \(finding.description)\n  the input is \(session.path)")
      }
    }
    if found > 0 { throw ExitCode(1) }
  }
}
#endif
