import Modeling

extension RunCode: ExplainedSection {
  static let title = "Runs that end without a result"

  var explanation: Explanation {
    switch self {
    case .interrupted:
      Explanation(
        withoutExample: """
          The command was interrupted, by Ctrl-C or by a signal. No file was written; files of earlier runs are \
          unchanged. The exit code is 128 plus the number of the signal.
          """)
    case .internalError:
      Explanation(
        withoutExample: """
          Loadcast has failed because of a fault of its own; the scenario is not to blame. Please report the message \
          with the scenario, the command and the version.
          """)
    }
  }
}
