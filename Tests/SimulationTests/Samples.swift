import Distributions
import Modeling
import Simulation
import Testing
import Units

/// Models that several suites use.
enum Samples {
  /// Every kind of distribution, a copula, shares, comparisons, an index, failures in some draws.
  static func everything(draws: Int) throws -> Model {
    var maker = ModelMaker()
    let year = maker.index("year", 2020...2022)
    let source = maker.index("source", labels: ["coal", "gas", "clean"])
    let a = maker.input("a", [try .distribution("lognormal", 0, 1)])
    let b = maker.input("b", over: [year], try (1...3).map { try .distribution("beta", Double($0), 3) })
    let c = maker.input("c", [try .distribution("normal", 0, 1)])
    maker.components = [
      CopulaComponent(coordinates: [CoordinateID(0), CoordinateID(2)], factor: [1, 0, 0.6, 0.8])
    ]
    let groups = [
      ShareGroup(
        parameters: [.number(6), .number(4), .number(5)],
        coordinates: [
          maker.coordinate("mix", labels: [.init(index: "source", label: "coal")]),
          maker.coordinate("mix", labels: [.init(index: "source", label: "gas")]),
        ], labels: [:])
    ]
    let parts = (0..<3).map { part in
      SupportPoint(
        value: .share(group: 0, part: part), coordinate: nil, labels: [source: part], text: "",
        origin: .file(ModelMaker.place))
    }
    let mix = maker.input(
      "mix", over: [source],
      Input(supportPoints: parts, cells: parts.indices.map { .supportPoint($0) }, shareGroups: groups))
    let exponential = try DistributionCatalogue.distribution(named: "exponential", arguments: [2])
    let d = maker.input(
      "d", [.distribution(.fixed(try Mixture([exponential, Constant(1)], weights: [0.9, 0.1])))])
    let e = maker.input(
      "e", [.distribution(.fixed(try Discrete(outcomes: [1, 2, 5], probabilities: [0.2, 0.5, 0.3])))])
    let reference = maker.input(
      "reference", over: [year], try (1...3).map { try .distribution("uniform", 1, Double($0) + 1) }, isReference: true)
    let f = maker.equation("f", over: [year], .quantity(a) * .quantity(b) + .quantity(d) / .quantity(e))
    let g = maker.equation("g", .sum(.quantity(mix) * .quantity(mix), over: source))
    // Not a number where c is below -1.5.
    let root = BuiltInFunctionCatalogue.function(named: "sqrt")
    let h = maker.equation("h", Expression(.call(try #require(root), [.quantity(c) + .number(1.5)])))
    let constant = maker.equation("constant", over: [year], .label(year) - .number(2000))
    maker.output(f, comparisons: [Comparison(reference: reference, text: "reference")])
    for id in [a, b, g, h, constant, mix] { maker.output(id) }
    return maker.model(draws: draws, seed: 7)
  }
}

extension Engine {
  /// The first draws of every uncertain input cell and output cell, by name.
  func columns(_ rows: Int) throws -> [String: [Double]] {
    var columns: [String: [Double]] = [:]
    try drawTables(rows: rows) { table in
      for (column, values) in zip(table.columns, table.values) { columns[column.name, default: []] += values }
    }
    return columns
  }
}
