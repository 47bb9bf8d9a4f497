import ArgumentParser
import Reporting

/// The form of errors of commands without machine-readable results.
struct ErrorFormOptions: ParsableArguments {
  @Flag(help: "Report errors in machine-readable form (JSON), and print nothing else.") var json = false

  /// Prints a result, or with `--json` a list of problems without entries.
  func show(_ text: String) throws {
    try StandardStream.output.write(json ? DiagnosticsJSON.text(of: [], counts: nil) : text)
  }
}
