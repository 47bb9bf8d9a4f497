import Diagnostics

extension FormulaCode: ExplainedSection {
  static let title = "Formulas"

  var explanation: Explanation {
    switch self {
    case .missing, .tooLong, .bracket, .character, .number, .magnitude, .thousands, .operand, .operator, .chain,
      .equals,
      .unexpected, .conditional, .label, .argumentName:
      grammar
    case .constant, .distribution, .condition, .labelValue, .function, .arguments, .order, .size, .cycle: meaning
    case .over, .lackingIndex, .initial, .stack, .stock, .selection, .computedLabel, .cycleIndex, .distances:
      alongIndexes
    }
  }

  /// What the grammar of formulas does not allow.
  private var grammar: Explanation {
    switch self {
    case .missing:
      Explanation(
        """
        An entry has no formula or value. An equation is a formula, or a mapping with the key `formula:`.
        """,
        wrong: """
          inputs:
            power: 700 W
          equations:
            energy: {unit: kWh}
          outputs: {energy: {unit: kWh}}
          """,
        fixed: """
          inputs:
            power: 700 W
          equations:
            energy: {formula: power * 24 h, unit: kWh}
          outputs: {energy: {unit: kWh}}
          """)
    case .tooLong:
      Explanation(
        """
        A formula has too many characters, operators or levels of nesting. Split it into several equations, whose names \
        also make it readable.
        """,
        wrong: Example(
          "equations:\n  total: \(String(repeating: "(", count: 210))1\(String(repeating: ")", count: 210))"),
        fixed: "equations:\n  total: 1")
    case .bracket:
      Explanation(
        """
        A parenthesis, a bracket or a quotation mark is unmatched.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            losses: 100 * (pue - 1
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            losses: 100 * (pue - 1)
          """)
    case .character:
      Explanation(
        """
        A character or symbol has no meaning in a formula. It often comes from another language, `**` for `^`, or from a \
        word processor, a typographic minus sign for `-`.
        """,
        wrong: """
          inputs:
            growth: 1.2 to 1.5
          equations:
            decade: growth ** 10
          """,
        fixed: """
          inputs:
            growth: 1.2 to 1.5
          equations:
            decade: growth ^ 10
          """)
    case .number:
      Explanation(
        """
        The text begins like a number but is not one, or the number is outside the range of floating-point numbers. \
        Numbers are written `1200`, `1_200`, `1.2k` or `1.2e3`.
        """,
        wrong: """
          equations:
            fleet: 2 * 1.200.000
          """,
        fixed: """
          equations:
            fleet: 2 * 1_200_000
          """)
    case .magnitude:
      Explanation(
        """
        The letter after a number is not a magnitude suffix. The suffixes are k (thousand), M (million), B (billion) and \
        T (trillion); upper and lower case differ.
        """,
        wrong: """
          equations:
            fleet: 2 * 10K
          """,
        fixed: """
          equations:
            fleet: 2 * 10k
          """)
    case .thousands:
      Explanation(
        """
        Commas are only for separating arguments. They are neither decimal signs nor thousands separators: write `1.5` \
        or `1_500`.
        """,
        wrong: """
          equations:
            fleet: 2 * 1,500
          """,
        fixed: """
          equations:
            fleet: 2 * 1_500
          """)
    case .operand:
      Explanation(
        """
        An operator or a comma has nothing on one of its sides.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            losses: pue - 1 +
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            losses: pue - 1
          """)
    case .operator:
      Explanation(
        """
        Two values follow each other without an operator. Multiplication is always written `*`.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            losses: 2 (pue - 1)
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            losses: 2 * (pue - 1)
          """)
    case .chain:
      Explanation(
        """
        Comparisons cannot be chained; each compares two values. Join two comparisons by `and`.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            usual: 1.1 < pue < 1.3
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            usual: 1.1 < pue and pue < 1.3
          """)
    case .equals:
      Explanation(
        """
        `=` names an argument, `sum(x, over=region)`, or selects a label, `x[year=2025]`. A comparison is written `==`.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            perfect: if pue = 1 then 1 else 0
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            perfect: if pue == 1 then 1 else 0
          """)
    case .unexpected:
      Explanation(
        """
        A word or symbol is not allowed here. The message names the construct that it belongs to, if there is one.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            losses: pue - 1, 0
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            losses: max(pue - 1, 0)
          """)
    case .conditional:
      Explanation(
        """
        A choice has three parts: `if CONDITION then VALUE else VALUE`. The `else` cannot be left out, because a formula \
        always has a value.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            losses: if pue > 1.2 then 0.2
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            losses: if pue > 1.2 then 0.2 else 0
          """)
    case .label:
      Explanation(
        """
        A selection is written `x[index=label]`, several selections `x[region=us, year=2025]`. The index must be named, \
        because a value may be over several.
        """,
        wrong: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: 0.5}
          equations:
            now: load[2025]
          """,
        fixed: """
          indexes:
            year: 2024..2026
          inputs:
            load: {over: year, value: 0.5}
          equations:
            now: load[year=2025]
          """)
    default:
      Explanation(
        """
        The text before `=` in a call is not the name of an argument. Arguments are named as in `sum(x, over=region)`; a \
        comparison is written `==`.
        """,
        wrong: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            larger: max(pue, =1.2)
          """,
        fixed: """
          inputs:
            pue: 1.1 to 1.5
          equations:
            larger: max(pue, 1.2)
          """)
    }
  }
}
