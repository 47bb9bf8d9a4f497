import Diagnostics

extension EvidenceCode: ExplainedSection {
  static let title = "Observations and estimates by several routes"

  var explanation: Explanation {
    switch self {
    case .form:
      Explanation(
        """
        `evidence` is a list. Each item is either an observation, `observe:` with `measured:` or of a condition, or an \
        estimate by several routes, `estimate:` with `routes:`.
        """,
        wrong: Self.observation("evidence: {observe: energy, measured: 2 kWh to 3 kWh}"),
        fixed: Self.observation("evidence:\n  - {observe: energy, measured: 2 kWh to 3 kWh}"))
    case .missingKey:
      Explanation(
        """
        An estimate by several routes has both `estimate:` and `routes:`.
        """,
        wrong: Self.routes("{estimate: load}"), fixed: Self.routes("{estimate: load, routes: {a: low, b: high}}"))
    case .labelValue:
      Explanation(
        """
        The values of the formula are labels of an index. Only numbers can be observed or estimated.
        """,
        wrong: Self.labels("place"), fixed: Self.labels("if place == us then 1 else 0"))
    case .severalCells:
      Explanation(
        """
        The formula has several cells, and `measured:` does not say for which. Select one of them, reduce the formula \
        with `sum` or another reduction, or name the index: `energy[year]`, or `over: year`, is measured at each label.
        """,
        wrong: Self.years("energy"), fixed: Self.years("energy[year=2025]"))
    case .measured:
      Explanation(
        """
        `measured:` is a number or a distribution. Its arguments may be formulas, but a formula alone is not a measured \
        value. To compare two quantities, observe their difference or ratio.
        """,
        wrong: Self.observation("evidence:\n  - {observe: energy, measured: power * 1 h}"),
        fixed: Self.observation("evidence:\n  - {observe: energy / (power * 1 h), measured: 2 to 3}"))
    case .condition:
      Explanation(
        """
        An observed number needs `measured:`. A condition, such as a comparison, is observed to hold, so it has neither \
        `measured:` nor `unit:`.
        """,
        wrong: Self.observation("evidence:\n  - {observe: energy}"),
        fixed: Self.observation("evidence:\n  - {observe: energy > 2 kWh}"))
    case .probability:
      Explanation(
        """
        `probability:` is the probability that an observed condition holds: above 0% and up to 100%, which is the \
        default. The uncertainty of a measured number is its distribution.
        """,
        wrong: Self.observation("evidence:\n  - {observe: energy > 2 kWh, probability: 95}"),
        fixed: Self.observation("evidence:\n  - {observe: energy > 2 kWh, probability: 95%}"))
    case .density:
      Explanation(
        """
        Draws are weighted by the density of the measured distribution, so the density must exist and be bounded. A \
        distribution with a pole, or one that is partly discrete, cannot be used.
        """,
        wrong: Self.observation("evidence:\n  - {observe: \"energy / 5 kWh\", measured: \"beta(0.5, 2)\"}"),
        fixed: Self.observation("evidence:\n  - {observe: \"energy / 5 kWh\", measured: \"beta(2, 2)\"}"))
    case .name:
      Explanation(
        """
        `estimate:` gives the estimated quantity a name, which appears in the results: a letter, followed by letters, \
        digits and `_`.
        """,
        wrong: Self.routes("{estimate: 2nd, routes: {a: low, b: high}}"),
        fixed: Self.routes("{estimate: second, routes: {a: low, b: high}}"))
    case .repeated:
      Explanation(
        """
        Two items estimate a quantity of the same name. Give all routes of a quantity in one item, or use two names.
        """,
        wrong: Self.routes(
          "{estimate: load, routes: {a: low, b: high}}", "{estimate: load, routes: {c: low, d: high}}"),
        fixed: Self.routes("{estimate: load, routes: {a: low, b: high}}", "{estimate: use, routes: {c: low, d: high}}"))
    case .routes:
      Explanation(
        """
        An estimate compares and pools at least two routes. They are a mapping from names to formulas, or one formula \
        over an index whose labels are the routes.
        """,
        wrong: Self.routes("{estimate: load, routes: {a: low}}"),
        fixed: Self.routes("{estimate: load, routes: {a: low, b: high}}"))
    case .routeIndex:
      Explanation(
        """
        If the routes are one formula, `over:` names the index whose labels are the routes. The formula must be over \
        that index.
        """,
        wrong: Self.publishers("{estimate: load, routes: counts}"),
        fixed: Self.publishers("{estimate: load, routes: counts, over: publisher}"))
    case .size:
      Explanation(
        """
        Every cell of every route has its own distribution in memory, so the number of cells times routes is limited. \
        Select the cells of interest.
        """,
        wrong: Self.manyCells("load"), fixed: Self.manyCells("load[step=1]"))
    case .weight:
      Explanation(
        """
        A weight is a constant from 0 to 1, one for each route. It is the probability that the linear pool gives to \
        that route.
        """,
        wrong: Self.routes("{estimate: load, routes: {a: low, b: high}, weights: {a: 1}}"),
        fixed: Self.routes("{estimate: load, routes: {a: low, b: high}, weights: {a: 1, b: 0}}"))
    case .weightSum:
      Explanation(
        """
        The weights of all routes must sum to 1.
        """,
        wrong: Self.routes("{estimate: load, routes: {a: low, b: high}, weights: {a: 0.5, b: 0.6}}"),
        fixed: Self.routes("{estimate: load, routes: {a: low, b: high}, weights: {a: 0.4, b: 0.6}}"))
    case .pool:
      Explanation(
        """
        `pool:` names the ways to combine the routes into one distribution. The message lists them; several are written \
        as a list.
        """,
        wrong: Self.routes("{estimate: load, routes: {a: low, b: high}, pool: linaer}"),
        fixed: Self.routes("{estimate: load, routes: {a: low, b: high}, pool: linear}"))
    case .publishable:
      Explanation(
        """
        A figure that could be published is a single number, with the relative standard deviation that it would have. \
        `loadcast disclosure` says by how much it would narrow an output's interval. It changes no result.
        """,
        wrong: Self.observation("evidence:\n  - {publishable: energy, error: 2}"),
        fixed: Self.observation("evidence:\n  - {publishable: energy, error: 2%}"))
    case .heterogeneity:
      Explanation(
        """
        `heterogeneity` is the scale of the prior for the standard deviation between the logarithms of the routes, in \
        the hierarchical pool. It is a positive number.
        """,
        wrong: Self.routes("{estimate: load, routes: {a: low, b: high}, heterogeneity: 0}"),
        fixed: Self.routes("{estimate: load, routes: {a: low, b: high}, heterogeneity: 0.5}"))
    }
  }

  // MARK: Scenarios of the examples

  private static func observation(_ evidence: String) -> Example {
    Example(
      """
      inputs:
        power: 1 kW to 2 kW
      equations:
        energy: power * 2 h
      outputs:
        energy: {unit: kWh}

      """ + evidence)
  }

  private static func labels(_ observed: String) -> Example {
    Example(
      """
      indexes:
        region: [us, eu]
      inputs:
        place: discrete(us=70%, eu=30%)
      equations:
        in_us: place == us
      outputs: {in_us: {}}
      evidence:
        - {observe: "\(observed)", measured: 0.5 to 1.5}
      """)
  }

  private static func years(_ observed: String) -> Example {
    Example(
      """
      indexes:
        year: 2024..2026
      inputs:
        energy: {over: year, value: 2 kWh to 5 kWh, dependence: shared}
      outputs:
        energy: {unit: kWh}
      evidence:
        - {observe: "\(observed)", measured: 2 kWh to 4 kWh}
      """)
  }

  private static func routes(_ items: String...) -> Example {
    Example(
      """
      inputs:
        low: 2 to 4
        high: 3 to 6
      outputs: {low: {}, high: {}}
      evidence:

      """ + items.map { "  - \($0)" }.joined(separator: "\n"))
  }

  private static func publishers(_ item: String) -> Example {
    Example(
      """
      indexes:
        publisher: [a, b]
      inputs:
        counts: {over: publisher, value: {a: 2 to 4, b: 3 to 6}, dependence: independent}
      outputs: {counts: {}}
      evidence:
        - \(item)
      """)
  }

  private static func manyCells(_ route: String) -> Example {
    Example(
      """
      indexes:
        step: 1..2000
      inputs:
        level: 2 to 4
      equations:
        load: level * step
        peak: max(load, over=step)
      evidence:
        - {estimate: demand, routes: {a: "\(route)", b: level}}
      outputs: {peak: {}}
      """)
  }
}
