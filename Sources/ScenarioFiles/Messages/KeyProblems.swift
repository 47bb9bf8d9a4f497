import Diagnostics

/// Sections, keys, and the kinds of their values.
enum KeyCode: String, DiagnosticSection {
  static let section = "keys"

  case unknown
  case unknownSection = "unknown-section"
  case replaced
  case type
  case repeated
  case version
}

extension Problem {
  // MARK: Keys

  /// A key that does not belong to its mapping; the subject is `an input`.
  ///
  /// - Parameter input: the new name of the key, if it is a replaced key of inputs.
  static func unknownKey(
    _ key: String, of subject: String, keys: [String], nearest: String?, input: String? = nil
  ) -> Problem {
    Problem(
      KeyCode.unknown, "\(subject) has no key `\(key)`", expected: keys.joined(separator: " "), suggestion: nearest,
      advice: input.map { "`\(key)` is now called `\($0)`, and belongs to inputs" })
  }

  /// A section that does not exist.
  static func unknownSection(_ name: String, sections: [String], nearest: String?) -> Problem {
    Problem(
      KeyCode.unknownSection, "there is no section `\(name)`", expected: sections.joined(separator: " "),
      suggestion: nearest)
  }

  /// A word that was replaced by another; `isGivenToo` if the file has the new word as well.
  static func replacedWord(_ old: String, by new: String, isGivenToo: Bool, isAdvised: Bool) -> Problem {
    Problem(
      KeyCode.replaced, "`\(old)` is now called `\(new)`",
      expected: isGivenToo ? "one of them: `\(new)` is given too" : nil, suggestion: isGivenToo ? nil : new,
      advice: isAdvised || isGivenToo ? nil : migrationAdvice)
  }

  /// A replaced word that `loadcast migrate` cannot rewrite, since the file has the new word as well.
  static func replacedAndGiven(_ old: String, new: String, at place: SourcePlace) -> Problem {
    Problem(
      KeyCode.replaced, "`\(old)` is now called `\(new)`, which is given too", expected: "one of them",
      notes: [.init("`\(new)` is here", at: place)])
  }

  /// A replaced word that `loadcast migrate` cannot rewrite, since it is written with escape sequences.
  static func replacedWithEscapes(_ old: String, new: String) -> Problem {
    Problem(
      KeyCode.replaced,
      "`\(old)` is now called `\(new)`; it cannot be rewritten here, because it contains escape sequences",
      expected: "`\(new)`")
  }

  /// How to replace all old words of a file.
  static let migrationAdvice = "`loadcast migrate` renames the old keywords of a file"

  /// A key or name that is given twice in one mapping, or a unit that is declared twice.
  static func repeatedKey(_ key: String, first: SourcePlace?) -> Problem {
    Problem(
      KeyCode.repeated, "`\(key)` is given twice", notes: first.map { [.init("first given here", at: $0)] } ?? [])
  }

  // MARK: Kinds of values

  /// A value that is not a single text.
  static func notText(_ key: String, found: String) -> Problem {
    Problem(KeyCode.type, "`\(key)` must be text", found: found)
  }

  /// A path of a table that is not a text.
  static func notTablePath(found: String) -> Problem {
    Problem(KeyCode.type, "`table` must be the path of a CSV file", found: found)
  }

  /// A value that is not a list.
  static func notList(_ key: String, expected: String, found: String) -> Problem {
    Problem(KeyCode.type, "`\(key)` must be a list", expected: expected, found: found)
  }

  /// An item of a list that is not a text.
  static func notListOfTexts(_ key: String, expected: String, found: String) -> Problem {
    Problem(KeyCode.type, "every item of `\(key)` must be text", expected: expected, found: found)
  }

  /// A section that is not a mapping of names.
  static func notNamedEntries(_ section: String, found: String) -> Problem {
    Problem(
      KeyCode.type, "`\(section)` must be a mapping of names", expected: "a line `name: …` for each", found: found)
  }

  // MARK: The language

  /// A version that is not a number.
  static func notAVersion(_ text: String, current: String) -> Problem {
    Problem(
      KeyCode.version, "`loadcast` must be a version of the language", expected: "a whole number: `\(current)`",
      found: "`\(text)`", suggestion: current)
  }

  /// A version that this program cannot read.
  static func unsupportedVersion(_ version: String, supported: String) -> Problem {
    Problem(
      KeyCode.version, "this program does not support version \(version.prefix(40)) of the language",
      expected: supported)
  }
}
