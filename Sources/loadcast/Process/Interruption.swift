/// Handles Ctrl-C and similar signals: asks the work to stop, and ends the process within a second even if the work
/// does not react.
///
/// The handler stores the signal's number and sets an alarm, whose handler ends the process: both do only what POSIX
/// allows inside a handler, and need no thread, which a system short of memory may refuse. (Blocking the signals and
/// waiting for them does not work: libraries create threads before `main`.) Files being written are in a folder that is
/// not the results folder yet; if the process does not come to remove it, the next command does.
enum Interruption {
  /// The time for an orderly end, within the promised second.
  private static let patience = timeval(tv_sec: 0, tv_usec: 700_000)
  /// The signals that ask for an end: Ctrl-C, `kill`, and a terminal that has been closed.
  static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// The number of the signal, or 0; a word that is written at once.
  nonisolated(unsafe) private static var received: Int32 = 0
  /// The time after which the process ends; prepared here, because a handler must not initialise anything.
  nonisolated(unsafe) private static var delay = itimerval()

  /// The signal that requested the end, if any.
  static var signal: Int32? {
    let number = received
    return number == 0 ? nil : number
  }

  /// The time at which the work should stop without a signal; nil if it may take as long as it takes.
  nonisolated(unsafe) static var deadline: ContinuousClock.Instant?

  /// True if the deadline has passed.
  static var isOverdue: Bool { deadline.map { ContinuousClock.now > $0 } ?? false }

  /// True if the work should stop.
  static var isRequested: Bool { signal != nil || isOverdue }

  /// Gives the work of a command more time for an orderly end, from the next signal on.
  static func allow(seconds: Int) { delay.it_value = timeval(tv_sec: seconds, tv_usec: 0) }

  /// Starts listening.
  static func begin() {
    received = 0
    delay = itimerval(it_interval: timeval(tv_sec: 0, tv_usec: 0), it_value: patience)
    _ = systemSignal(SIGALRM) { _ in _exit(128 + Interruption.received) }
    var listened = sigset_t()
    sigemptyset(&listened)
    sigaddset(&listened, SIGALRM)
    for number in signals {
      sigaddset(&listened, number)
      let before = systemSignal(number) { number in
        // The first signal counts: further ones do not postpone the end.
        guard Interruption.received == 0 else { return }
        Interruption.received = number
        let before = errno
        startTimer(&Interruption.delay)
        errno = before
      }
      // A signal that the parent ignores (`nohup`) stays ignored.
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        _ = systemSignal(number, before)
      }
    }
    // Blocked signals are inherited from the parent, and some libraries that start programs block all signals in their
    // threads.
    pthread_sigmask(SIG_UNBLOCK, &listened, nil)
  }
}

/// Starts the timer of elapsed time, which ends with SIGALRM.
private func startTimer(_ time: UnsafePointer<itimerval>) {
  #if canImport(Glibc)
  setitimer(__itimer_which_t(ITIMER_REAL.rawValue), time, nil)
  #else
  setitimer(Int32(ITIMER_REAL), time, nil)
  #endif
}

/// `signal(2)`, whose name is shadowed above.
private func systemSignal(_ number: Int32, _ handler: sig_t?) -> sig_t? { signal(number, handler) }
