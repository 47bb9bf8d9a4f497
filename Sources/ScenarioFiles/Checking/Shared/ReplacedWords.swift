import Diagnostics
import Modeling

extension CheckContext {
  /// Reports a replaced word, with the new word as the suggestion.
  ///
  /// - Parameter isGivenToo: true if the file has the new word as well, so that following the suggestion would be an error.
  func reportReplaced(_ old: String, by new: String, isGivenToo: Bool, at place: SourcePlace) {
    let advice = "`loadcast migrate` rewrites the replaced words of a file"
    let isAdvised = diagnostics.contains { $0.notes.contains { $0.message == advice } }
    error(
      "`\(old)` is now called `\(new)`", at: place, expected: isGivenToo ? "one of them: `\(new)` is given too" : nil,
      suggestion: isGivenToo ? nil : new, advice: isAdvised || isGivenToo ? nil : advice)
  }
}
