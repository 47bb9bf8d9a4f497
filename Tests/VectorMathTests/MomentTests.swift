import Testing
import VectorMath

@Suite("Moments of a block")
struct MomentTests {
  @Test("are those of the finite values", arguments: [0, 1, 5, 8, 13, 1024])
  func values(count: Int) {
    // Whole numbers, whose sums no order of adding changes.
    let odd: [Double] = [.nan, .infinity, -.infinity]
    var x: [Double] = []
    for n in 0..<count {
      let whole = (n * 37) % 101 - 20
      x.append(n % 7 == 3 ? odd[n % 3] : Double(whole))
    }
    let finite = x.filter { $0.isFinite }
    let moments = BlockMoments(of: x, pivot: 5, count: count)
    #expect(moments.finite == finite.count && moments.nonFinite == count - finite.count)
    var sum = 0.0, squares = 0.0
    for value in finite {
      sum += value - 5
      squares += (value - 5) * (value - 5)
    }
    #expect(moments.sum == sum && moments.sumOfSquares == squares)
    #expect(moments.minimum == finite.min() ?? .infinity && moments.maximum == finite.max() ?? -.infinity)
  }

  @Test("of no finite value are empty")
  func nothing() {
    let moments = BlockMoments(of: [.nan, .infinity], pivot: 0, count: 2)
    #expect(moments.finite == 0 && moments.sum == 0 && moments.minimum == .infinity && moments.maximum == -.infinity)
  }
}

@Suite("Counts below levels")
struct CountTests {
  @Test("are those of a plain loop, on every path, whatever the counts", arguments: [0, 1, 3, 4, 5, 1024])
  func values(count: Int) {
    let odd: [Double] = [.nan, .infinity, -.infinity]
    let all: [Double] = [-.greatestFiniteMagnitude, 3, 3, 17.5, 80, -21, .infinity]
    var x: [Double] = []
    for n in 0..<count {
      let whole = (n * 37) % 101 - 20
      x.append(n % 9 == 4 ? odd[n % 3] : Double(whole))
    }
    for levelCount in [0, 1, 4, 7] {
      let levels = Array(all.prefix(levelCount))
      onEachPath { path in
        var below = [Int](repeating: 5, count: levelCount)
        levels.withUnsafeBufferPointer { Columns.countBelow($0, x, count: count, into: &below) }
        let expected = levels.map { level -> Int in 5 + x.count { $0 < level } }
        #expect(below == expected, "\(path)")
      }
    }
  }
}
