import Modeling

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
            weight: {over: regoin, value: 0.5, dependence: shared}
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
        The index has no such label. Labels are case-sensitive; a numeric index has only the numbers that its definition \
        lists.
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
    }
  }
}
