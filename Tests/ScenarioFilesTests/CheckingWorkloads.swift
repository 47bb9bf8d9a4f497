import Diagnostics
import Distributions
import Foundation
import Modeling
import ScenarioFiles
import Testing

@Suite("Checking a whole scenario")
struct CheckingWorkloads {
  @Test("The flat sector has 18 coordinates, eight of them tied in four components")
  func flatSector() throws {
    let model = try Checking.model(Self.flatSector)
    #expect(model.warnings.isEmpty)
    #expect(model.coordinates.count == 18)
    #expect(model.components.map { $0.coordinates.count } == [2, 2, 2, 2])
    #expect(model.outputs.count == 5)
    #expect(model.outputs[3].comparisons.map(\.text) == ["threshold"])
    let names = model.coordinates.map(\.address.description)
    #expect(names.contains("mix[coal]") && names.contains("mix[gas]") && !names.contains("mix[clean]"))
    let emissions = try #require(model.quantity(named: "emissions"))
    #expect(model.units.describe(model[emissions].unit.dimension) == "kgCO2e/s")
    #expect(model.settings.draws == 1_000_000)
    // Each quantity comes after what it needs.
    var known: Set<QuantityID> = []
    for group in model.order {
      known.formUnion(group.quantities)
      for id in group.quantities {
        if case .equation(let expression) = model[id].kind { #expect(expression.names.isSubset(of: known)) }
      }
    }
    #expect(known.count == model.quantities.count)
  }

  @Test("A formula of nine hundred operators is checked, and a deeper one is an error")
  func longFormulas() throws {
    func scenario(_ count: Int) -> String {
      let sum = Array(repeating: "x", count: count).joined(separator: " + ")
      return "inputs: {x: 1 to 2}\nequations:\n  y: \(sum)\noutputs: {y: {}}\n"
    }
    #expect(try Checking.model(scenario(900)).quantities.count == 2)
    #expect(try Checking.screen(scenario(3_000)).contains("error[formulas.too-long]: this formula is too long"))
  }

  @Test("The scenarios of the repository are checked without an error")
  func repository() throws {
    let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("../../scenarios").standardizedFileURL
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
    #expect(names.contains("ai-sector.yaml"))
    for name in names.sorted() + ["flat-sector", "years", "sobol"].map({ "benchmarks/\($0).yaml" }) {
      do throws(Diagnostics) {
        let model = try Scenario.model(ofFileAt: folder.appendingPathComponent(name).path)
        #expect(!model.outputs.isEmpty)
      } catch {
        Issue.record(Comment(rawValue: DiagnosticRenderer().text(of: error.all)))
      }
    }
  }

  static let flatSector = """
    title: Flat sector workload
    units: [gpu, model, token, parameter]
    indexes:
      source: [coal, gas, clean]
    inputs:
      n_models: 20 model/year to 80 model/year
      params: 1.5B parameter to 175B parameter
      tokens_per_param: 2 token/parameter to 40 token/parameter
      retrains: triangular(1, 2, 5)
      experiment_factor: 1.5 to 5
      gpu_peak: 1e14 FLOP/s/gpu to 6e14 FLOP/s/gpu
      mfu: beta(4, 6)
      gpu_power: truncate(normal(450 W/gpu, 80 W/gpu), 200 W/gpu, 800 W/gpu)
      server_overhead: pert(1.2, 1.5, 2.0)
      pue: triangular(1.07, 1.2, 1.6)
      training_share: beta(4, 6)
      fleet_gpus: 1M gpu to 3M gpu
      utilisation: beta(6, 4)
      mix:
        over: source
        value: dirichlet(coal=6, gas=4, clean=5)
      emission_factor:
        over: source
        dependence: independent
        value:
          coal: normal(0.95 kgCO2e/kWh, 0.05 kgCO2e/kWh)
          gas: normal(0.45 kgCO2e/kWh, 0.04 kgCO2e/kWh)
          clean: 0.01 kgCO2e/kWh to 0.05 kgCO2e/kWh
    correlations:
      - [params, tokens_per_param, normal 0.5]
      - [gpu_peak, gpu_power, normal 0.6]
      - [n_models, fleet_gpus, normal 0.4]
      - [mfu, utilisation, normal 0.3]
    equations:
      train_compute: 6 FLOP/parameter/token * params * (params * tokens_per_param) / 1 model
      run_energy: train_compute / (gpu_peak * mfu) * gpu_power * server_overhead * pue
      training: n_models * retrains * experiment_factor * run_energy
      inference: training * (1 - training_share) / training_share
      bottom_up: training + inference
      fleet: fleet_gpus * gpu_power * server_overhead * utilisation * pue
      intensity: sum(mix * emission_factor, over=source)
      emissions: fleet * intensity
    outputs:
      bottom_up: {unit: TWh/year}
      training: {unit: TWh/year}
      inference: {unit: TWh/year}
      fleet: {unit: TWh/year, compare: [threshold]}
      emissions: {unit: MtCO2e/year}
    references:
      threshold: {value: 12.1 TWh/year, source: fixed threshold of this workload}
    run: {draws: 1M, seed: 1, design: mc}

    """
}

extension Modeling.Expression {
  /// The quantities that a formula names.
  fileprivate var names: Set<QuantityID> {
    switch kind {
    case .quantity(let id): [id]
    case .binary(_, let a, let b): a.names.union(b.names)
    case .reduce(_, let operand, _, _), .negate(let operand): operand.names
    case .call(_, let values): values.reduce(into: []) { $0.formUnion($1.names) }
    default: []
    }
  }
}
