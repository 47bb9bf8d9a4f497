import Modeling

extension CheckContext {
  /// Reports a word that another one has replaced, with the new word as the suggestion.
  ///
  /// - Parameter isGivenToo: whether the new word is there as well, so that the old one can only go.
  func reportReplaced(_ old: String, by new: String, isGivenToo: Bool, at place: SourcePlace) {
    let advice = "`loadcast migrate` rewrites the replaced words of a file"
    let isAdvised = diagnostics.contains { $0.notes.contains { $0.message == advice } }
    error(
      "`\(old)` is now called `\(new)`", at: place, expected: isGivenToo ? "one of them: `\(new)` is given too" : nil,
      suggestion: isGivenToo ? nil : new, advice: isAdvised || isGivenToo ? nil : advice)
  }
}
