import Diagnostics
import Modeling
import TextFormats

/// Diagnostics on standard error, coloured if the terminal supports it.
enum DiagnosticText {
  /// Adds diagnostics to the log, and prints them, errors before warnings; prints nothing if there are none.
  ///
  /// - Parameter isShown: false to add them to the log only.
  static func print(_ diagnostics: [Diagnostic], isShown: Bool = true) {
    CommandLog.add(diagnostics)
    guard isShown, !diagnostics.isEmpty else { return }
    let fragments = DiagnosticRenderer().fragments(of: diagnostics)
    let text =
      StandardStream.error.takesColour ? AnsiDecoration.text(of: fragments) : fragments.map(\.text).joined()
    try? StandardStream.error.write(TerminalText(trusted: text))
  }
}
