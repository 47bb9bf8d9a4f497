import Modeling

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
    }
  }
}
