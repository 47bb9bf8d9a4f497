import Diagnostics

extension InputCode: ExplainedSection {
  static let title = "Inputs and references"

  var explanation: Explanation {
    switch self {
    case .missing:
      Explanation(
        """
        An input in long form needs its value, under `value:` or in a table under `table:`.
        """,
        wrong: """
          inputs:
            pue: {source: data sheet}
          """,
        fixed: """
          inputs:
            pue: {value: 1.1 to 1.5, source: data sheet}
          """)
    case .label:
      Explanation(
        """
        A value by label needs `over:` with the index of the labels, and each label of the index once. Labels of a \
        numeric index may be left out with `interpolate:`.
        """,
        wrong: """
          indexes:
            region: [us, eu, asia]
          inputs:
            weight: {over: region, value: {us: 0.4, eu: 0.6}}
          """,
        fixed: """
          indexes:
            region: [us, eu, asia]
          inputs:
            weight: {over: region, value: {us: 0.4, eu: 0.4, asia: 0.2}}
          """)
    case .ambiguous:
      Explanation(
        """
        The keys of a value are labels of several of its indexes, so it is not clear to which one they belong. A table \
        has a column for each index.
        """,
        wrong: """
          indexes:
            start: [2024, 2025]
            end: [2024, 2025]
          inputs:
            weight: {over: [start, end], value: {2024: 0.4, 2025: 0.6}}
          """,
        fixed: Example(
          """
          indexes:
            start: [2024, 2025]
            end: [2024, 2025]
          inputs:
            weight: {over: [start, end], table: weights.csv}
          """, files: ["weights.csv": "start,end,value\n2024,2024,0.4\n2024,2025,0.6\n2025,2024,0.5\n2025,2025,0.5"]))
    case .table:
      Explanation(
        """
        `value` and `table` are alternatives; give one of them. `columns` and `missing` belong to a table.
        """,
        wrong: """
          inputs:
            pue: {value: 1.1 to 1.5, missing: 1.3}
          """,
        fixed: """
          inputs:
            pue: {value: 1.1 to 1.5}
          """)
    case .mixed:
      Explanation(
        """
        The values of an input are numbers, or labels of one index, but not both. Labels have no unit.
        """,
        wrong: """
          indexes:
            source: [coal, gas]
            year: 2024..2025
          inputs:
            choice: {over: year, value: {2024: "discrete(coal=40%, gas=60%)", 2025: 0.5}, dependence: independent}
          outputs: {}
          """,
        fixed: """
          indexes:
            source: [coal, gas]
            year: 2024..2025
          inputs:
            choice: {over: year, value: "discrete(coal=40%, gas=60%)", dependence: independent}
          equations:
            clean: if choice == gas then 1 else 0
          """)
    case .size:
      Explanation(
        """
        An input has too many cells with values of their own, or all inputs together have too many cells. Values that \
        do not differ along an index need not be given for each label.
        """,
        wrong: """
          indexes:
            a: 1..1000
            b: 1..1000
          inputs:
            x: {over: [a, b], value: 1 to 2, dependence: independent}
          """,
        fixed: """
          indexes:
            a: 1..1000
            b: 1..1000
          inputs:
            x: {over: [a, b], value: 1 to 2, dependence: shared}
          """)
    case .interpolation:
      Explanation(
        """
        `interpolate` is `linear`, `log` or `step`, and fills the cells between anchor points along one numeric index. \
        Logarithms need values above 0.
        """,
        wrong: """
          indexes:
            year: 2020..2030
          inputs:
            pue: {over: year, value: {2020: 1.5, 2030: 1.1}, interpolate: lin}
          """,
        fixed: """
          indexes:
            year: 2020..2030
          inputs:
            pue: {over: year, value: {2020: 1.5, 2030: 1.1}, interpolate: linear}
          """)
    case .anchors:
      Explanation(
        """
        Labels are outside the range of the anchor points, so they cannot be interpolated. Give anchor points there, \
        or apply the outer ones beyond their range with `extrapolate: hold`.
        """,
        wrong: """
          indexes:
            year: 2020..2030
          inputs:
            pue: {over: year, value: {2022: 1.5, 2030: 1.1}, interpolate: linear}
          """,
        fixed: """
          indexes:
            year: 2020..2030
          inputs:
            pue: {over: year, value: {2022: 1.5, 2030: 1.1}, interpolate: linear, extrapolate: hold}
          """)
    case .unusedAnchor:
      Explanation(
        """
        An anchor point lies so far outside the index that no label is interpolated from it. It has no effect and can \
        be left out.
        """,
        wrong: """
          indexes:
            year: 2020..2030
          inputs:
            pue: {over: year, value: {2000: 2, 2020: 1.5, 2030: 1.1}, interpolate: linear}
          """,
        fixed: """
          indexes:
            year: 2020..2030
          inputs:
            pue: {over: year, value: {2020: 1.5, 2030: 1.1}, interpolate: linear}
          """)
    case .strayAnchor:
      Explanation(
        """
        An anchor point is very far from the labels of its index and has another number of digits. It is probably a \
        typing error, and labels would be interpolated towards it.
        """,
        wrong: """
          indexes:
            year: 2020..2030
          inputs:
            pue: {over: year, value: {2020: 1.5, 20222: 1.3}, interpolate: linear}
          """,
        fixed: """
          indexes:
            year: 2020..2030
          inputs:
            pue: {over: year, value: {2020: 1.5, 2022: 1.3, 2030: 1.1}, interpolate: linear}
          """)
    }
  }
}
