import Sampling
import Testing

@Suite("A stream's key scatters addresses")
struct StreamKeyTests {
  /// 400 addresses that differ as little as real ones do: by a digit, by a character.
  static let addresses: [CoordinateAddress] = (0..<400).map { n in
    CoordinateAddress(name: "input_\(n / 20)", labels: [.init(index: "year", label: "\(2000 + n % 20)")])
  }

  /// For a fair hash a key's bit flips in half of the pairs: 128 bits and 20,000 independent pairs, standard deviation
  /// 0.0035. Bound 6.1 standard deviations: fails by chance with a probability of 128 * 1.1e-9 < 2e-7.
  @Test("changing a bit of the seed or one character flips half of the key's bits")
  func avalanche() {
    var flips = [Int](repeating: 0, count: 128)
    var pairs = 0
    for (n, address) in Self.addresses.enumerated() {
      for change in 0..<50 {
        let before = StreamKey(seed: UInt64(change), address: address)
        var name = Array(address.name.utf8)
        // Even changes: a bit of the seed; odd ones: the lowest bit of a character.
        let after: StreamKey
        if change % 2 == 0 {
          after = StreamKey(seed: UInt64(change) ^ 1 << UInt64((n + change) % 64), address: address)
        } else {
          name[(n + change) % name.count] ^= 1
          let other = CoordinateAddress(name: String(decoding: name, as: UTF8.self), labels: address.labels)
          after = StreamKey(seed: UInt64(change), address: other)
        }
        for bit in 0..<64 {
          flips[bit] += Int((before.low ^ after.low) >> UInt64(bit) & 1)
          flips[64 + bit] += Int((before.high ^ after.high) >> UInt64(bit) & 1)
        }
        pairs += 1
      }
    }
    let bound = 6.1 * (0.25 / Double(pairs)).squareRoot()
    for count in flips { #expect(abs(Double(count) / Double(pairs) - 0.5) < bound) }
  }

  @Test("no two addresses, however their texts are cut, share a key")
  func framing() {
    func address(_ name: String, _ labels: [(String, String)]) -> CoordinateAddress {
      CoordinateAddress(name: name, labels: labels.map { .init(index: $0.0, label: $0.1) })
    }
    var addresses = Self.addresses
    addresses += [
      address("ab", []), address("a", [("b", "")]), address("a", [("", "b")]), address("", [("a", "b")]),
      address("ab", [("", "")]), address("", [("ab", "")]), address("", [("", "ab")]), address("", []),
      address("a\0", []), address("a", []), address("a\0\0\0\0\0\0\0", []), address("abcdefgh", []),
      address("abcdefgh\0", []), address("x", [("i", "a"), ("j", "b")]), address("x", [("i", "ab"), ("j", "")]),
      address("x", [("i", "a")]), address("x", [("ia", "")]), address("é", []), address("e\u{301}", []),
    ]
    // "é" in its two spellings is the same Swift string but not the same bytes; everything else differs as text.
    #expect(Set(addresses.map { StreamKey(seed: 1, address: $0) }).count == addresses.count)
    #expect(Set((0..<2000).map { StreamKey(seed: $0, address: addresses[0]) }).count == 2000)
  }
}
