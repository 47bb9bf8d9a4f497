import Foundation
import TextFormats

/// Preparations before a command is parsed.
enum Startup {
  /// Installs signal handling: a closed pipe ends the process like any filter, a file beyond the size limit gives an
  /// error instead of ending the process, Ctrl-C stops the work, and traps print a request for a report.
  static func prepare() {
    signal(SIGPIPE, SIG_DFL)
    signal(SIGXFSZ, SIG_IGN)
    CrashReport.install()
    Interruption.begin()
  }

  /// The program's name and arguments. Bytes that are not UTF-8 are kept, because they may be part of a path.
  static var arguments: [String] {
    (0..<Int(CommandLine.argc)).compactMap { number in
      CommandLine.unsafeArgv[number].map {
        ByteText.text(of: UnsafeRawBufferPointer(start: $0, count: strlen($0)))
      }
    }
  }
}
