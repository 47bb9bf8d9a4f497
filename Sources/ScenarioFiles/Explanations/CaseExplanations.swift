import Diagnostics

extension CaseCode: ExplainedSection {
  static let title = "Observed cases"

  private static let fleet = "inputs:\n  fleet: 10 to 20\n  pue: 1.1 to 1.5\nequations:\n  load: fleet * pue"
  private static let growth =
    "indexes:\n  year: 2025..2026\ninputs:\n  growth: {over: year, value: 1.1 to 1.5, dependence: shared}"
  private static let hours = "inputs:\n  power: 10 to 15\n  hours: 8760\nequations:\n  energy: power * hours / 1000"
  private static let mix =
    "indexes:\n  source: [coal, clean]\ninputs:\n  mix: {over: source, value: \"dirichlet(coal=2, clean=3)\"}\n"
    + "equations:\n  emissions: mix[source=coal] * 1"

  var explanation: Explanation {
    switch self {
    case .column:
      Explanation(
        """
        A column of a table of cases is named after an input, `NAME` or `NAME[label]`, or is `observed.NAME` for an \
        output. A unit may follow after a space. `case`, `group`, `source`, `note` and `note.…` are the other \
        columns.
        """,
        wrong: Example(
          Self.fleet, files: ["cases.csv": "case,2025 fleet,observed.load\nfirst,12,15\nsecond,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"),
        fixed: Example(
          Self.fleet, files: ["cases.csv": "case,fleet,observed.load\nfirst,12,15\nsecond,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"))
    case .unknownInput:
      Explanation(
        """
        A column of a table of cases sets an input, and the scenario has no input with this name. Observed values of \
        outputs have columns that begin with `observed.`.
        """,
        wrong: Example(
          Self.fleet, files: ["cases.csv": "case,fleets,observed.load\nfirst,12,15\nsecond,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"),
        fixed: Example(
          Self.fleet, files: ["cases.csv": "case,fleet,observed.load\nfirst,12,15\nsecond,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"))
    case .unknownOutput:
      Explanation(
        """
        A column `observed.NAME` contains observed values of an output, and the scenario has no output with this \
        name.
        """,
        wrong: Example(
          Self.fleet, files: ["cases.csv": "case,fleet,observed.loads\nfirst,12,15\nsecond,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"),
        fixed: Example(
          Self.fleet, files: ["cases.csv": "case,fleet,observed.load\nfirst,12,15\nsecond,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"))
    case .labels:
      Explanation(
        """
        A column for one cell of an input or output names one label of each of its indexes, in the alphabetical order \
        of the indexes' names.
        """,
        wrong: Example(
          Self.fleet, files: ["cases.csv": "case,fleet[us],observed.load\nfirst,12,15\nsecond,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"),
        fixed: Example(
          Self.fleet, files: ["cases.csv": "case,fleet,observed.load\nfirst,12,15\nsecond,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"))
    case .cell:
      Explanation(
        """
        A value was observed for one cell of an output. If the output has indexes, the column names their labels.
        """,
        wrong: Example(
          Self.growth, files: ["cases.csv": "case,observed.growth\nfirst,1.3\nsecond,1.4"], "backtest", "scenario.yaml",
          "--cases=cases.csv", "--draws=1k", "--out=results"),
        fixed: Example(
          Self.growth, files: ["cases.csv": "case,observed.growth[2026]\nfirst,1.3\nsecond,1.4"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"))
    case .overlap:
      Explanation(
        """
        Two columns of a table of cases contain values for the same cell, for example `NAME` for all cells and \
        `NAME[label]` for one of them.
        """,
        wrong: Example(
          Self.growth,
          files: ["cases.csv": "case,growth,growth[2025],observed.growth[2026]\nfirst,1.2,1.3,1.3\nsecond,1.3,1.4,1.4"],
          "backtest", "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"),
        fixed: Example(
          Self.growth, files: ["cases.csv": "case,growth[2025],observed.growth[2026]\nfirst,1.3,1.3\nsecond,1.4,1.4"],
          "backtest", "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"))
    case .unobserved:
      Explanation(
        """
        A back-test compares outputs with observed values, so at least one column must be named `observed.NAME`.
        """,
        wrong: Example(
          Self.fleet, files: ["cases.csv": "case,fleet\nfirst,12\nsecond,16"], "backtest", "scenario.yaml",
          "--cases=cases.csv", "--draws=1k", "--out=results"),
        fixed: Example(
          Self.fleet, files: ["cases.csv": "case,fleet,observed.load\nfirst,12,15\nsecond,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"))
    case .count:
      Explanation(
        """
        A table of cases has no rows below the header, or more than a back-test can score.
        """,
        wrong: Example(
          Self.fleet, files: ["cases.csv": "case,fleet,observed.load"], "backtest", "scenario.yaml",
          "--cases=cases.csv", "--draws=1k", "--out=results"),
        fixed: Example(
          Self.fleet, files: ["cases.csv": "case,fleet,observed.load\nfirst,12,15\nsecond,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"))
    case .repeated:
      Explanation(
        """
        Two rows of a table of cases have the same name in the column `case`. Names identify cases in the results, \
        so they must differ.
        """,
        wrong: Example(
          Self.fleet, files: ["cases.csv": "case,fleet,observed.load\nfirst,12,15\nfirst,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"),
        fixed: Example(
          Self.fleet, files: ["cases.csv": "case,fleet,observed.load\nfirst,12,15\nsecond,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"))
    case .value:
      Explanation(
        """
        A case sets an input to a number or to a distribution of constants. An observed value is a number.
        """,
        wrong: Example(
          Self.fleet, files: ["cases.csv": "case,fleet,observed.load\nfirst,12,14 to 16\nsecond,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"),
        fixed: Example(
          Self.fleet, files: ["cases.csv": "case,fleet,observed.load\nfirst,12,15\nsecond,16,20"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"))
    case .distribution:
      Explanation(
        """
        A case may replace the distribution of an input by another one. An input that is constant in the scenario, \
        or a cell that is interpolated, has no distribution that could be replaced.
        """,
        wrong: Example(
          Self.hours, files: ["cases.csv": "case,hours,observed.energy\nfirst,8000 to 8500,95\nsecond,8500,110"],
          "backtest", "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"),
        fixed: Example(
          Self.hours, files: ["cases.csv": "case,hours,observed.energy\nfirst,8200,95\nsecond,8500,110"], "backtest",
          "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"))
    case .shares:
      Explanation(
        """
        The shares of an input sum to 1, so changing one of them alone is impossible. A case sets all shares, with \
        the sum 1, or none.
        """,
        wrong: Example(
          Self.mix, files: ["cases.csv": "case,mix[coal],observed.emissions\nfirst,0.5,0.5\nsecond,0.3,0.4"],
          "backtest", "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"),
        fixed: Example(
          Self.mix,
          files: ["cases.csv": "case,mix[coal],mix[clean],observed.emissions\nfirst,0.5,0.5,0.5\nsecond,0.3,0.7,0.4"],
          "backtest", "scenario.yaml", "--cases=cases.csv", "--draws=1k", "--out=results"))
    }
  }
}
