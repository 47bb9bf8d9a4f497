import Testing
import VectorMath

/// Runs a body under an instruction path, if the machine has it. Other tests may run meanwhile: the path changes no
/// result, which is what these tests show.
func onEachPath(_ body: (InstructionPath) -> Void) {
  let before = InstructionPath.current
  for path in InstructionPath.allCases where InstructionPath.use(path) { body(path) }
  InstructionPath.use(before)
}

@Suite("A draw's result depends on that draw alone", .serialized)
struct PathTests {
  /// Ordinary and extreme values in no order, from a plain generator of the test's own.
  static let values: [Double] = {
    var state: UInt64 = 99
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
    let special: [Double] = [
      0, -0.0, 1, -1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
      .leastNormalMagnitude, .greatestFiniteMagnitude, 0.5, 2, 3, 710, -746, 0x1p-53, 1 - 0x1p-53, 8.25, -8.25,
    ]
    return (0..<2000).map { n in
      switch n % 5 {
      case 0: special[Int(next() % UInt64(special.count))]
      case 1: Double(bitPattern: next())
      case 2: (Double(next() >> 12) + 0.5) * 0x1p-52
      case 3: (Double(next() >> 12) - 0x1p51) * 0x1p-48
      default: Double(Int(next() % 19) - 9)
      }
    }
  }()

  /// A kernel on columns a, b, c, under any count, alignment and path.
  typealias Kernel = (_ a: Column, _ b: Column, _ c: Column, _ out: MutableColumn, _ count: Int) -> Void

  static func check(_ name: String, _ kernel: Kernel) {
    let total = 600
    var reference = [Double](repeating: 0, count: total)
    values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      // One draw at a time on the plain path is the definition.
      InstructionPath.use(.plain)
      for i in 0..<total {
        var one = 0.0
        kernel(start + i, start + 617 + i, start + 1234 + i, &one, 1)
        reference[i] = one
      }
      onEachPath { path in
        for count in Array(0...41) + [63, 64, 65, 255, 512, 600] {
          for shift in 0..<4 {
            var out = [Double](repeating: 12345, count: count + shift + 9)
            out.withUnsafeMutableBufferPointer { buffer in
              guard let place = buffer.baseAddress else { return }
              kernel(start, start + 617, start + 1234, place + shift, count)
            }
            let result = Array(out[shift..<(shift + count)])
            #expect(identical(result, Array(reference.prefix(count))), "\(name), \(path), \(count), \(shift)")
            #expect(out.prefix(shift).allSatisfy { $0 == 12345 } && out.suffix(9).allSatisfy { $0 == 12345 })
          }
        }
        // In place, at a place in the column that is not aligned.
        var column = Array(values)
        column.withUnsafeMutableBufferPointer { buffer in
          guard let place = buffer.baseAddress else { return }
          kernel(place + 1, place + 618, place + 1235, place + 1, 500)
        }
        #expect(identical(Array(column[1...500]), Array(reference[1...500])), "\(name) in place, \(path)")
      }
    }
  }

  @Test("every unary operation", arguments: UnaryOperation.allCases)
  func unary(_ operation: UnaryOperation) {
    Self.check("\(operation)") { a, _, _, out, count in Columns.apply(operation, a, into: out, count: count) }
  }

  @Test("every binary operation, in its three forms", arguments: BinaryOperation.allCases)
  func binary(_ operation: BinaryOperation) {
    Self.check("\(operation)") { a, b, _, out, count in Columns.apply(operation, a, b, into: out, count: count) }
    for scalar in [0.0, -2, 3.7, .nan, .infinity] {
      Self.check("\(operation) \(scalar)") { a, _, _, out, count in
        Columns.apply(operation, a, scalar, into: out, count: count)
      }
      Self.check("\(scalar) \(operation)") { a, _, _, out, count in
        Columns.apply(operation, scalar, a, into: out, count: count)
      }
    }
  }

  @Test("operations on three columns, and on a column and numbers")
  func others() {
    Self.check("multiplyAdd") { a, b, c, out, count in Columns.multiplyAdd(a, b, c, into: out, count: count) }
    Self.check("select") { a, b, c, out, count in Columns.select(a, then: b, else: c, into: out, count: count) }
    Self.check("affine") { a, _, _, out, count in
      Columns.affine(scale: 1.1, a, shift: -0.3, into: out, count: count)
    }
    Self.check("fill") { _, _, _, out, count in Columns.fill(out, with: 4.5, count: count) }
    for exponent: Int32 in [0, 1, 2, 7, -3, 31] {
      Self.check("power \(exponent)") { a, _, _, out, count in
        Columns.wholePower(a, exponent, into: out, count: count)
      }
    }
  }

  @Test("products and sums of several columns")
  func combinations() {
    Self.check("product") { a, b, c, out, count in
      [a, c, a].withUnsafeBufferPointer { x in
        [b, c].withUnsafeBufferPointer { Columns.product(scale: 1.7, x, over: $0, into: out, count: count) }
      }
    }
    Self.check("sum") { a, b, c, out, count in
      [a, b, c, b].withUnsafeBufferPointer { Columns.sum(shift: 0.1, $0, into: out, count: count) }
    }
    Self.check("weightedSum") { a, b, c, out, count in
      [a, b, c].withUnsafeBufferPointer {
        Columns.weightedSum(shift: 0.1, weights: [0.3, 0.7, -1.1], $0, into: out, count: count)
      }
    }
    Self.check("dot") { a, b, c, out, count in
      [a, b].withUnsafeBufferPointer { x in
        [c, a].withUnsafeBufferPointer {
          Columns.dot(shift: 0.1, weights: [0.3, 1], x, $0, into: out, count: count)
        }
      }
    }
  }

  @Test("tables and steps, whatever the argument")
  func tables() {
    let layout = QuantileTableLayout(cellsLog2: 2)
    let rows = layout.rows { t, isUpper in (isUpper ? -1 : 1) * t.squareRoot() }
    Self.check("quantile table") { a, _, _, out, count in Columns.lookUp(rows, layout, at: a, into: out, count: count) }
    let even = ScoreTableLayout(cellsPerUnit: 8)
    let scores = even.rows { $0 / (1 + $0 * $0) }
    Self.check("score table") { a, _, _, out, count in Columns.lookUp(scores, even, at: a, into: out, count: count) }
    for outcomeCount in [1, 2, 24, 25, 26, 300] {
      let outcomes = (0..<outcomeCount).map { Double($0 * $0) }
      let cumulative = (1..<outcomeCount).map { Double($0) / Double(outcomeCount) }
      Self.check("steps \(outcomeCount)") { a, _, _, out, count in
        outcomes.withUnsafeBufferPointer { o in
          cumulative.withUnsafeBufferPointer {
            Columns.steps(outcomes: o, cumulative: $0, at: a, into: out, count: count)
          }
        }
      }
    }
  }

  @Test("streams, structured blocks, moments and bins are the same on every path")
  func blocks() {
    var results: [[UInt64]] = []
    onEachPath { _ in
      var bits: [UInt64] = []
      func append(_ column: [Double]) { bits += column.map(\.bitPattern) }
      let stream = UniformStream(low: 5, high: 6)
      append(Columns.array(1024) { stream.fill(block: 3, into: $0) })
      append(Columns.array(1024) { stream.fillStrata(block: 3, order: Array(1...8), first: 2048, into: $0) })
      append(Columns.array(1024) { Columns.netBlock(columns: Array(100..<110), base: 77, into: $0) })
      for count in [0, 1, 7, 8, 9, 100, 1999, 2000] {
        let moments = BlockMoments(of: Self.values, pivot: 0.25, count: count)
        append([moments.sum, moments.sumOfSquares, moments.minimum, moments.maximum].map { $0.isNaN ? 0 : $0 })
        bits += [UInt64(moments.finite), UInt64(moments.nonFinite)]
        var indexes = [UInt32](repeating: 0, count: count + 3)
        let bins = SketchBins(lowestExponent: -20, negativeOctaves: 10, positiveOctaves: 40)
        bits.append(UInt64(bins.indexes(of: Self.values, into: &indexes, count: count)))
        bits += indexes.map(UInt64.init)
      }
      results.append(bits)
    }
    #expect(Set(results).count == 1)
  }

  @Test("the path in use can be asked for and changed")
  func selection() {
    let before = InstructionPath.current
    #expect(InstructionPath.use(.plain) && InstructionPath.current == .plain)
    for path in InstructionPath.allCases where InstructionPath.use(path) { #expect(InstructionPath.current == path) }
    InstructionPath.use(before)
    #expect(InstructionPath.current == before)
  }
}
