import Diagnostics

extension IndexCode: ExplainedSection {
  static let title = "Indexes and labels"

  var explanation: Explanation {
    switch self {
    case .unknown:
      Explanation(
        """
        The name is not an index. Indexes are defined under `indexes:`, each with its labels.
        """,
        wrong: """
          indexes:
            region: [us, eu]
          inputs:
            weight: {over: regoin, value: 0.5}
          """,
        fixed: """
          indexes:
            region: [us, eu]
          inputs:
            weight: {over: region, value: 0.5}
          """)
    case .unknownLabel:
      Explanation(
        """
        The index has no such label. Labels are case-sensitive; a numeric index has only the numbers that its \
        definition lists.
        """,
        wrong: """
          indexes:
            region: [us, eu]
          inputs:
            weight: {over: region, value: {us: 0.4, eu: 0.6}}
          equations:
            here: weight[region=usa]
          """,
        fixed: """
          indexes:
            region: [us, eu]
          inputs:
            weight: {over: region, value: {us: 0.4, eu: 0.6}}
          equations:
            here: weight[region=us]
          """)
    case .labels:
      Explanation(
        """
        The definition of an index is a list of labels, `[us, eu]`, or a range of whole numbers, `2019..2030`.
        """,
        wrong: """
          indexes:
            region: us
          inputs:
            weight: {over: region, value: 0.5}
          """,
        fixed: """
          indexes:
            region: [us]
          inputs:
            weight: {over: region, value: 0.5}
          """)
    case .label:
      Explanation(
        """
        A label has up to 100 letters, digits and the characters `_`, `-` and `.`. To define a range, omit the \
        brackets: `2019..2030`.
        """,
        wrong: """
          indexes:
            region: [north america, eu]
          inputs:
            weight: {over: region, value: 0.5}
          """,
        fixed: """
          indexes:
            region: [north_america, eu]
          inputs:
            weight: {over: region, value: 0.5}
          """)
    case .range:
      Explanation(
        """
        A range of labels has two whole numbers, the smaller one first, and optionally a step above 0: `2019..2049 by \
        5`.
        """,
        wrong: """
          indexes:
            year: 2030..2019
          inputs:
            weight: {over: year, value: 0.5}
          """,
        fixed: """
          indexes:
            year: 2019..2030
          inputs:
            weight: {over: year, value: 0.5}
          """)
    case .repeated:
      Explanation(
        """
        A label, or an index in `over:`, is given twice.
        """,
        wrong: """
          indexes:
            region: [us, eu, us]
          inputs:
            weight: {over: region, value: 0.5}
          """,
        fixed: """
          indexes:
            region: [us, eu]
          inputs:
            weight: {over: region, value: 0.5}
          """)
    case .size:
      Explanation(
        """
        An index has more than 10,000 labels. This is almost always a typing error in a range.
        """,
        wrong: """
          indexes:
            year: 2019..20300
          inputs:
            weight: {over: year, value: 0.5}
          """,
        fixed: """
          indexes:
            year: 2019..2030
          inputs:
            weight: {over: year, value: 0.5}
          """)
    }
  }
}
