import Foundation

/// Handles Ctrl-C and similar signals: asks the work to stop, and ends the process within a second even if the work
/// does not react.
///
/// The handler only writes the signal's number to a pipe, which a separate thread reads, because almost nothing is
/// allowed inside a handler. (Blocking the signals and waiting for them does not work: libraries create threads before
/// `main`.) Files being written are in a folder that is not the results folder yet; if the process does not come to remove
/// it, the next command does.
enum Interruption {
  /// The time for an orderly end, within the promised second.
  private static let patience: useconds_t = 700_000

  private static let state = State()

  /// The end of the pipe to which the handler writes; set once, before the handler is installed.
  nonisolated(unsafe) private static var writeEnd: Int32 = -1

  /// The signal that requested the end, if any.
  static var signal: Int32? { state.lock.withLock { state.signal } }

  /// True if the work should stop.
  static var isRequested: Bool { signal != nil }

  /// Starts listening.
  static func begin() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    let readEnd = ends[0]
    writeEnd = ends[1]
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    Thread.detachNewThread {
      var number: UInt8 = 0
      var count = 0
      repeat { count = read(readEnd, &number, 1) } while count < 0 && errno == EINTR
      guard count == 1 else { return }
      state.lock.withLock { state.signal = Int32(number) }
      usleep(patience)
      _exit(128 + Int32(number))
    }
    var listened = sigset_t()
    sigemptyset(&listened)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      sigaddset(&listened, number)
      let before = systemSignal(number) { received in
        let before = errno
        var number = UInt8(truncatingIfNeeded: received)
        _ = systemWrite(Interruption.writeEnd, &number, 1)
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

  private final class State: @unchecked Sendable {
    let lock = NSLock()
    var signal: Int32?
  }
}

/// `signal(2)`, whose name is shadowed above.
private func systemSignal(_ number: Int32, _ handler: sig_t?) -> sig_t? { signal(number, handler) }
