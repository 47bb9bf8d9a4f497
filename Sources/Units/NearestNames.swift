extension UnitTable {
  /// What to say of a name that is no unit.
  func problem(withUnknown name: String) -> UnitError.Problem {
    if Self.reservedWords.contains(name) { return .reservedWord(name) }
    let alike = namesAlike(name)
    if !alike.isEmpty { return .unknown(name, nearest: alike) }
    for length in 1...2 where name.count > length {
      let (prefix, unit) = (String(name.prefix(length)), String(name.dropFirst(length)))
      if Self.prefixSymbols.contains(prefix), measure(named: unit) != nil { return .prefix(prefix, of: unit) }
    }
    return .unknown(name, nearest: nearestNames(to: name))
  }

  /// Every SI prefix (The International System of Units, 9th edition 2019, table 7) and the suffixes of numbers, so
  /// that `hW` or `Mgpu` can be told that the unit takes none.
  private static let prefixSymbols: Set<String> = [
    "q", "r", "y", "z", "a", "f", "p", "n", "u", "µ", "μ", "m", "c", "d", "da", "h", "k", "M", "G", "B", "T", "P", "E",
    "Z", "Y", "R", "Q",
  ]

  /// Names that are this one but for case or the sign for micro, and what common other spellings stand for.
  private func namesAlike(_ name: String) -> [String] {
    let folded = Self.folded(name)
    let sameLetters = names.filter { Self.folded($0) == folded }
    if !sameLetters.isEmpty { return sameLetters }
    if let meant = Self.otherSpellings[folded] { return meant }
    if folded.hasSuffix("ies") {
      let singular = folded.dropLast(3) + "y"
      let singulars = names.filter { Self.folded($0) == singular }
      if !singulars.isEmpty { return singulars }
    }
    // `PFLOPS` is peta and `FLOPS`.
    guard let prefix = name.first, let meant = Self.otherSpellings[Self.folded(String(name.dropFirst()))] else {
      return []
    }
    return meant.map { "\(prefix)\($0)" }.filter { (try? parse($0)) != nil }
  }

  /// Spellings, in lower case, that are far from the right one or could mean several.
  private static let otherSpellings: [String: [String]] = [
    "flops": ["FLOP/s", "FLOP"], "month": ["year", "day"], "months": ["year", "day"],
    "hr": ["h"], "hrs": ["h"], "yr": ["year"], "yrs": ["year"], "d": ["day"], "sec": ["s"], "secs": ["s"],
    "ton": ["t"], "tons": ["t"], "tonne": ["t"], "tonnes": ["t"], "gram": ["g"], "grams": ["g"],
    "litre": ["L"], "liter": ["L"], "metre": ["m"], "meter": ["m"],
    "watt": ["W"], "watts": ["W"], "joule": ["J"], "joules": ["J"], "dollar": ["USD"], "dollars": ["USD"],
    "co2": ["kgCO2e"], "co2e": ["kgCO2e"], "pct": ["percent"],
  ]

  /// The known and declared names with the fewest edits, at most three, or none when all are far.
  ///
  /// Edits are counted without regard to case, ties go to the name with fewer edits in case too, then to the order of
  /// `names`. A third of the letters may differ, at least one when there are two.
  private func nearestNames(to name: String) -> [String] {
    let wanted = Array(Self.folded(name))
    guard wanted.count >= 2 else { return [] }
    let limit = max(1, wanted.count / 3)
    var found: [(name: String, edits: Int, exactEdits: Int)] = []
    for candidate in names {
      let letters = Array(Self.folded(candidate))
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let edits = editDistance(wanted, letters)
      if edits <= limit { found.append((candidate, edits, editDistance(Array(name), Array(candidate)))) }
    }
    guard let fewest = found.map(\.edits).min() else { return [] }
    let best = found.filter { $0.edits == fewest }.enumerated()
      .sorted { ($0.element.exactEdits, $0.offset) < ($1.element.exactEdits, $1.offset) }
    return best.prefix(3).map(\.element.name)
  }

  private static func folded(_ name: String) -> String {
    String(name.lowercased().map { $0 == "µ" || $0 == "μ" ? "u" : $0 })
  }
}

/// How many insertions, deletions, replacements and swaps of neighbours turn one text into the other, no part being
/// edited twice: the restricted Damerau-Levenshtein distance (Damerau 1964, doi:10.1145/363958.363994).
func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1]
    row.reserveCapacity(b.count + 1)
    for j in 0..<b.count {
      var edits = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { edits = min(edits, beforeLast[j - 1] + 1) }
      row.append(edits)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
