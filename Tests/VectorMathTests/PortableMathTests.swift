import Testing
import VectorMath

@Suite("The elementary functions of one double")
struct PortableMathTests {
  typealias One = @Sendable (Double) -> Double
  typealias Two = @Sendable (Double, Double) -> Double

  /// The stated bounds, in units of the last place.
  static let ofOne: [(name: String, function: One, bound: Double)] = [
    ("exp", PortableMath.exp, 0.51), ("exp2", PortableMath.exp2, 0.51), ("expm1", PortableMath.expm1, 0.6),
    ("log", PortableMath.log, 0.51), ("log2", PortableMath.log2, 0.51), ("log10", PortableMath.log10, 0.51),
    ("log1p", PortableMath.log1p, 0.6), ("sinh", PortableMath.sinh, 0.75), ("cosh", PortableMath.cosh, 0.6),
    ("tanh", PortableMath.tanh, 2.5), ("asinh", PortableMath.asinh, 2.5), ("sin", PortableMath.sin, 0.75),
    ("cos", PortableMath.cos, 0.75), ("tan", PortableMath.tan, 1), ("asin", PortableMath.asin, 1.5),
    ("erf", PortableMath.erf, 0.75), ("erfc", PortableMath.erfc, 0.75),
  ]
  static let ofTwo: [(name: String, function: Two, bound: Double)] = [
    ("pow", PortableMath.pow, 0.6), ("atan2", PortableMath.atan2, 1), ("hypot", PortableMath.hypot, 0.51),
  ]

  /// The bound, and below 2^-1022 half a unit more.
  static func holds(_ value: ExactValue, _ result: Double, _ bound: Double) -> Bool {
    value.ulps(of: result) < bound + (value.nearest.magnitude < .leastNormalMagnitude ? 0.5 : 0)
  }

  @Test("keep their stated accuracy, against mpmath")
  func accuracy() throws {
    for (name, function, bound) in Self.ofOne {
      let exact = try ExactValue.all(name, in: "portable.txt")
      #expect(exact.count >= 90, "\(name)")
      for value in exact {
        let result = function(value.arguments[0])
        #expect(Self.holds(value, result, bound), "\(name)(\(value.arguments[0])) = \(result)")
      }
    }
    for (name, function, bound) in Self.ofTwo {
      let exact = try ExactValue.all(name, in: "portable.txt")
      #expect(exact.count >= 150, "\(name)")
      for value in exact {
        let result = function(value.arguments[0], value.arguments[1])
        #expect(Self.holds(value, result, bound), "\(name)\(value.arguments) = \(result)")
      }
    }
  }

  @Test("sine, cosine and tangent of columns keep the same bounds")
  func columns() throws {
    let operations: [(UnaryOperation, String, Double)] = [
      (.sine, "sin", 0.75), (.cosine, "cos", 0.75), (.tangent, "tan", 1),
    ]
    for (operation, name, bound) in operations {
      let exact = try ExactValue.all(name, in: "portable.txt")
      let results = Columns.apply(operation, exact.map { $0.arguments[0] })
      for (value, result) in zip(exact, results) {
        #expect(value.ulps(of: result) < bound, "\(name)(\(value.arguments[0])) = \(result)")
      }
    }
  }

  @Test("give C's values at the ends of their ranges")
  func specialValues() {
    let inf = Double.infinity, nan = Double.nan, tiny = Double.leastNonzeroMagnitude
    let known: [(String, [(Double, Double)])] = [
      ("exp", [(0, 1), (inf, inf), (-inf, 0), (710, inf), (-746, 0), (-745.13, tiny)]),
      ("exp2", [(0, 1), (inf, inf), (-inf, 0), (1024, inf), (-1074, tiny), (-1076, 0), (10, 1024), (-3, 0.125)]),
      ("expm1", [(0, 0), (-0.0, -0.0), (inf, inf), (-inf, -1), (710, inf), (tiny, tiny)]),
      ("log", [(1, 0), (0, -inf), (-0.0, -inf), (inf, inf), (-1, nan)]),
      ("log2", [(1, 0), (8, 3), (tiny, -1074), (0, -inf), (inf, inf), (-1, nan)]),
      ("log10", [(1, 0), (1000, 3), (1e-5, -5), (1e22, 22), (0, -inf), (inf, inf), (-1, nan)]),
      ("log1p", [(0, 0), (-0.0, -0.0), (-1, -inf), (inf, inf), (-2, nan), (tiny, tiny)]),
      ("sinh", [(-0.0, -0.0), (inf, inf), (-inf, -inf), (711, inf)]),
      ("cosh", [(0, 1), (inf, inf), (-inf, inf), (711, inf)]),
      ("tanh", [(-0.0, -0.0), (inf, 1), (-inf, -1), (30, 1)]),
      ("asinh", [(-0.0, -0.0), (inf, inf), (-inf, -inf)]),
      ("sin", [(-0.0, -0.0), (inf, nan), (tiny, tiny)]), ("cos", [(0, 1), (inf, nan), (tiny, 1)]),
      ("tan", [(-0.0, -0.0), (-inf, nan), (tiny, tiny)]),
      ("asin", [(-0.0, -0.0), (1, .pi / 2), (-1, -.pi / 2), (1.1, nan)]),
      ("erf", [(-0.0, -0.0), (inf, 1), (-inf, -1), (6, 1)]),
      ("erfc", [(0, 1), (inf, 0), (-inf, 2), (-6, 2), (28, 0)]),
    ]
    #expect(known.map(\.0) == Self.ofOne.map(\.name))
    for ((name, pairs), (_, function, _)) in zip(known, Self.ofOne) {
      for (x, expected) in pairs + [(nan, nan)] {
        #expect(identical(function(x), expected), "\(name)(\(x)) = \(function(x))")
      }
    }
    let atan2: [(Double, Double, Double)] = [
      (0, 1, 0), (-0.0, 1, -0.0), (0, -1, .pi), (-0.0, -1, -.pi), (1, 0, .pi / 2), (inf, inf, .pi / 4), (1, -inf, .pi),
      (0, 0, 0), (0, -0.0, .pi), (nan, 1, nan), (1, inf, 0), (tiny, tiny, .pi / 4),
    ]
    for (y, x, expected) in atan2 { #expect(identical(PortableMath.atan2(y, x), expected), "\(y) \(x)") }
    for (x, y, expected) in [(3, 4, 5), (inf, nan, inf), (0, -2, 2), (1e308, 1e308, 1.4142135623730951e308), (0, 0, 0)]
    {
      #expect(identical(PortableMath.hypot(x, y), expected), "\(x) \(y)")
    }
  }
}
