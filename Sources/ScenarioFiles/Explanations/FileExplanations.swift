import Modeling

extension FileCode: ExplainedSection {
  static let title = "Files"

  var explanation: Explanation {
    switch self {
    case .unwritable:
      Explanation(
        """
        A result cannot be written. The folder given by `--out` may be below a file, permissions may be missing, or the \
        disk may be full. Files that a run had begun to write are removed.
        """,
        wrong: Example("inputs:\n  pue: 1.1 to 1.5", "run", "scenario.yaml", "--draws=1k", "--out=scenario.yaml/x"),
        fixed: Example("inputs:\n  pue: 1.1 to 1.5", "run", "scenario.yaml", "--draws=1k", "--out=results"))
    }
  }
}
