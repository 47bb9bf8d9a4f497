import ArgumentParser
import Modeling

/// The commands, in alphabetical order; a new one is one file in `Commands/` and one line here.
///
/// A command is called like its type, in lower case.
enum CommandCatalogue {
  static let all: [any ParsableCommand.Type] = [
    Backtest.self,
    Check.self,
    Compare.self,
    Describe.self,
    Disclosure.self,
    Discover.self,
    Draw.self,
    Export.self,
    Init.self,
    Run.self,
    Schema.self,
    Sensitivity.self,
    Sweep.self,
  ]

  /// The command that some arguments ask for.
  ///
  /// A known command reads its own arguments, in a third of the time that the way through the tree of all commands
  /// takes. Where it will not have them, for help or for a mistake, the tree is asked: it knows what to say.
  static func command(for arguments: [String]) throws -> any ParsableCommand {
    try requireCommand(arguments.first)
    if let word = arguments.first, let type = all.first(where: { "\($0)".lowercased() == word }),
      let command = try? type.parse(Array(arguments.dropFirst()))
    {
      return command
    }
    return try Loadcast.parseAsRoot(arguments)
  }

  /// Says what was probably meant by a first word that is no command.
  static func requireCommand(_ word: String?) throws {
    let names = all.map { "\($0)".lowercased() }
    guard let word, !word.hasPrefix("-"), !(names + ["help"]).contains(word) else { return }
    let nearest = NearestName.of(word, among: names).map { ". Did you mean '\($0)'?" } ?? ""
    throw ValidationError("There is no command '\(word)', but \(names.joined(separator: ", "))\(nearest)")
  }
}
