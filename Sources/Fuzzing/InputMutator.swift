import VectorMath

/// Inputs made from seeds by a few random edits: bytes, numbers, names, words of the languages, pieces of other seeds,
/// repetitions.
///
/// Most inputs keep most of a seed, so that they are refused late or not at all: half have one edit, a quarter two, and so
/// on; and an edit in two, or more for some targets, replaces a number by a number or a name by a name. What is large is
/// rare in proportion to its size, so that every size gets about the same time, and no quadratic time is out of reach: a
/// seed is chosen with a probability inversely proportional to its size, and twice as many repetitions of a piece are
/// half as probable.
struct InputMutator {
  /// Maximum size of an input; a few edits repeat a piece up to it.
  private static let mostBytes = 1 << 16
  /// Bytes that take the time that an execution needs besides its input; seeds below them are about equally probable.
  private static let fixedBytes = 100

  private let seeds: [[UInt8]]
  /// For each seed, the sum of the weights up to it.
  private let weights: [UInt64]
  private let wordEdits: Int
  private var state: UInt64

  /// A mutator whose sequence depends on a seed and on the target's name.
  ///
  /// - Parameter wordEdits: Of 16 edits, those that replace a number or a name by another.
  init(seed: UInt64, name: String, seeds: [[UInt8]], wordEdits: Int = 8) {
    self.seeds = seeds
    self.wordEdits = wordEdits
    var sum: UInt64 = 0
    weights = seeds.map { seed in
      sum += UInt64(1_000_000_000 / (Self.fixedBytes + seed.count))
      return sum
    }
    state = InputDigest.of(Array(name.utf8), salt: seed)
  }

  /// The next input.
  mutating func next() -> [UInt8] {
    var input = otherSeed()
    for _ in 0...min(3, random().trailingZeroBitCount) {
      if below(16) < wordEdits { editWord(&input) } else { edit(&input) }
    }
    if input.count > Self.mostBytes { input.removeLast(input.count - Self.mostBytes) }
    return input
  }

  private mutating func otherSeed() -> [UInt8] {
    guard let sum = weights.last else { return [] }
    let point = random() % sum
    return seeds[weights.partitioningIndex { $0 > point }]
  }

  private mutating func edit(_ input: inout [UInt8]) {
    let range = piece(of: input)
    switch below(10) {
    case 0: input.removeSubrange(range)
    case 1: input.insert(contentsOf: input[range], at: range.lowerBound)
    case 2, 3: input.replaceSubrange(range, with: choice(of: MutationWords.all) ?? [])
    case 4, 5: input.insert(contentsOf: choice(of: MutationWords.all) ?? [], at: range.lowerBound)
    case 6:
      let other = otherSeed()
      input.replaceSubrange(range, with: other[piece(of: other)])
    case 7:
      if !input.isEmpty { input[below(input.count)] = UInt8(truncatingIfNeeded: random()) }
    case 8:
      let other = piece(of: input)
      let moved = Array(input[other])
      input.replaceSubrange(range, with: moved)
    default: input.insert(contentsOf: repetitions(of: Array(input[range])), at: range.lowerBound)
    }
  }

  /// Replaces a number by one of a list, of the input or of another seed, or a name by one of the input or another seed.
  private mutating func editWord(_ input: inout [UInt8]) {
    let other = below(2) == 0 ? input : otherSeed()
    let belongs = below(3) == 0 ? Self.isLetter : Self.isDigit
    let written = token(of: input, belongs)
    if below(4) == 0, let first = written.first, Self.isDigit(input[first]) {
      input.replaceSubrange(written, with: choice(of: MutationWords.numbers) ?? [])
    } else {
      input.replaceSubrange(written, with: other[token(of: other, belongs)])
    }
  }

  /// A piece, 1, 2, 4 … 8192 times, each half as often as the one before.
  private mutating func repetitions(of piece: [UInt8]) -> [UInt8] {
    guard !piece.isEmpty else { return [] }
    let times = 1 << min(13, random().trailingZeroBitCount)
    return Array([[UInt8]](repeating: piece, count: min(times, max(1, Self.mostBytes / piece.count))).joined())
  }

  /// A piece of an input, mostly short.
  private mutating func piece(of input: [UInt8]) -> Range<Int> {
    guard !input.isEmpty else { return 0..<0 }
    let start = below(input.count)
    let length = below(8) == 0 ? below(input.count + 1) : below(12)
    return start..<min(input.count, start + length)
  }

  /// The first number or name from a random place on; empty if there is none.
  private mutating func token(of input: [UInt8], _ belongs: (UInt8) -> Bool) -> Range<Int> {
    guard !input.isEmpty else { return 0..<0 }
    let place = below(input.count)
    guard var start = input[place...].firstIndex(where: belongs) else { return place..<place }
    while start > 0, belongs(input[start - 1]) { start -= 1 }
    return start..<(input[start...].firstIndex { !belongs($0) } ?? input.count)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || byte == UInt8(ascii: ".") }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
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
}
