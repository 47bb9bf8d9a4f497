import Distributions
import Foundation
import Testing

@Suite("Fits from intervals")
struct DistributionFittingTests {
  @Test("pass through both quantiles", arguments: [0.9, 0.8, 0.5])
  func throughBoth(width: Double) throws {
    let cases: [(String, Double, Double, [String: Double])] = [
      ("normal", -3, 17, [:]), ("lognormal", 1.3, 2, [:]), ("lognormal", 1e-6, 5, [:]), ("uniform", 2, 9, [:]),
      ("loguniform", 2, 900, [:]), ("gamma", 1, 3, [:]), ("gamma", 0.001, 3, [:]), ("gamma", 99, 101, [:]),
      ("beta", 0.25, 0.62, [:]), ("beta", 0.4, 0.88, [:]), ("beta", 0.001, 0.999, [:]), ("beta", 0.499, 0.501, [:]),
      ("beta", 1e-5, 0.3, [:]), ("beta", 200, 500, ["low": 100, "high": 700]), ("triangular", 2, 5, ["mode": 3]),
      ("triangular", 2, 5, ["mode": 2.1]),
      ("weibull", 1, 3, [:]), ("weibull", 0.001, 3, [:]), ("pareto", 2, 9, [:]), ("loglogistic", 1, 3, [:]),
      ("gumbel", -3, 17, [:]), ("logistic", -3, 17, [:]), ("laplace", -3, 17, [:]), ("cauchy", -3, 17, [:]),
      ("student", 1, 3, ["df": 4]), ("skew_normal", 1, 3, ["alpha": -2]), ("inverse_gaussian", 1, 3, [:]),
      ("inverse_gaussian", 1, 9, [:]), ("kumaraswamy", 0.25, 0.62, [:]), ("kumaraswamy", 0.001, 0.999, [:]),
      ("kumaraswamy", 200, 500, ["low": 100, "high": 700]),
    ]
    for (name, low, high, fixed) in cases {
      let family = try #require(DistributionCatalogue.family(named: name))
      let points = try Interval.points(low: low, high: high, within: width)
      let distribution = try DistributionCatalogue.fit(family, fixed: fixed, low: points.low, high: points.high)
      let tail = points.low.probability
      #expect((distribution.quantile(tail) - low).magnitude < 1e-9 * (high - low), "\(distribution)")
      #expect((distribution.quantile(survival: tail) - high).magnitude < 1e-9 * (high - low), "\(distribution)")
      for (name, value) in fixed {
        let position = family.parameterisations[0].parameters.firstIndex { $0.name == name }
        #expect(position.map { distribution.arguments[$0] } == value)
      }
    }
  }

  @Test(
    "find a distribution again from its quantiles, whatever arguments are given besides", arguments: [0.9, 0.8, 0.5])
  func again(width: Double) throws {
    let tail = (1 - width) / 2
    let cases: [(String, [Double], given: [String])] = [
      ("triangular", [0, 4, 10], ["low"]), ("triangular", [0, 6, 10], ["high"]), ("triangular", [0, 8, 10], ["mode"]),
      ("triangular", [-3, 2, 10], []), ("triangular", [1e6, 1.5e6, 2e6], []), ("pert", [0, 8, 10, 4], ["low"]),
      ("pert", [0, 1, 10, 4], ["high"]), ("pert", [0, 1, 10, 4], ["mode"]), ("pert", [0, 1, 10, 4], []),
      ("pert", [-9, -2, 2, 2], ["lambda"]), ("skew_normal", [2, 3, 4], ["location"]),
      ("skew_normal", [2, 3, -1], ["location"]), ("skew_normal", [2, 3, 4], ["alpha"]), ("skew_normal", [2, 3, 4], []),
      ("skew_normal", [-1e6, 3e5, -2], []), ("beta", [2, 5, 3, 9], ["low", "high"]),
      ("beta", [2, 5, 3, 9], ["alpha", "beta"]), ("student", [3, 2, 5], ["df"]), ("gumbel", [2, 5], []),
    ]
    for (name, arguments, given) in cases {
      let family = try #require(DistributionCatalogue.family(named: name))
      let parameters = family.parameterisations[0].parameters
      let distribution = try family.distribution(arguments)
      let fixed = Dictionary(
        uniqueKeysWithValues: zip(parameters, arguments).filter { given.contains($0.0.name) }.map { ($0.0.name, $0.1) })
      let count = DistributionCatalogue.freeParameters(family, fixed: fixed).count
      let probabilities = count == 3 ? [tail, 0.4, 1 - tail] : [tail, 1 - tail]
      let points = probabilities.map { QuantilePoint(probability: $0, value: distribution.quantile($0)) }
      let found = try DistributionCatalogue.fit(family, fixed: fixed, points: points)
      let size = points[points.count - 1].value - points[0].value
      for p in [0.02, 0.3, 0.5, 0.7, 0.98] {
        #expect((found.quantile(p) - distribution.quantile(p)).magnitude < 1e-6 * size, "\(found), not \(distribution)")
      }
    }
  }

  @Test("refuse to choose between triangles with all points on one side of the mode", arguments: [0.4, 9.7])
  func severalTriangles(mode: Double) throws {
    let distribution = try Triangular.distribution([0, mode, 10])
    let points = [0.05, 0.4, 0.95].map { QuantilePoint(probability: $0, value: distribution.quantile($0)) }
    #expect(throws: DistributionError.ambiguous(distribution: "triangular")) {
      try DistributionCatalogue.fit(Triangular.self, points: points)
    }
  }

  @Test("of one quantile pass through it")
  func throughOne() throws {
    let cases: [(String, [String: Double], Double)] = [
      ("exponential", [:], 9), ("rayleigh", [:], 9e-40), ("chi_squared", [:], 9), ("normal", ["mean": 2], 9),
      ("normal", ["sd": 2], -9), ("uniform", ["low": 0], 9), ("uniform", ["high": 14], 9), ("pareto", ["low": 1], 9),
      ("gamma", ["shape": 2], 9e30), ("gamma", ["scale": 2], 9), ("beta", ["alpha": 2], 0.7),
      ("triangular", ["low": 0, "high": 20], 14), ("triangular", ["mode": 3, "high": 20], 14),
      ("kumaraswamy", ["a": 2], 0.7), ("lognormal", ["sigma": 1], 1e-200), ("lognormal", ["mu": 1], 9),
      ("skew_normal", ["location": 1, "scale": 2], 4), ("cauchy", ["scale": 2], 4),
    ]
    for (name, fixed, value) in cases {
      let family = try #require(DistributionCatalogue.family(named: name))
      let distribution = try DistributionCatalogue.fit(
        family, fixed: fixed, points: [QuantilePoint(probability: 0.9, value: value)])
      #expect((distribution.quantile(0.9) - value).magnitude < 1e-8 * value.magnitude, "\(distribution)")
    }
    // Any df has its median at the location; no sd puts 9 below a mean of 2; no mode from 0 to 20 puts the median above 14.14.
    for (name, fixed, probability, value) in [
      ("student", [:], 0.5, 0), ("normal", ["mean": 2], 0.1, 9), ("triangular", ["low": 0, "high": 20], 0.5, 14.2),
      ("bernoulli", [:], 0.9, 1), ("poisson", [:], 0.9, 3),
    ] as [(String, [String: Double], Double, Double)] {
      let family = try #require(DistributionCatalogue.family(named: name))
      #expect(throws: DistributionError.self, "\(name)") {
        try DistributionCatalogue.fit(
          family, fixed: fixed, points: [QuantilePoint(probability: probability, value: value)])
      }
    }
  }

  @Test("name an interval near by that the distribution has", arguments: [-20.0, -1, 1.5, 90])
  func nearest(mode: Double) throws {
    let points = try Interval.points(low: 2, high: 9)
    let error = #expect(throws: DistributionError.self) {
      try DistributionCatalogue.fit(Triangular.self, fixed: ["mode": mode], low: points.low, high: points.high)
    }
    guard case .noFit(_, _, _, let nearest?)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(nearest.lowerBound == 2 || nearest.upperBound == 9)
    let near = try Interval.points(low: nearest.lowerBound, high: nearest.upperBound)
    #expect(throws: Never.self) {
      try DistributionCatalogue.fit(Triangular.self, fixed: ["mode": mode], low: near.low, high: near.high)
    }
  }

  @Test("of three quantiles say which middle ones there are")
  func noMiddle() throws {
    let points = zip([0.1, 0.5, 0.9], [5, 5.1, 20]).map { QuantilePoint(probability: $0, value: $1) }
    let error = #expect(throws: DistributionError.self) {
      try DistributionCatalogue.fit(Triangular.self, points: points)
    }
    guard case .noMiddle(distribution: "triangular", let possible)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    // With the mode at an end the triangle is 1 - sqrt(1 - p) or sqrt(p): the median's place between the other two.
    let place = (0.9.squareRoot() - 0.5.squareRoot()) / (0.9.squareRoot() - 0.1.squareRoot())
    #expect((possible.lowerBound - (5 + 15 * place)).magnitude < 1e-9)
    #expect((possible.upperBound - (20 - 15 * place)).magnitude < 1e-9)
    #expect(throws: DistributionError.self) { try DistributionCatalogue.fit(Normal.self, points: points) }
  }

  @Test("of beta give the shapes that another solver finds")
  func betaShapes() throws {
    // SciPy 1.17.1: optimize.fsolve on stats.beta.ppf([.05, .95], a, b) - [.25, .62], xtol 1e-14
    let points = try Interval.points(low: 0.25, high: 0.62)
    let distribution = try DistributionCatalogue.fit(Beta.self, low: points.low, high: points.high)
    #expect((distribution.arguments[0] - 7.950430892450623).magnitude < 1e-8)
    #expect((distribution.arguments[1] - 10.512777844234222).magnitude < 1e-8)
  }

  @Test("read `a to b` as lognormal or normal")
  func intervals() throws {
    #expect(try Interval.distribution(low: 1, high: 100).description.hasPrefix("lognormal(mu=2.302585092994046"))
    let normal = try Interval.distribution(low: -1, high: 1)
    #expect(normal.arguments[0] == 0)
    #expect((normal.arguments[1] - 1 / 1.6448536269514722).magnitude < 1e-15)
    #expect(try Interval.distribution(low: -5, high: -2) is Normal)
    #expect(try Interval.distribution(low: 2, high: 3, within: 0.8) is LogNormal)
    #expect(throws: DistributionError.self) { try Interval.distribution(low: 0, high: 5) }
    #expect(throws: DistributionError.self) { try Interval.distribution(low: -5, high: 0) }
    #expect(throws: DistributionError.order(parameters: ["low", "high"], values: [3, 2], allowsEqual: false)) {
      try Interval.distribution(low: 3, high: 2)
    }
    for width in [0, 1, -0.5, 90, .nan] {
      #expect(throws: DistributionError.self) { try Interval.distribution(low: 1, high: 2, within: width) }
    }
    #expect(throws: DistributionError.self) { try Interval.distribution(low: 1, high: .infinity) }
  }

  @Test("say why there is none")
  func refusals() throws {
    let points = try Interval.points(low: -0.05, high: 0.62)
    #expect(
      throws: DistributionError.outOfDomain(
        parameter: "low end", value: -0.05, domain: Domain(0, 1, includesLow: false, includesHigh: false))
    ) { try DistributionCatalogue.fit(Beta.self, low: points.low, high: points.high) }
    #expect(throws: DistributionError.notFittable(distribution: "pert", freeParameters: ["low", "mode", "high"])) {
      try DistributionCatalogue.fit(Pert.self, low: points.low, high: points.high)
    }
    #expect(throws: DistributionError.notFittable(distribution: "exponential", freeParameters: ["mean"])) {
      try DistributionCatalogue.fit(Exponential.self, low: points.low, high: points.high)
    }
    #expect(throws: DistributionError.notFittable(distribution: "normal", freeParameters: ["sd"])) {
      try DistributionCatalogue.fit(Normal.self, fixed: ["mean": 3], low: points.low, high: points.high)
    }
    #expect(throws: DistributionError.self) {
      try DistributionCatalogue.fit(Gamma.self, low: points.low, high: points.high)
    }
    #expect(throws: DistributionError.self) {
      try DistributionCatalogue.fit(Triangular.self, fixed: ["mode": 90], low: points.low, high: points.high)
    }
  }
}
