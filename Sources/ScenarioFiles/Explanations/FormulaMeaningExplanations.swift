import Modeling

extension FormulaCode {
  /// Values, functions and dependencies that a formula cannot have.
  var meaning: Explanation {
    switch self {
    case .constant:
      Explanation(
        """
        Only constants can be here: numbers, and formulas of numbers. Inputs and equations have different values in every \
        draw.
        """,
        wrong: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: 0.5}
            end: 2025
          equations:
            total: sum(load[year=2024..end], over=year)
          """,
        fixed: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: 0.5}
          equations:
            total: sum(load[year=2024..2025], over=year)
          """)
    case .distribution:
      Explanation(
        """
        A distribution or an interval is part of a formula. Uncertain values are inputs, which have names, sources and \
        draws of their own; the formula then names the input.
        """,
        wrong: """
          inputs:
            power: 700 W
          equations:
            facility: power * normal(1.3, 0.1)
          outputs: {facility: {unit: W}}
          """,
        fixed: """
          inputs:
            power: 700 W
            pue: normal(1.3, 0.1)
          equations:
            facility: power * pue
          outputs: {facility: {unit: W}}
          """)
    case .condition:
      Explanation(
        """
        `if`, `and`, `or` and `not` take conditions: comparisons, or values that are 0 or 1. A value with a unit, or \
        another number, is neither true nor false.
        """,
        wrong: """
          inputs:
            power: 700 W to 900 W
          equations:
            large: if power then 1 else 0
          """,
        fixed: """
          inputs:
            power: 700 W to 900 W
          equations:
            large: if power > 800 W then 1 else 0
          """)
    case .labelValue:
      Explanation(
        """
        A label is not a number. It can be compared with an index or with an input whose values are labels, `region == \
        us`, and it can select, `x[region=us]`.
        """,
        wrong: """
          indexes:
            region: [us, eu]
          equations:
            weight: if us then 0.4 else 0.6
          """,
        fixed: """
          indexes:
            region: [us, eu]
          equations:
            weight: if region == us then 0.4 else 0.6
          """)
    case .function:
      Explanation(
        """
        There is no function of this name. A product with a parenthesis is written with `*`; a selection is written with \
        brackets.
        """,
        wrong: """
          inputs:
            area: 2 to 3
          equations:
            side: sqr(area)
          """,
        fixed: """
          inputs:
            area: 2 to 3
          equations:
            side: sqrt(area)
          """)
    case .arguments:
      Explanation(
        """
        A function has too few or too many arguments, or an argument of a name that it does not have. The message shows \
        how the function is called.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            larger: max(pue)
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            larger: max(pue, 1.2)
          """)
    case .order:
      Explanation(
        """
        The lower bound of `clamp` is above the upper bound, so that no value would be between them.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            usual: clamp(pue, 1.4, 1.2)
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            usual: clamp(pue, 1.2, 1.4)
          """)
    case .size:
      Explanation(
        """
        A formula has more than a million cells, or a stock runs along too many labels. A formula has a cell for each \
        combination of the labels of its indexes. Reduce an operand, or select from it, before it is combined with others.
        """,
        wrong: """
          indexes:
            a: 1..2000
            b: 1..2000
          inputs:
            x: {over: a, value: 0.5}
            y: {over: b, value: 0.5}
          equations:
            all: x * y
          """,
        fixed: """
          indexes:
            a: 1..2000
            b: 1..2000
          inputs:
            x: {over: a, value: 0.5}
            y: {over: b, value: 0.5}
          equations:
            all: sum(x, over=a) * y
          """)
    default:
      Explanation(
        """
        Equations depend on each other in a cycle, so none can be computed first. A value that depends on its own past \
        uses `previous`, which takes the value at the preceding label of a numeric index.
        """,
        wrong: """
          indexes:
            year: 2024..2026
          inputs:
            growth: 1.2 to 1.5
          equations:
            fleet: fleet * growth
          """,
        fixed: """
          indexes:
            year: 2024..2026
          inputs:
            growth: 1.2 to 1.5
          equations:
            fleet: previous(fleet * growth, initial=1, over=year)
          """)
    }
  }
}
