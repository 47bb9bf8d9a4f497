import Diagnostics
import Foundation
import Modeling
import Sampling
import Simulation
import Units

/// Outputs given what was observed.
///
/// Each draw gets the product of the observations' likelihoods as its weight (importance weights with the prior as
/// proposal). Where the effective number of draws falls below `floor`, weights are refused and `SequentialMonteCarlo`
/// takes over.
public struct Conditioning {
  /// The least effective number of draws that weights are trusted with.
  ///
  /// With 1000, the 5th percentile is between the 3.6th and the 6.4th of the posterior with two standard errors,
  /// sqrt(0.05 * 0.95 / 1000) each: its digits on a screen still mean something. Below, few draws make every figure.
  public static let floor = 1000.0

  /// Address blocks of each of the sampler's populations: 32,768 particles in all, so that the error of a standard
  /// deviation is 0.4 % of it.
  private static let blocks = 2
  /// A posterior whose readings still have this rank correlation with those before a stage's moves is refused.
  private static let mostCorrelation = 0.5

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
      Output(quantity: $0.observed.quantity, unit: $0.unit, scope: [:], comparisons: [], place: $0.place)
    }
    var whole = model
    whole.outputs += observed.outputs
    let prior = try WeightedEngine(model: observed, weighting: EqualWeighting())
      .run(draws: draws, options: options.withoutProgress)

    let posterior: WeightedResult
    let method: PosteriorResult.Method
    let information: [Double]
    var unsettled: PosteriorResult.Unsettled?
    if first.effective >= Self.floor {
      posterior = try WeightedEngine(model: whole, weighting: weighting.scaled(by: first.exponent))
        .run(draws: draws, options: options.progressing(from: 0.2, to: 1))
      method = .weighting
      information = first.information
    } else {
      let outcome = try sample(effective: first.effective, draws: draws, options: options)
      posterior = try WeightedEngine(model: whole, weighting: EqualWeighting(), points: outcome.source)
        .run(draws: outcome.draws, options: options.progressing(from: 0.9, to: 1))
      method = .tempering(stages: outcome.stages, moves: outcome.moves, acceptance: outcome.acceptance)
      information = zip(outcome.meanLogLikelihood, outcome.logEvidence).map { $0 - $1 }
      unsettled = outcome.unsettled.map { .init(observation: $0.reading, correlation: $0.correlation) }
    }
    let surprises = try first.surprises(of: model, options: options)
    let observations = model.observations.indices.map { k -> ObservationResult in
      let cell = model.observations[k].observed.cell
      return ObservationResult(
        observation: model.observations[k], observed: observedInterval(k),
        prior: prior.outputs[k].cells[cell], posterior: posterior.outputs[model.outputs.count + k].cells[cell],
        pValue: surprises[k].pValue, surprise: surprises[k].bits, nonFinite: first.nonFinite[k])
    }
    let bits = information.map { $0 / PowerOfTwo.logTwo }
    var result = PosteriorResult(
      outputs: Array(posterior.outputs.prefix(model.outputs.count)), observations: observations, method: method,
      draws: posterior.draws, effective: first.effective,
      information: Estimate(bits.reduce(0, +) / Double(bits.count), error: Parts.error(bits)))
    result.unsettled = unsettled
    return result
  }

  /// The 5th, 50th and 95th percentile of what was observed, in the observation's unit; not numbers where it depends on
  /// the draw, and for a condition.
  private func observedInterval(_ k: Int) -> (p05: Double, p50: Double, p95: Double) {
    let observation = model.observations[k]
    guard case .distribution(let distribution) = observation.measurement else { return (.nan, .nan, .nan) }
    return (
      distribution.quantile(0.05) / observation.unit, distribution.quantile(0.5) / observation.unit,
      distribution.quantile(survival: 0.05) / observation.unit
    )
  }

  // MARK: Sampling

  private func sample(
    effective: Double, draws: Int, options: Engine.Options
  ) throws -> SequentialMonteCarlo.Outcome {
    let sampler = SequentialMonteCarlo(model: model, target: weighting, purpose: "evidence", blocks: Self.blocks)
    let outcome: SequentialMonteCarlo.Outcome
    do {
      outcome = try sampler.outcome(options: options.progressing(from: 0.1, to: 0.9))
    } catch let failure as SequentialMonteCarlo.Failure {
      throw diagnostics(of: failure, effective: effective, draws: draws)
    }
    if let unsettled = outcome.unsettled, unsettled.correlation >= Self.mostCorrelation {
      let observation = model.observations[unsettled.reading]
      throw Diagnostics(
        .unsettledPosterior(
          effective: effective, draws: draws, correlation: unsettled.correlation, observation: observation.text),
        at: observation.place)
    }
    return outcome
  }

  private func diagnostics(
    of failure: SequentialMonteCarlo.Failure, effective: Double, draws: Int
  ) -> Diagnostics {
    let problem: Problem
    switch failure {
    case .outside(let fitting, let particles):
      problem = .impossibleObservation(possible: fitting, draws: particles)
    case .tooFar(let exponent):
      problem = .unlikelyObservation(effective: effective, draws: draws, exponent: exponent)
    case .tooMany(let coordinates, let most):
      problem = .tooManyObservedInputs(effective: effective, draws: draws, limit: most, found: coordinates)
    }
    return Diagnostics(problem, at: model.observations.first?.place)
  }
}
