import Diagnostics

extension NameCode: ExplainedSection {
  static let title = "Names"

  var explanation: Explanation {
    switch self {
    case .unknown:
      Explanation(
        """
        No index, input, equation or reference has this name. Names are case-sensitive. The message gives the nearest \
        name, if there is one.
        """,
        wrong: """
          inputs:
            load_factor: 40% to 60%
          equations:
            idle: 1 - loadfactor
          """,
        fixed: """
          inputs:
            load_factor: 40% to 60%
          equations:
            idle: 1 - load_factor
          """)
    case .unitAsName:
      Explanation(
        """
        A unit is used as a value. A unit always follows a number: `1 h`, not `h`.
        """,
        wrong: """
          inputs:
            power: 700 W
          equations:
            energy: power * h
          outputs: {energy: {unit: kWh}}
          """,
        fixed: """
          inputs:
            power: 700 W
          equations:
            energy: power * 1 h
          outputs: {energy: {unit: kWh}}
          """)
    case .hidden:
      Explanation(
        """
        A scenario's own name takes precedence over a function or distribution of the same name, so that a new function \
        breaks no scenario. Choose another name if the scenario needs the function.
        """,
        wrong: """
          inputs:
            exp: 1.2 to 1.5
          equations:
            twice: 2 * exp
          """,
        fixed: """
          inputs:
            exponent: 1.2 to 1.5
          equations:
            twice: 2 * exponent
          """)
    case .label:
      Explanation(
        """
        A `label` is a name in words: one line of up to 200 characters of any script. Characters that control a \
        terminal, end a line or change the direction of writing are refused; text from right to left needs none.
        """,
        wrong: #"""
          inputs:
            pue: {value: 1.1 to 1.5, label: "overhead\nof cooling"}
          """#,
        fixed: """
          inputs:
            pue: {value: 1.1 to 1.5, label: overhead of cooling}
          """)
    case .functionAsName:
      Explanation(
        """
        The name is that of a function or a distribution, which needs its arguments in parentheses.
        """,
        wrong: """
          inputs:
            growth: 1.2 to 1.5
          equations:
            speed: log / growth
          """,
        fixed: """
          inputs:
            growth: 1.2 to 1.5
          equations:
            speed: log(growth)
          """)
    case .invalid:
      Explanation(
        """
        A name is a letter followed by letters, digits and `_`, so that formulas can contain it: a `-` in a name would \
        be a difference.
        """,
        wrong: """
          inputs:
            load-factor: 40% to 60%
          outputs: {}
          """,
        fixed: """
          inputs:
            load_factor: 40% to 60%
          """)
    case .reserved:
      Explanation(
        """
        The name is a reserved word of the formula language or the number `pi`, so a formula that contains it would be \
        ambiguous.
        """,
        wrong: """
          inputs:
            pi: 3.1 to 3.2
            pue: 1.1 to 1.5
          """,
        fixed: """
          inputs:
            ratio: 3.1 to 3.2
          """)
    case .repeated:
      Explanation(
        """
        Two entries have the same name. Indexes, inputs, equations and references share one namespace, because \
        formulas can name all of them.
        """,
        wrong: """
          indexes:
            year: 2024..2026
          inputs:
            year: 5 to 7
          outputs: {}
          """,
        fixed: """
          indexes:
            year: 2024..2026
          inputs:
            life: 5 to 7
          """)
    }
  }
}
