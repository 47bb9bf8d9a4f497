import Diagnostics
import Modeling

/// Tries every suggestion before it is shown: replacing the faulty range by it must leave no error there.
///
/// A trial reads and checks the whole scenario again with the changed text, by the same code that found the problem, so
/// an accepted suggestion is valid where it will be used: in this formula, with these units, inside this list. If it
/// fails, it is tried once more in quotes, which a comma inside YAML brackets needs, and is otherwise dropped.
struct SuggestionChecker {
  /// The problems of the scenario after a change of a file or of a flag's text; nil if that cannot be tried.
  let problems: (_ file: SourceFile, _ text: String) -> [Diagnostic]?

  /// Problems whose usual correction may only move the error to another line: another unit of the value or another
  /// number of columns. Their suggestions must leave no new error anywhere.
  private static let codesWithDistantEffects = [
    UnitCode.indexAsUnit.code, ValueCode.currency.code, TableCode.separator.code,
  ]

  /// Trials cost as much as the first check, so large files get few of them, and no file gets more than are shown.
  private static let mostTrials = 50
  private static let mostBytes = 4_000_000

  /// The problems, with the suggestions that pass.
  func checked(_ found: [Diagnostic]) -> [Diagnostic] {
    var trials = Self.trials(found)
    return found.map { diagnostic in
      var result = diagnostic
      func passing(_ text: String, _ stretch: SourcePlace) -> String? {
        let forms =
          text.contains(where: { ",[]{}".contains($0) }) && !text.contains("\"") ? [text, "\"\(text)\""] : [text]
        for form in forms where trials > 0 {
          trials -= 1
          if passes(form, in: stretch, of: diagnostic, found) { return form }
        }
        return nil
      }
      // A problem without a place is about a missing file; its suggestion is a similar path.
      if let place = diagnostic.place {
        result.suggestion = diagnostic.suggestion.flatMap { passing($0, place) }
        result.readings = diagnostic.readings.compactMap { reading in
          passing(reading.text, place).map { .init($0, meaning: reading.meaning) }
        }
        if result.readings.count == 1, diagnostic.readings.count > 1, let only = result.readings.first {
          (result.suggestion, result.readings) = (only.text, [])
        }
      }
      result.notes = diagnostic.notes.filter { note in
        note.replacement.map { passing($0.text, $0.stretch) != nil } ?? true
      }
      return result
    }
  }

  private static func trials(_ found: [Diagnostic]) -> Int {
    var files: [ObjectIdentifier: Int] = [:]
    for file in found.compactMap(\.place?.file) where files[ObjectIdentifier(file)] == nil {
      files[ObjectIdentifier(file)] = file.lines.reduce(0) { $0 + $1.utf8.count + 1 }
    }
    let bytes = files.values.reduce(1, +)
    return max(1, min(mostTrials, mostBytes / bytes))
  }

  /// Whether replacing a range by a text leaves no error there. This problem may have hidden errors elsewhere.
  private func passes(
    _ text: String, in stretch: SourcePlace, of diagnostic: Diagnostic, _ found: [Diagnostic]
  ) -> Bool {
    guard !text.contains(where: \.isNewline), let changed = Self.text(of: stretch, replacedBy: text),
      let after = problems(stretch.file, changed)
    else { return false }
    let end = stretch.column + text.count
    let known = Set(found.filter { $0.message != diagnostic.message }.map(\.message))
    if Self.codesWithDistantEffects.contains(diagnostic.code) {
      return !after.contains { $0.severity == .error && !known.contains($0.message) }
    }
    return !after.contains { problem in
      guard problem.severity == .error || problem.message == diagnostic.message else { return false }
      guard let place = problem.place else { return true }
      guard place.file.path == stretch.file.path, place.line == stretch.line else { return false }
      // Every flag is a separate file with the same name.
      if place.file.path.hasPrefix("--"), place.file.lines.joined(separator: "\n") != changed { return false }
      let overlaps = place.column < end && stretch.column < place.column + place.length
      return overlaps && !known.contains(problem.message)
    }
  }

  /// A file's text with a range replaced; nil if the file does not contain the range.
  static func text(of stretch: SourcePlace, replacedBy text: String) -> String? {
    var lines = stretch.file.lines
    guard lines.indices.contains(stretch.line - 1) else { return nil }
    let line = lines[stretch.line - 1]
    guard let start = line.index(line.startIndex, offsetBy: stretch.column - 1, limitedBy: line.endIndex),
      let end = line.index(start, offsetBy: stretch.length, limitedBy: line.endIndex)
    else { return nil }
    lines[stretch.line - 1] = Substring(line[..<start] + text + line[end...])
    return lines.joined(separator: "\n")
  }
}

extension SuggestionChecker {
  /// Checks suggestions by reading the scenario again, optionally with a table of cases.
  init(ofFileAt path: String, casesAt cases: String? = nil, options: Scenario.Options) {
    problems = { file, text in
      var options = options
      options.isTrial = true
      let old = file.lines.joined(separator: "\n")
      func change(_ texts: inout [String]) -> Bool {
        guard let position = texts.firstIndex(of: old) else { return false }
        texts[position] = text
        return true
      }
      switch file.path {
      case "--set" where change(&options.assignments): break
      case options.targetFlag where change(&options.targets): break
      case "--tolerance" where options.tolerance != nil: options.tolerance = text
      case let flag where flag.hasPrefix("--"): return nil
      default: options.overlay[file.path] = text
      }
      do throws(Diagnostics) {
        guard let cases else { return try Scenario.unchecked(ofFileAt: path, options: options).warnings }
        return try Scenario.unchecked(ofFileAt: path, casesAt: cases, options: options).model.warnings
      } catch {
        return error.all
      }
    }
  }
}
