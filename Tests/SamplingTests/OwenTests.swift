import Testing

@testable import Sampling

@Suite("Nested scrambling")
struct OwenTests {
  static func k(_ u: Double) -> UInt64 { UInt64(u * 0x1p52) }

  @Test("two points that share their first digits share just as many after it")
  func nested() {
    // Beginnings that share anything from none to all but one of ten digits, with different digits after them.
    let plain = (0..<1024).map { point -> Double in
      let digits = UInt64(point) << 42 | UInt64(point) << 20
      return (Double(digits) + 0.5) * 0x1p-52
    }
    var scrambled = plain
    scrambled.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      NestedScramble(multiplier: 0x9e37_79b9_7f4a_7c15, shift: 12345).apply(to: start, count: 1024)
    }
    for i in 0..<1024 {
      for j in [i ^ 1, i ^ 2, i ^ 512, (i * 37 + 11) % 1024] {
        let before = Self.k(plain[i]) ^ Self.k(plain[j]), after = Self.k(scrambled[i]) ^ Self.k(scrambled[j])
        #expect(before.leadingZeroBitCount == after.leadingZeroBitCount)
      }
    }
  }

  /// Every node of the tree of the first eight digits, over 4,000 replicates of coordinates: each coin is fair, and
  /// neighbouring ones have nothing to do with each other. 510 statistics of standard deviation 31.6; bound 6.3 of them:
  /// fails by chance with a probability of 510 * 3e-10 < 2e-7.
  @Test("a digit is flipped by a fair coin of its own for each beginning")
  func coins() {
    let points = (0..<256).map { (Double($0) * 0x1p44 + 0.5) * 0x1p-52 }
    var heads = [Int](repeating: 0, count: 255), pairs = [Int](repeating: 0, count: 255)
    for coordinate in 0..<250 {
      let stream = StreamKey(seed: 9, address: CoordinateAddress(name: "x\(coordinate)")).stream
      for replicate in 0..<16 {
        let words = stream.words(at: (UInt64(replicate), 0, 0, 4))
        var scrambled = points
        scrambled.withUnsafeMutableBufferPointer { buffer in
          guard let start = buffer.baseAddress else { return }
          NestedScramble(multiplier: words.0 | 1, shift: words.1).apply(to: start, count: 256)
        }
        var last = 0
        for level in 0..<8 {
          for beginning in 0..<(1 << level) {
            let digit = Int(Self.k(scrambled[beginning << (8 - level)]) >> UInt64(51 - level) & 1)
            let node = (1 << level) - 1 + beginning
            heads[node] += digit
            pairs[node] += digit ^ last
            last = digit
          }
        }
      }
    }
    for count in heads + pairs { #expect(abs(count - 2000) < Int(6.3 * 31.7)) }
  }

  /// Among 16,384 points of a replicate the digits past the 14th belong to each point alone, down to the last ones: 38
  /// digits, standard deviation 64, bound 6 of them: fails by chance with a probability of 8e-8.
  @Test("digits beyond those that the points share are fair")
  func tail() {
    let design = Owen(seed: 3, coordinates: [CoordinateAddress(name: "a")])
    let draws = design.blocks((0..<16).map { $0 * 16 }, ofCoordinate: 0)
    for bit in 0..<38 {
      let ones = draws.count { Self.k($0) >> UInt64(bit) & 1 == 1 }
      #expect(abs(ones - 8192) < 6 * 64, "bit \(bit)")
    }
  }
}
