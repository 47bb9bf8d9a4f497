import Diagnostics
import Units

/// Units, and values that have the wrong one.
enum UnitCode: String, DiagnosticSection {
  static let section = "units"

  case missing
  case unknown
  case foreign
  case magnitude
  case prefix
  case syntax
  case outOfRange = "out-of-range"
  case declaration
  case spacing
  case mismatch
  case notPure = "not-pure"
  case exponent
  case indexAsUnit = "index-as-unit"
  case undetermined
}

extension Problem {
  /// A text that is not a unit; its own description says why. Nearest names are offered by the caller.
  static func invalidUnit(_ error: UnitError, notes: [Diagnostic.Note]) -> Problem {
    switch error.problem {
    case .unknown(let name, _): Problem(UnitCode.unknown, "unknown unit `\(name)`", notes: notes)
    case .foreign(let name, _): Problem(UnitCode.foreign, "unknown unit `\(name)`", notes: notes)
    case .empty: Problem(UnitCode.missing, error.description, notes: notes)
    case .magnitude: Problem(UnitCode.magnitude, error.description, notes: notes)
    case .prefix: Problem(UnitCode.prefix, error.description, notes: notes)
    case .tooLong, .tooDeep, .exponentOutOfRange, .scaleOutOfRange:
      Problem(UnitCode.outOfRange, error.description, notes: notes)
    case .reservedWord, .number, .space, .unexpected, .missingOperand, .unclosedParenthesis, .exponent:
      Problem(UnitCode.syntax, error.description, notes: notes)
    }
  }

  /// A node that is not a unit.
  static func missingUnit(found: String) -> Problem { Problem(UnitCode.missing, "a unit is missing", found: found) }

  /// A unit that cannot be declared.
  static func invalidUnitDeclaration(_ error: UnitDeclarationError) -> Problem {
    Problem(UnitCode.declaration, error.description)
  }

  /// Remarks on a unit of another system: `1 lb is 0.45359237 kg`.
  static func unitSizes(_ name: String, _ equivalents: [UnitEquivalent]) -> [Diagnostic.Note] {
    equivalents.map { .init("1 \(name) is \($0.text)") }
  }

  /// How to use an unknown unit that is a name of the scenario, or a thing that can be counted.
  static func unitDeclaration(_ name: String, isName: Bool) -> Diagnostic.Note {
    .init(
      isName
        ? "`\(name)` is a name: put an operator before it, as in `* \(name)`"
        : "units for things that are counted are declared: `units: [\(name)]`")
  }

  // MARK: Units after numbers

  /// `5 %`.
  static func percentAfterSpace(suggestion: String) -> Problem {
    percentNotation.offering([.init(suggestion)])
  }

  /// `%5`, `5 pct`.
  static let percentNotation = Problem(UnitCode.spacing, "`%` is written directly after its number")

  /// `5W`.
  static func unitWithoutSpace(_ text: String, suggestion: String?) -> Problem {
    Problem(
      UnitCode.spacing, "a space is missing between a number and its unit", found: text, suggestion: suggestion)
  }

  /// `5  W`.
  static func unitAfterSeveralSpaces(suggestion: String) -> Problem {
    Problem(
      UnitCode.spacing, "a number and its unit are separated by exactly one space", suggestion: suggestion)
  }

  /// `5 W gpu`.
  static func unitWithSpace(_ text: String) -> Problem {
    Problem(
      UnitCode.spacing, "a unit contains no spaces, and a quantity is followed by an operator", found: "`\(text)`")
  }

  // MARK: Mismatches

  /// The operation that needs values of one unit.
  enum UnitMismatch {
    case addition, subtraction, comparison
    case branches
    case stack
    case initial
    case arguments(of: String)

    fileprivate var message: String {
      switch self {
      case .addition: "cannot add values of different units"
      case .subtraction: "cannot subtract values of different units"
      case .comparison: "cannot compare values of different units"
      case .branches: "the two branches of an `if` have different units"
      case .stack: "the parts of `stack` have different units"
      case .initial: "`previous` and its initial value have different units"
      case .arguments(let function): "the arguments of `\(function)` have different units"
      }
    }
  }

  /// Two operands, each described with its unit.
  static func unitMismatch(
    _ operation: UnitMismatch, _ left: String, _ right: String, notes: [Diagnostic.Note]
  ) -> Problem {
    Problem(UnitCode.mismatch, operation.message, found: "\(left), and \(right)", notes: notes)
  }

  /// How one of two operands gets the unit of the other.
  static func unitDiffersByTime(_ text: String, replacing operand: SourcePlace) -> Diagnostic.Note {
    .init("the units differ by a factor of time: `\(text)`", replacing: operand, by: text)
  }

  /// A bare number next to a value with a unit.
  static func numberNeedsUnit(_ text: String, replacing operand: SourcePlace) -> Diagnostic.Note {
    .init("give the number a unit: `\(text)`", replacing: operand, by: text)
  }

  /// The quotient of two units.
  static func unitsDifferByFactor(_ unit: String) -> Diagnostic.Note {
    .init("the units differ by a factor in \(unit)")
  }

  /// An equation whose formula is not in its unit.
  static func equationUnit(_ name: String, expected: String, found: String) -> Problem {
    Problem(UnitCode.mismatch, "the formula of `\(name)` does not have its unit", expected: expected, found: found)
  }

  /// A value that must be a pure number; the role is `an exponent`, `the argument of `exp``.
  static func notPure(_ role: String, found: String, advice: String?) -> Problem {
    Problem(UnitCode.notPure, "\(role) must be a pure number", found: found, advice: advice)
  }

  /// How an argument of a function becomes a pure number.
  static func divideByUnit(of function: String, _ argument: String, unit: String) -> String {
    "divide it by a quantity first: `\(function)(\(argument) / 1 \(unit))`"
  }

  /// How an exponent becomes a pure number.
  static let divideByOwnUnit = "divide it by a quantity of its unit first"

  // MARK: Percentages with units

  /// `50%` where values are in MW.
  static func percentOfUnit(_ text: String, meaning: String, unit: String) -> Problem {
    Problem(
      UnitCode.mismatch, "a percentage is not an amount in \(unit)", expected: "a number in \(unit)",
      found: "`\(text)`, which is the number \(meaning)",
      advice: "a share of another quantity is written as a product in an equation, such as `50% * x`")
  }

  /// `10% + 5` where bare numbers are in percent.
  static func percentAndNumber(_ number: String, in text: String, unit: String) -> Problem {
    Problem(
      UnitCode.mismatch, "percentages and plain numbers are added",
      expected: "all numbers with `%`, or all without it, in \(unit)",
      found: "`\(number)` in `\(text)`, which would be \(number) times 100 %")
  }

  // MARK: Powers

  /// `area ^ n`, where `n` is not constant.
  static func exponentNotConstant(base: String, suggestion: String) -> Problem {
    Problem(
      UnitCode.exponent, "the exponent of a value with a unit must be a constant", found: "the base \(base)",
      advice: "divide the base by a quantity first: `\(suggestion)`")
  }

  /// `area ^ 0.123456`.
  static func exponentNotRational(_ exponent: Double) -> Problem {
    Problem(
      UnitCode.exponent, "the exponent of a value with a unit must be a whole number or a simple fraction",
      found: "\(exponent)")
  }

  /// A result whose unit has an exponent beyond the limit: `product`, `power`, `root`.
  static func unitOutOfRange(_ operation: String) -> Problem {
    Problem(UnitCode.outOfRange, "the unit of this \(operation) has too large an exponent")
  }

  // MARK: Others

  /// `15% / year`, where `year` is an index.
  static func indexAsUnit(_ name: String, meant: [Diagnostic.Reading]) -> Problem {
    Problem(
      UnitCode.indexAsUnit, "the index `\(name)` is a plain number here, and cannot be multiplied or divided",
      found: "the unit of the same name was probably meant"
    ).offering(meant)
  }

  /// An equation in a cycle that never gets a unit.
  static func undeterminedUnit(_ name: String) -> Problem {
    Problem(
      UnitCode.undetermined, "the unit of `\(name)` does not follow from its formula",
      advice: "state it: `\(name): {formula: …, unit: …}`")
  }
}
