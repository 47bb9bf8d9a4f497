import Diagnostics

extension CorrelationCode: ExplainedSection {
  static let title = "Correlations between inputs"

  var explanation: Explanation {
    switch self {
    case .form:
      Explanation(
        """
        An item of `correlations` is a list of two inputs and a number, `[a, b, 0.5]`, or a mapping with `inputs:`, or \
        options for all correlations such as `copula: student`.
        """,
        wrong: Self.three("[a, b]"),
        fixed: Self.three("[a, b, 0.5]"))
    case .number:
      Explanation(
        """
        A correlation is a number between -1 and 1, exclusive: inputs that always move together are one input. A \
        measure may precede it: `kendall 0.5`.
        """,
        wrong: Self.three("[a, b, 1.5]"),
        fixed: Self.three("[a, b, 0.5]"))
    case .input:
      Explanation(
        """
        Only inputs can be correlated, by their names. A correlation of an equation follows from its formula.
        """,
        wrong: Self.three("[a, total, 0.5]"),
        fixed: Self.three("[a, b, 0.5]"))
    case .repeated:
      Explanation(
        """
        Two inputs have one correlation, and an input has none with itself. The cells of one input are related by \
        `dependence`.
        """,
        wrong: Self.three("[a, b, 0.5]", "[b, a, 0.4]"),
        fixed: Self.three("[a, b, 0.5]"))
    case .cell:
      Explanation(
        """
        Inputs are correlated as a whole: cells with the same labels are correlated on indexes that both inputs have.
        """,
        wrong: """
          indexes:
            year: 2024..2025
          inputs:
            a: {over: year, value: 1 to 2, dependence: independent}
            b: {over: year, value: 1 to 2, dependence: independent}
          equations:
            total: sum(a + b, over=year)
          correlations:
            - ["a[year=2024]", b, 0.5]
          """,
        fixed: """
          indexes:
            year: 2024..2025
          inputs:
            a: {over: year, value: 1 to 2, dependence: independent}
            b: {over: year, value: 1 to 2, dependence: independent}
          equations:
            total: sum(a + b, over=year)
          correlations:
            - [a, b, 0.5]
          """)
    case .measure:
      Explanation(
        """
        The correlation of two inputs is given by one measure, `rank`, `kendall` or `normal`; that of several inputs \
        by a matrix, whose measure is named by `measure:`.
        """,
        wrong: Self.three("{inputs: [a, b]}"),
        fixed: Self.three("{inputs: [a, b], kendall: 0.5}"))
    case .repair:
      Explanation(
        """
        `repair` has one value, `nearest`: a matrix that no inputs can have is replaced by the nearest possible one.
        """,
        wrong: Self.three("[a, b, 0.5]", "{repair: yes}"),
        fixed: Self.three("[a, b, 0.5]", "{repair: nearest}"))
    case .labels:
      Explanation(
        """
        An input whose values are labels has no order, and shares already depend on each other, so neither can be \
        correlated.
        """,
        wrong: """
          indexes:
            source: [coal, gas]
          inputs:
            choice: discrete(coal=40%, gas=60%)
            b: 1 to 2
          equations:
            cost: if choice == coal then b else 2 * b
          correlations:
            - [choice, b, 0.5]
          """,
        fixed: """
          inputs:
            price: 1 to 3
            b: 1 to 2
          equations:
            cost: price * b
          correlations:
            - [price, b, 0.5]
          """)
    case .size:
      Explanation(
        """
        Correlations need a matrix of all coordinates that depend on each other, which would be too large here. Along \
        an index, `shared` and `independent` need no matrix.
        """,
        wrong: """
          indexes:
            site: 1..300
            shift: [day, night]
          inputs:
            load: {over: [site, shift], value: 1 to 2, dependence: 0.5}
          equations:
            total: sum(load, over=[site, shift])
          """,
        fixed: """
          indexes:
            site: 1..300
            shift: [day, night]
          inputs:
            load: {over: [site, shift], value: 1 to 2, dependence: independent}
          equations:
            total: sum(load, over=[site, shift])
          """)
    case .dependence:
      Explanation(
        """
        Two correlated inputs need the same dependence on the indexes that both have, and the same labels, because \
        their cells are correlated one to one.
        """,
        wrong: """
          indexes:
            year: 2024..2025
          inputs:
            a: {over: year, value: 1 to 2, dependence: independent}
            b: {over: year, value: 1 to 2, dependence: shared}
          equations:
            total: sum(a + b, over=year)
          correlations:
            - [a, b, 0.5]
          """,
        fixed: """
          indexes:
            year: 2024..2025
          inputs:
            a: {over: year, value: 1 to 2, dependence: shared}
            b: {over: year, value: 1 to 2, dependence: shared}
          equations:
            total: sum(a + b, over=year)
          correlations:
            - [a, b, 0.5]
          """)
    case .impossible:
      Explanation(
        """
        No inputs can have these correlations together: their matrix is not positive definite. If a and b, and b and \
        c, are strongly correlated, a and c are too. `repair: nearest` uses the nearest possible matrix.
        """,
        wrong: Self.three("[a, b, 0.9]", "[b, c, 0.9]", "[a, c, -0.9]"),
        fixed: Self.three("[a, b, 0.9]", "[b, c, 0.9]", "[a, c, 0.8]"))
    case .ineffective:
      Explanation(
        """
        A correlation is weaker than stated, or has no effect: one of the inputs is constant, or has discrete values \
        with ties.
        """,
        wrong: """
          inputs:
            a: 1 to 2
            b: 1.5
            c: 1 to 2
          equations:
            total: a + b + c
          correlations:
            - [a, b, 0.5]
          """,
        fixed: Self.three("[a, b, 0.5]"))
    case .matrix:
      Explanation(
        """
        A correlation matrix is a CSV file with a column and a row for each input. It is symmetric, or has one \
        triangle only; its diagonal is 1 or blank, and its other entries are correlations.
        """,
        wrong: Example(
          """
          inputs:
            a: 1 to 2
            b: 1 to 2
            c: 1 to 2
          equations:
            total: a + b + c
          correlations:
            - {inputs: [a, b], matrix: m.csv}
          """, files: ["m.csv": "a,b\n1,0.5\n0.4,1"]),
        fixed: Example(
          """
          inputs:
            a: 1 to 2
            b: 1 to 2
            c: 1 to 2
          equations:
            total: a + b + c
          correlations:
            - {inputs: [a, b], matrix: m.csv}
          """, files: ["m.csv": "a,b\n1,0.5\n0.5,1"]))
    case .copula:
      Explanation(
        """
        There is no copula of this name, or inputs that are correlated with each other have different ones.
        """,
        wrong: Self.three("{inputs: [a, b], copula: claytn, kendall: 0.5}"),
        fixed: Self.three("{inputs: [a, b], copula: clayton, kendall: 0.5}"))
    case .degrees:
      Explanation(
        """
        A Student copula needs its degrees of freedom, `df`, from 1 (strongest joint extremes) to 1000 (practically \
        gaussian); other copulas have none.
        """,
        wrong: Self.three("[a, b, 0.5]", "{copula: student}"),
        fixed: Self.three("[a, b, 0.5]", "{copula: student, df: 4}"))
    case .strength:
      Explanation(
        """
        A copula of two inputs needs its strength, as Kendall's rank correlation `kendall` or as its parameter \
        `theta`, within its range; a rotation by 90 or 270 degrees makes the correlation negative.
        """,
        wrong: Self.three("{inputs: [a, b], copula: clayton}"),
        fixed: Self.three("{inputs: [a, b], copula: clayton, kendall: 0.5}"))
    case .pair:
      Explanation(
        """
        The copulas clayton, frank, gumbel and so on relate two inputs, which have no other correlations. For more \
        inputs use `gaussian` or `student`.
        """,
        wrong: Self.three("{inputs: [a, b], copula: clayton, kendall: 0.5}", "[b, c, 0.5]"),
        fixed: Self.three("{inputs: [a, b], copula: clayton, kendall: 0.5}"))
    }
  }

  /// Three inputs, their sum, and items of `correlations`.
  private static func three(_ items: String...) -> Example {
    Example(
      """
      inputs:
        a: 1 to 2
        b: 1 to 2
        c: 1 to 2
      equations:
        total: a + b + c
      correlations:
      \(items.map { "  - \($0)" }.joined(separator: "\n"))
      """)
  }
}
