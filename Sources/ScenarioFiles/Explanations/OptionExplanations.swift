import Modeling

extension OptionCode: ExplainedSection {
  static let title = "Commands and flags"

  var explanation: Explanation {
    switch self {
    case .usage:
      Explanation(
        """
        A command, a flag or the value of a flag is invalid. `loadcast help COMMAND` lists the flags of a command.
        """,
        wrong: Example("inputs:\n  pue: 1.1 to 1.5", "run", "scenario.yaml", "--drawz=1k"),
        fixed: Example("inputs:\n  pue: 1.1 to 1.5", "run", "scenario.yaml", "--draws=1k"))
    case .unknownCode:
      Explanation(
        """
        `loadcast explain` knows only the codes that it lists when it is run without arguments. A code is a section and \
        a kind, separated by a dot.
        """,
        wrong: Example("inputs:\n  pue: 1.1 to 1.5", "explain", "units.mismach"),
        fixed: Example("inputs:\n  pue: 1.1 to 1.5", "explain", "units.mismatch"))
    }
  }
}
