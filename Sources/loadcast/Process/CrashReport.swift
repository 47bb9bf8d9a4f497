import Reporting

/// The message for an internal error, or for memory that the system has refused.
enum CrashReport {
  /// The request to report an internal error.
  static let request = """
    This is an internal error of loadcast, not a mistake in your scenario. Please report it where you obtained loadcast,
    with the scenario, the command, the lines above, and the version: loadcast \(EngineVersion.current).

    """

  /// The message for memory that the system has refused: an allocation that fails ends the program, wherever it is.
  private static let refusal = """
    error: the system has refused memory, and the command has ended; files of earlier commands are unchanged.
      expected: a higher limit of `ulimit -v` or of the container, fewer --workers, or outputs with fewer cells

    """

  /// Makes traps print the message and exit with code 70, or 71 if memory was refused, unless `SWIFT_BACKTRACE` requests more.
  static func install() {
    guard getenv("SWIFT_BACKTRACE") == nil else { return }
    // Kept for the life of the process: a signal handler must not allocate or initialise anything.
    message = UnsafePointer(strdup("\n" + request))
    memoryMessage = UnsafePointer(strdup("\n" + refusal))
    // What has been refused so far was tried only.
    errno = 0
    // If the stack has overflowed, a handler needs another one.
    var stack = stack_t()
    stack.ss_size = 1 << 16
    stack.ss_sp = malloc(stack.ss_size)
    sigaltstack(&stack, nil)
    var action = sigaction()
    let handler: @convention(c) (Int32) -> Void = { _ in
      // The runtime reports a failed allocation by the same signals as a fault; only the error number of the thread tells.
      let isRefused = errno == ENOMEM
      if let message = isRefused ? CrashReport.memoryMessage : CrashReport.message {
        _ = systemWrite(2, message, strlen(message))
      }
      _exit(isRefused ? 71 : 70)
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
  nonisolated(unsafe) private static var memoryMessage: UnsafePointer<CChar>?
}
