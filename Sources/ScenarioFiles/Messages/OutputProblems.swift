import Diagnostics

/// Outputs, the references that they are compared with, their scopes, and entries that no output needs.
enum OutputCode: String, DiagnosticSection {
  static let section = "outputs"

  case form
  case notComputed = "not-computed"
  case labelValue = "label-value"
  case reference
  case selection
  case repeated
  case convert
  case scope
  case scopeTag = "scope-tag"
  case verdict
  case verdictCondition = "verdict-condition"
  case certainty
  case url
  case none
  case unused
}

extension Problem {
  // MARK: Outputs

  /// An output that is not a mapping.
  static func outputNotMapping(_ name: String, found: String) -> Problem {
    Problem(OutputCode.form, "an output must be a mapping", expected: "`\(name): {unit: …}`", found: found)
  }

  /// An output that nothing defines.
  static func unknownOutputQuantity(_ name: String, nearest: String?) -> Problem {
    Problem(
      NameCode.unknown, "unknown name `\(name)`", expected: "an input or an equation", suggestion: nearest)
  }

  /// The name of an index as an output.
  static func indexAsOutput(nearest: String?) -> Problem {
    Problem(
      OutputCode.notComputed, "an index cannot be an output", expected: "an input or an equation",
      suggestion: nearest)
  }

  /// The name of a reference as an output.
  static func referenceAsOutput(_ name: String) -> Problem {
    Problem(
      OutputCode.notComputed, "the reference `\(name)` cannot be an output", expected: "an input or an equation",
      advice: "define an equation with its value, `NAME: \(name)`, which can be an output")
  }

  /// An output whose values are labels.
  static func labelsAsOutput(_ name: String, index: String) -> Problem {
    Problem(
      OutputCode.labelValue, "`\(name)` cannot be an output, because its values are labels of `\(index)`")
  }

  /// An output with a unit of another dimension; `unit` is one that fits, nil for a pure number.
  static func outputUnit(
    _ name: String, unit: String?, found: String, advice: String?, notes: [Diagnostic.Note]
  ) -> Problem {
    Problem(
      UnitCode.mismatch, "`\(name)` cannot be expressed in this unit", expected: expectedUnit(unit), found: found,
      advice: advice, notes: notes)
  }

  /// The expectation of a unit of a dimension; nil for a pure number.
  static func expectedUnit(_ unit: String?) -> String {
    unit.map { "a unit such as \($0)" } ?? "a pure number: `\"1\"` or `percent`"
  }

  /// An output without a unit.
  static func outputWithoutUnit(_ name: String, unit: String, notes: [Diagnostic.Note]) -> Problem {
    Problem(
      UnitCode.missing, "the output `\(name)` needs a unit", expected: "`unit:`, such as \(unit)", notes: notes)
  }

  /// The difference between the dimensions of an output and its unit.
  enum OutputUnitDifference {
    case perYearTooFew
    case yearTooFew(unit: String)
    case factor(String)
  }

  /// How an output gets its unit.
  static func outputUnitAdvice(_ difference: OutputUnitDifference) -> String {
    switch difference {
    case .perYearTooFew: "the formula lacks `/year`, or the unit has one `/year` too many"
    case .yearTooFew(let unit): "the formula lacks `* 1 year`, or the unit lacks `/year`: `\(unit)/year`"
    case .factor(let unit): "the units differ by a factor in \(unit)"
    }
  }

  // MARK: Comparisons

  /// A comparison as a mapping without `reference`.
  static let comparisonWithoutReference = Problem(
    OutputCode.reference, "a comparison needs a reference", expected: "`{reference: NAME, convert: NAME}`")

  /// A name that is not a reference; `kind` is what it is instead, `an input`.
  static func notAReference(_ name: String, kind: String?, nearest: String?) -> Problem {
    guard let kind else { return Problem(NameCode.unknown, "unknown reference `\(name)`", suggestion: nearest) }
    return Problem(OutputCode.reference, "`\(name)` is not a reference", found: kind, suggestion: nearest)
  }

  /// The same comparison twice.
  static func repeatedComparison(_ reference: String) -> Problem {
    Problem(OutputCode.repeated, "the output is compared with `\(reference)` twice")
  }

  /// A reference whose values are labels.
  static func labelsAsReference(index: String) -> Problem {
    Problem(OutputCode.labelValue, "an output cannot be compared with labels of `\(index)`")
  }

  /// A reference of another unit.
  static func comparisonUnit(
    _ output: String, _ reference: String, units: (String, String), notes: [Diagnostic.Note]
  ) -> Problem {
    Problem(
      UnitCode.mismatch, "`\(output)` and `\(reference)` have different units", found: "\(units.0) and \(units.1)",
      notes: notes)
  }

  /// A label of an index that the reference does not have.
  static func referenceSelection(_ reference: String, index: String, indexes: String) -> Problem {
    Problem(OutputCode.selection, "`\(reference)` is not over `\(index)`", found: "it is over \(indexes)")
  }

  /// A factor of a comparison that nothing defines.
  static func unknownFactor(_ name: String, nearest: String?) -> Problem {
    Problem(
      NameCode.unknown, "unknown name `\(name)`", expected: "an input or equation that is a pure number",
      suggestion: nearest)
  }

  /// A factor of a comparison with a unit; `unit` is nil if its values are labels.
  static func factorNotPure(_ name: String, unit: String?) -> Problem {
    Problem(
      OutputCode.convert, "`convert` multiplies the output, so it must be a pure number",
      found: unit.map { "`\(name)` is in \($0)" } ?? "the values of `\(name)` are labels")
  }

  /// A factor over an index that the output does not have.
  static func factorIndexes(_ lacking: String, output: String, indexes: String) -> Problem {
    Problem(
      OutputCode.convert, "`convert` is over \(lacking), which the output is not over",
      found: "`\(output)` is over \(indexes)")
  }

  /// A comparison whose two sides have different values of a scope tag.
  static func scopesDiffer(
    _ output: String, _ reference: String, differences: [(tag: String, output: String, reference: String)],
    definition: SourcePlace
  ) -> Problem {
    Problem(
      OutputCode.scope, "`\(output)` and `\(reference)` have different scopes",
      found: differences.map { "\($0.tag): \($0.output) and \($0.reference)" }.joined(separator: "; "),
      advice: "convert the output: `{reference: \(reference), convert: NAME}`, where NAME is a pure number that "
        + "multiplies `\(output)`",
      notes: [.init("the scope of `\(reference)` is stated here", at: definition)])
  }

  // MARK: Scopes

  /// A scope that is not a mapping.
  static func scopeNotMapping(found: String) -> Problem {
    Problem(
      OutputCode.scopeTag, "a scope must be a mapping of tags", expected: "`{boundary: facility, sector: …}`",
      found: found)
  }

  /// A scope tag with an unknown value.
  static func unknownScope(_ tag: String, values: [String], found: String, nearest: String?) -> Problem {
    Problem(
      OutputCode.scopeTag,
      "`\(tag)` must be \(values.dropLast().joined(separator: ", ")) or \(values.last ?? "")", found: "`\(found)`",
      suggestion: nearest)
  }

  // MARK: Use

  /// A scenario without outputs.
  static let noOutputs = Problem(
    OutputCode.none, severity: .warning, "the scenario has no outputs, so a run reports nothing")

  /// An equation that no output needs.
  static func unusedEquation(_ name: String) -> Problem {
    Problem(OutputCode.unused, severity: .warning, "no output needs the equation `\(name)`")
  }

  /// An input that nothing uses.
  static func unusedInput(_ name: String) -> Problem {
    Problem(OutputCode.unused, severity: .warning, "nothing uses the input `\(name)`")
  }
}
