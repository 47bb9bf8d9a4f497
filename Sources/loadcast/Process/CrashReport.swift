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
    // If the stack has overflowed, a handler needs another one.
    var stack = stack_t()
    stack.ss_size = 1 << 16
    stack.ss_sp = malloc(stack.ss_size)
    sigaltstack(&stack, nil)
    var action = sigaction()
    let handler: @convention(c) (Int32) -> Void = { _ in
      if let message = CrashReport.message { _ = systemWrite(2, message, strlen(message)) }
      _exit(70)
    }
    #if canImport(Darwin)
    action.__sigaction_u.__sa_handler = handler
    #elseif canImport(Glibc)
    action.__sigaction_handler.sa_handler = handler
    #else
    action.__sa_handler.sa_handler = handler
    #endif
    action.sa_flags = SA_ONSTACK
    for trap in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] { sigaction(trap, &action, nil) }
  }

  /// Written once, before anything else runs.
  nonisolated(unsafe) private static var message: UnsafePointer<CChar>?
}
