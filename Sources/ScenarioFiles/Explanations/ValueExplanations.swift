import Diagnostics

extension ValueCode: ExplainedSection {
  static let title = "Values pasted from documents and tables"

  var explanation: Explanation {
    switch self {
    case .missing:
      Explanation(
        """
        The value is missing: it is blank or a placeholder such as `NA` or `-`. An input always has a value; in a \
        table a cell may be blank.
        """,
        wrong: """
          inputs:
            pue: N/A
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          """)
    case .date:
      Explanation(
        """
        The text is a date, which the grammar would take for a difference or a quotient of numbers. A year is written \
        as a number, 2023; other dates are not values.
        """,
        wrong: """
          inputs:
            start: 2023-04-01
          """,
        fixed: """
          inputs:
            start: 2023
          """)
    case .time:
      Explanation(
        """
        The text is a time of day or a ratio. A duration is a number with its unit; a ratio is written with `/`.
        """,
        wrong: """
          inputs:
            life: 12:30
          """,
        fixed: """
          inputs:
            life: 12.5 h
          outputs: {life: {unit: h}}
          """)
    case .range:
      Explanation(
        """
        A range is written `low to high`, because `10-20` is the difference -10. A difference has spaces around its \
        sign.
        """,
        wrong: """
          inputs:
            pue: 1.1-1.5
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          """)
    case .bound:
      Explanation(
        """
        Bounds and approximate values are not accepted; a plain number is exact. Write an interval `low to high`, or a \
        distribution with that bound.
        """,
        wrong: """
          inputs:
            pue: ~1.3
          """,
        fixed: """
          inputs:
            pue: 1.2 to 1.4
          """)
    case .uncertainty:
      Explanation(
        """
        The sign ± is not part of the language, because it may mean a standard deviation or the half width of an \
        interval.
        """,
        wrong: """
          inputs:
            pue: 1.3 ± 0.1
          """,
        fixed: """
          inputs:
            pue: normal(1.3, 0.1)
          """)
    case .sign:
      Explanation(
        """
        A negative number is written with a plain minus sign before it; a positive number is written without a sign.
        """,
        wrong: """
          inputs:
            trend: (4.1)
          """,
        fixed: """
          inputs:
            trend: -4.1
          """)
    case .separator:
      Explanation(
        """
        Decimals are separated by a point, and thousands may be separated by `_`: `1_234.5`.
        """,
        wrong: """
          inputs:
            fleet: 1 234 567
          """,
        fixed: """
          inputs:
            fleet: 1_234_567
          """)
    case .power:
      Explanation(
        """
        A power of ten is written with `e`, as `2e6`, or with a magnitude suffix, as `2M`.
        """,
        wrong: """
          inputs:
            fleet: 2×10^6
          """,
        fixed: """
          inputs:
            fleet: 2e6
          """)
    case .digits:
      Explanation(
        """
        Numbers are written with the digits 0 to 9; not with digits of other scripts, and not with `½` (U+00BD).
        """,
        wrong: """
          inputs:
            pue: 1½
          """,
        fixed: """
          inputs:
            pue: 1.5
          """)
    case .currency:
      Explanation(
        """
        An amount of money is a number with its unit: `5 USD`. Currencies other than USD are declared under `units:`.
        """,
        wrong: """
          inputs:
            price: $5
          """,
        fixed: """
          inputs:
            price: 5 USD
          outputs: {price: {unit: USD}}
          """)
    case .footnote:
      Explanation(
        """
        A value cannot have a footnote mark. Remarks go into `note:`, or into a column `note` of a table.
        """,
        wrong: """
          inputs:
            pue: 1.3*
          """,
        fixed: """
          inputs:
            pue: {value: 1.3, note: estimate}
          """)
    case .spreadsheet:
      Explanation(
        """
        The text is a spreadsheet formula, or begins with a spreadsheet's text marker ('). Export the values of the \
        cells instead.
        """,
        wrong: """
          inputs:
            pue: "=1.3"
          """,
        fixed: """
          inputs:
            pue: 1.3
          """)
    case .truth:
      Explanation(
        """
        Words for true and false are not values. A condition is 1 where it holds and 0 where it does not.
        """,
        wrong: """
          inputs:
            built: yes
          """,
        fixed: """
          inputs:
            built: 1
          """)
    case .invisibleCharacter:
      Explanation(
        """
        A text contains a character that cannot be seen, such as a no-break space or a zero-width space. Such \
        characters are often copied along from documents and web pages. Names that differ only by such a character \
        would look identical, so they are refused.
        """,
        wrong: """
          indexes:
            region: [us\u{A0}, eu]
          inputs:
            weight: {over: region, value: 0.5}
          """,
        fixed: """
          indexes:
            region: [us, eu]
          inputs:
            weight: {over: region, value: 0.5}
          """)
    }
  }
}
