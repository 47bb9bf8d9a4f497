import Foundation
import LinearAlgebra
import Testing

@Suite("Products of factors with scores are the same on every processor")
struct ExactProductTests {
  /// The generator of Reference/make_products.py: numbers in -1 ..< 1.
  private struct Words {
    var state: UInt64
    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 0x1p52 - 1
    }
  }

  /// Rows of length about one.
  private static func factor(_ size: Int) -> TriangularFactor {
    var words = Words(state: UInt64(size))
    var entries = [Double](repeating: .nan, count: size * size)
    for row in 0..<size {
      let numbers = (0...row).map { _ in words.next() }
      let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for column in 0...row { entries[row * size + column] = numbers[column] / length }
    }
    return TriangularFactor(size: size, entries: entries)
  }

  private static func scores(_ size: Int, _ draw: Int) -> [Double] {
    var words = Words(state: UInt64(1000 * size + draw))
    return (0..<size).map { _ in 8.2 * words.next() }
  }

  @Test("to the last bit what rational arithmetic gives")
  func exact() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Reference/products.txt")
    let workspace = ProductWorkspace()
    var sizes: Set<Int> = []
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ")
      let size = try #require(Int(words[0])), draw = try #require(Int(words[1]))
      let expected = words.dropFirst(2).compactMap { Double($0) }
      try #require(expected.count == size)
      sizes.insert(size)
      // One draw of several: the others differ, and the result may not.
      for count in [1, 5, 300] {
        let stride = count + 3
        var block = [Double](repeating: 0.5, count: size * stride)
        for (row, score) in Self.scores(size, draw).enumerated() {
          for place in 0..<count {
            block[row * stride + place] = place == count - 1 ? score : score / Double(place + 2)
          }
        }
        block.withUnsafeMutableBufferPointer { buffer in
          guard let start = buffer.baseAddress else { return }
          Self.factor(size).apply(to: start, stride: stride, count: count, in: workspace)
        }
        let found = (0..<size).map { block[$0 * stride + count - 1] }
        #expect(found.map(\.bitPattern) == expected.map(\.bitPattern), "\(size), draw \(draw), \(count)")
      }
    }
    #expect(sizes == [1, 2, 3, 8, 12, 15, 16, 40, 70])
  }
}
