import Modeling
import ScenarioFiles
import Testing

/// A text with a mistake, and all that is shown for it.
struct Mistake: Sendable, CustomTestStringConvertible {
  var name: String
  var text: String
  var screen: String

  init(_ name: String, _ text: String, shows screen: String) {
    self.name = name
    self.text = text
    self.screen = screen
  }

  var testDescription: String { name }
}

/// A text of one line as if it stood alone in a file.
func scalar(_ text: String, path: String = "f") -> ScalarText {
  ScalarText(
    text: text, places: (0...text.count).map { (1, $0 + 1) }, file: SourceFile(path: path, text: text))
}

/// The screen that problems earn.
func screen(_ diagnostics: [Diagnostic]) -> String { DiagnosticRenderer().text(of: diagnostics) }

@Suite("Every mistake earns a whole screen that says what to do")
struct MistakeTests {
  @Test("Of a text that is no scenario", arguments: yamlMistakes)
  func yaml(mistake: Mistake) {
    var problems: [Diagnostic] = []
    do throws(Diagnostics) {
      let result = try NodeReader.result(of: mistake.text, in: SourceFile(path: "scenario.yaml", text: mistake.text))
      problems = result.problems.map(\.diagnostic)
    } catch {
      problems = error.all
    }
    #expect(screen(problems) == mistake.screen)
  }

  @Test("Of a formula", arguments: formulaMistakes)
  func formula(mistake: Mistake) {
    #expect {
      try FormulaParser.syntax(of: scalar(mistake.text))
    } throws: { error in
      screen((error as? Diagnostics)?.all ?? []) == mistake.screen
    }
  }
}
