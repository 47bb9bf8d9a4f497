import Diagnostics

extension SweepCode: ExplainedSection {
  static let title = "Sweeps"

  var explanation: Explanation {
    switch self {
    case .form:
      Explanation(
        """
        A variation is a name and its values: in a scenario `NAME: [value, value]`, on the command line `--vary \
        NAME=value,value`.
        """,
        wrong: Self.cooling("vary:", "  pue: {low: 1.1, high: 1.5}"),
        fixed: Self.cooling("vary:", "  pue: [1.1, 1.2]"))
    case .missing:
      Explanation(
        """
        A sweep needs at least one variation: `vary:` with a list of values for each name, or `table:` with the path \
        of a CSV file.
        """,
        wrong: Self.cooling("about: Better cooling"),
        fixed: Self.cooling("about: Better cooling", "vary:", "  pue: [1.1, 1.2]"))
    case .repeated:
      Explanation(
        """
        Two sweeps have the same name, or two variations of a sweep change the same quantity.
        """,
        wrong: Self.cooling("vary:", "  pue*: [0.9, 1.1]", "  pue *: [0.8, 1.2]"),
        fixed: Self.cooling("vary:", "  pue*: [0.8, 0.9, 1.1, 1.2]"))
    case .conflict:
      Explanation(
        """
        A table lists the variants of a sweep completely, so a sweep with `table` has neither `vary` nor `pairing`.
        """,
        wrong: Example(
          """
          inputs:
            pue: 1.1 to 1.5
          sweeps:
            cooling:
              table: variants.csv
              pairing: grid
          """, files: ["variants.csv": "pue\n1.1\n1.2"]),
        fixed: Example(
          """
          inputs:
            pue: 1.1 to 1.5
          sweeps:
            cooling:
              table: variants.csv
          """, files: ["variants.csv": "pue\n1.1\n1.2"]))
    case .pairing:
      Explanation(
        """
        `pairing: grid` combines all values of all variations; `pairing: one-at-a-time` changes one quantity in each \
        variant.
        """,
        wrong: Self.cooling("vary:", "  pue: [1.1, 1.2]", "pairing: all"),
        fixed: Self.cooling("vary:", "  pue: [1.1, 1.2]", "pairing: grid"))
    case .value:
      Explanation(
        """
        A list of values is empty, a value between two commas is missing, or an item of a list is itself a list.
        """,
        wrong: Self.cooling("vary:", "  pue: []"),
        fixed: Self.cooling("vary:", "  pue: [1.1, 1.2]"))
    case .range:
      Explanation(
        """
        A range of values is invalid. It goes from a smaller to a larger number in the same unit; a range of numbers \
        that are not integers has a step, `by 0.1`, or a number of values, `in 5`.
        """,
        wrong: Self.cooling("vary:", "  pue: 1.5..1.1 by 0.1"),
        fixed: Self.cooling("vary:", "  pue: 1.1..1.5 by 0.1"))
    case .variantName:
      Explanation(
        """
        A column `variant` in a table names the variants. Each needs a different name, and 0 is reserved for the \
        unchanged scenario.
        """,
        wrong: Example(
          """
          inputs:
            pue: 1.1 to 1.5
          sweeps:
            cooling:
              table: variants.csv
          """, files: ["variants.csv": "variant,pue\nair,1.4\nair,1.1"]),
        fixed: Example(
          """
          inputs:
            pue: 1.1 to 1.5
          sweeps:
            cooling:
              table: variants.csv
          """, files: ["variants.csv": "variant,pue\nair,1.4\nwater,1.1"]))
    case .empty:
      Explanation(
        """
        A table of variants has no rows below its header.
        """,
        wrong: Example(
          """
          inputs:
            pue: 1.1 to 1.5
          sweeps:
            cooling:
              table: variants.csv
          """, files: ["variants.csv": "variant,pue"]),
        fixed: Example(
          """
          inputs:
            pue: 1.1 to 1.5
          sweeps:
            cooling:
              table: variants.csv
          """, files: ["variants.csv": "variant,pue\nair,1.4\nwater,1.1"]))
    case .tooMany:
      Explanation(
        """
        A sweep has more than 100,000 variants. `pairing: grid` creates a variant for every combination of values.
        """,
        wrong: Self.cooling("vary:", "  pue: 1..1000000"),
        fixed: Self.cooling("vary:", "  pue: 1..3"))
    case .setting:
      Explanation(
        """
        A sweep varies inputs and the settings `run.draws`, `run.seed` and `run.design`. Other settings are the same \
        for all variants.
        """,
        wrong: Example(
          """
          inputs:
            pue: 1.1 to 1.5
          """, "sweep", "scenario.yaml", "--vary=run.tolerance=0.1", "--draws=1k", "--out=results"),
        fixed: Example(
          """
          inputs:
            pue: 1.1 to 1.5
          """, "sweep", "scenario.yaml", "--vary=run.seed=1,2", "--draws=1k", "--out=results"))
    }
  }

  /// An input, and the lines of a sweep.
  private static func cooling(_ lines: String...) -> Example {
    Example(
      """
      inputs:
        pue: 1.1 to 1.5
      sweeps:
        cooling:
      \(lines.map { "    \($0)" }.joined(separator: "\n"))
      """)
  }
}
