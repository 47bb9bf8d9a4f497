import Diagnostics

extension AssignmentCode: ExplainedSection {
  static let title = "Values given by --set"

  var explanation: Explanation {
    switch self {
    case .form:
      Explanation(
        """
        `--set` takes one of four forms: `NAME=value`, `NAME.ARGUMENT=value`, `NAME*=number` and `NAME[label]=value`. In \
        a shell, the last two are written in single quotes.
        """,
        wrong: Self.example("--set=pue"), fixed: Self.example("--set=pue=1.2"))
    case .notAnInput:
      Explanation(
        """
        Only inputs and references can be set. The value of an equation follows from its formula.
        """,
        wrong: Self.example("--set=facility=3 kWh"), fixed: Self.example("--set=energy=3 kWh"))
    case .argument:
      Explanation(
        """
        `--set NAME.ARGUMENT=value` replaces one argument of the input's distribution, and that distribution does not \
        have it. An interval has the arguments `low` and `high`; a constant has none.
        """,
        wrong: Self.example("--set=pue.median=1.2"), fixed: Self.example("--set=pue.high=1.4"))
    case .factor:
      Explanation(
        """
        `--set NAME*=number` multiplies all values of an input by a pure number. It cannot multiply labels.
        """,
        wrong: Self.example("--set=energy*=2 kWh"), fixed: Self.example("--set=energy*=2"))
    case .cell:
      Explanation(
        """
        `--set NAME[label]=value` replaces one cell of an input. It needs one label for each index of the input, in \
        the alphabetical order of the indexes' names, or with those names: `NAME[region=us,year=2025]`.
        """,
        wrong: Self.example("--set=energy[us]=2 kWh"), fixed: Self.example("--set=energy=2 kWh"))
    }
  }

  /// A small scenario, checked with a flag.
  private static func example(_ flag: String) -> Example {
    Example(
      """
      inputs:
        energy: 2 kWh
        pue: 1.1 to 1.5
      equations:
        facility: energy * pue
      outputs:
        facility: {unit: kWh}
      """, "check", Example.scenarioName, flag)
  }
}
