import Foundation

/// Inputs made from seeds by a few random edits: bytes, words of the languages, pieces of other seeds, repetitions.
///
/// Most inputs keep most of a seed, so that they are refused late or not at all. Shorter seeds and fewer repetitions are
/// chosen more often than longer ones, since an input of 64 KB takes the time of hundreds of short ones.
struct InputMutator {
  /// Maximum size of an input; a few edits repeat a piece up to it.
  private static let mostBytes = 1 << 16

  private let seeds: [[UInt8]]
  private var state: UInt64

  /// A mutator whose sequence depends on a seed and on the target's name.
  init(seed: UInt64, name: String, seeds: [[UInt8]]) {
    self.seeds = seeds
    // FNV-1a, since Swift's own hashes differ between processes.
    state = name.utf8.reduce(0xCBF2_9CE4_8422_2325 ^ seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The next input.
  mutating func next() -> [UInt8] {
    let (one, other) = (choice(of: seeds) ?? [], choice(of: seeds) ?? [])
    var input = one.count < other.count ? one : other
    for _ in 0...below(4) { edit(&input) }
    if input.count > Self.mostBytes { input.removeLast(input.count - Self.mostBytes) }
    return input
  }

  private mutating func edit(_ input: inout [UInt8]) {
    let range = piece(of: input)
    switch below(10) {
    case 0: input.removeSubrange(range)
    case 1: input.insert(contentsOf: input[range], at: range.lowerBound)
    case 2, 3: input.replaceSubrange(range, with: choice(of: Self.words) ?? [])
    case 4, 5: input.insert(contentsOf: choice(of: Self.words) ?? [], at: range.lowerBound)
    case 6:
      let other = choice(of: seeds) ?? []
      input.replaceSubrange(range, with: other[piece(of: other)])
    case 7:
      if !input.isEmpty { input[below(input.count)] = UInt8(truncatingIfNeeded: random()) }
    case 8:
      let other = piece(of: input)
      let moved = Array(input[other])
      input.replaceSubrange(range, with: moved)
    default:
      guard !range.isEmpty else { return }
      let times = 1 << below(1 + below(14))
      let repeated = [[UInt8]](repeating: Array(input[range]), count: min(times, Self.mostBytes / range.count))
      input.insert(contentsOf: repeated.joined(), at: range.lowerBound)
    }
  }

  /// A piece of an input, mostly short.
  private mutating func piece(of input: [UInt8]) -> Range<Int> {
    guard !input.isEmpty else { return 0..<0 }
    let start = below(input.count)
    let length = below(8) == 0 ? below(input.count + 1) : below(12)
    return start..<min(input.count, start + length)
  }

  private mutating func below(_ bound: Int) -> Int { Int(random() % UInt64(bound)) }

  private mutating func choice<T>(of choices: [T]) -> T? { choices.isEmpty ? nil : choices[below(choices.count)] }

  /// The next word of SplitMix64 (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195).
  private mutating func random() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Words and signs of the languages, and values at the edges of their ranges.
  private static let words = [
    "0", "-1", "1e308", "1e-320", "99999999999999999999", "9223372036854775807", "-9223372036854775808", "inf", "nan",
    "0.1", "1%", "1k", "1 to 2", "1..3", "0..1000000000", "previous(", "sum(", "over=", "if ", " then ", " else ", "(",
    ")",
    "[", "]", "{", "}", ",", ":", ": ", "- ", "\n", "\r\n", "\n  ", "\t", " ", "\"", "'", "\\", "|", ">", "#", "&a ",
    "*a",
    "!!int ", "? ", "---\n", "...\n", "%YAML 1.2\n", "<<: ", "~", "null", "true", "normal(", "dirichlet(", "W",
    "kWh/year",
    "^", "^(1/2)", "/", "*", "+", "-", "=", "==", "<", "or ", "and ", "not ", "year", "value", "inputs:\n",
    "outputs:\n",
    "equations:\n", "indexes:\n", "extends: s.yaml\n", "include: [s.yaml]\n", "table: t.csv", "../", "/etc/passwd",
    "\u{0}", "\u{301}", "\u{200D}", "\u{202E}", "\u{FEFF}", "\u{2028}", "\u{1F1E6}", "é", "µ", "²", "−", "１",
  ].map { Array($0.utf8) }
}
