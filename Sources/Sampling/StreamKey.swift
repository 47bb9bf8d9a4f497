import VectorMath

/// The 128-bit key of a coordinate's stream: a hash of (seed, input name, labels).
///
/// The address is encoded as words: the number of bytes of the name, the name, the number of labels, and for each label
/// its index's name and its text in the same way. Texts are UTF-8, eight bytes per word, first byte lowest, and the
/// last word is padded with zeros. Since every length precedes its text, no encoding is a prefix of another.
///
/// Two words at a time are hashed: the new key is the first half of the output of Philox4x64-10, under the current key,
/// for the counter (word, next word or 0, index of the pair, 1). The initial key is (seed, 0). The probability that two
/// of n addresses have the same key is about n² 2^-129.
package struct StreamKey: Sendable, Hashable {
  /// Lower half.
  package var low: UInt64
  /// Upper half.
  package var high: UInt64

  /// The key of an address for a seed.
  package init(seed: UInt64, address: CoordinateAddress) {
    self.init(seed: seed, words: Self.words(of: address))
  }

  /// The key of a list of words for a seed.
  init(seed: UInt64, words: [UInt64]) {
    low = seed
    high = 0
    for first in stride(from: 0, to: words.count, by: 2) {
      let second = first + 1 < words.count ? words[first + 1] : 0
      let made = UniformStream(low: low, high: high).words(at: (words[first], second, UInt64(first / 2), 1))
      (low, high) = (made.0, made.1)
    }
  }

  /// The stream of this key.
  package var stream: UniformStream { UniformStream(low: low, high: high) }

  /// The encoding of an address as words, each length before its text.
  private static func words(of address: CoordinateAddress) -> [UInt64] {
    var words: [UInt64] = []
    append(address.name, to: &words)
    words.append(UInt64(address.labels.count))
    for label in address.labels {
      append(label.index, to: &words)
      append(label.label, to: &words)
    }
    return words
  }

  private static func append(_ text: String, to words: inout [UInt64]) {
    words.append(UInt64(text.utf8.count))
    var word: UInt64 = 0
    var place: UInt64 = 0
    for byte in text.utf8 {
      word |= UInt64(byte) << place
      place += 8
      if place == 64 {
        words.append(word)
        (word, place) = (0, 0)
      }
    }
    if place > 0 { words.append(word) }
  }
}
