import ScenarioFiles
import Testing

/// The codes of the catalogue that the pairs in the folder `Mistakes` show, and those that they cannot show.
@Suite("Codes of the mistake files")
struct MistakeCodesTests {
  /// Codes without a pair by the reason. `ExplainTests` runs an example of each, unless nothing that a user gives causes
  /// it.
  private static let withoutPair: [(reason: String, codes: [String])] = [
    (
      "caused by a command line, whatever the scenario",
      [
        "options.usage", "options.unknown-code", "options.unknown-command", "options.replaced", "options.number",
        "options.value", "options.form", "options.output", "options.combination", "options.sweep", "options.method",
        "options.file-exists", "files.unwritable", "run.condition", "run.too-many-draws", "run.other-posterior",
        "run.damaged-posterior", "run.memory", "run.damaged-part", "run.other-part", "run.missing-part",
        "run.undivided",
      ]
    ),
    (
      "found when a plan is made or draws are computed, not by the check",
      [
        "run.size", "run.several-cells", "run.no-finite-draw", "run.weights", "run.impossible-observation",
        "run.unlikely-observation", "run.observed-inputs", "run.latent-readings",
      ]
    ),
    ("caused by bytes that are not text, which the folder does not hold", ["files.encoding"]),
    (
      "caused by a signal, by a limit of the system, by a fault of the program, or by a program that uses the library",
      [
        "run.interrupted", "run.internal-error", "run.design", "run.threads", "run.submission",
      ]
    ),
  ]

  @Test("Every code of the catalogue has a pair, or is listed with the reason why it has none")
  func codes() throws {
    let shown = Set(
      try MistakeFile.all().compactMap(\.expected).flatMap { text in
        text.matches(of: #/(?:error|warning)\[([a-z.-]+)\]: /#).map { String($0.1) }
      })
    let catalogue = Set(ExplanationCatalogue.entries.map { $0.code.description })
    let listed = Self.withoutPair.flatMap(\.codes)
    #expect(shown.subtracting(catalogue).sorted() == [], "these are not in the catalogue")
    #expect(
      catalogue.subtracting(shown).subtracting(listed).sorted() == [],
      "add a pair NAME.yaml and NAME.expected that shows each of these codes, or a reason to `withoutPair`")
    #expect(Set(listed).intersection(shown).sorted() == [], "these have a pair: remove them from `withoutPair`")
    #expect(Set(listed).subtracting(catalogue).sorted() == [], "these are no longer in the catalogue")
    #expect(Set(listed).count == listed.count)
  }
}
