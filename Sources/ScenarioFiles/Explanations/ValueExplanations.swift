import Modeling

extension ValueCode: ExplainedSection {
  static let title = "Values pasted from documents and tables"

  var explanation: Explanation {
    switch self {
    case .date:
      Explanation(
        """
        The text is a date, which the grammar would take for a difference or a quotient of numbers. A year is written as \
        a number, 2023; other dates are not values.
        """,
        wrong: """
          inputs:
            end: 2030
          equations:
            age: end - 2023-04-01
          """,
        fixed: """
          inputs:
            end: 2030
          equations:
            age: end - 2023
          """)
    case .invisibleCharacter:
      Explanation(
        """
        A text contains a character that cannot be seen, such as a no-break space or a zero-width space. Such characters \
        are often copied along from documents and web pages. Names that differ by one look the same, so they are refused.
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
