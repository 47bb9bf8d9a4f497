import Testing
import VectorMath

@Suite("Room for doubles at a cache line")
struct CacheAlignedDoublesTests {
  @Test("begins at a line, and holds zeros or what was copied", arguments: [0, 1, 7, 8, 1000])
  func room(count: Int) {
    let zeros = CacheAlignedDoubles(count: count)
    #expect(UInt(bitPattern: zeros.start) % UInt(CacheAlignedDoubles.alignment) == 0 && zeros.count == count)
    #expect((0..<count).allSatisfy { zeros.start[$0] == 0 })
    let values = (0..<count).map { Double($0) + 0.5 }
    let copy = CacheAlignedDoubles(values)
    #expect(UInt(bitPattern: copy.start) % UInt(CacheAlignedDoubles.alignment) == 0)
    #expect((0..<count).allSatisfy { copy.start[$0] == values[$0] })
  }
}
