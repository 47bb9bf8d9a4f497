/// The exit codes and their meanings, as the help lists them.
///
/// They are those of BSD's sysexits(3), 128 plus the number of a signal, and three small numbers for commands that have done
/// their work.
enum ExitCodes {
  /// An output of a run has no finite draw; its files are written.
  static let noFiniteDraw: Int32 = 3
  /// A results folder is not as recorded.
  static let difference: Int32 = 4

  /// Another program or a library that the command needs is not there, or refuses.
  static let unavailable: Int32 = 69

  /// A part was interrupted; what is done is kept, and the same command goes on. Or parts need another round.
  static let tryAgain: Int32 = 75

  /// Work that would need more memory than it may use, or memory that the system has refused.
  static let memory: Int32 = 71

  /// Each code with its meaning, in ascending order.
  static let all: [(code: Int32, meaning: String)] = [
    (0, "success"),
    (1, "changes pending (migrate --check)"),
    (noFiniteDraw, "an output without a finite draw (run; the files are written)"),
    (difference, "a results folder that is not as recorded (verify)"),
    (64, "usage error"),
    (65, "invalid scenario"),
    (66, "missing input file"),
    (unavailable, "OpenBLAS or SQLite cannot be loaded, or a scheduler does not take the scripts (submit --go)"),
    (70, "internal error"),
    (memory, "more memory needed than --memory allows, or refused by the system"),
    (74, "output error, or an error of the system while results are read"),
    (
      tryAgain,
      "interrupted, and what is done is kept for the same command (--shard); or another round of parts is needed (merge)"
    ),
    (129, "interrupted by SIGHUP (the terminal was closed)"),
    (130, "interrupted by SIGINT (Ctrl-C)"),
    (143, "interrupted by SIGTERM"),
  ]

  /// All codes in one sentence.
  static var summary: String { all.map { "\($0.code) \($0.meaning)" }.joined(separator: "; ") }
}
