import Modeling
import Simulation

/// The command line that makes a run's figures again, as a POSIX shell takes it.
enum ReproducingCommand {
  /// The words of a command, then the scenario with what its inputs were given, and all settings.
  static func text(_ command: String..., of result: RunResult, further: [String] = []) -> String {
    let model = result.model
    let settings = [
      "--draws", NumberText.count(result.draws), "--seed", String(model.settings.seed), "--design",
      model.settings.design,
    ]
    return (["loadcast"] + command + model.invocation + settings + further).map(quoted).joined(separator: " ")
  }

  /// A word for the shell: in single quotes unless it has only letters, digits and harmless signs.
  static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./=:,+".contains($0)) }
    return isPlain
      ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
