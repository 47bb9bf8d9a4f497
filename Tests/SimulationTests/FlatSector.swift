import Distributions
import Foundation
import Modeling
import Sampling
import Units

/// The flat-sector workload (scenarios/benchmarks/flat-sector.yaml), in W and kg/s.
enum FlatSector {
  private static let year = 8760 * 3600.0

  /// The lognormal distribution of a 90 % interval.
  private static func interval(_ low: Double, _ high: Double) throws -> SupportPoint.Value {
    let z = 1.6448536269514722
    return try .distribution("lognormal", (log(low) + log(high)) / 2, (log(high) - log(low)) / (2 * z))
  }

  /// The model, with its comparison if wanted.
  static func model(draws: Int, seed: UInt64 = 1) throws -> Model {
    var maker = ModelMaker()
    let source = maker.index("source", labels: ["coal", "gas", "clean"])
    let models = maker.input("n_models", [try interval(20 / year, 80 / year)])
    let params = maker.input("params", [try interval(1.5e9, 175e9)])
    let tokens = maker.input("tokens_per_param", [try interval(2, 40)])
    let retrains = maker.input("retrains", [try .distribution("triangular", 1, 2, 5)])
    let experiments = maker.input("experiment_factor", [try interval(1.5, 5)])
    let peak = maker.input("gpu_peak", [try interval(1e14, 6e14)])
    let mfu = maker.input("mfu", [try .distribution("beta", 4, 6)])
    let normal = try DistributionCatalogue.distribution(named: "normal", arguments: [450, 80])
    let power = maker.input("gpu_power", [.distribution(.fixed(try Truncated(normal, low: 200, high: 800)))])
    let overhead = maker.input("server_overhead", [try .distribution("pert", 1.2, 1.5, 2, 4)])
    let pue = maker.input("pue", [try .distribution("triangular", 1.07, 1.2, 1.6)])
    let share = maker.input("training_share", [try .distribution("beta", 4, 6)])
    let gpus = maker.input("fleet_gpus", [try interval(1e6, 3e6)])
    let utilisation = maker.input("utilisation", [try .distribution("beta", 6, 4)])
    let labels = ["coal", "gas"].map { [CoordinateAddress.Label(index: "source", label: $0)] }
    let group = ShareGroup(
      parameters: [.number(6), .number(4), .number(5)],
      coordinates: labels.map { maker.coordinate("mix", labels: $0) }, labels: [:])
    let parts = (0..<3).map { part in
      SupportPoint(
        value: .share(group: 0, part: part), coordinate: nil, labels: [source: part], text: "",
        origin: .file(ModelMaker.place))
    }
    let mix = maker.input(
      "mix", over: [source],
      Input(supportPoints: parts, cells: parts.indices.map { .supportPoint($0) }, shareGroups: [group]))
    let kwh = 3.6e6
    let factor = maker.input(
      "emission_factor", over: [source],
      [
        try .distribution("normal", 0.95 / kwh, 0.05 / kwh), try .distribution("normal", 0.45 / kwh, 0.04 / kwh),
        try interval(0.01 / kwh, 0.05 / kwh),
      ])
    let threshold = maker.input("threshold", [.constant(12.1e12 * 3600 / year)], isReference: true)
    func component(_ a: QuantityID, _ b: QuantityID, _ r: Double) -> CopulaComponent {
      // In byte order of the names.
      let pair = maker.coordinates.indices.filter { [a, b].contains(maker.coordinates[$0].quantity) }
        .sorted { "\(maker.coordinates[$0].address)" < "\(maker.coordinates[$1].address)" }
      return CopulaComponent(
        coordinates: pair.map { CoordinateID($0) }, factor: [1, 0, r, (1 - r * r).squareRoot()])
    }
    maker.components = [
      component(params, tokens, 0.5), component(peak, power, 0.6), component(models, gpus, 0.4),
      component(mfu, utilisation, 0.3),
    ]
    func q(_ id: QuantityID) -> Expression { .quantity(id) }
    let compute = maker.equation("train_compute", .number(6) * q(params) * (q(params) * q(tokens)) / .number(1))
    let run = maker.equation(
      "run_energy", q(compute) / (q(peak) * q(mfu)) * q(power) * q(overhead) * q(pue))
    let training = maker.equation("training", q(models) * q(retrains) * q(experiments) * q(run))
    let inference = maker.equation("inference", q(training) * (.number(1) - q(share)) / q(share))
    let bottomUp = maker.equation("bottom_up", q(training) + q(inference))
    let fleet = maker.equation("fleet", q(gpus) * q(power) * q(overhead) * q(utilisation) * q(pue))
    let intensity = maker.equation("intensity", .sum(q(mix) * q(factor), over: source))
    let emissions = maker.equation("emissions", q(fleet) * q(intensity))
    for id in [bottomUp, training, inference] { maker.output(id) }
    maker.output(fleet, comparisons: [Comparison(reference: threshold, text: "threshold")])
    maker.output(emissions)
    return maker.model(draws: draws, seed: seed)
  }
}
