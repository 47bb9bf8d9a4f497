import Reporting

/// Standard output or standard error.
struct StandardStream {
  /// For results.
  static let output = StandardStream(descriptor: 1, name: "standard output")
  /// For everything else.
  static let error = StandardStream(descriptor: 2, name: "standard error")

  let descriptor: Int32
  let name: String

  /// Whether someone is watching.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Whether text may be coloured: on a terminal that can, unless `NO_COLOR` is set (https://no-color.org).
  var takesColour: Bool { isTerminal && !isDumb && (environment("NO_COLOR") ?? "").isEmpty }

  /// Whether the terminal says that it knows no control sequences.
  var isDumb: Bool { environment("TERM") == "dumb" }

  /// Writes all of a text. A reader who has gone ends the process as it ends any filter.
  func write(_ text: String) throws(OutputError) {
    var text = text
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

/// A standard stream that takes no more.
struct OutputError: Error, CustomStringConvertible {
  var stream: String
  var code: Int32

  var description: String { "cannot write to \(stream): \(String(cString: strerror(code)))" }
}

/// `write(2)`, whose name Swift hides inside types that have a `write` of their own.
func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
