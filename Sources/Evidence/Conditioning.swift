import Diagnostics
import Distributions
import Foundation
import Modeling
import Sampling
import Simulation
import Units
import VectorMath

/// Outputs given what was observed.
///
/// Each draw gets the product of the observations' densities as its weight (importance weights with the prior as
/// proposal). Where the effective number of draws falls below `floor`, weights are refused and `Tempering` takes over.
public struct Conditioning {
  /// The least effective number of draws that weights are trusted with.
  ///
  /// With 1000, the 5th percentile is between the 3.6th and the 6.4th of the posterior with two standard errors,
  /// sqrt(0.05 * 0.95 / 1000) each: its digits on a screen still mean something. Below, few draws make every figure.
  public static let floor = 1000.0

  private let model: Model
  private let weighting: LikelihoodWeighting

  /// The observations of a model.
  public init(model: Model) {
    self.model = model
    weighting = LikelihoodWeighting(model.observations)
  }

  /// The posterior of a run with `draws` draws; nil if nothing is observed.
  ///
  /// - Throws: `Diagnostics` where the observations cannot be reconciled with the inputs; `CancellationError`.
  public func result(draws: Int, options: Engine.Options = .init()) throws -> PosteriorResult? {
    guard !model.observations.isEmpty else { return nil }
    guard draws <= DrawWeight.mostDraws else {
      throw Diagnostics(
        .tooManyWeightedDraws(limit: DrawWeight.mostDraws, found: draws), at: model.observations.first?.place)
    }
    let first = try PilotDiagnostics.measure(model, weighting: weighting, draws: draws, options: options)
    // Observed formulas are summarised like outputs, behind those of the model.
    var observed = model
    observed.outputs = model.observations.map {
      Output(quantity: $0.quantity, unit: $0.unit, scope: [:], comparisons: [], place: $0.place)
    }
    var whole = model
    whole.outputs += observed.outputs
    let prior = try WeightedEngine(model: observed, weighting: EqualWeighting())
      .run(draws: draws, options: options.withoutProgress)

    let posterior: WeightedResult
    let method: PosteriorResult.Method
    let information: [Double]
    if first.effective >= Self.floor {
      posterior = try WeightedEngine(model: whole, weighting: weighting)
        .run(draws: draws, options: options.progressing(from: 0.2, to: 1))
      method = .weighting
      information = first.information
    } else {
      let outcome = try Tempering(model: model, weighting: weighting)
        .outcome(options: options.progressing(from: 0.1, to: 0.9))
      posterior = try WeightedEngine(model: whole, weighting: EqualWeighting(), points: outcome.source)
        .run(draws: outcome.draws, options: options.progressing(from: 0.9, to: 1))
      method = .tempering(stages: outcome.stages, moves: outcome.moves, acceptance: outcome.acceptance)
      information = outcome.information
    }
    let observations = model.observations.indices.map { k -> ObservationResult in
      let observation = model.observations[k]
      func observedValue(_ value: Double) -> Double { value / observation.unit }
      return ObservationResult(
        observation: observation,
        observed: (
          observedValue(observation.distribution.quantile(0.05)), observedValue(observation.distribution.quantile(0.5)),
          observedValue(observation.distribution.quantile(survival: 0.05))
        ),
        prior: prior.outputs[k].cells[0], posterior: posterior.outputs[model.outputs.count + k].cells[0],
        pValue: first.pValues[k], surprise: first.surprise(k), nonFinite: first.nonFinite[k])
    }
    let bits = information.map { $0 / log(2) }
    return PosteriorResult(
      outputs: Array(posterior.outputs.prefix(model.outputs.count)), observations: observations, method: method,
      draws: posterior.draws, effective: first.effective,
      information: Estimate(bits.reduce(0, +) / Double(bits.count), error: Parts.error(bits)))
  }
}

/// A statistic in each of the parts of the draws.
enum Parts {
  /// The standard error of the parts' mean.
  static func error(_ figures: [Double]) -> Double {
    let n = Double(figures.count)
    let mean = figures.reduce(0, +) / n
    let unit = SquareUnit.of(figures.lazy.map { $0 - mean })
    let squares = figures.reduce(0) { $0 + (($1 - mean) / unit) * (($1 - mean) / unit) }
    return (squares / (n - 1) / n).squareRoot() * unit
  }
}

/// What the run's draws say of the observations before any of them is used: how many have weight, and how well each fits.
private struct PilotDiagnostics {
  /// The effective number of draws under the observations' weights.
  private(set) var effective = 0.0
  /// The divergence of posterior from prior in each part, in natural units.
  private(set) var information: [Double] = []
  /// For each observation, `ObservationResult.pValue`.
  private(set) var pValues: [Estimate] = []
  /// For each observation, draws in which the formula is not finite.
  private(set) var nonFinite: [Int] = []

  /// A part's sums.
  private struct Sums {
    var draws = 0
    /// Of weights, their squares, and weights times their logarithms.
    var weight = 0.0, squares = 0.0, entropy = 0.0
    /// For each observation: finite draws, and the probabilities that the distribution is below and above them.
    var finite: [Int], below: [Double], above: [Double], lost: [Int]

    init(_ observations: Int) {
      finite = .init(repeating: 0, count: observations)
      below = .init(repeating: 0, count: observations)
      above = below
      lost = finite
    }

    mutating func add(_ other: Sums) {
      draws += other.draws
      weight += other.weight
      squares += other.squares
      entropy += other.entropy
      for k in finite.indices {
        finite[k] += other.finite[k]
        lost[k] += other.lost[k]
        below[k] += other.below[k]
        above[k] += other.above[k]
      }
    }
  }

  /// Evaluates the observed formulas.
  static func measure(
    _ model: Model, weighting: LikelihoodWeighting, draws: Int, options: Engine.Options
  ) throws -> PilotDiagnostics {
    let observations = model.observations
    let evaluator = try Evaluator(model: model, requests: weighting.requests)
    let blocks = (draws + AddressBlock.draws - 1) / AddressBlock.draws
    // Sums are kept by block and joined in their order: the same in every bit for any number of workers.
    let memory = UnsafeMutablePointer<Sums>.allocate(capacity: max(1, blocks))
    memory.initialize(repeating: Sums(observations.count), count: max(1, blocks))
    defer {
      memory.deinitialize(count: max(1, blocks))
      memory.deallocate()
    }
    nonisolated(unsafe) let sums = memory
    try evaluator.forEachBlock(draws: draws, options: options.progressing(from: 0, to: 0.1)) { _, block in
      var own = Sums(observations.count)
      let columns = observations.indices.map { block[$0] }
      own.draws = block.count
      for draw in 0..<block.count {
        let logWeight = weighting.logWeight(columns, draw: draw)
        if logWeight > -.infinity {
          let weight = exp(logWeight)
          own.weight += weight
          own.squares += weight * weight
          own.entropy += weight * logWeight
        }
        for (k, observation) in observations.enumerated() {
          let x = columns[k][draw]
          guard x.isFinite else {
            own.lost[k] += 1
            continue
          }
          let half = 0.5 * observation.distribution.probability(of: x)
          own.finite[k] += 1
          own.below[k] += observation.distribution.cdf(x) - half
          own.above[k] += observation.distribution.survival(x) + half
        }
      }
      sums[block.number] = own
    }
    var parts = [Sums](repeating: Sums(observations.count), count: WeightedEngine.parts)
    for block in 0..<blocks { parts[block % parts.count].add(memory[block]) }
    var whole = Sums(observations.count)
    for part in parts { whole.add(part) }
    var result = PilotDiagnostics()
    result.effective = whole.squares > 0 ? whole.weight * whole.weight / whole.squares : 0
    result.information = parts.map { $0.entropy / $0.weight - log($0.weight / Double($0.draws)) }
    result.nonFinite = whole.lost
    result.pValues = observations.indices.map { k in
      let isBelow = whole.below[k] <= whole.above[k]
      func tail(_ sums: Sums) -> Double { 2 * (isBelow ? sums.below[k] : sums.above[k]) / Double(sums.finite[k]) }
      return Estimate(min(tail(whole), 1), error: Parts.error(parts.map(tail)))
    }
    return result
  }

  /// The surprise of an observation in bits, with the error of the logarithm.
  func surprise(_ k: Int) -> Estimate {
    let pValue = pValues[k]
    return Estimate(max(0, -log2(pValue.value)), error: pValue.error / pValue.value / log(2))
  }
}
