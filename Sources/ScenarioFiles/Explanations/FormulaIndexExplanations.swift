import Modeling

extension FormulaCode {
  /// Forms that run along indexes.
  var alongIndexes: Explanation {
    switch self {
    case .over:
      Explanation(
        """
        A function or construct that runs along an index must name it, and name each index once. `previous`, \
        `cumulative` and `stock` run along one numeric index, because only numbers have an order.
        """,
        wrong: """
          indexes:
            region: [us, eu]
          inputs:
            fleet: {over: region, value: {us: 4, eu: 3}}
          equations:
            total: sum(fleet)
          """,
        fixed: """
          indexes:
            region: [us, eu]
          inputs:
            fleet: {over: region, value: {us: 4, eu: 3}}
          equations:
            total: sum(fleet, over=region)
          """)
    case .lackingIndex:
      Explanation(
        """
        A function, a construct or a selection names an index that its value does not have. A value has the indexes of \
        the inputs from which it is computed.
        """,
        wrong: """
          indexes:
            region: [us, eu]
            year: 2024..2026
          inputs:
            fleet: {over: region, value: {us: 4, eu: 3}}
          equations:
            total: sum(fleet, over=year)
          """,
        fixed: """
          indexes:
            region: [us, eu]
            year: 2024..2026
          inputs:
            fleet: {over: region, value: {us: 4, eu: 3}}
          equations:
            total: sum(fleet, over=region)
          """)
    case .initial:
      Explanation(
        """
        `previous` takes the value at the preceding label, and there is none before the first. The argument `initial` is \
        the value there; it cannot be over the same index.
        """,
        wrong: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: 0.5}
          equations:
            change: load - previous(load)
          """,
        fixed: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: 0.5}
          equations:
            change: load - previous(load, initial=0.5)
          """)
    case .stack:
      Explanation(
        """
        `stack(index, label=formula, …)` combines one formula for every label of an index with labels that are not \
        numbers. Each label is given once, and no part is over that index itself.
        """,
        wrong: """
          indexes:
            route: [fleet, models]
          inputs:
            a: 1 to 2
          equations:
            both: stack(route, fleet=a)
          """,
        fixed: """
          indexes:
            route: [fleet, models]
          inputs:
            a: 1 to 2
            b: 1 to 3
          equations:
            both: stack(route, fleet=a, models=b)
          """)
    case .stock:
      Explanation(
        """
        `stock(inflow, survival=…, at=middle)` sums cohorts. The inflow is over one numeric index of time, the survival \
        over another of ages, from 0 to the longest time; `at` is `middle` or `end`.
        """,
        wrong: """
          indexes:
            year: 2024..2026
            age: 0..2
          inputs:
            sales: {over: year, value: 5}
          equations:
            fleet: stock(sales, survival=0.8 ^ age)
          """,
        fixed: """
          indexes:
            year: 2024..2026
            age: 0..2
          inputs:
            sales: {over: year, value: 5}
          equations:
            fleet: stock(sales, survival=0.8 ^ age, at=middle)
          """)
    case .selection:
      Explanation(
        """
        A selection takes one label of an index; several labels, or a range, are allowed only inside a reduction over \
        that index. Besides a label, an input whose values are labels can select, or a sum of numeric indexes.
        """,
        wrong: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: 0.5}
          equations:
            total: load[year=2024..2025]
          """,
        fixed: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: 0.5}
          equations:
            total: sum(load[year=2024..2025], over=year)
          """)
    case .computedLabel:
      Explanation(
        """
        A selection computes a label, as in `x[year=year - 1]`, and the index does not have it in some cell. An `if` on \
        the index excludes such cells; it is decided before the run.
        """,
        wrong: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: 0.5}
          equations:
            before: load[year=year - 1]
          """,
        fixed: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: 0.5}
          equations:
            before: if year > 2024 then load[year=year - 1] else 0
          """)
    case .cycleIndex:
      Explanation(
        """
        Equations that depend on each other's past are computed label by label along one index. All of them are over this \
        index, every `previous` of the cycle runs along it, and none is summed, accumulated or selected over it.
        """,
        wrong: """
          indexes:
            year: 2024..2026
          equations:
            fleet: previous(total, initial=1, over=year)
            total: sum(fleet, over=year)
          """,
        fixed: """
          indexes:
            year: 2024..2026
          equations:
            fleet: previous(2 * fleet, initial=1, over=year)
            total: sum(fleet, over=year)
          """)
    default:
      Explanation(
        """
        `previous`, `cumulative` and `stock` take one step from label to label, whatever the numbers of the labels are. \
        If labels are unevenly spaced, or several years apart where the formula counts one year, the result is probably \
        not what was meant. Give the index a label for every year, and interpolate the values between those given.
        """,
        wrong: """
          indexes:
            year: [2024, 2025, 2030]
          inputs:
            sales: {over: year, value: 5}
          equations:
            fleet: cumulative(sales)
          """,
        fixed: """
          indexes:
            year: 2024..2030
          inputs:
            sales: {over: year, value: 5}
          equations:
            fleet: cumulative(sales)
          """)
    }
  }
}
