import Foundation
import Testing
import VectorMath

@Suite("Arithmetic on columns is that of single numbers")
struct ArithmeticTests {
  static let numbers: [Double] = [
    0, -0.0, 1, -1, 2.5, -3.25, 1e300, -1e300, 0x1p-1030, .infinity, -.infinity, .nan, 0.1, 7,
  ]

  /// What an operation means for two numbers; power has its own tests.
  static func meaning(_ operation: BinaryOperation) -> ((Double, Double) -> Double)? {
    switch operation {
    case .add: { $0 + $1 }
    case .subtract: { $0 - $1 }
    case .multiply: { $0 * $1 }
    case .divide: { $0 / $1 }
    case .minimum: { $0.isNaN || $1.isNaN ? .nan : Swift.min($0, $1) }
    case .maximum: { $0.isNaN || $1.isNaN ? .nan : Swift.max($0, $1) }
    case .equal: condition { $0 == $1 }
    case .notEqual: condition { $0 != $1 }
    case .less: condition { $0 < $1 }
    case .lessOrEqual: condition { $0 <= $1 }
    case .greater: condition { $0 > $1 }
    case .greaterOrEqual: condition { $0 >= $1 }
    case .and: condition { $0 != 0 && $1 != 0 }
    case .or: condition { $0 != 0 || $1 != 0 }
    case .power: nil
    }
  }

  /// 1 or 0, and not a number where a side is not finite.
  private static func condition(_ holds: @escaping (Double, Double) -> Bool) -> (Double, Double) -> Double {
    { $0.isFinite && $1.isFinite ? (holds($0, $1) ? 1 : 0) : .nan }
  }

  @Test("of two values", arguments: BinaryOperation.allCases)
  func binary(_ operation: BinaryOperation) {
    guard let meaning = Self.meaning(operation) else { return }
    let pairs = Self.numbers.flatMap { a in Self.numbers.map { (a, $0) } }
    let results = Columns.apply(operation, pairs.map(\.0), pairs.map(\.1))
    for (pair, result) in zip(pairs, results) {
      let expected = meaning(pair.0, pair.1)
      // Of two zeros either is the smaller.
      #expect(result == expected || (result.isNaN && expected.isNaN), "\(pair.0) \(operation) \(pair.1) = \(result)")
    }
    for a in Self.numbers {
      let right = Columns.array(Self.numbers.count) {
        Columns.apply(operation, Self.numbers, a, into: $0, count: Self.numbers.count)
      }
      let left = Columns.array(Self.numbers.count) {
        Columns.apply(operation, a, Self.numbers, into: $0, count: Self.numbers.count)
      }
      for (i, b) in Self.numbers.enumerated() {
        #expect(identical(right[i], Columns.apply(operation, [b], [a])[0]))
        #expect(identical(left[i], Columns.apply(operation, [a], [b])[0]))
      }
    }
  }

  @Test("sine, cosine and tangent are those of one double")
  func trigonometry() {
    let x = Self.numbers + [100, -1e5]
    #expect(identical(Columns.apply(.sine, x), x.map { PortableMath.sin($0) }))
    #expect(identical(Columns.apply(.cosine, x), x.map { PortableMath.cos($0) }))
    #expect(identical(Columns.apply(.tangent, x), x.map { PortableMath.tan($0) }))
  }

  @Test("the side of a choice that is not taken leaves no trace")
  func select() {
    let result = Columns.array(4) {
      Columns.select([1, 0, -7, -0.0], then: [1, .nan, 3, .nan], else: [.nan, 2, .nan, 4], into: $0, count: 4)
    }
    #expect(result == [1, 2, 3, 4])
  }

  @Test("a condition that is not finite chooses nothing")
  func undecided() {
    let conditions = [.nan, .infinity, -.infinity, -Double.nan]
    let chosen = Columns.array(4) {
      Columns.select(conditions, then: [1, 2, 3, 4], else: [1, 2, 3, 4], into: $0, count: 4)
    }
    #expect(chosen.allSatisfy { $0.isNaN })
    #expect(Columns.apply(.not, conditions).allSatisfy { $0.isNaN })
    #expect(Columns.apply(.not, [0, -0.0, 2, -1e300]) == [1, 1, 0, 0])
  }

  @Test("a product and a sum are rounded one by one")
  func unfused() {
    let a = 1 + 0x1p-30, c = -(1 + 0x1p-29)
    // Fused, a * a + c would be 2^-60.
    #expect(Columns.array(1) { Columns.multiplyAdd([a], [a], [c], into: $0, count: 1) } == [0])
    #expect(Columns.array(1) { Columns.affine(scale: a, [a], shift: c, into: $0, count: 1) } == [0])
  }

  @Test("columns are combined from the first to the last")
  func combinations() {
    let x: [[Double]] = [[1, 2, 3], [0.1, 0.2, 0.3], [7, 1e17, 0]],
      y: [[Double]] = [[3, 0, 2], [1, 5, 0.1], [1, 1, 1]]
    /// The same, draw by draw, by folding.
    func folded(_ body: (_ x: [Double], _ y: [Double]) -> Double) -> [Double] {
      (0..<3).map { draw in body(x.map { $0[draw] }, y.map { $0[draw] }) }
    }
    let weights = [2, 10, 0.1]
    let product = folded { x, y in x.reduce(2, *) / y.dropFirst().reduce(y[0], *) }
    let sum = folded { x, _ in x.reduce(0.5, +) }
    let weighted = folded { x, _ in zip(weights, x).reduce(0) { $0 + $1.0 * $1.1 } }
    let dot = folded { x, y in zip(weights, zip(x, y)).reduce(1) { $0 + $1.0 * ($1.1.0 * $1.1.1) } }
    withColumns(x) { x in
      withColumns(y) { y in
        let none = UnsafeBufferPointer<Column>(start: nil, count: 0)
        #expect(Columns.array(3) { Columns.product(scale: 2, x, over: y, into: $0, count: 3) } == product)
        #expect(Columns.array(3) { Columns.product(scale: 5, none, over: none, into: $0, count: 3) } == [5, 5, 5])
        #expect(Columns.array(3) { Columns.sum(shift: 0.5, x, into: $0, count: 3) } == sum)
        #expect(Columns.array(3) { Columns.sum(none, into: $0, count: 3) } == [0, 0, 0])
        #expect(Columns.array(3) { Columns.weightedSum(weights: weights, x, into: $0, count: 3) } == weighted)
        #expect(Columns.array(3) { Columns.dot(shift: 1, weights: weights, x, y, into: $0, count: 3) } == dot)
        #expect(Columns.array(3) { Columns.product(x, over: none, into: $0, count: 3) }[2] == 0)
      }
    }
    #expect(product[1] == .infinity)
  }

  /// Arrays copied to columns in separate memory.
  private func withColumns(_ arrays: [[Double]], _ body: (UnsafeBufferPointer<Column>) -> Void) {
    let columns = arrays.map { array -> MutableColumn in
      let column = MutableColumn.allocate(capacity: array.count)
      column.initialize(from: array, count: array.count)
      return column
    }
    columns.map { Column($0) }.withUnsafeBufferPointer(body)
    for column in columns { column.deallocate() }
  }
}
