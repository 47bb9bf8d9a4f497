import Reporting

/// What is said when the fault is the program's own.
enum CrashReport {
  /// How to report an error of ours.
  static let request = """
    This is an error of loadcast, not of your scenario. Please report it to the place that you have loadcast from,
    with the scenario, the command, the lines above, and: loadcast \(EngineVersion.current).

    """

  /// Makes traps of the program say so and exit with code 70; leaves them alone where `SWIFT_BACKTRACE` asks for more.
  static func install() {
    guard getenv("SWIFT_BACKTRACE") == nil else { return }
    // Held for the life of the process: a handler may neither allocate nor initialise anything.
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
