import Diagnostics
import Modeling
import TextFormats

/// Diagnostics on standard error, coloured if the terminal supports it.
enum DiagnosticText {
  /// Prints diagnostics, errors before warnings; prints nothing if there are none.
  static func print(_ diagnostics: [Diagnostic]) {
    guard !diagnostics.isEmpty else { return }
    let fragments = DiagnosticRenderer().fragments(of: diagnostics)
    let text =
      StandardStream.error.takesColour ? AnsiDecoration.text(of: fragments) : fragments.map(\.text).joined()
    try? StandardStream.error.write(TerminalText(trusted: text))
  }
}
