import Foundation
import LinearAlgebra

/// What is arranged before a command is parsed.
enum Startup {
  /// Signals: a reader who has gone ends us like any filter, a file beyond the size limit is an error and not the end,
  /// Ctrl-C stops the work, traps say how to report them. The cores are ours from the start.
  static func prepare() {
    signal(SIGPIPE, SIG_DFL)
    signal(SIGXFSZ, SIG_IGN)
    SingleThreadedBLAS.begin()
    CrashReport.install()
    Interruption.begin()
  }
}
