import Diagnostics

/// The settings of a run: the section `run`, and the flags that override it.
enum SettingCode: String, DiagnosticSection {
  static let section = "settings"

  case draws
  case seed
  case design
  case tolerance
  case flag = "true-or-false"
  case key
  case publication
}

/// The keys of `publication` whose text has a form.
enum PublicationForm: String {
  case licence, period, date
}

extension Problem {
  /// A number of draws that is not one.
  static func invalidDrawCount(found: String) -> Problem {
    Problem(
      SettingCode.draws, "invalid number of draws", expected: "a whole number from 1 to 1T, such as `1M`",
      found: "`\(found)`")
  }

  /// A number of draws outside the limits.
  static let drawCountOutOfRange = Problem(SettingCode.draws, "the number of draws must be from 1 to 1T")

  /// A seed that is not one.
  static func invalidSeed(found: String) -> Problem {
    Problem(
      SettingCode.seed, "invalid seed", expected: "a whole number from 0 to 18446744073709551615", found: found)
  }

  /// A sampling design that does not exist.
  static func unknownDesign(_ name: String, designs: [String], nearest: String?) -> Problem {
    Problem(
      SettingCode.design, "unknown design `\(name)`", expected: designs.joined(separator: ", "),
      suggestion: nearest)
  }

  /// A setting that is neither `true` nor `false`.
  static func notTrueOrFalse(_ setting: String, found: String) -> Problem {
    Problem(SettingCode.flag, "`\(setting)` must be true or false", found: found)
  }

  /// A key that `run` does not have.
  static func unknownSetting(_ key: String, keys: [String], nearest: String?) -> Problem {
    Problem(
      SettingCode.key, "`run` has no key `\(key)`", expected: keys.joined(separator: " "), suggestion: nearest)
  }

  // MARK: Publication

  /// A text of `publication` that has not the form of its key.
  static func publicationForm(_ form: PublicationForm, found: String) -> Problem {
    let expected =
      switch form {
      case .licence: "an SPDX identifier, such as `CC-BY-4.0`"
      case .period: "a year, or the first and the last, such as `2019..2030`"
      case .date: "a date, such as `2026-11-30`"
      }
    return Problem(
      SettingCode.publication, "invalid `\(form.rawValue)`", expected: expected, found: "`\(found)`")
  }

  // MARK: Tolerances

  /// A text that is not a tolerance.
  static func invalidTolerance(found: String) -> Problem {
    Problem(
      SettingCode.tolerance, "invalid tolerance",
      expected: "a fraction, such as `0.5%`, for the mean of every output; or OUTPUT=, STATISTIC= (mean, p05 … p95) "
        + "or OUTPUT.STATISTIC= before it, such as `electricity.p95=1%`",
      found: "`\(found)`")
  }

  /// A tolerance for an output that does not exist.
  static func toleranceOfUnknownOutput(_ output: String, outputs: [String], nearest: String?) -> Problem {
    Problem(
      SettingCode.tolerance, "there is no output `\(output)`", expected: outputs.joined(separator: " "),
      suggestion: nearest)
  }

  /// A tolerance for a statistic that does not exist or has no standard error.
  static func toleranceOfUnknownStatistic(_ name: String, statistics: [String], nearest: String?) -> Problem {
    Problem(
      SettingCode.tolerance, "`\(name)` is not a statistic with a standard error",
      expected: statistics.joined(separator: " "), suggestion: nearest)
  }

  /// A tolerance for something that is neither an output nor a statistic.
  static func toleranceOfUnknownName(_ name: String, names: [String], nearest: String?) -> Problem {
    Problem(
      SettingCode.tolerance, "`\(name)` is neither an output nor a statistic",
      expected: names.joined(separator: " "), suggestion: nearest)
  }
}
