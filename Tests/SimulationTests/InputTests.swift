import Distributions
import Foundation
import Modeling
import Simulation
import Testing

@Suite("Inputs have the values that their distributions give their probabilities") struct InputTests {
  /// The explained draws of a model, as values of a quantity's first cell and its probability.
  private static func draws(_ engine: Engine, _ id: QuantityID, _ count: Int) throws -> [(x: Double, u: Double?)] {
    try (0..<count).map { number in
      let values = try engine.draw(number: number * 37).values
      let value = try #require(values.first { $0.quantity == id })
      return (value.cells[0], value.probabilities[0])
    }
  }

  @Test("Every catalogued distribution of constants")
  func distributions() throws {
    for family in DistributionCatalogue.families {
      let parameters = family.parameterisations[0].parameters
      // Arguments in order within the domains: ascending for locations and scales, a fraction for probabilities, a whole
      // number for counts.
      let arguments = parameters.enumerated().map { k, parameter in
        let candidates = [Double(k) + 1.25, 0.4, 7]
        return parameter.defaultValue ?? candidates.first(where: parameter.domain.contains) ?? .nan
      }
      let distribution = try DistributionCatalogue.distribution(named: family.name, arguments: arguments)
      var maker = ModelMaker()
      let id = maker.input("x", [.distribution(.fixed(distribution))])
      maker.output(id)
      let engine = try Engine(model: maker.model(draws: 1000))
      // Not the standard deviation, which heavy tails do not have.
      let spread = distribution.quantile(0.75) - distribution.quantile(0.25)
      for (x, u) in try Self.draws(engine, id, 40) {
        let exact = distribution.quantile(try #require(u))
        #expect(abs(x - exact) <= 1e-8 * (abs(exact) + spread), "\(distribution) at \(u ?? .nan): \(x), not \(exact)")
      }
    }
  }

  @Test("Arguments that change from draw to draw, by arithmetic or draw by draw")
  func hierarchies() throws {
    for (name, constants) in [("normal", [1.5]), ("lognormal", [0.3]), ("beta", [3]), ("uniform", [9])] {
      let family = try #require(DistributionCatalogue.family(named: name))
      var maker = ModelMaker()
      let a = try maker.uniform("a", 1, 4)
      let arguments = [Expression.quantity(a)] + constants.map { .number($0) }
      let term = DistributionExpression.family(family, parameterisation: 0, arguments: arguments)
      let x = maker.input("x", [.distribution(term)])
      let y = maker.input(
        "y", [.distribution(.affine(.truncated(term, low: .number(0.3), high: nil), scale: 2, shift: 1))])
      let constant = DistributionExpression.family(
        family, parameterisation: 0, arguments: [.number(2)] + constants.map { .number($0) })
      let z = maker.input("z", [.distribution(constant)])
      for id in [x, y, z] { maker.output(id) }
      let engine = try Engine(model: maker.model(draws: 100))
      for number in 0..<50 {
        let values = try engine.draw(number: number).values
        func value(_ id: QuantityID) throws -> DrawExplanation.Value {
          try #require(values.first { $0.quantity == id })
        }
        let distribution = try DistributionCatalogue.distribution(
          named: name, arguments: [value(a).cells[0]] + constants)
        let (xs, ys, zs) = (try value(x), try value(y), try value(z))
        let u = try #require(xs.probabilities[0]), v = try #require(ys.probabilities[0])
        let w = try #require(zs.probabilities[0])
        #expect(abs(xs.cells[0] - distribution.quantile(u)) < 1e-8)
        #expect(abs(ys.cells[0] - (2 * (try Truncated(distribution, low: 0.3)).quantile(v) + 1)) < 1e-8)
        #expect(
          abs(
            zs.cells[0] - (try DistributionCatalogue.distribution(named: name, arguments: [2] + constants)).quantile(w))
            < 1e-8)
      }
    }
  }

  @Test("Impossible arguments make a draw not a number, never another value")
  func impossibleArguments() throws {
    let triangular = try #require(DistributionCatalogue.family(named: "triangular"))
    let normal = try #require(DistributionCatalogue.family(named: "normal"))
    var maker = ModelMaker()
    let mode = try maker.uniform("mode", 0, 2)
    let x = maker.input(
      "x",
      [.distribution(.family(triangular, parameterisation: 0, arguments: [.number(0), .quantity(mode), .number(1)]))])
    let sd = try maker.uniform("sd", -1, 1)
    let y = maker.input(
      "y", [.distribution(.family(normal, parameterisation: 0, arguments: [.number(0), .quantity(sd)]))])
    for id in [mode, x, sd, y] { maker.output(id) }
    let engine = try Engine(model: maker.model(draws: 5000))
    let columns = try engine.columns(5000)
    let (modes, xs) = (try #require(columns["mode"]), try #require(columns["x"]))
    #expect(zip(modes, xs).allSatisfy { ($0 > 1) == $1.isNaN })
    let (sds, ys) = (try #require(columns["sd"]), try #require(columns["y"]))
    #expect(zip(sds, ys).allSatisfy { ($0 <= 0) == $1.isNaN })
    #expect(try engine.run().failures.map(\.culprit) == ["x", "y"])
  }

  @Test("Shares sum to one and have the Dirichlet's means, with constant and with changing parameters")
  func shares() throws {
    for isConstant in [true, false] {
      var maker = ModelMaker()
      let source = maker.index("source", labels: ["coal", "gas", "clean"])
      let a = try maker.uniform("a", 6, isConstant ? 6.0001 : 6.002)
      let group = ShareGroup(
        parameters: [isConstant ? .number(6) : .quantity(a), .number(4), .number(5)],
        coordinates: ["coal", "gas"].map {
          maker.coordinate("mix", labels: [.init(index: "source", label: $0)])
        }, labels: [:])
      let supportPoints = (0..<3).map { part in
        SupportPoint(
          value: .share(group: 0, part: part), coordinate: nil, labels: [source: part], text: "",
          origin: .file(ModelMaker.place))
      }
      let mix = maker.input(
        "mix", over: [source],
        Input(
          supportPoints: supportPoints, cells: supportPoints.indices.map { .supportPoint($0) }, shareGroups: [group]))
      maker.output(mix)
      let draws = isConstant ? 200_000 : 20_000
      let engine = try Engine(model: maker.model(draws: draws))
      let columns = try engine.columns(1000)
      for draw in 0..<1000 {
        let sum = try ["coal", "gas", "clean"].reduce(0) { $0 + (try #require(columns["mix[\($1)]"])[draw]) }
        #expect(abs(sum - 1) < 1e-14)
      }
      // Mean alpha / 15 and variance m (1 - m) / 16; six standard errors: 2e-9 a figure.
      for (cell, alpha) in zip(try engine.run().outputs[0].cells, [6.0, 4, 5]) {
        let mean = alpha / 15
        #expect(abs(cell.mean.value - mean) < 6 * cell.mean.error + 2e-5)
        #expect(abs(cell.sd / (mean * (1 - mean) / 16).squareRoot() - 1) < 0.05)
      }
    }
  }

  @Test("Cells between anchor points are interpolated draw by draw, in value or logarithm; factors come last")
  func knots() throws {
    var maker = ModelMaker()
    let year = maker.index("year", 2020...2023)
    let coordinate = maker.coordinate("x")
    let distributions = [
      try DistributionCatalogue.distribution(named: "uniform", arguments: [1, 2]),
      try DistributionCatalogue.distribution(named: "uniform", arguments: [10, 30]),
    ]
    let supportPoints = distributions.map { distribution in
      SupportPoint(
        value: .distribution(.fixed(distribution)), coordinate: coordinate, labels: [:], text: "",
        origin: .file(ModelMaker.place))
    }
    let x = maker.input(
      "x", over: [year],
      Input(
        supportPoints: supportPoints,
        cells: [
          .supportPoint(0), .interpolated(from: 0, to: 1, fraction: 0.25, logarithmic: false),
          .interpolated(from: 0, to: 1, fraction: 0.25, logarithmic: true), .scaled(.supportPoint(1), by: 0.5),
        ]))
    maker.output(x)
    let engine = try Engine(model: maker.model(draws: 10))
    for number in 0..<20 {
      let value = try engine.draw(number: number).values[0]
      let u = try #require(value.probabilities[0])
      #expect(value.probabilities[1] == u)
      let (low, high) = (1 + u, 10 + 20 * u)
      let expected = [low, 0.75 * low + 0.25 * high, exp(0.75 * log(low) + 0.25 * log(high)), high / 2]
      for (found, exact) in zip(value.cells, expected) { #expect(abs(found / exact - 1) < 1e-13) }
    }
  }

  @Test("Correlated coordinates have the rank correlation of their normal scores, and stay uniform")
  func copula() throws {
    var maker = ModelMaker()
    let names = ["a", "b", "c"]
    let distributions = [("lognormal", [0.0, 1]), ("beta", [2, 5]), ("uniform", [0, 1])]
    let ids = zip(names, distributions).map { name, distribution in
      maker.input(
        name,
        [
          .distribution(
            .fixed(
              (try? DistributionCatalogue.distribution(named: distribution.0, arguments: distribution.1)) ?? Constant(0)
            ))
        ])
    }
    // Correlations of scores: ab 0.5, ac -0.3, bc 0.2.
    let row = [-0.3, (0.2 + 0.15) / 0.75.squareRoot()]
    maker.components = [
      CopulaComponent(
        coordinates: [0, 1, 2].map { CoordinateID($0) },
        factor: [
          1, 0, 0, 0.5, 0.75.squareRoot(), 0, row[0], row[1],
          (1 - row[0] * row[0] - row[1] * row[1]).squareRoot(),
        ])
    ]
    for id in ids { maker.output(id) }
    let draws = 100_000
    let engine = try Engine(model: maker.model(draws: draws))
    let columns = try engine.columns(draws)
    let ranks = try names.map { name -> [Double] in
      let values = try #require(columns[name])
      var ranks = [Double](repeating: 0, count: draws)
      for (rank, draw) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
        ranks[draw] = (Double(rank) + 0.5) / Double(draws) - 0.5
      }
      return ranks
    }
    for (i, j, score) in [(0, 1, 0.5), (0, 2, -0.3), (1, 2, 0.2)] {
      let rho = zip(ranks[i], ranks[j]).reduce(0) { $0 + $1.0 * $1.1 } * 12 / Double(draws)
      // Its standard error is below 1 / sqrt(n); 5 of them: 6e-7 a pair.
      #expect(abs(rho - 6 / .pi * asin(score / 2)) < 5 / Double(draws).squareRoot())
    }
    // Each marginal keeps its distribution: quantiles within 6 standard errors.
    for (output, distribution) in zip(try engine.run().outputs, distributions) {
      let distribution = try DistributionCatalogue.distribution(named: distribution.0, arguments: distribution.1)
      for (p, estimate) in zip(CellSummary.probabilities, output.cells[0].quantiles) {
        #expect(abs(estimate.value - distribution.quantile(p)) < 6 * estimate.error + 1e-4 * abs(estimate.value))
      }
    }
  }
}
