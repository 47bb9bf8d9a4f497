import ScenarioFiles

/// Explanations as human-readable text.
enum ExplanationText {
  private static let width = 100

  /// All codes by section, each with the first sentence of its meaning.
  static func list(_ sections: [ExplanationCatalogue.Section]) -> String {
    sections.map { section in
      let codes = section.entries.map { entry in
        "  \(entry.code)\n" + wrapped(entry.explanation.summary, indent: "      ")
      }
      return "\(section.title)\n" + codes.joined()
    }
    .joined(separator: "\n") + "\n'loadcast explain CODE' explains a code with an example.\n"
  }

  /// The meaning of a code, and its examples.
  static func text(_ entry: ExplanationCatalogue.Entry) -> String {
    var text = "\(entry.code)\n\n" + wrapped(entry.explanation.meaning, indent: "")
    for (title, example) in [("Wrong", entry.explanation.wrong), ("Right", entry.explanation.fixed)] {
      guard let example else { continue }
      text += "\n\(title): \(example.command)\n" + file(Example.scenarioName, example.scenario)
      for (name, content) in example.files.sorted(by: { $0.key < $1.key }) { text += file(name, content) }
    }
    return text
  }

  private static func file(_ name: String, _ content: String) -> String {
    "\n  \(name)\n"
      + content.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { "    \($0)\n" }.joined()
  }

  /// A text in lines of at most 100 characters.
  private static func wrapped(_ text: String, indent: String) -> String {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width - indent.count {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { indent + $0 + "\n" }.joined()
  }
}
