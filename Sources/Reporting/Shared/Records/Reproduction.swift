import Evidence
import Modeling
import Simulation

/// The version of Loadcast, as given by `--version`, `record.json` and requests to report an error.
package enum EngineVersion {
  /// Three numbers. The right one is raised when a digit of any result moves, the middle one when commands, functions,
  /// columns or other words are added, the left one when an existing word changes; before 1.0.0, the middle one then, too.
  /// README, "What is stable", has the rule, and `GoldenDigestTests` enforce it.
  package static let current = "0.2.0"
}

/// The command line that reproduces a run's results, for a POSIX shell.
package enum ReproducingCommand {
  /// The words of a command, then the scenario with the values set for its inputs, and all settings.
  static func text(_ command: String..., of result: ScenarioResult, further: [String] = []) -> String {
    let model = result.model
    let settings = [
      "--draws", NumberText.count(result.draws), "--seed", String(model.settings.seed), "--design",
      model.settings.design,
    ]
    let width = model.settings.interval
    let shown = width == .usual ? [] : ["--interval", "\(width.percent)%"]
    return (["loadcast"] + command + model.invocation + settings + shown + further).map(quoted).joined(separator: " ")
  }

  /// The words of a command, quoted for the shell.
  package static func text(_ words: [String]) -> String { (["loadcast"] + words).map(quoted).joined(separator: " ") }

  /// A word quoted for the shell: in single quotes unless it has only letters, digits and safe characters.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./=:,+".contains($0)) }
    return isPlain
      ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
