import Diagnostics

/// Formulas: their grammar, their functions, and what may stand in them.
enum FormulaCode: String, DiagnosticSection {
  static let section = "formulas"

  // Grammar: FormulaSyntaxProblems.swift, FormulaTextProblems.swift.
  case missing
  case tooLong = "too-long"
  case bracket
  case character
  case number
  case magnitude
  case thousands
  case operand
  case `operator`
  case chain
  case equals
  case unexpected
  case conditional
  case label
  case argumentName = "argument-name"

  // Meaning: FormulaProblems.swift, FormulaIndexProblems.swift.
  case constant
  case distribution
  case condition
  case labelValue = "label-value"
  case function
  case arguments
  case order
  case over
  case lackingIndex = "lacking-index"
  case initial
  case stack
  case stock
  case selection
  case computedLabel = "computed-label"
  case size
  case cycle
  case cycleIndex = "cycle-index"
  case distances
}
