/// A text as one number for each character, so that edit distances compare numbers: comparing characters takes ten times as
/// long.
///
/// A character of one Unicode scalar is that scalar; others get a hash value with the highest bit set. Canonically
/// equivalent characters of different scalars count as different.
package func letterCodes(_ text: some StringProtocol) -> [UInt32] {
  text.map { character in
    let scalars = character.unicodeScalars
    guard scalars.count > 1 else { return scalars.first?.value ?? 0 }
    // The hash function of Fowler, Noll and Vo (RFC 9923), by scalars instead of bytes.
    return scalars.reduce(0x811C_9DC5) { ($0 ^ $1.value) &* 0x0100_0193 } | 0x8000_0000
  }
}

/// The number of insertions, deletions, substitutions and transpositions of neighbours that turn one text into the
/// other, no part being edited twice: the restricted Damerau-Levenshtein distance (Damerau 1964,
/// doi:10.1145/363958.363994).
///
/// The time is proportional to the product of the lengths.
package func editDistance(_ a: [UInt32], _ b: [UInt32]) -> Int {
  let most = max(a.count, b.count)
  return editDistance(a, b, atMost: most) ?? most
}

/// The distance, or nil if it is larger than a limit of at least 0.
///
/// A common beginning or end changes no distance. The time for the rest is proportional to its length times the limit:
/// only cells near the diagonal of the table of distances can be within the limit (Ukkonen 1985,
/// doi:10.1016/S0019-9958(85)80046-2), and a row without any ends the search.
package func editDistance(_ a: [UInt32], _ b: [UInt32], atMost limit: Int) -> Int? {
  guard abs(a.count - b.count) <= limit else { return nil }
  var (start, ends) = (0, (a.count, b.count))
  while start < min(ends.0, ends.1), a[start] == b[start] { start += 1 }
  while start < min(ends.0, ends.1), a[ends.0 - 1] == b[ends.1 - 1] { ends = (ends.0 - 1, ends.1 - 1) }
  return editDistance(a[start..<ends.0], b[start..<ends.1], atMost: limit)
}

/// The distance of stretches that begin at the same position.
private func editDistance(_ a: ArraySlice<UInt32>, _ b: ArraySlice<UInt32>, atMost limit: Int) -> Int? {
  guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) <= limit ? max(a.count, b.count) : nil }
  let (start, beyond) = (a.startIndex, limit + 1)
  var last = (0...b.count).map { min($0, beyond) }
  var (beforeLast, row) = (last, last)
  for i in 0..<a.count {
    let (low, high) = (max(0, i - limit), min(b.count, i + limit + 1))
    // The neighbours of the computed cells, which hold values of an earlier row.
    row[low] = low == 0 ? min(i + 1, beyond) : beyond
    if high < b.count { row[high + 1] = beyond }
    var least = row[low]
    for j in low..<max(low, high) {
      let isSame = a[start + i] == b[start + j]
      var edits = min(last[j + 1] + 1, row[j] + 1, last[j] + (isSame ? 0 : 1), beyond)
      if !isSame, i > 0, j > 0, a[start + i] == b[start + j - 1], a[start + i - 1] == b[start + j] {
        edits = min(edits, beforeLast[j - 1] + 1)
      }
      row[j + 1] = edits
      least = min(least, edits)
    }
    guard least <= limit else { return nil }
    (beforeLast, last, row) = (last, row, beforeLast)
  }
  return last[b.count] <= limit ? last[b.count] : nil
}
