import Diagnostics

extension LatentCode: ExplainedSection {
  static let title = "Latent totals and what is read of them"

  var explanation: Explanation {
    switch self {
    case .missingKey:
      Explanation(
        """
        A latent total is a quantity that nobody measures. It needs its index, its unit, and a prior: `start` at the first \
        label and the first `growth`.
        """,
        wrong: Self.total("over: year, unit: TWh/year, start: 1 to 9, routes: {fleet: fleet}"),
        fixed: Self.total("over: year, unit: TWh/year, start: 1 to 9, growth: 0.8 to 2, routes: {fleet: fleet}"))
    case .index:
      Explanation(
        """
        A latent total runs over one index whose labels are numbers, such as years: its prior is a random walk along it.
        """,
        wrong: Self.total(
          "over: region, unit: TWh/year, start: 1 to 9, growth: 0.8 to 2, routes: {sites: sites}"),
        fixed: Self.total("over: year, unit: TWh/year, start: 1 to 9, growth: 0.8 to 2, routes: {fleet: fleet}"))
    case .prior:
      Explanation(
        """
        The prior of a latent total is lognormal: `start` and `growth` are intervals of positive numbers, or lognormal \
        distributions. Make them wide, since the readings decide; a constant would decide instead of them.
        """,
        wrong: Self.total("over: year, unit: TWh/year, start: 3, growth: 0.8 to 2, routes: {fleet: fleet}"),
        fixed: Self.total("over: year, unit: TWh/year, start: 1 to 9, growth: 0.8 to 2, routes: {fleet: fleet}"))
    case .routes:
      Explanation(
        """
        Something must read a latent total: `routes`, a mapping from names to formulas of the scenario that estimate it, \
        or `published`, a table of published figures.
        """,
        wrong: Self.total("over: year, unit: TWh/year, start: 1 to 9, growth: 0.8 to 2, routes: fleet"),
        fixed: Self.total("over: year, unit: TWh/year, start: 1 to 9, growth: 0.8 to 2, routes: {fleet: fleet}"))
    case .table:
      Explanation(
        """
        A table of published figures has a column for the index, `publisher`, and `value` or `low` and `high`. The columns \
        `id`, `unit`, `reads`, `kind`, `published`, `bias`, `source` and `note` are optional.
        """,
        wrong: Self.figures("year,publisher,value,scope\n2025,A,3,world"),
        fixed: Self.figures("year,publisher,value,note.scope\n2025,A,3,world"))
    case .figure:
      Explanation(
        """
        A published figure is a positive number, with its range in `low` and `high` if it has one, in that order. Its \
        `kind` is `total`, `growth`, `floor` or `ceiling`; times are numbers on the index or months, `2025-04`.
        """,
        wrong: Self.figures("year,publisher,low,high\n2025,A,5,3"),
        fixed: Self.figures("year,publisher,low,high\n2025,A,3,5"))
    case .formula:
      Explanation(
        """
        A route is over the index of the latent total and no other, and does not depend on the latent total. What a \
        published figure reads is a single number, or over that index.
        """,
        wrong: Self.total(
          "over: year, unit: TWh/year, start: 1 to 9, growth: 0.8 to 2, routes: {fleet: \"fleet[year=2025]\"}"),
        fixed: Self.total("over: year, unit: TWh/year, start: 1 to 9, growth: 0.8 to 2, routes: {fleet: fleet}"))
    case .setting:
      Explanation(
        """
        `change`, `year_error`, `future` and the scales under `priors` are standard deviations of logarithms: 0.1 is about \
        10 %. `year_error` and `figure_error` are not 0, since a reading without an error of its own would be exact.
        """,
        wrong: Self.total(
          "over: year, unit: TWh/year, start: 1 to 9, growth: 0.8 to 2, routes: {fleet: fleet}, year_error: 0"),
        fixed: Self.total(
          "over: year, unit: TWh/year, start: 1 to 9, growth: 0.8 to 2, routes: {fleet: fleet}, year_error: 5%"))
    }
  }

  private static func total(_ keys: String) -> Example { Example(scenario(keys)) }

  private static func figures(_ table: String) -> Example {
    Example(
      scenario("over: year, unit: TWh/year, start: 1 to 9, growth: 0.8 to 2, published: figures.csv"),
      files: ["figures.csv": table])
  }

  private static func scenario(_ keys: String) -> String {
    """
    indexes: {year: 2024..2026, region: [us, eu]}
    inputs:
      fleet: {over: year, value: 1 TWh/year to 3 TWh/year, dependence: shared}
      sites: {over: region, value: 1 TWh/year to 3 TWh/year, dependence: shared}
    latent:
      electricity: {\(keys)}
    outputs:
      fleet: {unit: TWh/year}
      sites: {unit: TWh/year}
    """
  }
}
