import Diagnostics

extension KeyCode: ExplainedSection {
  static let title = "Sections and keys"

  var explanation: Explanation {
    switch self {
    case .unknown:
      Explanation(
        """
        An entry has a key that does not exist for its kind. Keys are case-sensitive; the message lists those that \
        exist.
        """,
        wrong: """
          inputs:
            pue: {value: 1.1 to 1.5, sorce: a report}
          """,
        fixed: """
          inputs:
            pue: {value: 1.1 to 1.5, source: a report}
          """)
    case .unknownSection:
      Explanation(
        """
        A scenario has no section with this name. Remarks belong in comments, `about:` or the `note` of an entry.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          remarks: measured in 2024
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          about: measured in 2024
          """)
    case .replaced:
      Explanation(
        """
        A key or an argument has a new name in this version of the language, with the same meaning. `loadcast \
        migrate` rewrites files that have old names.
        """,
        wrong: """
          indexes:
            year: 2025..2030
          inputs:
            growth: {over: year, value: 1.2 to 1.5, across: shared}
          """,
        fixed: """
          indexes:
            year: 2025..2030
          inputs:
            growth: {over: year, value: 1.2 to 1.5, dependence: shared}
          """)
    case .type:
      Explanation(
        """
        A key has a list where a text is needed, a text where a mapping is needed, or another wrong type.
        """,
        wrong: """
          title: [AI, 2030]
          inputs:
            pue: 1.1 to 1.5
          """,
        fixed: """
          title: AI 2030
          inputs:
            pue: 1.1 to 1.5
          """)
    case .repeated:
      Explanation(
        """
        A key or a name is given twice in one mapping, or a unit is declared twice. A file that extends another \
        replaces its entries, so it may give their names again.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
            pue: 1.2 to 1.4
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          """)
    case .version:
      Explanation(
        """
        `loadcast:` gives the version of the language in which a file is written. This program does not support that \
        version, or the value is not a number.
        """,
        wrong: """
          loadcast: 99
          inputs:
            pue: 1.1 to 1.5
          """,
        fixed: """
          loadcast: 1
          inputs:
            pue: 1.1 to 1.5
          """)
    }
  }
}
