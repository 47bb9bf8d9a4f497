import Distributions
import Foundation
import Testing

@Suite("Tables of quantile functions")
struct QuantileTableTests {
  /// Probabilities over the whole reach of sampling: every octave of both tails, at places that no table knows.
  static let probabilities: [(u: Double, tail: Double)] = {
    var list: [(Double, Double)] = []
    for octave in 1...52 {
      for step in 0..<60 {
        let tail = exp2(-Double(octave) - Double(step) / 60 - 0.0031)
        // Tails of the upper side are those of the probability as rounded.
        list.append((tail, tail))
        list.append((1 - tail, 1 - (1 - tail)))
      }
    }
    return list.filter { $0.1 >= 0x1p-53 }
  }()

  /// The distributions whose tables are compared with their scalar quantile functions, which are compared with mpmath
  /// elsewhere.
  static let distributions: [(name: String, arguments: [Double])] = [
    ("beta", [4, 6]), ("beta", [2, 5]), ("beta", [0.5, 0.5]), ("beta", [0.05, 3]), ("beta", [3, 0.05]),
    ("beta", [0.05, 0.05]), ("beta", [0.3, 12]), ("beta", [1000, 3]), ("beta", [0.2, 0.9]), ("gamma", [0.05, 1]),
    ("gamma", [0.5, 2]), ("gamma", [3, 1]), ("gamma", [0.2, 1]), ("gamma", [500, 1]), ("pert", [1, 2, 5, 4]),
    ("pert", [0, 0, 1, 4]), ("cauchy", [0, 1]), ("student", [3, 0, 1]), ("student", [2, 0, 1]),
    ("student", [0.4, 0, 1]),
    ("student", [40, 0, 1]), ("student", [0.8, 0, 1]), ("inverse_gaussian", [1, 1]), ("inverse_gaussian", [1, 0.01]),
    ("inverse_gaussian", [1, 50]), ("skew_normal", [0, 1, 3]), ("skew_normal", [0, 1, -40]), ("chi_squared", [7]),
  ]

  /// The block value of a form, its tables read at the block's probabilities.
  static func block(_ quantileExpression: QuantileExpression, _ u: [Double]) -> [Double] {
    switch quantileExpression {
    case .tabulated(let distribution):
      let table = QuantileTable(distribution)
      var out = [Double](repeating: 0, count: u.count)
      table.fill(&out, at: u, count: u.count)
      return out
    case .unary(let function, let a): return block(a, u).map { function($0) }
    case .binary(let operation, let a, let b): return zip(block(a, u), block(b, u)).map { operation($0, $1) }
    default: return u.map { quantileExpression.evaluate(probability: $0) }
    }
  }

  /// The greatest error in probability of the blocks of a distribution, absolute and relative to the tail, and where.
  static func worstError(of distribution: any Distribution) -> (absolute: Double, relative: Double, at: Double) {
    let values = block(distribution.quantileExpression, probabilities.map(\.u))
    var worst = (absolute: 0.0, relative: 0.0, at: 0.0)
    for ((u, tail), x) in zip(probabilities, values) {
      let exact = u < 0.5 ? distribution.quantile(u) : distribution.quantile(survival: tail)
      // A difference of the size of the value's own rounding is not an error of the table.
      let rounding = 8 * exact.ulp
      guard (x - exact).magnitude > rounding, exact.magnitude > 1e-290 else { continue }
      let back = u < 0.5 ? distribution.cdf(x) : distribution.survival(x)
      let miss = (back - tail).magnitude
      // What the rounding of x itself does to the probability.
      let density = distribution.density(x)
      let excess = max(miss - rounding * density, 0)
      if excess / tail > worst.relative { worst = (max(worst.absolute, excess), excess / tail, u) }
      worst.absolute = max(worst.absolute, excess)
    }
    return worst
  }

  @Test("err by at most 1e-10 in probability, and 1e-8 of the tail, over all that sampling reaches")
  func accuracy() throws {
    for (name, arguments) in Self.distributions {
      let distribution = try DistributionCatalogue.distribution(named: name, arguments: arguments)
      let worst = Self.worstError(of: distribution)
      #expect(worst.absolute <= 1e-10, "\(distribution)")
      #expect(worst.relative <= 1e-8, "\(distribution) at \(worst.at)")
    }
  }

  @Test("read from scores agree with those read from probabilities")
  func scores() throws {
    let scores = (-820...820).map { Double($0) / 100 + 0.00371 }
    for (name, arguments) in [("beta", [4.0, 6]), ("gamma", [3, 1]), ("beta", [0.5, 0.5])] {
      let distribution = try DistributionCatalogue.distribution(named: name, arguments: arguments)
      let table = ScoreTable(distribution)
      var out = [Double](repeating: 0, count: scores.count)
      table.fill(&out, at: scores, count: scores.count)
      #expect(table.scalarShare == 0)
      for (z, x) in zip(scores, out) {
        let tail = StandardNormal.survival(z.magnitude)
        let exact = z < 0 ? distribution.quantile(tail) : distribution.quantile(survival: tail)
        let slope = tail / max(distribution.density(exact), 1e-300)
        let allowed: Double = 1e-8 * slope + 8 * exact.ulp
        #expect((x - exact).magnitude <= allowed, "\(distribution) at \(z)")
      }
    }
  }

  @Test("leave jumps and kinks to the scalar quantile, and hold probabilities that are no numbers")
  func jumps() throws {
    let gap = try Mixture([Uniform.distribution([0, 1]), Uniform.distribution([5, 6])], weights: [0.37, 0.63])
    let table = QuantileTable(gap)
    #expect(table.scalarShare > 0)
    #expect(table.scalarShare < 0.05)
    let u = (1..<4000).map { Double($0) / 4000 } + [.nan]
    var out = [Double](repeating: 0, count: u.count)
    table.fill(&out, at: u, count: u.count)
    for (p, x) in zip(u, out).dropLast() where (p - 0.37).magnitude > 1e-9 {
      let exact = p < 0.37 ? p / 0.37 : 5 + (p - 0.37) / 0.63
      #expect((x - exact).magnitude < 1e-9, "\(p)")
    }
    #expect(out[u.count - 1].isNaN)
  }

  @Test("are built in a few milliseconds")
  func buildTime() throws {
    // The bars are 3 ms for ordinary and 20 ms for singular shapes on an idle core; the test allows a busy machine
    // ten times as much, and takes the best of five.
    for (distribution, allowed) in [
      (try Beta.distribution([4, 6]), 0.03), (try Beta.distribution([2, 5]), 0.03),
      (try Beta.distribution([0.5, 0.5]), 0.2),
      (try Beta.distribution([0.05, 3]), 0.2), (try Student.distribution([3]), 0.03),
      (try SkewNormal.distribution([0, 1, 3]), 0.1),
      (try InverseGaussian.distribution([1, 1]), 0.05), (try Cauchy.distribution([0, 1]), 0.03),
    ] as [(any Distribution, Double)] {
      guard let leaf = Self.leaf(distribution.quantileExpression) else { continue }
      let clock = ContinuousClock()
      let best = (0..<5).map { _ in clock.measure { _ = QuantileTable(leaf) } }.min() ?? .zero
      if ProcessInfo.processInfo.environment["SHOW_ACCURACY"] != nil {
        print("accuracy: build of \(distribution): \(best)")
      }
      #expect(best < .seconds(allowed), "\(distribution)")
    }
  }

  private static func leaf(_ quantileExpression: QuantileExpression) -> (any Distribution)? {
    switch quantileExpression {
    case .tabulated(let distribution): distribution
    case .unary(_, let a): leaf(a)
    case .binary(_, let a, let b): leaf(a) ?? leaf(b)
    default: nil
    }
  }
}
