import Reporting

/// The message for an internal error.
enum CrashReport {
  /// The request to report an internal error.
  static let request = """
    This is an internal error of loadcast, not a mistake in your scenario. Please report it where you obtained loadcast,
    with the scenario, the command, the lines above, and the version: loadcast \(EngineVersion.current).

    """

  /// Makes traps print the message and exit with code 70, unless `SWIFT_BACKTRACE` requests more.
  static func install() {
    guard getenv("SWIFT_BACKTRACE") == nil else { return }
    // Kept for the life of the process: a signal handler must not allocate or initialise anything.
    message = UnsafePointer(strdup("\n" + request))
    for trap in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] {
      signal(trap) { _ in
        if let message = CrashReport.message { _ = systemWrite(2, message, strlen(message)) }
        _exit(70)
      }
    }
  }

  /// Written once, before anything else runs.
  nonisolated(unsafe) private static var message: UnsafePointer<CChar>?
}
