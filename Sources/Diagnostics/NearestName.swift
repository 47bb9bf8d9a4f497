import TextFormats

/// Finds the name that was probably meant by a misspelt one.
package enum NearestName {
  /// The nearest of some candidates; for many names with the same candidates, prepare `NameCandidates` once.
  package static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
    NameCandidates(candidates).nearest(to: name)
  }
}

/// Names that may have been meant by misspelt ones, prepared for many searches.
package struct NameCandidates: Sendable {
  /// A candidate, and what decides quickly that it is far from a name.
  private struct Candidate: Sendable {
    let name: String
    let letters: [UInt32]
    let folded: [UInt32]
    let kinds: UInt64

    init(_ name: String) {
      self.name = name
      letters = letterCodes(name)
      folded = letterCodes(name.lowercased())
      kinds = NameCandidates.kinds(of: folded)
    }
  }

  private let candidates: [Candidate]

  /// Prepares candidates; of equally near ones the first is preferred.
  package init(_ names: some Sequence<String>) {
    candidates = names.map(Candidate.init).filter { (1...NameCandidates.longest).contains($0.letters.count) }
  }

  /// Names longer than this have no near candidate, so that a hostile file costs nothing.
  private static let longest = 100

  /// The candidate nearest to a name by restricted Damerau-Levenshtein distance (insertions, deletions, substitutions
  /// and swaps of neighbours: Damerau 1964, DOI 10.1145/363958.363994), or nil if none is near.
  ///
  /// A candidate is near if it is equal except for letter case, or at most a third of the name's length away (at least
  /// 1, at most 3 edits, ignoring letter case). If the candidate is a prefix of the name, or the name of the candidate,
  /// it is near if at least three letters agree (`lognorm` for `lognormal`). Of equally near candidates the one with
  /// the same letter case is preferred, then the first. Names longer than 100 characters have no near candidate.
  package func nearest(to name: String) -> String? {
    let wanted = Candidate(name)
    let length = wanted.folded.count
    guard !wanted.letters.isEmpty, wanted.letters.count <= Self.longest else { return nil }
    let threshold = min(3, max(1, length / 3))
    var best: (cost: Int, name: String)?
    for candidate in candidates where candidate.name != name {
      let other = candidate.folded
      // An edit changes at most two kinds of letters: it removes one and adds one.
      let isFar = (candidate.kinds ^ wanted.kinds).nonzeroBitCount > 2 * threshold
      var edits = isFar ? nil : editDistance(wanted.folded, other, atMost: threshold)
      if edits == nil, min(length, other.count) >= 3,
        other.starts(with: wanted.folded) || wanted.folded.starts(with: other)
      {
        edits = threshold
      }
      // Replacing one single-letter name by another is not a misspelling.
      guard let edits, edits < max(length, other.count) else { continue }
      let sameCase = editDistance(wanted.letters, candidate.letters, atMost: threshold) == edits
      let cost = 2 * edits + (sameCase ? 0 : 1)
      if cost < best?.cost ?? .max { best = (cost, candidate.name) }
    }
    return best?.name
  }

  /// A bit for each kind of letter, several letters sharing one.
  private static func kinds(of letters: [UInt32]) -> UInt64 { letters.reduce(0) { $0 | 1 << UInt64($1 & 63) } }
}
