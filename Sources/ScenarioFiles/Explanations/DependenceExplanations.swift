import Diagnostics

extension DependenceCode: ExplainedSection {
  static let title = "Dependence between the cells of an input"

  var explanation: Explanation {
    switch self {
    case .missing:
      Explanation(
        """
        An uncertain input over an index must state how its cells depend on each other. Independent errors average out \
        in sums and shared errors do not, so the result depends on it, and there is no default.
        """,
        wrong: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: 40% to 60%}
          """,
        fixed: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: beta(40% to 60%), dependence: shared}
          """)
    case .mode:
      Explanation(
        """
        A dependence is `shared`, `independent`, or a rank correlation between -1 and 1, for all indexes or for each \
        in a mapping.
        """,
        wrong: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: beta(40% to 60%), dependence: shard}
          """,
        fixed: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: beta(40% to 60%), dependence: shared}
          """)
    case .needless:
      Explanation(
        """
        `dependence` names an index along which no dependence can be given: the input is not over it, has only one \
        cell, or has shares that sum to 1 along it.
        """,
        wrong: """
          inputs:
            load: {value: beta(40% to 60%), dependence: shared}
          """,
        fixed: """
          inputs:
            load: {value: beta(40% to 60%)}
          """)
    case .rank:
      Explanation(
        """
        A rank correlation is between -1 and 1, exclusive; it needs a correlation matrix of all cells, so their number \
        is limited.
        """,
        wrong: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: beta(40% to 60%), dependence: 1}
          """,
        fixed: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: beta(40% to 60%), dependence: 0.9}
          """)
    case .distance:
      Explanation(
        """
        A rank correlation along a numeric index is that of labels at distance 1, and decreases with distance. Here \
        the labels are so far apart that almost no correlation remains, or a negative correlation would have to be \
        raised to a fractional power.
        """,
        wrong: """
          indexes:
            year: [2020, 2030, 2040]
          inputs:
            load: {over: year, value: beta(40% to 60%), dependence: 0.7}
          """,
        fixed: """
          indexes:
            year: [2020, 2030, 2040]
          inputs:
            load: {over: year, value: beta(40% to 60%), dependence: 0.97}
          """)
    case .anchors:
      Explanation(
        """
        If the anchor points of an index are not shared, each is drawn separately, so all branches need the same \
        anchor points.
        """,
        wrong: """
          indexes:
            year: 2020..2022
            region: [us, eu]
          inputs:
            load:
              over: [region, year]
              value: {us: {2020: 1 to 2, 2022: 2 to 3}, eu: {2020: 1 to 2, 2021: 2 to 3, 2022: 2 to 3}}
              interpolate: linear
              dependence: independent
          """,
        fixed: """
          indexes:
            year: 2020..2022
            region: [us, eu]
          inputs:
            load:
              over: [region, year]
              value: {us: {2020: 1 to 2, 2022: 2 to 3}, eu: {2020: 1 to 2, 2022: 2 to 3}}
              interpolate: linear
              dependence: independent
          """)
    }
  }
}
