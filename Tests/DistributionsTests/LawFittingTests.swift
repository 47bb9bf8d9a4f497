import Distributions
import Foundation
import Testing

@Suite("Fits from intervals")
struct LawFittingTests {
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
      let family = try #require(LawCatalogue.family(named: name))
      let points = try Interval.points(low: low, high: high, within: width)
      let law = try LawCatalogue.fit(family, fixed: fixed, low: points.low, high: points.high)
      let tail = points.low.probability
      #expect((law.quantile(tail) - low).magnitude < 1e-9 * (high - low), "\(law)")
      #expect((law.quantile(survival: tail) - high).magnitude < 1e-9 * (high - low), "\(law)")
      for (name, value) in fixed {
        let position = family.parameterisations[0].parameters.firstIndex { $0.name == name }
        #expect(position.map { law.arguments[$0] } == value)
      }
    }
  }

  @Test("of three quantiles pass through all of them")
  func throughThree() throws {
    let cases: [(String, [Double])] = [
      ("pert", [1, 2, 4]), ("pert", [-4, 0.2, 4]), ("triangular", [1, 2.3, 4]), ("triangular", [10, 11.8, 14]),
      ("skew_normal", [1, 2.4, 4]), ("skew_normal", [-9, -4, 2]), ("skew_normal", [1e6, 2e6, 3e6]),
    ]
    for (name, values) in cases {
      for probabilities in [[0.05, 0.5, 0.95], [0.1, 0.4, 0.8]] {
        let points = zip(probabilities, values).map { QuantilePoint(probability: $0, value: $1) }
        let law = try LawCatalogue.fit(try #require(LawCatalogue.family(named: name)), points: points)
        for point in points {
          #expect(
            (law.quantile(point.probability) - point.value).magnitude < 1e-8 * (values[2] - values[0]), "\(law)")
        }
      }
    }
  }

  @Test("of three quantiles say which middle ones there are")
  func noMiddle() throws {
    let points = zip([0.1, 0.5, 0.9], [5, 5.1, 20]).map { QuantilePoint(probability: $0, value: $1) }
    let error = #expect(throws: LawError.self) { try LawCatalogue.fit(Triangular.self, points: points) }
    guard case .noMiddle(law: "triangular", let possible)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    // With the mode at an end the triangle is 1 - sqrt(1 - p) or sqrt(p): the median's place between the other two.
    let place = (0.9.squareRoot() - 0.5.squareRoot()) / (0.9.squareRoot() - 0.1.squareRoot())
    #expect((possible.lowerBound - (5 + 15 * place)).magnitude < 1e-9)
    #expect((possible.upperBound - (20 - 15 * place)).magnitude < 1e-9)
    #expect(throws: LawError.self) { try LawCatalogue.fit(Normal.self, points: points) }
  }

  @Test("of beta give the shapes that another solver finds")
  func betaShapes() throws {
    // SciPy 1.17.1: optimize.fsolve on stats.beta.ppf([.05, .95], a, b) - [.25, .62], xtol 1e-14
    let points = try Interval.points(low: 0.25, high: 0.62)
    let law = try LawCatalogue.fit(Beta.self, low: points.low, high: points.high)
    #expect((law.arguments[0] - 7.950430892450623).magnitude < 1e-8)
    #expect((law.arguments[1] - 10.512777844234222).magnitude < 1e-8)
  }

  @Test("read `a to b` as lognormal or normal")
  func intervals() throws {
    #expect(try Interval.law(low: 1, high: 100).description.hasPrefix("lognormal(mu=2.302585092994046"))
    let normal = try Interval.law(low: -1, high: 1)
    #expect(normal.arguments[0] == 0)
    #expect((normal.arguments[1] - 1 / 1.6448536269514722).magnitude < 1e-15)
    #expect(try Interval.law(low: -5, high: -2) is Normal)
    #expect(try Interval.law(low: 2, high: 3, within: 0.8) is LogNormal)
    #expect(throws: LawError.self) { try Interval.law(low: 0, high: 5) }
    #expect(throws: LawError.self) { try Interval.law(low: -5, high: 0) }
    #expect(throws: LawError.order(parameters: ["low", "high"], values: [3, 2], allowsEqual: false)) {
      try Interval.law(low: 3, high: 2)
    }
    for width in [0, 1, -0.5, 90, .nan] {
      #expect(throws: LawError.self) { try Interval.law(low: 1, high: 2, within: width) }
    }
    #expect(throws: LawError.self) { try Interval.law(low: 1, high: .infinity) }
  }

  @Test("say why there is none")
  func refusals() throws {
    let points = try Interval.points(low: -0.05, high: 0.62)
    #expect(
      throws: LawError.outOfDomain(
        parameter: "low end", value: -0.05, domain: Domain(0, 1, includesLow: false, includesHigh: false))
    ) { try LawCatalogue.fit(Beta.self, low: points.low, high: points.high) }
    #expect(throws: LawError.notFittable(law: "pert", freeParameters: ["low", "mode", "high"])) {
      try LawCatalogue.fit(Pert.self, low: points.low, high: points.high)
    }
    #expect(throws: LawError.notFittable(law: "exponential", freeParameters: ["mean"])) {
      try LawCatalogue.fit(Exponential.self, low: points.low, high: points.high)
    }
    #expect(throws: LawError.notFittable(law: "normal", freeParameters: ["sd"])) {
      try LawCatalogue.fit(Normal.self, fixed: ["mean": 3], low: points.low, high: points.high)
    }
    #expect(throws: LawError.self) {
      try LawCatalogue.fit(Gamma.self, low: points.low, high: points.high)
    }
    #expect(throws: LawError.self) {
      try LawCatalogue.fit(Triangular.self, fixed: ["mode": 90], low: points.low, high: points.high)
    }
  }
}
