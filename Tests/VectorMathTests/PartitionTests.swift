import Testing
import VectorMath

@Suite("The first index from which on a condition holds") struct PartitionTests {
  @Test("is that of a search from the start", arguments: 0...20)
  func search(count: Int) {
    let numbers = (0..<count).map { 2 * $0 }
    for least in -1...(2 * count + 1) {
      #expect(numbers.partitioningIndex { $0 >= least } == numbers.firstIndex { $0 >= least } ?? count)
      let slice = numbers.dropFirst(3)
      #expect(slice.partitioningIndex { $0 >= least } == slice.firstIndex { $0 >= least } ?? slice.endIndex)
    }
  }
}
