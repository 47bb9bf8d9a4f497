import Diagnostics
import Modeling
import Simulation

/// The warning that the system has refused threads.
enum WorkerShortage {
  /// Prints the warning on standard error, unless nothing was refused or the command prints only errors.
  ///
  /// It comes after the results, because threads are started throughout a command.
  static func report(_ arguments: [String]) {
    guard let shortage = ThreadSupply.shortage, !arguments.prefix(while: { $0 != "--" }).contains("--quiet") else {
      return
    }
    DiagnosticText.print([Diagnostic(.fewerThreads(shortage.started, needed: shortage.needed), at: nil)])
  }
}
