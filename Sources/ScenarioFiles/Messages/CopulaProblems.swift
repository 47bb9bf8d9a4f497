import Diagnostics

/// Copulas of correlations.
extension Problem {
  /// A copula that does not exist.
  static func unknownCopula(found: String, known: [String], nearest: String?) -> Problem {
    Problem(
      CorrelationCode.copula, "unknown copula \(found)", expected: known.joined(separator: ", "), suggestion: nearest)
  }

  /// Correlated inputs with different copulas.
  static func copulasDiffer(_ copulas: [String], otherAt place: SourcePlace?) -> Problem {
    Problem(
      CorrelationCode.copula, "inputs that are correlated with each other have one copula",
      found: "a \(copulas.joined(separator: " and a "))", notes: [.init("the other is stated here", at: place)])
  }

  // MARK: Degrees of freedom

  /// `df` without a copula.
  static let degreesWithoutCopula = Problem(
    CorrelationCode.degrees, "`df` belongs to a copula", expected: "`copula: student`")

  /// `df` of a copula that has none.
  static func degreesOfOtherCopula(_ copula: String) -> Problem {
    Problem(CorrelationCode.degrees, "a `\(copula)` copula has no `df`", advice: "`copula: student` has one")
  }

  /// A Student copula without `df`.
  static func missingDegrees(low: String, high: String) -> Problem {
    Problem(
      CorrelationCode.degrees, "a `student` copula needs its degrees of freedom",
      expected: "`df: 4`, from \(low) (strongest joint extremes) to \(high) (practically gaussian)")
  }

  /// Degrees of freedom out of range.
  static func degreesOutOfRange(low: String, high: String, found: String) -> Problem {
    Problem(CorrelationCode.degrees, "degrees of freedom are a number from \(low) to \(high)", found: found)
  }

  // MARK: Copulas of two inputs

  /// A pair copula as an option for all correlations.
  static func pairCopulaForAll(_ copula: String) -> Problem {
    Problem(CorrelationCode.pair, "a `\(copula)` copula relates two inputs", expected: "`inputs: [a, b]`")
  }

  /// A pair copula of more inputs.
  static func pairCopulaCount(_ copula: String, count: Int) -> Problem {
    Problem(
      CorrelationCode.pair, "a `\(copula)` copula relates two inputs, not \(count)",
      expected: "`copula: gaussian` or `student` with a matrix relates more")
  }

  /// A key that a pair copula does not have.
  static func pairCopulaKey(_ copula: String, key: String) -> Problem {
    Problem(CorrelationCode.pair, "a `\(copula)` copula has no `\(key)`", expected: "`kendall: 0.4`, or `theta:`")
  }

  /// A key that only a pair copula has.
  static func keyOfPairCopula(_ key: String, copulas: [String]) -> Problem {
    Problem(
      CorrelationCode.pair, "`\(key)` belongs to a copula of two inputs",
      expected: "`copula:` one of \(copulas.joined(separator: ", "))")
  }

  /// Two entries for one pair.
  static func repeatedPairCopula(firstAt place: SourcePlace) -> Problem {
    Problem(CorrelationCode.repeated, "these inputs have two copulas", notes: [.init("first here", at: place)])
  }

  /// A rotation that does not exist.
  static func rotation(found: String) -> Problem {
    Problem(
      CorrelationCode.strength, "a copula is rotated by 0, 90, 180 or 270 degrees", found: found,
      advice: "180 exchanges low and high of both inputs; 90 and 270 make low go with high")
  }

  /// No strength, or two.
  static func pairStrength(_ copula: String, isMissing: Bool, theta: String) -> Problem {
    Problem(
      CorrelationCode.strength,
      isMissing ? "a `\(copula)` copula needs its strength" : "`kendall` and `theta` give the same strength twice",
      expected: "`kendall: 0.4`, or `theta: \(theta)`")
  }

  /// A strength that is not a number.
  static func strengthNotNumber(_ key: String, found: String) -> Problem {
    Problem(CorrelationCode.strength, "`\(key)` is a number", found: found)
  }

  /// A negative correlation with a copula that has only positive ones.
  static func negativeKendall(_ copula: String, found: String, advice: String) -> Problem {
    Problem(
      CorrelationCode.strength, "`kendall` of a `\(copula)` copula is positive", found: found, advice: advice)
  }

  /// A positive correlation with a copula rotated by 90 or 270 degrees.
  static func positiveKendall(_ copula: String, rotation: Int, found: String, suggestion: String) -> Problem {
    Problem(
      CorrelationCode.strength, "`kendall` of a `\(copula)` copula rotated by \(rotation) degrees is negative",
      found: found, suggestion: suggestion)
  }

  /// Rotations that make a correlation negative.
  static func negativeRotations(_ rotations: [String]) -> String {
    "\(rotations.joined(separator: " or ")) makes it negative"
  }

  /// A correlation beyond the copula's range.
  static func kendallOutOfRange(_ copula: String, low: String, high: String, found: String, isZero: Bool) -> Problem {
    Problem(
      CorrelationCode.strength, "`kendall` of a `\(copula)` copula is out of range",
      expected: "\(low) to \(high), apart from the sign", found: found,
      advice: isZero ? "independent inputs need no entry" : nil)
  }

  /// A parameter beyond the copula's range.
  static func thetaOutOfRange(
    _ copula: String, low: (theta: String, kendall: String), high: (theta: String, kendall: String), found: String
  ) -> Problem {
    Problem(
      CorrelationCode.strength, "`theta` of a `\(copula)` copula is out of range",
      expected: "\(low.theta) (kendall \(low.kendall)) to \(high.theta) (kendall \(high.kendall))", found: found)
  }

  /// A pair copula of an input whose cells are rank-correlated.
  static func pairCopulaAlongRank(_ pair: (String, String), input: String, index: String) -> Problem {
    Problem(
      CorrelationCode.pair,
      "`\(pair.0)` and `\(pair.1)` cannot have a copula of two inputs: the cells of `\(input)` are rank-correlated along "
        + "`\(index)`",
      expected: "`dependence: shared` or `independent`, or `copula: gaussian` or `student`")
  }

  /// A pair copula that would relate one coordinate to several.
  static func pairCopulaSpreads(_ pair: (String, String), input: String, other: String, index: String) -> Problem {
    Problem(
      CorrelationCode.pair,
      "`\(pair.0)` and `\(pair.1)` cannot have a copula of two inputs: `\(other)` would depend on each cell of `\(input)`, "
        + "which are independent along `\(index)`",
      expected: "`dependence: shared`, or `copula: gaussian` or `student`")
  }

  /// A pair copula of an input that is also correlated with others.
  static func pairCopulaNotAlone(_ input: String, otherAt place: SourcePlace?) -> Problem {
    Problem(
      CorrelationCode.pair, "an input with a copula of two inputs cannot have other correlations",
      expected: "`copula: gaussian` or `student`, which relate any number of inputs",
      notes: place.map { [.init("`\(input)` is correlated here too", at: $0)] } ?? [])
  }
}
