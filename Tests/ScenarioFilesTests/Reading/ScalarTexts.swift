import Diagnostics
import Modeling
import ScenarioFiles
import Testing

/// A text of one line as if it stood alone in a file.
func scalar(_ text: String, path: String = "f") -> ScalarText {
  ScalarText(
    text: text, places: (0...text.count).map { (1, $0 + 1) }, file: SourceFile(path: path, text: text))
}

/// The screen that problems earn.
func screen(_ diagnostics: [Diagnostic]) -> String { DiagnosticRenderer().text(of: diagnostics) }
