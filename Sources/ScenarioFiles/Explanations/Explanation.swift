import Diagnostics

/// The meaning of a diagnostic code, with an example that produces it and the same example without the mistake.
package struct Explanation: Sendable {
  /// Two to four sentences.
  package let meaning: String
  /// An example that produces the code and no other; nil only for codes that no scenario and no flag can cause.
  package let wrong: Example?
  /// The example without the mistake.
  package let fixed: Example?

  /// Creates an explanation.
  init(_ meaning: String, wrong: Example, fixed: Example) {
    self.meaning = meaning
    self.wrong = wrong
    self.fixed = fixed
  }

  /// Creates an explanation without an example, for what no scenario and no flag can cause.
  init(withoutExample meaning: String) {
    self.meaning = meaning
    wrong = nil
    fixed = nil
  }

  /// The first sentence.
  package var summary: String {
    guard let end = meaning.firstRange(of: ". ") else { return meaning }
    return String(meaning[..<end.lowerBound]) + "."
  }
}

/// A complete scenario with the files that it names, and the command that is run on it.
package struct Example: Sendable, ExpressibleByStringLiteral {
  /// The name of the scenario's file.
  package static let scenarioName = "scenario.yaml"

  /// The text of `scenario.yaml`.
  package let scenario: String
  /// Other files by name.
  package let files: [String: String]
  /// The words after `loadcast`; a flag and its value are one word, `--set=power=1 kW`.
  package let arguments: [String]

  /// Creates an example.
  ///
  /// - Parameters:
  ///   - scenario: The scenario; without `outputs:`, its last equation or otherwise its last input, a pure number, is the
  ///     output.
  ///   - files: Other files by name.
  ///   - arguments: The words after `loadcast`.
  init(_ scenario: String, files: [String: String] = [:], _ arguments: String...) {
    self.init(scenario, files: files, words: arguments)
  }

  /// Creates an example of the words after `loadcast`; without words, of `loadcast check`.
  init(_ scenario: String, files: [String: String] = [:], words arguments: [String]) {
    let text = scenario.hasSuffix("\n") ? scenario : scenario + "\n"
    self.scenario = text + (Self.lastName(in: text).map { "outputs: {\($0): {}}\n" } ?? "")
    self.files = files.mapValues { $0.hasSuffix("\n") ? $0 : $0 + "\n" }
    self.arguments = arguments.isEmpty ? ["check", Self.scenarioName] : arguments
  }

  /// Creates an example of `loadcast check`.
  package init(stringLiteral scenario: String) { self.init(scenario) }

  /// The command as it is typed.
  package var command: String {
    "loadcast "
      + arguments.map { $0.contains(where: { " *[]'\"<>(|&;$".contains($0) }) ? "'\($0)'" : $0 }.joined(separator: " ")
  }

  /// The last equation, or otherwise the last input, of a scenario without outputs; nil if it has outputs.
  private static func lastName(in scenario: String) -> String? {
    var section = ""
    var names: [String: String] = [:]
    for line in scenario.split(separator: "\n") {
      guard let key = line.firstIndex(of: ":").map({ line[..<$0] }) else { continue }
      if !line.hasPrefix(" ") {
        section = String(key)
      } else if line.hasPrefix("  "), !line.hasPrefix("   ") {
        names[section] = key.trimmingSpaces
      }
      if section == "outputs" { return nil }
    }
    return names["equations"] ?? names["inputs"]
  }
}

/// A section of codes with its explanations.
protocol ExplainedSection: DiagnosticSection {
  /// The section's subject, for the list of codes: `Units and pure numbers`.
  static var title: String { get }
  /// The explanation of a code.
  var explanation: Explanation { get }
}
