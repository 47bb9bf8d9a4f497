import TextFormats

/// Finds the name that was probably meant by a misspelt one.
public enum NearestName {
  /// The candidate nearest to a name by restricted Damerau-Levenshtein distance (insertions, deletions, substitutions
  /// and swaps of neighbours: Damerau 1964, DOI 10.1145/363958.363994), or nil if none is near.
  ///
  /// A candidate is near if it is equal except for letter case, or at most a third of the name's length away (at least
  /// 1, at most 3 edits, ignoring letter case). If the candidate is a prefix of the name, or the name of the candidate,
  /// it is near if at least three letters agree (`lognorm` for `lognormal`). Of equally near candidates the one with
  /// the same letter case is preferred, then the first. Names longer than 100 characters have no near candidate, so
  /// that a hostile file costs nothing.
  public static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name)
    let folded = Array(name.lowercased())
    guard !wanted.isEmpty, wanted.count <= 100 else { return nil }
    let threshold = min(3, max(1, folded.count / 3))
    var best: (cost: Int, name: String)?
    for candidate in candidates where candidate != name {
      let letters = Array(candidate)
      guard !letters.isEmpty, letters.count <= 100 else { continue }
      let other = Array(candidate.lowercased())
      var edits = distance(folded, other, atMost: threshold)
      if edits == nil, min(folded.count, other.count) >= 3, other.starts(with: folded) || folded.starts(with: other) {
        edits = threshold
      }
      // Replacing one single-letter name by another is not a misspelling.
      guard let edits, edits < max(folded.count, other.count) else { continue }
      let cost = 2 * edits + (edits == distance(wanted, letters, atMost: threshold) ? 0 : 1)
      if cost < best?.cost ?? .max { best = (cost, candidate) }
    }
    return best?.name
  }

  /// The distance, or nil if it is larger than a limit.
  private static func distance(_ a: [Character], _ b: [Character], atMost limit: Int) -> Int? {
    guard abs(a.count - b.count) <= limit else { return nil }
    let edits = editDistance(a, b)
    return edits <= limit ? edits : nil
  }
}
