import Dispatch
import LinearAlgebra
import Testing

@Suite("A triangular factor times a block of scores")
struct TriangularFactorTests {
  static let stride = 1024 + 24

  /// Numbers in -1 ... 1 without a pattern.
  static func scores(_ size: Int) -> [Double] {
    (0..<(size * stride)).map { n in Double((n &* 7919) % 10007) / 5003 - 1 }
  }

  static func apply(_ factor: TriangularFactor, to scores: [Double], count: Int) -> [Double] {
    var result = scores
    result.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress {
        factor.apply(to: start, stride: stride, count: count, in: ProductWorkspace())
      }
    }
    return result
  }

  @Test("is the sum of products, and leaves the padding alone", arguments: try KnownMatrix.all())
  func product(_ known: KnownMatrix) {
    let size = known.matrix.size
    // Entries above the diagonal are not read.
    var entries = known.factor
    for row in 0..<size { for column in (row + 1)..<max(size, row + 1) { entries[row * size + column] = .nan } }
    let factor = TriangularFactor(size: size, entries: entries)
    let scores = Self.scores(size)
    for count in [1024, 1, 7] {
      let result = Self.apply(factor, to: scores, count: count)
      for row in 0..<size {
        for draw in 0..<Self.stride {
          var sum = 0.0
          for column in 0...row { sum += known.factor[row * size + column] * scores[column * Self.stride + draw] }
          let found = result[row * Self.stride + draw]
          if draw < count {
            #expect(abs(found - sum) < 1e-14)
          } else {
            #expect(found == scores[row * Self.stride + draw])
          }
        }
      }
    }
  }

  @Test("gives the same bits on every thread")
  func threads() throws {
    let known = try #require(try KnownMatrix.all().last)
    let factor = TriangularFactor(size: known.matrix.size, entries: known.factor)
    let scores = Self.scores(known.matrix.size)
    let expected = Self.apply(factor, to: scores, count: 1024)
    // Each iteration writes a different element.
    nonisolated(unsafe) let same = UnsafeMutablePointer<Bool>.allocate(capacity: 64)
    defer { same.deallocate() }
    DispatchQueue.concurrentPerform(iterations: 64) { n in
      same[n] = Self.apply(factor, to: scores, count: 1024) == expected
    }
    #expect((0..<64).allSatisfy { same[$0] })
  }

  @Test("may have no rows or no draws")
  func empty() {
    #expect(Self.apply(TriangularFactor(size: 0, entries: []), to: [3], count: 1) == [3])
    #expect(Self.apply(TriangularFactor(size: 1, entries: [2]), to: [3], count: 0) == [3])
  }
}
