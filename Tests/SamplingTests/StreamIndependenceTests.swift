import Foundation
import Sampling
import Testing
import VectorMath

/// Marsaglia's and Knuth's tests on draws taken across streams and blocks, where a fault of seeding would show: the
/// n-th value of many inputs, or of many blocks, in the order of their names or numbers.
@Suite("No value of one stream foretells another's")
struct StreamIndependenceTests {
  /// The word at a place of each stream and block.
  static func words(streams: Int, blocks: Range<Int>, places: [Int], seed: UInt64) -> [UInt64] {
    var found: [UInt64] = []
    found.reserveCapacity(streams * blocks.count * places.count)
    var words = [UInt64](repeating: 0, count: UniformStream.blockCount)
    for stream in 0..<streams {
      let address = CoordinateAddress(
        name: "input_\(stream / 20)", labels: [.init(index: "year", label: "\(2010 + stream % 20)")])
      let source = StreamKey(seed: seed, address: address).stream
      for block in blocks {
        words.withUnsafeMutableBufferPointer { buffer in
          if let start = buffer.baseAddress { source.fill(block: block, words: start) }
        }
        for place in places { found.append(words[place]) }
      }
    }
    return found
  }

  /// The deviation of a Poisson count from its mean, in standard deviations, by the square-root transformation to an
  /// approximately normal variable (Anscombe 1948, doi:10.1093/biomet/35.3-4.246).
  static func score(_ count: Int, mean: Double) -> Double {
    2 * ((Double(count) + 0.375).squareRoot() - (mean + 0.375).squareRoot())
  }

  /// 2^17 words put into 2^26 urns: the number of collisions is Poisson with mean n^2 / 2m = 128 (Knuth, "The Art of
  /// Computer Programming", volume 2, 3.3.2 I). Eight statistics at 5.5 standard deviations: fails by chance with a
  /// probability below 8 * 4e-8.
  @Test(
    "collisions of words across streams and blocks are as many as chance has", arguments: [0, 6, 26, 38] as [UInt64])
  func collisions(shift: UInt64) {
    let n = 1 << 17
    // 512 streams by 64 blocks by 4 generators' first words; then 64 streams, longer runs of blocks, later words.
    for (streams, blocks, places) in [(512, 0..<64, [0, 1, 2, 7]), (64, 1000..<1512, [8, 77, 500, 1023])] {
      let words = Self.words(streams: streams, blocks: blocks, places: places, seed: 5)
      let urns = Set(words.map { $0 >> shift & (1 << 26 - 1) })
      let m = 0x1p26, mean = Double(n) - m * (1 - exp(Double(n) * log1p(-1 / m)))
      #expect(words.count == n)
      #expect(abs(Self.score(n - urns.count, mean: mean)) < 5.5, "shift \(shift)")
    }
  }

  /// 4,096 birthdays in a year of 2^32 days: equal spacings are Poisson with mean n^3 / 4m = 4 (Marsaglia & Tsang 2002,
  /// doi:10.18637/jss.v007.i03). 64 years' sum has mean 256. Four statistics at 5.5 standard deviations: fails by
  /// chance with a probability below 4 * 4e-8.
  @Test(
    "spacings of birthdays across streams and blocks repeat as often as chance has", arguments: [0, 32] as [UInt64])
  func birthdays(shift: UInt64) {
    let byStream = Self.words(streams: 4096, blocks: 0..<1, places: Array(0..<64), seed: 6)
    let byBlock = Self.words(streams: 64, blocks: 0..<4096, places: [3], seed: 7)
    var (acrossStreams, acrossBlocks) = (0, 0)
    for year in 0..<64 {
      acrossStreams += Self.repeats((0..<4096).map { byStream[$0 * 64 + year] >> shift & 0xffff_ffff })
      acrossBlocks += Self.repeats((0..<4096).map { byBlock[year * 4096 + $0] >> shift & 0xffff_ffff })
    }
    #expect(abs(Self.score(acrossStreams, mean: 256)) < 5.5)
    #expect(abs(Self.score(acrossBlocks, mean: 256)) < 5.5)
  }

  /// Spacings between sorted birthdays that were seen before.
  private static func repeats(_ birthdays: [UInt64]) -> Int {
    let sorted = birthdays.sorted()
    let spacings = zip(sorted.dropFirst(), sorted).map { $0 - $1 }.sorted()
    return zip(spacings.dropFirst(), spacings).count { $0 == $1 }
  }
}
