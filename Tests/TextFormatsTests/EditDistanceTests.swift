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
      // Characters of several scalars count as one.
      ("e\u{301}x", "x", 1), ("👩‍🔬a", "👩‍🚀a", 1), ("👩‍🔬", "👩‍🔬", 0),
    ])
  func distances(_ a: String, _ b: String, _ expected: Int) {
    #expect(editDistance(letterCodes(a), letterCodes(b)) == expected)
    #expect(editDistance(letterCodes(b), letterCodes(a)) == expected)
  }

  @Test("With a limit it is the same up to the limit, and nil beyond it")
  func limits() {
    var generator = SystemRandomNumberGenerator()
    func word() -> [UInt32] {
      (0..<Int.random(in: 0...9, using: &generator)).map { _ in UInt32.random(in: 97...99, using: &generator) }
    }
    for _ in 0..<3000 {
      let (a, b) = (word(), word())
      let distance = Self.byDefinition(a, b)
      #expect(editDistance(a, b) == distance, "\(a), \(b)")
      for limit in 0...10 {
        #expect(editDistance(a, b, atMost: limit) == (distance <= limit ? distance : nil), "\(a), \(b), \(limit)")
      }
    }
  }

  /// The distance by its definition: the table of the distances of all beginnings.
  private static func byDefinition(_ a: [UInt32], _ b: [UInt32]) -> Int {
    var table = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count {
      for j in 0...b.count {
        guard i > 0, j > 0 else {
          table[i][j] = max(i, j)
          continue
        }
        let changed = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, changed)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
        }
      }
    }
    return table[a.count][b.count]
  }
}
