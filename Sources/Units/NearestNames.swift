import TextFormats

extension UnitTable {
  /// The problem to report for a name that is not a unit.
  ///
  /// If a name may refer to units of different sizes, all of them are listed, so that following the message cannot
  /// silently change a value by a power of ten.
  func problem(withUnknown name: String) -> UnitError.Reason {
    if Self.reservedWords.contains(name) { return .reservedWord(name) }
    if let suffix = Self.magnitudeSuffix(of: name) { return .magnitude(name, suffix: suffix) }
    if let foreign = ForeignUnit.equivalents(of: name) { return .foreign(name, foreign) }
    let alike = namesAlike(name)
    if !alike.isEmpty { return .unknown(name, nearest: alike) }
    if Self.measuresSomethingElse(name) { return .unknown(name, nearest: []) }
    for length in 1...2 where name.count > length {
      let (prefix, unit) = (String(name.prefix(length)), String(name.dropFirst(length)))
      if Self.prefixPowers[prefix] != nil, measure(named: unit) != nil { return .prefix(prefix, of: unit) }
    }
    return .unknown(name, nearest: nearestNames(to: name))
  }

  /// The suffix of a number, k, M, B or T, for a word that denotes a power of a thousand; nil for any other word.
  ///
  /// Billion and trillion are the English ones, 10^9 and 10^12; `T` and `G` may also be a unit or a prefix.
  package static func magnitudeSuffix(of word: String) -> String? {
    magnitudes[word] ?? (word.count > 1 ? magnitudes[word.lowercased()] : nil)
  }

  private static let magnitudes: [String: String] = [
    "k": "k", "K": "k", "M": "M", "B": "B", "b": "B", "G": "B", "T": "T", "thousand": "k", "thousands": "k", "tsd": "k",
    "million": "M", "millions": "M", "mn": "M", "mln": "M", "mio": "M", "billion": "B", "billions": "B",
    "bn": "B", "bln": "B", "mrd": "B", "milliard": "B", "trillion": "T", "trillions": "T", "tn": "T", "trn": "T",
  ]

  /// The powers of ten of all SI prefixes (The International System of Units, 9th edition 2019, table 7) and of the
  /// suffixes of numbers, so that the message for `hW` or `Mgpu` says that the unit does not accept the prefix, and
  /// gives the equivalent.
  static let prefixPowers: [String: Int] = [
    "q": -30, "r": -27, "y": -24, "z": -21, "a": -18, "f": -15, "p": -12, "n": -9, "u": -6, "µ": -6, "μ": -6, "m": -3,
    "c": -2, "d": -1, "da": 1, "h": 2, "k": 3, "M": 6, "G": 9, "B": 9, "T": 12, "P": 15, "E": 18, "Z": 21, "Y": 24,
    "R": 27, "Q": 30,
  ]

  /// Whether a name is a unit of data, of charge or of money, which no unit of the language resembles: `GB`, `Ah`, `ct`.
  private static func measuresSomethingElse(_ name: String) -> Bool {
    let others: Set<String> = ["b", "bit", "bits", "byte", "bytes", "bps", "ah"]
    if ["ct", "cts", "cent", "cents"].contains(name.lowercased()) { return true }
    var rest = Substring(name)
    if let prefix = rest.first, "mkKMGTPE".contains(prefix), rest.count > 1, !others.contains(rest.lowercased()) {
      rest = rest.dropFirst()
      if rest.count > 1, rest.first == "i" { rest = rest.dropFirst() }
    }
    return others.contains(rest.lowercased())
  }

  /// Names that differ only in case or in the sign for micro, and the meanings of common other spellings.
  private func namesAlike(_ name: String) -> [String] {
    let folded = Self.folded(name)
    // `MTCO2e` is used both for a million tonnes and for a metric ton.
    if let readings = Self.metricTons[folded] { return readings }
    let sameLetters = names.filter { Self.folded($0) == folded }
    // A capital letter that is a prefix is taken as that prefix; in lower case, as in `mwh`, any prefix is possible.
    if let first = name.first, first.isUppercase, sameLetters.contains(where: { $0.first == first }) {
      return sameLetters.filter { $0.first == first }
    }
    if !sameLetters.isEmpty { return sameLetters }
    if let meant = Self.otherSpellings[folded] { return meant }
    if folded.hasSuffix("ies") {
      let singular = folded.dropLast(3) + "y"
      let singulars = names.filter { Self.folded($0) == singular }
      if !singulars.isEmpty { return singulars }
    }
    // `PFLOPS` is peta with `FLOPS`, and `GWyr` is `GW*year`.
    guard let prefix = name.first, let meant = Self.otherSpellings[Self.folded(String(name.dropFirst()))] else {
      return []
    }
    return meant.map { "\(prefix)\($0)" }.filter { (try? parse($0)) != nil }
  }

  /// Tonnes written as metric tons, whose M is a prefix only if there are two.
  private static let metricTons: [String: [String]] = [
    "mt": ["Mt", "t"], "mtco2e": ["MtCO2e", "tCO2e"], "mtco2": ["MtCO2e", "tCO2e"], "mtco2eq": ["MtCO2e", "tCO2e"],
    "mmt": ["Mt"], "mmtco2e": ["MtCO2e"], "mmtco2": ["MtCO2e"], "mmtco2eq": ["MtCO2e"],
  ]

  /// Spellings, in lower case, that are far from the right one or ambiguous.
  private static let otherSpellings: [String: [String]] = [
    "flops": ["FLOP/s", "FLOP"],
    "hr": ["h"], "hrs": ["h"], "yr": ["year"], "yrs": ["year"], "a": ["year"], "annum": ["year"], "d": ["day"],
    "sec": ["s"], "secs": ["s"],
    "we": ["W"], "wth": ["W"], "wp": ["W"], "whe": ["Wh"], "wyr": ["W*year"], "wa": ["W*year"],
    "tonne": ["t"], "tonnes": ["t"], "gram": ["g"], "grams": ["g"],
    "litre": ["L"], "liter": ["L"], "metre": ["m"], "meter": ["m"],
    "watt": ["W"], "watts": ["W"], "joule": ["J"], "joules": ["J"], "dollar": ["USD"], "dollars": ["USD"],
    "co2": ["kgCO2e"], "co2e": ["kgCO2e"], "pct": ["percent"],
  ]

  /// The known and declared names with the fewest edits, at most three; empty if none is near.
  ///
  /// Edits are counted without regard to case; ties are resolved by the number of edits with case, then by the order of
  /// `names`. A third of the letters may differ, and at least one of two. A name with a prefix is near only to names
  /// that begin with the same letter in the same case, because another prefix would be another power of ten.
  private func nearestNames(to name: String) -> [String] {
    let wanted = letterCodes(Self.folded(name))
    guard wanted.count >= 2 else { return [] }
    let limit = max(1, wanted.count / 3)
    var found: [(name: String, edits: Int, exactEdits: Int)] = []
    for candidate in names {
      let letters = letterCodes(Self.folded(candidate))
      guard abs(letters.count - wanted.count) <= limit else { continue }
      if let unit = KnownUnit.bySpelling[candidate], unit.name != candidate, !unit.synonyms.contains(candidate),
        candidate.first != name.first
      {
        continue
      }
      let edits = editDistance(wanted, letters)
      if edits <= limit { found.append((candidate, edits, editDistance(letterCodes(name), letterCodes(candidate)))) }
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
