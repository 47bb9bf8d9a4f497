import Diagnostics

/// The section `correlations`.
enum CorrelationCode: String, DiagnosticSection {
  static let section = "correlations"

  case form
  case number
  case input
  case repeated
  case cell
  case measure
  case repair
  case labels
  case size
  case dependence
  case impossible
  case ineffective
  case matrix
  case copula
  case degrees
  case strength
  case pair
}

extension Problem {
  private static let usage = "`[a, b, 0.5]` (rank), `[a, b, kendall 0.5]` or `[a, b, normal 0.5]` (of normal scores)"

  // MARK: Form

  /// An item that is neither a list nor a mapping.
  static func notACorrelation(found: String) -> Problem {
    Problem(CorrelationCode.form, "this is not a correlation", expected: usage, found: found)
  }

  /// A list with another number of parts than three.
  static func correlationParts(_ count: Int) -> Problem {
    Problem(CorrelationCode.form, "a correlation has three parts, not \(count)", expected: usage)
  }

  /// A third part that is not a measure and a number.
  static func notACorrelationNumber(found: String) -> Problem {
    Problem(CorrelationCode.number, "a correlation is a number", expected: usage, found: found)
  }

  /// A matrix's field, or the value of a measure, that is not a number.
  static func correlationNotNumber(_ text: String) -> Problem {
    Problem(
      CorrelationCode.number, "a correlation is a number", expected: "a number between -1 and 1", found: "`\(text)`")
  }

  /// A correlation beyond -1 or 1.
  static func correlationOutOfRange(_ text: String, isOne: Bool) -> Problem {
    Problem(
      CorrelationCode.number, "a correlation is between -1 and 1", found: text,
      advice: isOne ? "use one input instead of two that always move together" : nil)
  }

  /// An option that needs the inputs to which it applies.
  static func optionWithoutInputs(_ key: String) -> Problem {
    Problem(CorrelationCode.form, "`\(key)` needs the inputs to which it applies", expected: "`inputs: [a, b]`")
  }

  /// An item without content.
  static let emptyCorrelation = Problem(
    CorrelationCode.form, "this entry states no correlation",
    expected: "`inputs: [a, b]` and their correlation, or `copula: student` or `repair: nearest` for all")

  /// `inputs` with something other than two or more names.
  static func correlatedInputs(found: String) -> Problem {
    Problem(CorrelationCode.form, "`inputs` lists two or more inputs", found: found)
  }

  /// `measure` without a matrix.
  static let measureWithoutMatrix = Problem(
    CorrelationCode.measure, "`measure` states what a matrix contains", expected: "`matrix: file.csv`")

  /// More than two inputs without a matrix.
  static let manyWithoutMatrix = Problem(
    CorrelationCode.measure, "the correlations of more than two inputs are given as a matrix",
    expected: "`matrix: file.csv`")

  /// No measure, or several.
  static func measureCount(isMissing: Bool) -> Problem {
    Problem(
      CorrelationCode.measure,
      isMissing ? "the correlation of these inputs is missing" : "the correlation of these inputs is given twice",
      expected: "`rank: 0.5`, `kendall: 0.5`, `normal: 0.5` or `matrix: file.csv`")
  }

  /// A measure that does not exist.
  static func unknownMeasure(found: String, known: [String], nearest: String?) -> Problem {
    Problem(
      CorrelationCode.measure, "unknown measure \(found)", expected: known.joined(separator: ", "),
      suggestion: nearest)
  }

  /// `repair` with something else than `nearest`.
  static func unknownRepair(found: String) -> Problem {
    Problem(
      CorrelationCode.repair, "`repair` is `nearest`: an impossible matrix is replaced by the nearest possible one",
      found: found)
  }

  // MARK: Inputs

  /// A node that is not the name of an input.
  static func inputNameExpected(found: String) -> Problem {
    Problem(CorrelationCode.input, "the name of an input is missing", found: found)
  }

  /// A name that is not an input; `kind` is what it is instead, `an equation`.
  static func notACorrelatedInput(_ name: String, kind: String?, nearest: String?) -> Problem {
    Problem(
      CorrelationCode.input, kind == nil ? "unknown input `\(name)`" : "only inputs are correlated",
      found: kind.map { "`\(name)` is \($0)" }, suggestion: kind == nil ? nearest : nil)
  }

  /// `a[year=2025]`.
  static func correlatedCell(_ text: String, input: String) -> Problem {
    Problem(
      CorrelationCode.cell, "single cells cannot be correlated", found: "`\(text)`",
      advice: "name the input, `\(input)`: cells with the same labels are correlated on indexes that both inputs have")
  }

  /// An input with itself.
  static func selfCorrelation(_ input: String) -> Problem {
    Problem(
      CorrelationCode.repeated, "`\(input)` is correlated with itself",
      advice: "the correlation between its cells is stated by `dependence`")
  }

  /// Two inputs correlated twice.
  static func repeatedCorrelation(_ first: String, _ second: String, at place: SourcePlace) -> Problem {
    Problem(
      CorrelationCode.repeated, "`\(first)` and `\(second)` are correlated twice",
      notes: [.init("first here", at: place)])
  }

  /// An item given twice; `isForAll` if it has the options of all correlations.
  static func repeatedCorrelationItem(isForAll: Bool, firstAt place: SourcePlace) -> Problem {
    Problem(
      CorrelationCode.repeated,
      isForAll ? "the options of all correlations are given twice" : "this correlation is given twice",
      expected: isForAll ? "one entry without `inputs`" : nil, notes: [.init("first given here", at: place)])
  }

  /// An input whose values are labels.
  static func correlatedLabels(_ input: String) -> Problem {
    Problem(
      CorrelationCode.labels, "`\(input)` cannot be correlated: its values are labels, which have no order")
  }

  /// An input with shares.
  static func correlatedShares(_ input: String) -> Problem {
    Problem(
      CorrelationCode.labels,
      "`\(input)` cannot be correlated: its shares already depend on each other, because they sum to 1"
    )
  }

  /// A constant input.
  static func correlatedConstant(_ input: String, definedAt place: SourcePlace?) -> Problem {
    Problem(
      CorrelationCode.ineffective, severity: .warning, "`\(input)` is constant, so its correlation has no effect",
      notes: [.init("`\(input)` is given here", at: place)])
  }

  /// An input with discrete values.
  static func correlatedTies(_ input: String) -> Problem {
    Problem(
      CorrelationCode.ineffective, severity: .warning,
      "the values of `\(input)` have ties, so their rank correlation is weaker than stated",
      notes: [.init("the correlation holds between the probabilities of the two inputs")])
  }

  // MARK: Structure

  /// Two inputs with too many cells.
  static func tooManyCorrelatedCells(_ first: String, _ second: String, coordinates: (Int, Int)) -> Problem {
    Problem(
      CorrelationCode.size, "`\(first)` and `\(second)` have too many cells to be correlated",
      found: "\(coordinates.0) and \(coordinates.1) coordinates")
  }

  /// A component with too many coordinates.
  static func tooManyCorrelated(_ coordinates: Int, limit: Int) -> Problem {
    Problem(
      CorrelationCode.size, "\(coordinates) coordinates are correlated with each other", expected: "at most \(limit)",
      advice: noMatrixAdvice)
  }

  /// Inputs whose dependence along a common index differs.
  static func dependencesDiffer(_ first: String, _ second: String, index: String) -> Problem {
    Problem(
      CorrelationCode.dependence,
      "`\(first)` and `\(second)` cannot be correlated: their dependence along `\(index)` differs",
      expected: "the same `dependence` on the indexes that both have")
  }

  /// Inputs whose uncertain labels on a common index differ.
  static func uncertainLabelsDiffer(_ first: String, _ second: String, index: String) -> Problem {
    Problem(
      CorrelationCode.dependence,
      "`\(first)` and `\(second)` cannot be correlated: their uncertain labels or anchor points on `\(index)` differ",
      expected: "the same labels, which are correlated one to one")
  }

  /// A matrix that no inputs can have.
  static func impossibleCorrelations(smallestEigenvalue: String, notes: [Diagnostic.Note]) -> Problem {
    Problem(
      CorrelationCode.impossible, "no inputs can have these correlations together",
      expected: "a positive definite matrix of normal-score correlations",
      found: "its smallest eigenvalue is \(smallestEigenvalue)",
      advice: "`repair: nearest` uses the nearest possible correlations instead", notes: notes)
  }

  /// An entry of an impossible matrix.
  static func matrixEntry(_ first: String, _ second: String, score: String) -> Diagnostic.Note {
    .init("\(first) with \(second): \(score)")
  }

  /// The number of further entries.
  static func furtherEntries(_ count: Int) -> Diagnostic.Note { .init("and \(count) more among them") }

  /// The possible range of one entry.
  static func possibleEntry(_ first: String, _ second: String, low: String, high: String) -> Diagnostic.Note {
    .init("with the other two, \(first) with \(second) can be from \(low) to \(high)")
  }

  // MARK: Matrices

  /// A measure beside a matrix.
  static func measureBesideMatrix(_ measure: String) -> Problem {
    Problem(
      CorrelationCode.matrix, "the correlations are in the matrix", expected: "`measure: \(measure)`",
      found: "`\(measure): …`")
  }

  /// `matrix` with something else than a path.
  static func matrixPath(found: String) -> Problem {
    Problem(CorrelationCode.matrix, "`matrix` is the path of a CSV file", found: found)
  }

  /// A table with other rows or columns.
  static func matrixSize(_ inputs: [String], columns: Int, rows: Int) -> Problem {
    Problem(
      CorrelationCode.matrix, "the table is not a matrix of these inputs",
      expected: "a column for each of \(inputs.joined(separator: ", ")), and a row for each",
      found: "\(columns) columns and \(rows) rows")
  }

  /// The row or column of another input.
  static func matrixName(_ kind: String, _ name: String, inputs: [String], nearest: String?) -> Problem {
    Problem(
      CorrelationCode.matrix, "the matrix has a \(kind) `\(name)`, which `inputs` does not name",
      expected: inputs.joined(separator: ", "), suggestion: nearest)
  }

  /// Two rows or columns of an input.
  static func repeatedMatrixName(_ kind: String, _ name: String) -> Problem {
    Problem(CorrelationCode.matrix, "the matrix has a second \(kind) `\(name)`")
  }

  /// A diagonal entry other than 1.
  static func matrixDiagonal(_ text: String) -> Problem {
    Problem(
      CorrelationCode.matrix, "the diagonal of a correlation matrix is 1", found: "`\(text)`",
      advice: "divide a matrix of covariances by the standard deviations first")
  }

  /// A pair without an entry.
  static func missingMatrixEntry(_ first: String, _ second: String) -> Problem {
    Problem(
      CorrelationCode.matrix, "the matrix has no entry for `\(first)` and `\(second)`",
      advice: "independent inputs have 0")
  }

  /// Entries that differ from their mirror images.
  static func asymmetricMatrix(_ first: String, _ second: String, mirroredAt place: SourcePlace) -> Problem {
    Problem(
      CorrelationCode.matrix, "the matrix is not symmetric", found: "\(first), and \(second)",
      notes: [.init("the corresponding entry of the other triangle is here", at: place)])
  }
}
