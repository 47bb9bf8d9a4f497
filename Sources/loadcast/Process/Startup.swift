import Foundation

/// What is arranged before a command is parsed.
enum Startup {
  /// Signals: a reader who has gone ends us like any filter, a file beyond the size limit is an error and not the end,
  /// Ctrl-C stops the work, traps say how to report them.
  static func prepare() {
    signal(SIGPIPE, SIG_DFL)
    signal(SIGXFSZ, SIG_IGN)
    CrashReport.install()
    Interruption.begin()
  }
}
