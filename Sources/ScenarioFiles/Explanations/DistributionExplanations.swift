import Diagnostics

extension DistributionCode: ExplainedSection {
  static let title = "Distributions and intervals"

  var explanation: Explanation {
    switch self {
    case .unknown:
      Explanation(
        """
        There is no distribution of this name. The message gives the nearest name, if there is one.
        """,
        wrong: """
          inputs:
            pue: trianglar(1.1, 1.2, 1.5)
          """,
        fixed: """
          inputs:
            pue: triangular(1.1, 1.2, 1.5)
          """)
    case .notConstant:
      Explanation(
        """
        The value of an input, and an end of an interval, cannot name other inputs or equations. A value that is \
        computed from others is an equation; a distribution can have arguments that name others.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
            losses: pue - 1
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            losses: pue - 1
          """)
    case .combination:
      Explanation(
        """
        The value of an input is one distribution, to which constants may be added or by which it may be multiplied. \
        Everything else is an equation.
        """,
        wrong: """
          inputs:
            pue: normal(0.6, 0.1) + normal(0.7, 0.1)
          """,
        fixed: """
          inputs:
            base: normal(0.6, 0.1)
            further: normal(0.7, 0.1)
          equations:
            pue: base + further
          """)
    case .interval:
      Explanation(
        """
        An interval is written `low to high`, with different ends. Its distribution is lognormal if both ends are \
        positive and normal if they have different signs, so neither end can be 0. A width after `within` is a \
        probability.
        """,
        wrong: """
          inputs:
            pue: 1.5 to 1.1
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          """)
    case .finite:
      Explanation(
        """
        A value must be a finite number. The value written here is infinite, undefined, or beyond the range of \
        floating-point numbers.
        """,
        wrong: """
          inputs:
            pue: 1 / 0
          """,
        fixed: """
          inputs:
            pue: 1 / 2
          """)
    case .domain:
      Explanation(
        """
        An argument of a distribution is outside its domain: a standard deviation is above 0, a probability is from 0 \
        to 1.
        """,
        wrong: """
          inputs:
            pue: normal(1.3, -0.1)
          """,
        fixed: """
          inputs:
            pue: normal(1.3, 0.1)
          """)
    case .order:
      Explanation(
        """
        Arguments of a distribution are in the wrong order: its low end is above its mode, or its mode above its high \
        end.
        """,
        wrong: """
          inputs:
            pue: triangular(1.1, 1.6, 1.5)
          """,
        fixed: """
          inputs:
            pue: triangular(1.1, 1.2, 1.5)
          """)
    case .arguments:
      Explanation(
        """
        A distribution has too few or too many arguments, an argument of a name that it does not have, or two forms \
        mixed. The message shows how it is written.
        """,
        wrong: """
          inputs:
            pue: triangular(1.1, 1.5)
          """,
        fixed: """
          inputs:
            pue: triangular(1.1, 1.2, 1.5)
          """)
    case .argument:
      Explanation(
        """
        An argument of a distribution is a number, or a formula over indexes of the input. Another distribution is an \
        input of its own, which the argument names.
        """,
        wrong: """
          inputs:
            pue: normal(normal(1.3, 0.1), 0.1)
          """,
        fixed: """
          inputs:
            centre: normal(1.3, 0.1)
            pue: normal(centre, 0.1)
          """)
    case .probability:
      Explanation(
        """
        A probability or a weight is a number from 0 to 1, or a percentage from 0 % to 100 %.
        """,
        wrong: """
          inputs:
            x: discrete(1=30, 2=70)
          """,
        fixed: """
          inputs:
            x: discrete(1=30%, 2=70%)
          """)
    case .sum:
      Explanation(
        """
        The probabilities, weights or shares of a distribution must sum to 1.
        """,
        wrong: """
          inputs:
            x: discrete(1=30%, 2=60%)
          """,
        fixed: """
          inputs:
            x: discrete(1=30%, 2=70%)
          """)
    case .truncation:
      Explanation(
        """
        `truncate(distribution, low, high)` takes a distribution of numbers and at least one end. The low end is below \
        the high end, and the distribution has values between them.
        """,
        wrong: """
          inputs:
            pue: truncate(normal(1.3, 0.1), 1.5, 1)
          """,
        fixed: """
          inputs:
            pue: truncate(normal(1.3, 0.1), 1, 1.5)
          """)
    case .mixture:
      Explanation(
        """
        `mixture` takes at least two distributions of numbers, and a weight for each.
        """,
        wrong: """
          inputs:
            pue: mixture(1.1 to 1.3, 1.5 to 2, weights=(0.3, 0.3, 0.4))
          """,
        fixed: """
          inputs:
            pue: mixture(1.1 to 1.3, 1.5 to 2, weights=(0.3, 0.7))
          """)
    case .outcomes:
      Explanation(
        """
        The outcomes of `discrete` are different numbers, or labels of one index, each with its probability.
        """,
        wrong: """
          inputs:
            x: discrete(1, 2=70%)
          """,
        fixed: """
          inputs:
            x: discrete(1=30%, 2=70%)
          """)
    case .data:
      Explanation(
        """
        `empirical` takes the path of a CSV file in quotes, the name of a column unless there is only one, and a \
        shape. Each value of the column is a number.
        """,
        wrong: Example(
          """
          inputs:
            pue: empirical("pue.csv")
          """, files: ["pue.csv": "pue,site\n1.1,1\n1.3,2\n1.5,3"]),
        fixed: Example(
          """
          inputs:
            pue: empirical("pue.csv", column="pue")
          """, files: ["pue.csv": "pue,site\n1.1,1\n1.3,2\n1.5,3"]))
    case .shares:
      Explanation(
        """
        `shares` and `dirichlet` need a positive number for each label of one index of the input, or one formula over \
        that index.
        """,
        wrong: """
          indexes:
            source: [coal, gas]
          inputs:
            mix: {over: source, value: "dirichlet(coal=6)"}
          """,
        fixed: """
          indexes:
            source: [coal, gas]
          inputs:
            mix: {over: source, value: "dirichlet(coal=6, gas=4)"}
          """)
    case .concentration:
      Explanation(
        """
        `shares` needs a concentration above 0, which states how well the shares are known: with concentration c a \
        share s has a standard deviation of sqrt(s (1 - s) / (c + 1)). Very large concentrations cannot be drawn; such \
        shares are constants.
        """,
        wrong: """
          indexes:
            source: [coal, gas]
          inputs:
            mix: {over: source, value: "shares(coal=60%, gas=40%)"}
          """,
        fixed: """
          indexes:
            source: [coal, gas]
          inputs:
            mix: {over: source, value: "shares(coal=60%, gas=40%, concentration=10)"}
          """)
    case .difference:
      Explanation(
        """
        Two numbers with a minus sign between them are a difference, even if a range was meant. A range is written \
        `low to high`.
        """,
        wrong: """
          inputs:
            x: normal(3 * (2-4), 1)
          """,
        fixed: """
          inputs:
            x: normal(3 * 3, 1)
          """)
    case .percentage:
      Explanation(
        """
        A value in percent is probably a share, but its distribution has draws outside 0 to 100 %. A beta distribution \
        stays inside. Quantities whose name or use marks them as growth rates are exempt.
        """,
        wrong: """
          inputs:
            load: 40% to 88%
          """,
        fixed: """
          inputs:
            load: beta(40% to 88%)
          """)
    case .spread:
      Explanation(
        """
        A percentage is an absolute number, so a standard deviation of 20 % is 0.2, not 20 % of the mean. For a \
        relative spread, write the absolute value. `lognormal(mu, sigma)` has the mean and the standard deviation \
        of the logarithm; those of the value itself are `lognormal(mean=10, sd=2)`.
        """,
        wrong: """
          inputs:
            x: normal(10, 20%)
          """,
        fixed: """
          inputs:
            x: normal(10, 2)
          """)
    case .share:
      Explanation(
        """
        A number above 1 without a percent sign is used where a percentage is expected, or mixed with percentages. \
        `40` is 4000 %, not 40 %.
        """,
        wrong: Example(
          """
          inputs:
            load: beta(20% to 60%)
          """, "check", "scenario.yaml", "--strict", "--set=load=40"),
        fixed: Example(
          """
          inputs:
            load: beta(20% to 60%)
          """, "check", "scenario.yaml", "--strict", "--set=load=40%"))
    }
  }
}
