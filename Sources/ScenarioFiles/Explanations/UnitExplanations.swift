import Diagnostics

extension UnitCode: ExplainedSection {
  static let title = "Units"

  var explanation: Explanation {
    switch self {
    case .missing:
      Explanation(
        """
        A unit is expected and there is none. A pure number has the unit `1` or no unit at all.
        """,
        wrong: """
          equations:
            energy: 2 kW * 3 h
          outputs: {energy: {unit: ""}}
          """,
        fixed: """
          equations:
            energy: 2 kW * 3 h
          outputs: {energy: {unit: kWh}}
          """)
    case .unknown:
      Explanation(
        """
        The name is not a unit. Names of units are case-sensitive: `kWh`, `TWh`. Units for things that are counted, such \
        as `gpu`, must be declared under `units:`.
        """,
        wrong: """
          inputs:
            power: 700 W/gpu
          outputs: {power: {unit: W/gpu}}
          """,
        fixed: """
          units: [gpu]
          inputs:
            power: 700 W/gpu
          outputs: {power: {unit: W/gpu}}
          """)
    case .foreign:
      Explanation(
        """
        The unit belongs to another system, or has several meanings with different values. Write the value in a unit \
        of the language; the message gives the conversion factor.
        """,
        wrong: """
          inputs:
            heat: 20 Btu
          outputs: {heat: {unit: kJ}}
          """,
        fixed: """
          inputs:
            heat: 21.1 kJ
          outputs: {heat: {unit: kJ}}
          """)
    case .magnitude:
      Explanation(
        """
        A word for a power of ten is not a unit. Thousands, millions, billions and trillions are written as a suffix of \
        the number, without a space: `5k`, `5M`, `5B`, `5T`.
        """,
        wrong: """
          units: [gpu]
          inputs:
            fleet: 5 million
          """,
        fixed: """
          units: [gpu]
          inputs:
            fleet: 5M
          """)
    case .prefix:
      Explanation(
        """
        The unit exists, but does not take this prefix. Write the value in the unit itself, with a magnitude suffix \
        after the number if it is large.
        """,
        wrong: """
          inputs:
            life: 2 kyear
          outputs: {life: {unit: year}}
          """,
        fixed: """
          inputs:
            life: 2k year
          outputs: {life: {unit: year}}
          """)
    case .syntax:
      Explanation(
        """
        The text is not a well-formed unit. Products are written `W*h`, quotients `W/gpu`, powers `m^2` and \
        reciprocals `1/year`, without spaces; the only number in a unit is 1.
        """,
        wrong: """
          inputs:
            power: 700 W
          outputs: {power: {unit: kWh / year}}
          """,
        fixed: """
          inputs:
            power: 700 W
          outputs: {power: {unit: kWh/year}}
          """)
    case .outOfRange:
      Explanation(
        """
        A unit, or the unit of a result, is too large: its exponents, its size or its text exceed the limits of the \
        language. This is almost always a mistake in a formula.
        """,
        wrong: """
          inputs:
            side: 2 m^2000000000
          equations:
            volume: side * side
            ratio: volume / volume
          """,
        fixed: """
          inputs:
            side: 2 m
          equations:
            volume: side * side
            ratio: volume / volume
          """)
    case .declaration:
      Explanation(
        """
        A name under `units:` cannot become a unit, because it is already one, is a reserved word of the formula \
        language, or is not a name. Only units for things that are counted are declared.
        """,
        wrong: """
          units: [gpu, kWh]
          inputs:
            pue: 1.1 to 1.5
          """,
        fixed: """
          units: [gpu]
          inputs:
            pue: 1.1 to 1.5
          """)
    case .spacing:
      Explanation(
        """
        A number and its unit are separated by exactly one space, and a unit contains no spaces. A percent sign follows \
        its number directly.
        """,
        wrong: """
          inputs:
            power: 700W
          outputs: {power: {unit: W}}
          """,
        fixed: """
          inputs:
            power: 700 W
          outputs: {power: {unit: W}}
          """)
    case .mismatch:
      Explanation(
        """
        Two values that must have the same dimension have different ones. Values can be added, subtracted and compared \
        only if they differ at most by a factor, as kWh and TWh do. Often the units differ by a factor of time: a \
        power times a time is an energy.
        """,
        wrong: """
          inputs:
            power: 700 W
            start: 5 kWh
          equations:
            energy: start + power
          outputs: {energy: {unit: kWh}}
          """,
        fixed: """
          inputs:
            power: 700 W
            start: 5 kWh
          equations:
            energy: start + power * 24 h
          outputs: {energy: {unit: kWh}}
          """)
    case .notPure:
      Explanation(
        """
        Exponents, survival shares, and the arguments of functions such as `exp` and `log` are pure numbers. Divide a \
        value with a unit by a quantity of the same dimension first.
        """,
        wrong: """
          inputs:
            age: 3 year
          equations:
            survival: exp(-age)
          """,
        fixed: """
          inputs:
            age: 3 year
          equations:
            survival: exp(-age / 5 year)
          """)
    case .exponent:
      Explanation(
        """
        The exponent of a value with a unit determines the unit of the result, so it must be a constant: a whole number \
        or a simple fraction. A pure number can have any exponent.
        """,
        wrong: """
          inputs:
            power: 700 W
            scaling: 0.7 to 0.9
          equations:
            ratio: power ^ scaling / 1 W
          """,
        fixed: """
          inputs:
            power: 700 W
            scaling: 0.7 to 0.9
          equations:
            ratio: (power / 1 W) ^ scaling
          """)
    case .indexAsUnit:
      Explanation(
        """
        In a formula, the name of an index is the number of its label, such as 2025, even if a unit has the same name. \
        Write the unit with a number: `1 year`.
        """,
        wrong: """
          indexes:
            year: 2024..2026
          inputs:
            growth: 20% to 40%
          equations:
            rate: growth / year
          """,
        fixed: """
          indexes:
            year: 2024..2026
          inputs:
            growth: 20% to 40%
          equations:
            rate: growth / 1 year
          outputs: {rate: {unit: 1/year}}
          """)
    case .undetermined:
      Explanation(
        """
        The unit of an equation that depends on itself cannot be derived, because every part of its formula would fit any \
        unit. State the unit with the formula.
        """,
        wrong: """
          indexes:
            year: 2024..2026
          equations:
            fleet: previous(fleet, initial=0, over=year)
          """,
        fixed: """
          indexes:
            year: 2024..2026
          equations:
            fleet: {formula: "previous(fleet, initial=0, over=year)", unit: kWh}
          outputs: {fleet: {unit: kWh}}
          """)
    }
  }
}
