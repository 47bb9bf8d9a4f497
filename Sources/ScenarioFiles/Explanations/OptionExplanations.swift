import Diagnostics

extension OptionCode: ExplainedSection {
  static let title = "Commands and flags"

  var explanation: Explanation {
    switch self {
    case .usage:
      Explanation(
        """
        A command, a flag or the value of a flag is invalid. `loadcast help COMMAND` lists the flags of a command.
        """,
        wrong: Self.small("run", "--drawz=1k"), fixed: Self.small("run", "--draws=1k"))
    case .unknownCode:
      Explanation(
        """
        `loadcast explain` knows only the codes that it lists when it is run without arguments. A code is a section and \
        a kind, separated by a dot.
        """,
        wrong: Example(Self.scenario, "explain", "units.mismach"),
        fixed: Example(Self.scenario, "explain", "units.mismatch"))
    case .unknownCommand:
      Explanation(
        """
        There is no command of this name, or no command at all. `loadcast help` lists the commands.
        """,
        wrong: Self.small("runn", "--draws=1k"), fixed: Self.small("run", "--draws=1k"))
    case .replaced:
      Explanation(
        """
        The flag had this name in an earlier version. The message gives the current name.
        """,
        wrong: Self.small("run", "--draws=1k", "--exact"), fixed: Self.small("run", "--draws=1k", "--exact-quantiles"))
    case .number:
      Explanation(
        """
        The value of the flag is not a number, or is outside the range of the flag. Large numbers may be written with \
        the suffixes `k`, `M`, `B` and `T`.
        """,
        wrong: Self.small("run", "--draws=many"), fixed: Self.small("run", "--draws=10k"))
    case .value:
      Explanation(
        """
        The flag takes one of several names, and this is not one of them. The message gives the nearest name, or lists \
        all if they are few.
        """,
        wrong: Self.small("sensitivity", "--method=sobl"), fixed: Self.small("sensitivity", "--method=sobol"))
    case .form:
      Explanation(
        """
        The value of the flag does not have the required form. `loadcast help COMMAND` describes it.
        """,
        wrong: Self.small("sensitivity", "--group=pue"), fixed: Self.small("sensitivity", "--group=both=pue,load"))
    case .output:
      Explanation(
        """
        The flag names an output that the scenario does not have, or an analysis has no output to explain. Outputs are \
        listed under `outputs:`.
        """,
        wrong: Self.small("run", "--draws=1k", "--show=facilty"),
        fixed: Self.small("run", "--draws=1k", "--show=facility"))
    case .combination:
      Explanation(
        """
        The flags exclude each other, or a flag needs another one that is missing.
        """,
        wrong: Self.small("sensitivity", "--all", "--method=sobol"), fixed: Self.small("sensitivity", "--method=sobol"))
    case .sweep:
      Explanation(
        """
        A sweep needs values that vary: `--vary 'NAME=VALUE,VALUE'`, a sweep that the scenario defines under `sweeps:`, \
        or a table of variants.
        """,
        wrong: Self.small("sweep", "--draws=1k"), fixed: Self.small("sweep", "--draws=1k", "--vary=load=0.5,0.6"))
    case .method:
      Explanation(
        """
        The sensitivity method cannot be applied to this scenario, because its estimates would have no meaning. The \
        message names methods that can.
        """,
        wrong: Self.correlated("--method=sobol"), fixed: Self.correlated("--method=given-data"))
    case .fileExists:
      Explanation(
        """
        `loadcast init` never overwrites a file, and `loadcast chart` writes the data and metadata of a chart beside it \
        only in place of those of a chart. Give the name of a new file.
        """,
        wrong: Example(Self.scenario, "init", Example.scenarioName), fixed: Example(Self.scenario, "init", "new.yaml"))
    }
  }

  // MARK: Scenarios of the examples

  private static let scenario = """
    inputs:
      load: 40% to 60%
      pue: 1.1 to 1.5
    equations:
      facility: load * pue
    """

  /// A command on a small scenario; files are written to the folder `results`.
  private static func small(_ command: String, _ flags: String...) -> Example {
    Example(scenario, words: [command, Example.scenarioName] + flags + ["--out=results"])
  }

  private static func correlated(_ flag: String) -> Example {
    Example(
      scenario.replacing("equations:", with: "correlations: [[load, pue, 0.5]]\nequations:"), "sensitivity",
      Example.scenarioName, flag, "--draws=10k", "--out=results")
  }
}
