import Reporting
import TextFormats

/// Standard input, standard output or standard error.
struct StandardStream {
  /// For a scenario whose path is `-`.
  static let input = StandardStream(descriptor: 0, name: "standard input")
  /// For results.
  static let output = StandardStream(descriptor: 1, name: "standard output")
  /// For everything else.
  static let error = StandardStream(descriptor: 2, name: "standard error")

  let descriptor: Int32
  let name: String

  /// True if the stream is a terminal.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// True if text may be coloured: on a terminal with colour, unless `NO_COLOR` is set (https://no-color.org).
  var takesColour: Bool { isTerminal && !isDumb && (environment("NO_COLOR") ?? "").isEmpty }

  /// True if the terminal supports no control sequences.
  var isDumb: Bool { environment("TERM") == "dumb" }

  /// Writes plain text; characters that would control the terminal or the direction of writing are replaced.
  func write(_ plain: String) throws(OutputError) { try write(TerminalText(escaping: plain)) }

  /// Writes a whole text. If the reader has closed its end, the process ends, as any filter does.
  func write(_ safe: TerminalText) throws(OutputError) {
    var text = safe.text
    let failure: Int32? = text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let written = systemWrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if written >= 0 { done += written } else if errno != EINTR { return errno }
      }
      return nil
    }
    if let failure { throw OutputError(stream: name, code: failure) }
  }

  private func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// An error for a standard stream that cannot be written to.
struct OutputError: Error, CustomStringConvertible {
  var stream: String
  var code: Int32

  var description: String { "cannot write to \(stream): \(String(cString: strerror(code)))" }
}

/// `write(2)`, whose name Swift hides inside types that have their own `write`.
func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
