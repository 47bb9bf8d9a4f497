import Distributions
import Foundation
import Testing

/// A distribution's values in another unit: everything that has the unit is multiplied, over 1e-300 to 1e300.
@Suite("Extreme scales")
struct ScaleTests {
  /// Arguments in a unit that is `s` times smaller.
  static func scaled(_ arguments: [Double], _ family: any DistributionFamily.Type, by s: Double) -> [Double] {
    zip(family.parameterisations[0].parameters, arguments).map { parameter, value in
      switch parameter.role {
      case .location, .scale: value * s
      case .rate: value / s
      case .shape, .probability: value
      }
    }
  }

  /// Pairs of the same distribution at sizes around 1 and at a power of two of it, which rounds nothing.
  static func pairs(_ name: String) -> [(plain: any Distribution, scaled: any Distribution, factor: Double)] {
    guard let family = DistributionCatalogue.family(named: name) else { return [] }
    var random = RandomNumbers(name)
    var pairs: [(any Distribution, any Distribution, Double)] = []
    for _ in 0..<200 {
      let far = RandomArguments(family: family).next(&random)
      let sizes = zip(family.parameterisations[0].parameters, far).filter {
        $0.0.role == .scale || $0.0.role == .location
      }
      let size = sizes.map { $0.1.magnitude }.max() ?? 1
      let arguments = scaled(far, family, by: exp2(-Double(size.exponent)))
      let factor = exp2((random.uniform() * 1980 - 990).rounded())
      guard let plain = try? family.distribution(arguments),
        let scaled = try? family.distribution(scaled(arguments, family, by: factor))
      else { continue }
      pairs.append((plain, scaled, sizes.isEmpty ? 1 : factor))
    }
    return pairs
  }

  /// Pairs of structural distributions of random families, plain and scaled.
  static func structures() throws -> [(plain: any Distribution, scaled: any Distribution, factor: Double)] {
    var pairs: [(any Distribution, any Distribution, Double)] = []
    for factor in [0x1p-990, 0x1p-500, 0x1p-200, 0x1p300, 0x1p600, 0x1p985] {
      func normal(_ s: Double) throws -> any Distribution { try Normal.distribution([3 * s, 2 * s]) }
      func gamma(_ s: Double) throws -> any Distribution { try Gamma.distribution([2, s]) }
      let makers: [(Double) throws -> any Distribution] = [
        { try Mixture([try normal($0), try gamma($0)], weights: [0.4, 0.6]) },
        { try Truncated(try normal($0), low: $0, high: 9 * $0) },
        { try Truncated(try normal($0), low: 200 * $0) },
        { s in try Discrete(outcomes: [1, 2, 5].map { $0 * s }, probabilities: [0.2, 0.3, 0.5]) },
        { Affine(try Normal.distribution([3, 2]), scale: $0, shift: $0) },
        { s in try Empirical.distribution(of: [1, 2.5, 4, 9].map { $0 * s }, shape: .step) },
        { s in try Empirical.distribution(of: [1, 2.5, 4, 9].map { $0 * s }, shape: .linear) },
        { s in
          try Metalog(points: zip([0.1, 0.5, 0.9], [1, 2, 5]).map { QuantilePoint(probability: $0, value: $1 * s) })
        },
        { s in
          try Metalog(
            points: zip([0.1, 0.5, 0.9], [1, 2, 5]).map { QuantilePoint(probability: $0, value: $1 * s) }, low: 0)
        },
        { s in
          try Metalog(
            points: zip([0.1, 0.5, 0.9], [1, 2, 5]).map { QuantilePoint(probability: $0, value: $1 * s) }, low: 0,
            high: 8 * s)
        },
      ]
      for make in makers { pairs.append((try make(1), try make(factor), factor)) }
    }
    return pairs
  }

  /// Relative to a value, and to the distribution's width where it is shifted: 1e-11, of which the parts of a logarithm of
  /// 700 are the largest; 1e-9 for moments found by quadrature.
  static func check(_ plain: any Distribution, _ scaled: any Distribution, by factor: Double) {
    func agree(_ a: Double, _ b: Double, _ tolerance: Double, _ what: String) {
      let wanted = a * factor
      // What a double does not hold at either size is not compared.
      guard a.isFinite, wanted.isFinite, a == 0 || a.isNormal && wanted.isNormal, a.magnitude > 1e-290 else { return }
      let body = plain.sd.isFinite ? min(plain.sd, (plain.quantile(0.9) - plain.quantile(0.1)).magnitude) * factor : 0
      #expect(
        (b - wanted).magnitude <= tolerance * max(wanted.magnitude, body), "\(what) of \(scaled): \(b), \(wanted)")
    }
    for tail in [1e-12, 1e-3, 0.05, 0.3, 0.5] {
      agree(plain.quantile(tail), scaled.quantile(tail), 1e-11, "quantile \(tail)")
      agree(plain.quantile(survival: tail), scaled.quantile(survival: tail), 1e-11, "upper quantile \(tail)")
      if tail > 1e-9 {
        agree(
          plain.quantile(tail), scaled.quantileExpression.evaluate(probability: tail), 1e-11, "drawn quantile \(tail)")
        let x = plain.quantile(tail)
        // Not where the double next to x is another quantile altogether.
        guard x.isNormal, (x * factor).isNormal, x.magnitude > 1e-290, plain.probability(of: x) == 0 else { continue }
        // Nor where x is rounded to the lower end, at which the cdf is 0 and the density may be infinite.
        guard x > plain.support.lowerBound else { continue }
        let steep = plain.density(x) * x.magnitude * 1e-13 / tail
        let (a, b) = (plain.cdf(x), scaled.cdf(x * factor))
        #expect((a - b).magnitude <= (1e-11 + steep) * a, "cdf of \(scaled): \(b), \(a)")
      }
    }
    agree(plain.mean, scaled.mean, 1e-9, "mean")
    agree(plain.sd, scaled.sd, 1e-9, "sd")
    // A density has one over the unit.
    let (a, b) = (plain.logDensity(plain.quantile(0.3)), scaled.logDensity(scaled.quantile(0.3)))
    if plain.atoms.isEmpty, a.isFinite, scaled.quantile(0.3).isNormal, plain.quantile(0.3).magnitude > 1e-290 {
      #expect((a - b - log(factor)).magnitude <= 1e-9 * max(a.magnitude, b.magnitude, 1), "log density of \(scaled)")
    }
  }

  @Test(
    "multiply quantiles, moments and draws of every family, and nothing else",
    arguments: DistributionCatalogue.families.map { $0.name })
  func families(name: String) {
    let pairs = Self.pairs(name)
    #expect(!pairs.isEmpty)
    for (plain, scaled, factor) in pairs { Self.check(plain, scaled, by: factor) }
  }

  @Test("multiply those of mixtures, truncations, lists and quantiles")
  func structures() throws {
    for (plain, scaled, factor) in try Self.structures() { Self.check(plain, scaled, by: factor) }
  }

  @Test("leave what no factor of a family shows: 1e-300 to 1e300 in one")
  func wide() throws {
    // exp(u log(1e600)) 1e-300: the median is 1, the quartile 1e-150, to the rounding of exponents of 1381.
    let distribution = try LogUniform.distribution([1e-300, 1e300])
    for (p, wanted) in [(0.25, 1e-150), (0.5, 1), (0.75, 1e150), (0.999, 1e299 / pow(10, -0.4))] {
      #expect((distribution.quantile(p) / wanted - 1).magnitude < 1e-12, "\(p)")
      #expect((distribution.quantileExpression.evaluate(probability: p) / wanted - 1).magnitude < 1e-12)
      #expect((distribution.cdf(wanted) - p).magnitude < 1e-14)
    }
    // (high - low) / log(high / low), and sqrt((high^2 - low^2) / (2 log(high / low)) - mean^2).
    let log = 600 * 2.302585092994046
    #expect((distribution.mean / (1e300 / log) - 1).magnitude < 1e-12)
    #expect((distribution.sd / 1e300 - (1 / (2 * log) - 1 / (log * log)).squareRoot()).magnitude < 1e-12)
    for (family, low, high) in [("gamma", 1e-200, 1e250), ("weibull", 1e-290, 1e290), ("loguniform", 1e-200, 1e200)] {
      let points = try Interval.points(low: low, high: high)
      let fitted = try DistributionCatalogue.fit(
        try #require(DistributionCatalogue.family(named: family)), low: points.low, high: points.high)
      #expect((fitted.quantile(points.low.probability) / low - 1).magnitude < 1e-9, "\(fitted)")
      #expect((fitted.quantile(survival: points.low.probability) / high - 1).magnitude < 1e-9, "\(fitted)")
    }
  }
}
