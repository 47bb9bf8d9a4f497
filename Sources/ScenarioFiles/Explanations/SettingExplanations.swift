import Diagnostics

extension SettingCode: ExplainedSection {
  static let title = "Draws, seeds, designs and tolerances"

  var explanation: Explanation {
    switch self {
    case .draws:
      Explanation(
        """
        The number of draws is a whole number from 1 to 1T; `k`, `M` and `B` are thousands, millions and billions. More \
        draws make every statistic more precise: the error falls at least as 1/√n.
        """,
        wrong: "inputs:\n  pue: 1.1 to 1.5\nrun: {draws: 0.5}",
        fixed: "inputs:\n  pue: 1.1 to 1.5\nrun: {draws: 500k}")
    case .seed:
      Explanation(
        """
        A seed is a whole number from 0 to 18446744073709551615. The same scenario with the same seed gives the same \
        draws on every computer.
        """,
        wrong: "inputs:\n  pue: 1.1 to 1.5\nrun: {seed: -1}",
        fixed: "inputs:\n  pue: 1.1 to 1.5\nrun: {seed: 1}")
    case .design:
      Explanation(
        """
        The design places the draws in the unit cube. `sobol`, the default, is the most precise for most scenarios; `mc` \
        makes independent draws.
        """,
        wrong: "inputs:\n  pue: 1.1 to 1.5\nrun: {design: sobel}",
        fixed: "inputs:\n  pue: 1.1 to 1.5\nrun: {design: sobol}")
    case .tolerance:
      Explanation(
        """
        A tolerance is the required relative precision: a run doubles its draws until it is reached. It is a fraction, \
        such as `0.5%`, optionally for one output or one statistic: `pue=0.5%`, `p95=1%`, `pue.p95=1%`.
        """,
        wrong: "inputs:\n  pue: 1.1 to 1.5\nrun: {tolerance: p95=150%}",
        fixed: "inputs:\n  pue: 1.1 to 1.5\nrun: {tolerance: p95=1%}")
    case .flag:
      Explanation(
        """
        This setting of `run` is either `true` or `false`.
        """,
        wrong: "inputs:\n  pue: 1.1 to 1.5\nrun: {exact_quantiles: maybe}",
        fixed: "inputs:\n  pue: 1.1 to 1.5\nrun: {exact_quantiles: true}")
    case .key:
      Explanation(
        """
        The section `run` has no such key. The message lists those that it has.
        """,
        wrong: "inputs:\n  pue: 1.1 to 1.5\nrun: {drawz: 500k}",
        fixed: "inputs:\n  pue: 1.1 to 1.5\nrun: {draws: 500k}")
    case .publication:
      Explanation(
        """
        Keys of `publication` whose text has a form: `licence` is an SPDX identifier, `period` a year or the first and the \
        last one, `date` a date with year, month and day.
        """,
        wrong: "inputs:\n  pue: 1.1 to 1.5\npublication: {licence: CC BY, period: 2019-2030, date: 30 November 2026}",
        fixed: "inputs:\n  pue: 1.1 to 1.5\npublication: {licence: CC-BY-4.0, period: 2019..2030, date: 2026-11-30}")
    }
  }
}
