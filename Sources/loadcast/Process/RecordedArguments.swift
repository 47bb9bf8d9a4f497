import Reporting
import ScenarioFiles

/// The command line as the records of results state it.
///
/// Flags that do not change results are left out: where files are written, what is printed, the number of threads. Absolute
/// paths are replaced by `PublishedPath`, so that a record can be published.
enum RecordedArguments {
  /// Flags with a value that are left out.
  static let omittedOptions: Set<String> = ["--log", "--memory", "--out", "--posterior", "--workers"]
  /// Flags without a value that are left out.
  static let omittedFlags: Set<String> = ["--json", "--quiet"]

  /// The start of the process.
  nonisolated(unsafe) private static var started = time(nil)
  nonisolated(unsafe) private static var words: [String] = []

  /// Notes the command line; called by the main thread before any command runs.
  static func note(_ arguments: [String]) {
    started = time(nil)
    words = arguments
  }

  /// The command line of this process.
  static var invocation: Invocation { Invocation(arguments: stated(words), started: Int(started)) }

  /// The words of a command line that a record states.
  static func stated(_ arguments: [String]) -> [String] {
    var kept: [String] = []
    var position = 0
    while position < arguments.count {
      let word = arguments[position]
      if word == "--" {
        kept += arguments[position...]
        break
      }
      let name = word.hasPrefix("--") ? String(word.prefix { $0 != "=" }) : word
      if omittedOptions.contains(name) {
        position += word == name ? 2 : 1
        continue
      }
      if !omittedFlags.contains(word) { kept.append(word) }
      position += 1
    }
    let base = base(of: kept)
    return kept.map { word in
      guard word.hasPrefix("--"), let equals = word.firstIndex(of: "=") else {
        return PublishedPath.text(of: word, base: base)
      }
      return word[...equals] + PublishedPath.text(of: String(word[word.index(after: equals)...]), base: base)
    }
  }

  /// The folder that the paths of a scenario outside the working directory are relative to: that of `--root`, or its own.
  private static func base(of words: [String]) -> String? {
    for (number, word) in words.enumerated() {
      if word == "--root", number + 1 < words.count { return words[number + 1] }
      if word.hasPrefix("--root=") { return String(word.dropFirst("--root=".count)) }
    }
    guard let path = words.first(where: { $0.hasPrefix("/") }) else { return nil }
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}

extension ReportFolder {
  /// A results folder whose records state the command line of this process.
  ///
  /// - Throws: `FileError`.
  static func recording(path: String) throws -> ReportFolder {
    try ReportFolder(path: path, invocation: RecordedArguments.invocation)
  }
}
