import Distributions
import Foundation
import Testing

@Suite("The catalogue of distributions")
struct DistributionCatalogueTests {
  @Test("has a line for every file in Distributions, in the order of names")
  func everyFileIsListed() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Distributions/Families")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
      .filter { $0.hasSuffix(".swift") }
    var declared: [String] = []
    for file in files {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      let match = try #require(text.firstMatch(of: /static let name = "([a-z_]+)"/), "\(file) declares no name")
      declared.append(String(match.1))
    }
    #expect(declared.sorted() == DistributionCatalogue.families.map { $0.name })
    #expect(DistributionCatalogue.structural.map(\.name) == DistributionCatalogue.structural.map(\.name).sorted())
  }

  @Test("knows a way of giving arguments by their number and names")
  func parameterisations() {
    #expect(LogNormal.parameterisation(positional: 2, named: []) == 0)
    #expect(LogNormal.parameterisation(positional: 0, named: ["sd", "mean"]) == 1)
    #expect(LogNormal.parameterisation(positional: 0, named: ["median", "gsd"]) == 2)
    #expect(LogNormal.parameterisation(positional: 0, named: ["median", "sd"]) == nil)
    #expect(Beta.parameterisation(positional: 2, named: ["high"]) == 0)
    #expect(Beta.parameterisation(positional: 0, named: ["mean", "sd", "low"]) == 1)
    #expect(Exponential.parameterisation(positional: 1, named: []) == 0)
    #expect(Pert.parameterisation(positional: 3, named: ["lambda"]) == 0)
    #expect(Pert.parameterisation(positional: 5, named: []) == nil)
  }

  @Test("refuses arguments outside their domains and orders, with the facts")
  func refusals() {
    #expect(throws: DistributionError.outOfDomain(parameter: "sd", value: -1, domain: .positive)) {
      try DistributionCatalogue.distribution(named: "normal", arguments: [0, -1])
    }
    #expect(throws: DistributionError.order(parameters: ["low", "high"], values: [2, 1], allowsEqual: false)) {
      try DistributionCatalogue.distribution(named: "uniform", arguments: [2, 1])
    }
    #expect(
      throws: DistributionError.order(parameters: ["low", "mode", "high"], values: [1, 7, 5], allowsEqual: true)
    ) {
      try DistributionCatalogue.distribution(named: "triangular", arguments: [1, 7, 5])
    }
    #expect(
      throws: DistributionError.outOfDomain(
        parameter: "sd", value: 0.6, domain: Domain(0, 0.5, includesLow: false, includesHigh: false))
    ) { try DistributionCatalogue.distribution(named: "beta", parameterisation: 1, arguments: [0.5, 0.6]) }
    #expect(throws: DistributionError.self) { try DistributionCatalogue.distribution(named: "normal", arguments: [1]) }
    #expect(throws: DistributionError.self) {
      try DistributionCatalogue.distribution(named: "normal", arguments: [.nan, 1])
    }
    #expect(throws: DistributionError.self) {
      try DistributionCatalogue.distribution(named: "normal", parameterisation: 9, arguments: [1, 1])
    }
    #expect(throws: DistributionError.self) { try DistributionCatalogue.distribution(named: "nothing", arguments: []) }
  }

  @Test("writes distributions as an analyst would")
  func descriptions() throws {
    #expect(try Triangular.distribution([1, 2, 5]).description == "triangular(1, 2, 5)")
    #expect(try Beta.distribution([4, 6]).description == "beta(alpha=4, beta=6)")
    #expect(try Beta.distribution([4, 6, 100, 700]).description == "beta(alpha=4, beta=6, low=100, high=700)")
    #expect(try Normal.distribution([30, 7.5]).description == "normal(30, 7.5)")
    #expect(try LogNormal.distribution([3, 0.5]).description == "lognormal(mu=3, sigma=0.5)")
    #expect(try Pert.distribution([1, 2, 5]).description == "pert(1, 2, 5)")
    #expect(try Pert.distribution([1, 2, 5, 6]).description == "pert(1, 2, 5, lambda=6)")
    #expect(try Exponential.distribution([4], parameterisation: 1).description == "exponential(mean=0.25)")
    #expect(try Bernoulli.distribution([0.3]).description == "bernoulli(0.3)")
    #expect(try Gamma.distribution([2, 3]).description == "gamma(shape=2, scale=3)")
    let normal = try Normal.distribution([30, 7])
    #expect(try Truncated(normal, low: 0).description == "truncate(normal(30, 7), low=0)")
    #expect(Affine(normal, scale: 400, shift: -1).description == "400 * normal(30, 7) - 1")
    #expect(
      try Mixture([normal, Constant(3)], weights: [0.25, 0.75]).description
        == "mixture(normal(30, 7), 3, weights=(0.25, 0.75))")
    #expect(
      try Discrete(outcomes: [2, 1], probabilities: [0.5, 0.5]).description == "discrete(1=0.5, 2=0.5)")
  }
}
