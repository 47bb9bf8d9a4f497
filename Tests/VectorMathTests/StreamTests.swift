import Testing
import VectorMath

@Suite("Uniform streams")
struct StreamTests {
  @Test("Philox gives the vectors of its authors and NumPy's", arguments: try referenceLines("streams.txt", "philox"))
  func philox(_ line: [String]) throws {
    let words = line.filter { $0 != "=" }.compactMap { UInt64($0, radix: 16) }
    try #require(words.count == 10)
    let made = UniformStream(low: words[0], high: words[1]).words(at: (words[2], words[3], words[4], words[5]))
    #expect([made.0, made.1, made.2, made.3] == Array(words[6...]))
  }

  @Test(
    "a block's words and probabilities are xoshiro256++'s, one generator at a time",
    arguments: try referenceLines("streams.txt", "uniform"))
  func uniforms(_ line: [String]) throws {
    let low = try #require(UInt64(line[0], radix: 16)), high = try #require(UInt64(line[1], radix: 16))
    let block = try #require(Int(line[2])), place = try #require(Int(line[3]))
    let stream = UniformStream(low: low, high: high)
    let values = Columns.array(1024) { stream.fill(block: block, into: $0) }
    var words = [UInt64](repeating: 0, count: 1024)
    stream.fill(block: block, words: &words)
    #expect(words[place] == UInt64(line[5], radix: 16))
    #expect(values[place] == Double(line[6]))
  }

  @Test("strata are a permutation, and each value is in its stratum")
  func strata() {
    let stream = UniformStream(low: 1, high: 2)
    var strata: [Int] = []
    for block in 0..<16 {
      let values = Columns.array(1024) {
        stream.fillStrata(block: block, order: Array(100..<108), first: block * 1024, into: $0)
      }
      strata += values.map { Int($0 * 16384) }
    }
    #expect(strata.sorted() == Array(0..<16384))
  }

  @Test("a net's points are the base and the chosen columns")
  func net() {
    let columns = (0..<10).map { UInt64(1) << UInt64(51 - $0) | UInt64($0 * 977) }
    let points = Columns.array(1024) { Columns.netBlock(columns: columns, base: 0xABCDE, into: $0) }
    for i in 0..<1024 {
      let word = (0..<10).reduce(UInt64(0xABCDE)) { i >> $1 & 1 == 1 ? $0 ^ columns[$1] : $0 }
      #expect(points[i] == (Double(word) + 0.5) * 0x1p-52)
    }
  }
}
