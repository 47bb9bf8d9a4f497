import Testing
import VectorMath

@Suite("Elementary functions keep their stated accuracy, against mpmath")
struct ElementaryFunctionTests {
  @Test(
    "within their bound in units of the last place",
    arguments: [(UnaryOperation.exp, "exp", 1.0), (.log, "log", 1.0), (.log10, "log10", 0.51)])
  func ulps(_ operation: UnaryOperation, _ name: String, _ bound: Double) throws {
    let exact = try ExactValue.all(name)
    let results = Columns.apply(operation, exact.map { $0.arguments[0] })
    for (value, result) in zip(exact, results) {
      #expect(value.ulps(of: result) < bound, "\(name)(\(value.arguments[0])) = \(result)")
    }
    #expect(exact.count > 500)
  }

  @Test("powers within 1 ulp")
  func power() throws {
    let exact = try ExactValue.all("power")
    let results = Columns.apply(.power, exact.map { $0.arguments[0] }, exact.map { $0.arguments[1] })
    for (value, result) in zip(exact, results) {
      #expect(value.ulps(of: result) < 1, "\(value.arguments) \(result)")
    }
    #expect(exact.count > 500)
  }

  @Test("the normal quantile within 1e-13, and of its size in both tails; exactly odd")
  func normalQuantile() throws {
    let exact = try ExactValue.all("normal_quantile")
    let results = Columns.apply(.normalQuantile, exact.map { $0.arguments[0] })
    for (value, result) in zip(exact, results) {
      #expect(value.error(of: result) < 1e-13 * max(1, abs(value.nearest)), "\(value.arguments) \(result)")
      if abs(value.nearest) > 0.5 { #expect(value.error(of: result) < 1e-13 * abs(value.nearest)) }
    }
    let others = Columns.apply(.normalQuantile, exact.map { 1 - $0.arguments[0] })
    for (i, value) in exact.enumerated() where 1 - (1 - value.arguments[0]) == value.arguments[0] {
      #expect(others[i] == -results[i])
    }
    #expect(exact.count > 800)
  }

  @Test("the normal cdf within 3e-14 of its size, in the upper tail of its complement's")
  func normalCdf() throws {
    let exact = try ExactValue.all("normal_cdf")
    let results = Columns.apply(.normalCdf, exact.map { $0.arguments[0] })
    for (value, result) in zip(exact, results) {
      // Above 0 the rounding of 1 - t is all that a double can do.
      let rounding = value.arguments[0] > 0 ? 0x1p-53 : 0
      let tail = min(value.nearest, 1 - value.nearest)
      #expect(value.error(of: result) <= 3e-14 * tail + rounding, "\(value.arguments) \(result)")
    }
    #expect(exact.count > 400)
  }

  @Test("the normal quantile undoes the normal cdf")
  func inverse() {
    let z = stride(from: -8.2, through: 5, by: 0.0137).map { $0 }
    let back = Columns.apply(.normalQuantile, Columns.apply(.normalCdf, z))
    // Near z the cdf's rounding moves the quantile by half an ulp of u over the density.
    for (a, b) in zip(z, back) {
      let density = 0.3989 * Columns.apply(.exp, [-a * a / 2])[0]
      #expect(abs(a - b) < 3e-13 + (a > 0 ? 0x1p-53 / density : 0))
    }
  }

  @Test("values at the ends of the ranges are IEEE 754's")
  func specialValues() {
    let inf = Double.infinity, nan = Double.nan, tiny = Double.leastNonzeroMagnitude
    func check(_ operation: UnaryOperation, _ pairs: [(Double, Double)]) {
      let results = Columns.apply(operation, pairs.map(\.0))
      for (pair, result) in zip(pairs, results) {
        #expect(identical(result, pair.1), "\(operation)(\(pair.0)) = \(result), not \(pair.1)")
      }
    }
    let max = Double.greatestFiniteMagnitude
    check(
      .exp,
      [
        (0, 1), (-0.0, 1), (inf, inf), (-inf, 0), (nan, nan), (710, inf), (max, inf), (-max, 0), (-745.14, 0),
        (-745.13, tiny), (tiny, 1), (-tiny, 1),
      ])
    for log in [UnaryOperation.log, .log10] {
      check(log, [(1, 0), (0, -inf), (-0.0, -inf), (inf, inf), (-1, nan), (-inf, nan), (-tiny, nan), (nan, nan)])
    }
    check(.log10, (-20...22).map { (Double("1e\($0)") ?? nan, Double($0)) })
    check(.squareRoot, [(4, 2), (0, 0), (-0.0, -0.0), (inf, inf), (-1, nan), (nan, nan), (2, 2.0.squareRoot())])
    check(.negate, [(1, -1), (0, -0.0), (inf, -inf)])
    check(.absolute, [(-1, 1), (-0.0, 0), (-inf, inf), (nan, nan)])
    check(.not, [(0, 1), (-0.0, 1), (3, 0), (nan, nan), (tiny, 0)])
    check(.normalQuantile, [(0.5, 0), (nan, nan)])
    check(.normalCdf, [(0, 0.5), (nan, nan), (inf, 1 - 0x1p-53), (-inf, 0x1p-53), (9, 1 - 0x1p-53), (-1e300, 0x1p-53)])
    let ends = Columns.apply(.normalQuantile, [0, -1, -inf, 1, 2, inf])
    #expect(Set(ends.prefix(3)) == [ends[0]] && Set(ends.suffix(3)) == [-ends[0]] && ends[0] < -8.2)
  }

  @Test("powers at the ends of the ranges are C's")
  func specialPowers() {
    let inf = Double.infinity, nan = Double.nan
    let cases: [(Double, Double, Double)] = [
      (0, 0, 1), (nan, 0, 1), (inf, 0, 1), (-3, 0, 1), (1, nan, 1), (1, inf, 1), (-1, inf, 1), (2, nan, nan),
      (nan, 2, nan), (0, 2, 0), (-0.0, 3, -0.0), (-0.0, 2, 0), (0, -1, inf), (-0.0, -3, -inf), (-0.0, -2, inf),
      (0, 0.5, 0), (-0.0, 0.5, 0), (0, inf, 0), (0, -inf, inf), (inf, 2, inf), (inf, -2, 0), (-inf, 3, -inf),
      (-inf, 2, inf), (-inf, -3, -0.0), (-inf, 0.5, inf), (-2, 3, -8), (-2, 2, 4), (-2, -1, -0.5), (-2, 0.5, nan),
      (-1, 0x1p53 + 2, 1), (-1, 0x1p53 - 1, -1), (2, inf, inf), (0.5, inf, 0), (2, -inf, 0), (-2, inf, inf),
      (2, 1024, inf), (2, -1080, 0), (-2, 1025, -inf), (2, -1074, 0x1p-1074), (1.5, 1e300, inf), (0.5, 1e300, 0),
      (10, 3, 1000), (4, 0.5, 2), (0x1p-1074, 0.5, 0x1p-537),
    ]
    let results = Columns.apply(.power, cases.map(\.0), cases.map(\.1))
    for (known, result) in zip(cases, results) { #expect(identical(result, known.2), "\(known) \(result)") }
    for known in cases { #expect(identical(PortableMath.pow(known.0, known.1), known.2), "one pow\(known)") }
  }

  @Test("whole powers are repeated products")
  func wholePowers() {
    let x = [3.0, -2, 0.1, 0, -0.0, .infinity, .nan, 1e-200]
    for (exponent, expected) in [
      (0, [1.0, 1, 1, 1, 1, 1, 1, 1]), (1, x), (2, x.map { $0 * $0 }), (3, x.map { $0 * ($0 * $0) }),
      (-1, x.map { 1 / $0 }), (-2, x.map { 1 / ($0 * $0) }),
    ] as [(Int32, [Double])] {
      let result = Columns.array(x.count) { Columns.wholePower(x, exponent, into: $0, count: x.count) }
      #expect(identical(result, expected), "\(exponent): \(result)")
    }
    let large = Columns.array(1) { Columns.wholePower([1.0000001], Int32.min, into: $0, count: 1) }
    #expect(large[0] > 0 && large[0] < 1e-90)
  }
}
