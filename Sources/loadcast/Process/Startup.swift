import CStartup
import Foundation
import TextFormats

/// Preparations before a command is parsed.
enum Startup {
  /// Opens missing standard streams and installs signal handling: a closed pipe ends the process like any filter, a file
  /// beyond the size limit gives an error instead of ending the process, Ctrl-C stops the work, and traps print a
  /// request for a report. The stack may grow to the depth of any formula.
  static func prepare() {
    openStandardStreams()
    raiseStackLimit()
    signal(SIGPIPE, SIG_DFL)
    signal(SIGXFSZ, SIG_IGN)
    CrashReport.install()
    Interruption.begin()
  }

  /// The program's name and arguments. Bytes that are not UTF-8 are kept, because they may be part of a path.
  static var arguments: [String] {
    // The runtime reads them from /proc, which may be missing.
    var count: Int32 = 0
    let given = loadcast_arguments(&count)
    let values = given ?? UnsafePointer(CommandLine.unsafeArgv)
    return (0..<Int(given == nil ? CommandLine.argc : count)).compactMap { number in
      values[number].map {
        ByteText.text(of: UnsafeRawBufferPointer(start: $0, count: strlen($0)))
      }
    }
  }

  /// Opens those of the descriptors 0 to 2 that are closed, so that no file of a command receives one of them and, with
  /// it, what is meant for a standard stream.
  ///
  /// Each is opened in the direction in which nobody uses it, so that a use fails as it does with a closed descriptor:
  /// a result that cannot be printed is an error.
  private static func openStandardStreams() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
      // The lowest free descriptor is this one.
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// Raises the limit of the main thread's stack, as far as the system permits: Linux lets it grow to the limit of the
  /// moment. The longest formula needs 2 MB in a release build and between 8 and 16 MB in a debug build.
  private static func raiseStackLimit() {
    #if canImport(Glibc)
    let stack = __rlimit_resource_t(RLIMIT_STACK.rawValue)
    #else
    let stack = RLIMIT_STACK
    #endif
    var limit = rlimit()
    let wanted: rlim_t = 64 << 20
    guard getrlimit(stack, &limit) == 0, limit.rlim_cur < wanted else { return }
    limit.rlim_cur = min(wanted, limit.rlim_max)
    setrlimit(stack, &limit)
  }
}
