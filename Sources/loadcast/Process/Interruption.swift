import Foundation

/// Ctrl-C and its like: the work is asked to stop, and the process ends within a second even where nothing asks.
///
/// The handler only writes the signal's number to a pipe, which a thread of its own reads: next to nothing may be done
/// inside a handler. (To block the signals and wait for them is no way out: libraries make threads before `main`.)
/// Files in the making have no names, so none is left half.
enum Interruption {
  /// The time for an orderly end; the promise is a second.
  private static let patience: useconds_t = 700_000

  private static let state = State()

  /// The pipe's end that the handler writes to; set once, before there is a handler.
  nonisolated(unsafe) private static var writeEnd: Int32 = -1

  /// The signal that asked for an end, if one did.
  static var signal: Int32? { state.lock.withLock { state.signal } }

  /// Whether the work should stop.
  static var isRequested: Bool { signal != nil }

  /// Begins to listen.
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
    // A parent's blocked signals are inherited, and threads of some libraries that start programs block all of them.
    pthread_sigmask(SIG_UNBLOCK, &listened, nil)
  }

  private final class State: @unchecked Sendable {
    let lock = NSLock()
    var signal: Int32?
  }
}

/// `signal(2)`, whose name is taken above.
private func systemSignal(_ number: Int32, _ handler: sig_t?) -> sig_t? { signal(number, handler) }
