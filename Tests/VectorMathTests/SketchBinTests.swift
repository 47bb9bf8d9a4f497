import Foundation
import Testing
import VectorMath

@Suite("Bins of equal width within every octave")
struct SketchBinTests {
  func indexes(_ bins: SketchBins, _ x: [Double]) -> (indexes: [Int], outside: Int) {
    var found = [UInt32](repeating: 0, count: x.count)
    let outside = bins.indexes(of: x, into: &found, count: x.count)
    return (found.map(Int.init), outside)
  }

  @Test("every value is within its bin, and bins ascend", arguments: [0, 3, 12, 16])
  func bounds(log2PerOctave: Int) {
    let bins = SketchBins(log2PerOctave: log2PerOctave, lowestExponent: -4, negativeOctaves: 3, positiveOctaves: 9)
    let size = Double(1 << log2PerOctave)
    var x: [Double] = [0, -0.0]
    for n in 0..<4000 {
      let value = (pow(1.7, Double(n % 120) / 10) - 5.3) * (1 + Double(n) * 1e-5)
      if (value > -0.5 && value <= -0.0625) || (value >= 0.0625 && value < 32) { x.append(value) }
    }
    #expect(x.count > 500)
    let found = indexes(bins, x)
    #expect(found.outside == 0)
    for (value, index) in zip(x, found.indexes) {
      let (low, high) = bins.bounds(ofBin: index)
      if value == 0 {
        #expect(index == bins.zeroIndex)
      } else if value > 0 {
        #expect(low <= value && value < high)
      } else {
        #expect(low < value && value <= high)
      }
      let widest = abs(value) / size * (1 + 1e-12)
      #expect(high - low <= widest)
    }
    for index in stride(from: 0, to: bins.binCount - 1, by: max(1, bins.binCount / 5000)) {
      let (low, high) = bins.bounds(ofBin: index)
      #expect(index == bins.zeroIndex || low < high)
      if index + 1 != bins.zeroIndex && index != bins.zeroIndex { #expect(high == bins.bounds(ofBin: index + 1).low) }
    }
  }

  @Test("values outside and values that are not finite have numbers of their own")
  func outside() {
    let bins = SketchBins(lowestExponent: 0, negativeOctaves: 1, positiveOctaves: 2)
    let x: [Double] = [
      1, 4.0.nextDown, 4, 1.0.nextDown, -1, -(2.0.nextDown), -2, -0.5, 1e300, 0, -0.0, 0x1p-1030, .nan, .infinity,
      -.infinity,
    ]
    let found = indexes(bins, x)
    let o = bins.outsideIndex, n = bins.nonFiniteIndex, z = bins.zeroIndex
    #expect(found.indexes == [z + 1, o - 1, o, o, z - 1, 0, o, o, o, z, z, z, n, n, n])
    #expect(found.outside == 5)
    #expect(bins.indexCount == 4096 * 3 + 3)
  }

  @Test("bins reach from the smallest normal number to the largest")
  func range() {
    let bins = SketchBins(log2PerOctave: 4, lowestExponent: -1022, negativeOctaves: 5000, positiveOctaves: 2046)
    let max = Double.greatestFiniteMagnitude, least = Double.leastNormalMagnitude
    let found = indexes(bins, [max, -max, least, -least])
    #expect(found.indexes == [bins.binCount - 1, 0, bins.zeroIndex + 1, bins.zeroIndex - 1] && found.outside == 0)
    #expect(bins.bounds(ofBin: bins.binCount - 1).high == .infinity)
    #expect(bins.bounds(ofBin: bins.zeroIndex + 1).low == least)
  }

  @Test("grown bins hold the old and the new values, and old bins keep their values")
  func growth() {
    var bins = SketchBins(log2PerOctave: 5, lowestExponent: 0, negativeOctaves: 0, positiveOctaves: 0)
    let columns: [[Double]] = [[3, 5, .nan], [0.01, 7e5], [-2, 0], [-1e-3, 4e-4, .infinity, 0x1p-1030]]
    var seen: [Double] = []
    for column in columns {
      let wider = bins.union(with: column, count: column.count)
      let before = indexes(bins, seen).indexes
      #expect(zip(before, indexes(wider, seen).indexes).allSatisfy { bins.index(ofBin: $0, in: wider) == $1 })
      seen += column.filter(\.isFinite)
      #expect(indexes(wider, seen).outside == 0)
      bins = wider
    }
    #expect(bins.lowestExponent == -12 && bins.negativeOctaves == 14 && bins.positiveOctaves == 32)
    #expect(bins.union(with: [.nan, 0], count: 2) == bins)
  }
}
