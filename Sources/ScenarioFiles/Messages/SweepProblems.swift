import Diagnostics

/// Sweeps and their variants.
enum SweepCode: String, DiagnosticSection {
  static let section = "sweeps"

  case form
  case missing
  case repeated
  case conflict
  case pairing
  case value
  case range
  case variantName = "variant-name"
  case empty
  case tooMany = "too-many"
  case setting
}

extension Problem {
  // MARK: The section

  /// A sweep that is not a mapping.
  static func sweepWithoutKeys(_ name: String, keys: [String], found: String) -> Problem {
    Problem(
      KeyCode.type, "the sweep `\(name)` must be a mapping", expected: keys.joined(separator: " "), found: found)
  }

  /// Two sweeps with the same name.
  static func repeatedSweep(_ name: String) -> Problem {
    Problem(SweepCode.repeated, "the sweep `\(name)` is given twice")
  }

  /// A sweep with a table and a key that does not go with it.
  static func keyBesideSweepTable(_ key: String) -> Problem {
    Problem(SweepCode.conflict, "a sweep with `table` cannot have `\(key)`", expected: "`table`, or `vary`")
  }

  /// A sweep without `vary` and `table`.
  static func sweepWithoutVariations(_ name: String) -> Problem {
    Problem(
      SweepCode.missing, "the sweep `\(name)` has no variations",
      expected: "`vary:` with a line `NAME: [values]` for each, or `table:`")
  }

  /// A sweep whose list or table of variations is empty.
  static let sweepWithoutColumns = Problem(
    SweepCode.missing, "the sweep has no variations", expected: "at least one variation")

  /// A pairing that does not exist.
  static func unknownPairing(found: String, known: [String]) -> Problem {
    Problem(SweepCode.pairing, "unknown pairing", expected: known.joined(separator: ", "), found: found)
  }

  // MARK: Variations

  /// A text of `--vary` without `=`.
  static let variationWithoutEquals = Problem(
    SweepCode.form, "a variation needs `=`",
    expected: "NAME=values, NAME.ARGUMENT=values, NAME*=values or NAME[label]=values")

  /// A variation whose values are a mapping.
  static func variationNotList(_ target: String, found: String) -> Problem {
    Problem(
      SweepCode.form, "`\(target)` needs a list of values", expected: "\(target): [value, value]", found: found)
  }

  /// A variation with an empty list.
  static func variationWithoutValues(_ target: String) -> Problem {
    Problem(SweepCode.value, "`\(target)` has no values", expected: "\(target): [value, value]")
  }

  /// A list in a list of values.
  static func notASweepValue(found: String) -> Problem {
    Problem(SweepCode.value, "a value of a variation must be text", found: found)
  }

  /// A blank value between commas.
  static let missingSweepValue = Problem(
    SweepCode.value, "a value is missing", expected: "values separated by commas, or a range such as `1..2 in 5`")

  /// A quantity that two variations change.
  static func repeatedVariation(_ target: String, first: SourcePlace) -> Problem {
    Problem(SweepCode.repeated, "`\(target)` varies twice", notes: [.init("first given here", at: first)])
  }

  /// Too many variants, or values of a range.
  static func tooManyVariants(limit: Int) -> Problem {
    Problem(SweepCode.tooMany, "the sweep has too many variants", expected: "at most \(limit)")
  }

  /// A setting other than those that can vary.
  static func fixedSetting(_ key: String) -> Problem {
    Problem(
      SweepCode.setting, "the setting `run.\(key)` cannot vary", expected: "run.draws, run.seed, run.design")
  }

  /// An assignment to something that is not an input.
  static func variationOfNoInput(_ name: String) -> Problem {
    Problem(SweepCode.setting, "`\(name)` is not an input")
  }

  // MARK: Tables of variants

  /// A table of variants without rows.
  static let noVariants = Problem(
    SweepCode.empty, "the table has no variants", expected: "a row for each variant below the header")

  /// A variant without a name, with the name of another, or with the name 0.
  static func variantName(_ name: String) -> Problem {
    Problem(
      SweepCode.variantName,
      name.isEmpty
        ? "a variant has no name"
        : name == "0" ? "the name `0` is reserved for the unchanged scenario" : "the variant `\(name)` is given twice",
      expected: name == "0" ? "another name" : "a different name for each row")
  }

  // MARK: Ranges

  private static let rangeForms = "numbers: `1.1..1.5 in 5`, `0.3..0.6 by 0.1`, `400..700 W in 4`"

  /// An end of a range that is not a number.
  static func rangeEndNotNumber(_ text: String) -> Problem {
    range("the ends of a range must be numbers", text, expected: rangeForms)
  }

  /// A unit behind the first end that the second does not have.
  static func rangeUnits(_ text: String) -> Problem {
    range("the ends of a range must have the same unit", text, expected: "the unit after the second end")
  }

  /// A range from more to less; `end` is its second end.
  static func rangeOrder(_ text: String, end: String) -> Problem {
    range("a range must go from a smaller to a larger number", text, expected: "less than \(end)")
  }

  /// An invalid number after `in`.
  static func rangeCount(_ text: String, limit: Int) -> Problem {
    range("invalid number of values", text, expected: "a whole number from 2 to \(limit)")
  }

  /// An invalid step after `by`.
  static func rangeStep(_ text: String) -> Problem {
    range("invalid step", text, expected: "a number above 0, in the unit of the ends")
  }

  /// A range of fractions without a step and a count.
  static func rangeWithoutStep(_ text: String) -> Problem {
    range("a range of numbers that are not integers needs a step or a count", text, expected: rangeForms)
  }

  private static func range(_ message: String, _ found: String, expected: String) -> Problem {
    Problem(SweepCode.range, message, expected: expected, found: "`\(found)`")
  }
}
