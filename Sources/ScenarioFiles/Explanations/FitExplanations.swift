import Diagnostics

extension FitCode: ExplainedSection {
  static let title = "Distributions fitted to quantiles"

  var explanation: Explanation {
    switch self {
    case .impossible:
      Explanation(
        """
        No distribution of the family has these quantiles. The message gives the nearest feasible interval, or the \
        feasible range of the middle quantile, if there is one; `quantiles(…)` fits almost any values.
        """,
        wrong: """
          inputs:
            x: triangular(5%=1, 50%=9.9, 95%=10)
          """,
        fixed: """
          inputs:
            x: quantiles(5%=1, 50%=8, 95%=10)
          """)
    case .ambiguous:
      Explanation(
        """
        Several distributions of the family have these quantiles, so the fit is not unique. Give one of the arguments \
        instead of a quantile.
        """,
        wrong: """
          inputs:
            x: loglogistic(50%=2, scale=2)
          """,
        fixed: """
          inputs:
            x: loglogistic(90%=4, scale=2)
          """)
    case .family:
      Explanation(
        """
        A distribution is fitted to an interval if exactly two of its arguments are free. Give the other arguments in \
        addition to the interval.
        """,
        wrong: """
          inputs:
            x: student(1 to 3)
          """,
        fixed: """
          inputs:
            x: student(4, 1 to 3)
          """)
    case .form:
      Explanation(
        """
        A fit takes a single, unnamed interval, as in `beta(25% to 62%)`.
        """,
        wrong: """
          inputs:
            load: beta(25% to 62%, 30% to 70%)
          """,
        fixed: """
          inputs:
            load: beta(25% to 62%)
          """)
    case .count:
      Explanation(
        """
        A distribution is fitted to as many quantiles as it has free arguments: two for a normal distribution.
        """,
        wrong: """
          inputs:
            x: normal(5%=1, 50%=2, 95%=4)
          """,
        fixed: """
          inputs:
            x: quantiles(5%=1, 50%=2, 95%=4)
          """)
    case .order:
      Explanation(
        """
        Quantiles must increase with their probabilities.
        """,
        wrong: """
          inputs:
            x: quantiles(5%=3, 50%=2, 95%=4)
          """,
        fixed: """
          inputs:
            x: quantiles(5%=1, 50%=2, 95%=4)
          """)
    case .probability:
      Explanation(
        """
        A quantile is written with its probability, which is between 0 and 1: `5%=1.1`.
        """,
        wrong: """
          inputs:
            x: lognormal(0%=1, 95%=4)
          """,
        fixed: """
          inputs:
            x: lognormal(5%=1, 95%=4)
          """)
    case .fixed:
      Explanation(
        """
        An argument that is given in addition to an interval or to quantiles is a constant, and one of the first form \
        of the distribution.
        """,
        wrong: """
          inputs:
            df: 3 to 5
            x: student(df, 1 to 3)
          """,
        fixed: """
          inputs:
            x: student(4, 1 to 3)
          """)
    case .end:
      Explanation(
        """
        The ends `low` and `high` of `quantiles` are outside its values.
        """,
        wrong: """
          inputs:
            x: quantiles(5%=1, 50%=2, 95%=4, low=1.5)
          """,
        fixed: """
          inputs:
            x: quantiles(5%=1, 50%=2, 95%=4, low=0)
          """)
    }
  }
}
