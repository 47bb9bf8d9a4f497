import ArgumentParser
import Diagnostics
import Modeling
import ScenarioFiles

/// The commands, in alphabetical order; a new one is one file in `Commands/` and one line here.
///
/// The name of a command is that of its type, in lower case.
enum CommandCatalogue {
  static let all: [any ParsableCommand.Type] = [
    Backtest.self,
    Chart.self,
    Check.self,
    Compare.self,
    Describe.self,
    Disclosure.self,
    Discover.self,
    Draw.self,
    Explain.self,
    Export.self,
    Init.self,
    Merge.self,
    Migrate.self,
    Run.self,
    Schema.self,
    Sensitivity.self,
    Submit.self,
    Sweep.self,
    Verify.self,
  ]

  /// The command for some arguments.
  ///
  /// A known command parses its own arguments, which takes a third of the time of parsing through the tree of all
  /// commands. If that fails, for help or because of a mistake, the tree parses them again, since it produces the help
  /// and error messages.
  static func command(for arguments: [String]) throws -> any ParsableCommand {
    try requireCommand(arguments.first)
    if let type = type(named: arguments.first),
      let command = try? type.parse(Array(FoldedArguments.folded(arguments).dropFirst()))
    {
      return command
    }
    try refuseReplacedFlags(arguments)
    try refuseUnknownOptions(arguments)
    return try Loadcast.parseAsRoot(FoldedArguments.folded(arguments))
  }

  /// The command of a name.
  static func type(named word: String?) -> (any ParsableCommand.Type)? {
    all.first { "\($0)".lowercased() == word }
  }

  /// Reports an option that the command does not have, which the parser reports only if everything else is valid.
  private static func refuseUnknownOptions(_ arguments: [String]) throws {
    guard let type = type(named: arguments.first) else { return }
    let known = options(of: type)
    for argument in arguments.dropFirst().prefix(while: { $0 != "--" }) where argument.hasPrefix("--") {
      let option = argument.prefix { $0 != "=" }.dropFirst(2)
      guard !known.contains(String(option)), !Self.optionsOfEveryCommand.contains(String(option)) else { continue }
      let nearest = NearestName.of(String(option), among: known)
      throw UsageProblem.error(.unknownOption("--\(option)", nearest: nearest.map { "--\($0)" }))
    }
  }

  private static let optionsOfEveryCommand = ["help", "help-hidden", "version", "experimental-dump-help"]

  /// The names of a command's options, as its help lists them, without the dashes.
  private static func options(of type: any ParsableCommand.Type) -> [String] {
    type.helpMessage(columns: 200).split(separator: "\n").map { $0.drop { $0 == " " } }
      .filter { $0.hasPrefix("-") }
      .flatMap { line in
        line.split(separator: "  ", maxSplits: 1)[0].split { " ,/".contains($0) }
          .filter { $0.hasPrefix("--") }.map { String($0.dropFirst(2)) }
      }
  }

  /// Reports a replaced flag with the new one, which is rarely the closest name.
  static func refuseReplacedFlags(_ arguments: [String]) throws {
    guard let command = arguments.first else { return }
    for argument in arguments.dropFirst().prefix(while: { $0 != "--" }) {
      let flag = String(argument.prefix { $0 != "=" })
      guard let new = ReplacedWord.replacement(for: flag, .flag(of: command)) else { continue }
      throw UsageProblem.error(.replacedFlag(flag, by: new))
    }
  }

  /// Whether errors are printed as JSON, which must be known even if the arguments cannot be parsed.
  static func requestsJSON(_ arguments: [String]) -> Bool {
    arguments.prefix { $0 != "--" }.contains("--json")
  }

  /// Reports a missing command, or an unknown one with the closest valid name.
  static func requireCommand(_ word: String?) throws {
    let names = all.map { "\($0)".lowercased() }
    guard let word else { throw UsageProblem.error(.missingCommand(names)) }
    guard !word.hasPrefix("-"), !(names + ["help"]).contains(word) else { return }
    throw UsageProblem.error(
      .unknownCommand(word, commands: names, nearest: NearestName.of(word, among: names)))
  }
}
