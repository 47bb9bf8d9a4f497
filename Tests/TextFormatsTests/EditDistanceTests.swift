import Testing
import TextFormats

@Suite("Edit distance")
struct EditDistanceTests {
  /// `jellyfish`'s and `rapidfuzz.distance.OSA`'s definition; the values were counted by hand from it.
  @Test(
    "insertions, deletions, substitutions and swaps of neighbours count one each",
    arguments: [
      ("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("lognomral", "lognormal", 1), ("abcd", "acbd", 1),
      // No part is edited twice: the unrestricted distance is 2.
      ("ca", "abc", 3), ("é", "e", 1),
    ])
  func distances(_ a: String, _ b: String, _ expected: Int) {
    #expect(editDistance(Array(a), Array(b)) == expected)
    #expect(editDistance(Array(b), Array(a)) == expected)
  }
}
