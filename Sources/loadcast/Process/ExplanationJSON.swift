import Diagnostics
import Reporting
import ScenarioFiles
import TextFormats

/// Explanations as JSON.
enum ExplanationJSON {
  /// All codes by section, with their meanings.
  static func list(_ sections: [ExplanationCatalogue.Section]) -> String {
    let sections = sections.map { section in
      JSON.object([
        ("section", .string(section.name)), ("title", .string(section.title)),
        (
          "codes",
          .array(
            section.entries.map { entry in
              .object([
                ("code", .string(entry.code.description)), ("meaning", .string(entry.explanation.meaning)),
              ])
            })
        ),
      ])
    }
    return JSON.object([("sections", .array(sections))]).text + "\n"
  }

  /// A code with its meaning and examples.
  static func text(_ entry: ExplanationCatalogue.Entry) -> String {
    JSON.object([
      ("code", .string(entry.code.description)), ("meaning", .string(entry.explanation.meaning)),
      ("wrong", entry.explanation.wrong.map(json) ?? .null), ("fixed", entry.explanation.fixed.map(json) ?? .null),
    ]).text + "\n"
  }

  private static func json(_ example: Example) -> JSON {
    let files =
      [(Example.scenarioName, example.scenario)] + example.files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    return .object([
      ("command", .array(example.arguments.map(JSON.string))),
      ("files", .array(files.map { .object([("name", .string($0.0)), ("text", .string($0.1))]) })),
    ])
  }
}
