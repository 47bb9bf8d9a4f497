import Testing
import VectorMath

@Suite("Sorting by digits")
struct RadixSortTests {
  func sorted(_ values: [Double]) -> (values: [Double], tags: [UInt32]) {
    var sort = RadixSort(capacity: values.count)
    for (place, value) in values.enumerated() { sort.append(value, tag: UInt32(place)) }
    let values = sort.sorted()
    return (values, sort.tags)
  }

  /// Numbers of all sizes and signs, some of them alike.
  func numbers(_ count: Int) -> [Double] {
    var generator = FixedWords(state: 7)
    return (0..<count).map { n in
      let word = generator.next()
      switch n % 4 {
      case 0:
        let value = Double(bitPattern: word)
        return value.isNaN ? 1 : value
      case 1: return Double(Int64(bitPattern: word) >> 40)
      case 2: return Double(word >> 60)
      default: return 1 + Double(word >> 12) * 0x1p-52
      }
    }
  }

  @Test("as a comparison sort, equal numbers in the order given", arguments: [0, 1, 2, 3, 100, 5000])
  func comparison(count: Int) {
    let given = numbers(count)
    let found = sorted(given)
    let expected = given.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
    #expect(found.values == expected.map(\.element))
    #expect(found.tags == expected.map { UInt32($0.offset) })
  }

  @Test("without tags the same order", arguments: [0, 1, 2, 3, 100, 5000])
  func untagged(count: Int) {
    let given = numbers(count)
    #expect(RadixSort.sorted(given).map(\.bitPattern) == sorted(given).values.map(\.bitPattern))
    let near = (0..<count).map { 1 + Double($0) * 0x1p-52 }
    #expect(RadixSort.sorted(near.reversed() + [1e300]) == near + [1e300])
  }

  @Test("the ends of the range")
  func ends() {
    let ascending: [Double] = [
      -.infinity, -.greatestFiniteMagnitude, -1, -.leastNormalMagnitude, -0.0, 0, .leastNormalMagnitude, 1,
      .greatestFiniteMagnitude, .infinity,
    ]
    let found = sorted(ascending.reversed())
    #expect(found.values.map(\.bitPattern) == ascending.map(\.bitPattern))
    #expect(found.tags == (0..<10).reversed())
  }

  @Test("numbers that share digits, or are all alike")
  func alike() {
    #expect(sorted([2, 2, 2]).tags == [0, 1, 2])
    #expect(sorted([3, 1, 2]).values == [1, 2, 3])
  }

  @Test("numbers that differ only in their last digits, and one far away", arguments: [10, 5000])
  func lastDigits(count: Int) {
    let near = (0..<count).map { 1 + Double($0) * 0x1p-52 }
    let found = sorted(near.reversed() + [1e300])
    #expect(found.values == near + [1e300])
    #expect(found.tags == (0..<UInt32(count)).reversed() + [UInt32(count)])
  }

  @Test("what is not a number does not disturb the others")
  func notNumbers() {
    let found = sorted([2, .nan, 1, -.nan])
    #expect(found.tags == [3, 2, 0, 1])
  }
}

/// A fixed sequence of words (a linear congruence with Knuth's multiplier, its high bits folded in).
private struct FixedWords: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}
