import Diagnostics
import Modeling

extension CheckContext {
  /// Reports a replaced word, with the new word as the suggestion.
  ///
  /// - Parameter isGivenToo: true if the file has the new word as well, so that following the suggestion would be an error.
  func reportReplaced(_ old: String, by new: String, isGivenToo: Bool, at place: SourcePlace) {
    // A word written with escapes cannot be renamed by the command.
    let isAdvised =
      !place.begins(with: old) || diagnostics.contains { $0.notes.contains { $0.message == Problem.migrationAdvice } }
    report(.replacedWord(old, by: new, isGivenToo: isGivenToo, isAdvised: isAdvised), at: place)
  }
}
