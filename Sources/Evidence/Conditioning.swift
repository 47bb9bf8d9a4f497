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
package struct Conditioning {
  /// The least effective number of draws that weights are trusted with.
  ///
  /// With 1000, the 5th percentile is between the 3.6th and the 6.4th of the posterior with two standard errors,
  /// sqrt(0.05 * 0.95 / 1000) each: its digits on a screen still mean something. Below, few draws make every figure.
  package static let floor = 1000.0

  /// Address blocks of each of the sampler's populations: 32,768 particles in all, so that the error of a standard
  /// deviation is 0.4 % of it.
  private static let blocks = 2
  /// A posterior whose readings still have this rank correlation with those before a stage's moves is refused.
  private static let mostCorrelation = 0.5

  /// The draws from which the effective number of weighted draws is estimated for messages.
  private static let pilotDraws = 1 << 16

  private let model: Model
  private let weighting: LikelihoodWeighting
  /// A posterior that was sampled before.
  private let saved: SampledPosterior?

  /// The observations of a model.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - saved: its posterior, if it was sampled before; then it is not sampled again.
  package init(model: Model, saved: SampledPosterior? = nil) {
    self.model = model
    self.saved = saved
    weighting = LikelihoodWeighting(model.observations)
  }

  /// Bytes of what is kept for a run with `draws` draws, estimated: values of resampled draws or of particles, and for latent
  /// totals those of `LatentConditioning`.
  ///
  /// - Throws: `Diagnostics` where the model cannot be planned.
  func bytes(draws: Int) throws(Diagnostics) -> Double {
    if !model.latents.isEmpty { return try LatentConditioning(model: model).bytes() }
    guard !model.observations.isEmpty else { return 0 }
    let observed = try Evaluator(model: model, requests: weighting.requests)
    // Scores of particles, and of those that are proposed, and what the observations read of them.
    let columns = 3 * observed.coordinates.count + 2 * weighting.requests.count
    return 8 * Double(min(draws, ResampledDraws.most)) * Double(columns)
  }

  /// - Throws: `Diagnostics` if there are more draws than can be weighted.
  func checkNumber(ofDraws draws: Int) throws(Diagnostics) {
    guard !model.observations.isEmpty, model.latents.isEmpty, draws > DrawWeight.mostDraws else { return }
    throw Diagnostics(
      .tooManyWeightedDraws(limit: DrawWeight.mostDraws, found: draws), at: model.observations.first?.place)
  }

  /// The posterior of a run with `draws` draws; nil if nothing is observed.
  ///
  /// - Throws: `Diagnostics` where the observations cannot be reconciled with the inputs; `CancellationError`.
  package func result(draws: Int, options: Engine.Options = .init()) throws -> PosteriorResult? {
    if !model.latents.isEmpty {
      return try LatentPosterior(model: model, weighting: weighting).result(options: options)
    }
    guard !model.observations.isEmpty else { return nil }
    try checkNumber(ofDraws: draws)
    return try result(draws: draws, options: options, pilot: nil)
  }

  /// The posterior of a run with `whole` draws, made from fewer for the time that it takes.
  ///
  /// - Throws: as `result`; `SequentialMonteCarlo.Unreached` where fewer particles do not reach the observations.
  func pilot(draws: Int, of whole: Int, options: Engine.Options, phases: PilotPhases) throws -> PosteriorResult {
    try result(draws: draws, options: options, pilot: (whole, phases))
  }

  private func result(
    draws: Int, options: Engine.Options, pilot: (draws: Int, phases: PilotPhases)?
  ) throws -> PosteriorResult {
    let phases = pilot?.phases ?? PilotPhases()
    let measured = try PilotDiagnostics.measure(model, weighting: weighting, draws: draws, options: options)
    let first = pilot.map { measured.expected(ofDraws: $0.draws) } ?? measured
    // Observed formulas are summarised like outputs, behind those of the model.
    var observed = model
    observed.outputs = model.observations.map {
      Output(quantity: $0.shown.quantity, unit: $0.unit, scope: [:], comparisons: [], place: $0.place)
    }
    var whole = model
    whole.outputs += observed.outputs + model.verdictConditions
    let prior = try WeightedEngine(model: observed, weighting: EqualWeighting())
      .run(draws: draws, options: options.withoutProgress, phases: phases)

    var weighted: WeightedResult?
    if first.effective >= Self.floor {
      weighted = try WeightedEngine(model: whole, weighting: weighting.scaled(by: first.exponent))
        .run(draws: draws, options: options.progressing(from: 0.1, to: 0.5), phases: phases)
    }
    let posterior: WeightedResult
    let learned: any PosteriorDraws
    let method: PosteriorResult.Method
    let information: [Double]
    var unsettled: PosteriorResult.Unsettled?
    // How many times as long a run with `pilot.draws` draws learns from them.
    var learningTimes = 1.0
    if let weighted, isCovered(weighted, by: prior, first) {
      posterior = weighted
      learned = try ResampledDraws(
        model, weighting: weighting.scaled(by: first.exponent), draws: draws, effective: first.effective,
        options: options.withoutProgress)
      method = .weighting
      information = first.information
      if let pilot {
        learningTimes =
          Double(min(pilot.draws, ResampledDraws.most)) / Double(min(draws, ResampledDraws.most))
      }
    } else if pilot != nil {
      let (times, few) = try samplingPilot(phases, options)
      learningTimes = times
      // Draws of the prior take about as long as those of the posterior.
      posterior = try phases.phase(times: times) {
        try WeightedEngine(model: whole, weighting: EqualWeighting())
          .run(draws: few, options: options, phases: phases)
      }
      learned = SampledDraws(model, points: try model.points(), draws: few)
      method = .tempering(stages: 0, moves: 0, acceptance: 0)
      information = first.information
    } else {
      let sampled = try saved ?? sample(effective: first.effective, draws: draws, options: options)
      var conditioned = model
      conditioned.posterior = sampled.sample
      let points = try conditioned.points()
      posterior = try WeightedEngine(model: whole, weighting: EqualWeighting(), points: points)
        .run(draws: sampled.sample.count, options: options.progressing(from: 0.9, to: 1))
      learned = SampledDraws(model, points: points, draws: sampled.sample.count)
      method = sampled.method
      information = sampled.information
      unsettled = sampled.unsettled
    }
    let surprises = try first.surprises(of: model, options: options, pilot: pilot?.phases)
    let observations = model.observations.indices.map { k -> ObservationResult in
      let cell = model.observations[k].shown.cell
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
    result.verdicts = VerdictResult.all(
      of: model, conditions: posterior.outputs.dropFirst(model.outputs.count + model.observations.count))
    result.learning = try phases.phase(times: learningTimes) {
      try InputLearning(model, draws: learned, observed: weighting.requests, options: options, phases: phases).result()
    }
    return result
  }

  /// Whether the prior draws cover the posterior.
  ///
  /// Where no prior draw is near an observation, weights vary little over all of them, so that their effective number is
  /// large, and yet the posterior is where none of them is. Such an observation has a p-value that the draws cannot tell;
  /// the weights are trusted only if its formula's posterior is well within its prior, as with observations that
  /// contradict each other around it.
  private func isCovered(_ weighted: WeightedResult, by prior: WeightedResult, _ pilot: PilotDiagnostics) -> Bool {
    model.observations.indices.allSatisfy { k in
      guard SurpriseSampling.isNeeded(pilot.pValues[k], draws: pilot.draws) else { return true }
      // Too few draws fulfil a condition with such a probability.
      if case .positive = model.observations[k].measurement { return false }
      let cell = model.observations[k].shown.cell
      let (before, after) = (prior.outputs[k].cells[cell], weighted.outputs[model.outputs.count + k].cells[cell])
      guard let low = before.quantile(0.01), let high = before.quantile(0.99), let p05 = after.quantile(0.05),
        let p95 = after.quantile(0.95)
      else { return false }
      return p05.value >= low.value && p95.value <= high.value
    }
  }

  /// The model on equal-weight draws of its posterior, made by sequential Monte Carlo: at most 32,768, fewer if the
  /// observations depend on many inputs. Its settings ask for no more draws than that.
  ///
  /// - Throws: `Diagnostics` where the observations cannot be reconciled with the inputs; `CancellationError`.
  package func conditioned(options: Engine.Options = .init()) throws -> Model {
    if !model.latents.isEmpty {
      return try LatentPosterior(model: model, weighting: weighting).conditioned(options: options)
    }
    guard !model.observations.isEmpty else { return model }
    let sample = try (saved ?? sampled(options: options)).sample
    var conditioned = model
    conditioned.posterior = sample
    conditioned.settings.draws = min(model.settings.draws, sample.count)
    return conditioned
  }

  /// The posterior by sequential Monte Carlo, to be saved. It does not depend on the number of draws in the settings.
  ///
  /// - Throws: `Diagnostics` where the observations cannot be reconciled with the inputs; `CancellationError`.
  package func sampled(options: Engine.Options = .init()) throws -> SampledPosterior {
    let draws = min(model.settings.draws, Self.pilotDraws)
    let pilot = try PilotDiagnostics.measure(model, weighting: weighting, draws: draws, options: options)
    return try sample(effective: pilot.effective, draws: draws, options: options)
  }

  /// The random values that the observations depend on, in the order in which a sample has them.
  ///
  /// - Throws: `Diagnostics` if the model cannot be run.
  package func addresses() throws(Diagnostics) -> [CoordinateAddress] {
    try Evaluator(model: model, requests: weighting.requests).coordinates.map { model.coordinates[$0.position].address }
  }

  /// The 5th, 50th and 95th percentile of what was observed, in the observation's unit; not numbers where it depends on
  /// the draw, and for a condition.
  func observedInterval(_ k: Int) -> (p05: Double, p50: Double, p95: Double) {
    let observation = model.observations[k]
    guard case .distribution(let distribution) = observation.measurement else { return (.nan, .nan, .nan) }
    return (
      distribution.quantile(0.05) / observation.unit, distribution.quantile(0.5) / observation.unit,
      distribution.quantile(survival: 0.05) / observation.unit
    )
  }

  // MARK: Sampling

  /// Samples with few particles, for the time.
  ///
  /// - Returns: how many times as many particles the whole has as `few`, and `few` draws of whole parts.
  /// - Throws: `SequentialMonteCarlo.Unreached`, also where particles have not settled.
  private func samplingPilot(
    _ phases: PilotPhases, _ options: Engine.Options
  ) throws -> (times: Double, few: Int) {
    let sampler = SequentialMonteCarlo(
      model: model, target: weighting, purpose: "evidence", blocks: Self.blocks, isPilot: true)
    let coordinates = try addresses().count
    let outcome = try phases.phase(times: sampler.pilotTimes(coordinates: coordinates)) {
      try sampler.outcome(options: options.withoutProgress)
    }
    if let unsettled = outcome.unsettled, unsettled.correlation >= Self.mostCorrelation {
      throw SequentialMonteCarlo.Unreached.tooFar(exponent: 1)
    }
    let few = WeightedEngine.parts * AddressBlock.draws
    return (Double(sampler.particles(coordinates: coordinates)) / Double(few), few)
  }

  private func sample(
    effective: Double, draws: Int, options: Engine.Options
  ) throws -> SampledPosterior {
    let sampler = SequentialMonteCarlo(model: model, target: weighting, purpose: "evidence", blocks: Self.blocks)
    let outcome: SequentialMonteCarlo.Outcome
    do {
      outcome = try sampler.outcome(options: options.progressing(from: 0.1, to: 0.9))
    } catch let failure as SequentialMonteCarlo.Unreached {
      throw diagnostics(of: failure, effective: effective, draws: draws)
    }
    if let unsettled = outcome.unsettled, unsettled.correlation >= Self.mostCorrelation {
      let observation = model.observations[unsettled.reading]
      throw Diagnostics(
        .unsettledPosterior(
          effective: effective, draws: draws, correlation: unsettled.correlation, observation: observation.text),
        at: observation.place)
    }
    return SampledPosterior(outcome, of: model)
  }

  private func diagnostics(
    of failure: SequentialMonteCarlo.Unreached, effective: Double, draws: Int
  ) -> Diagnostics {
    let problem: Problem
    switch failure {
    case .outside(let fitting, let particles):
      problem = .impossibleObservation(possible: fitting, draws: particles)
    case .beyondTails:
      problem = .unlikelyObservation(effective: effective, draws: draws, exponent: nil)
    case .tooFar(let exponent):
      problem = .unlikelyObservation(effective: effective, draws: draws, exponent: exponent)
    case .tooMany(let coordinates, let most):
      problem = .tooManyObservedInputs(effective: effective, draws: draws, limit: most, found: coordinates)
    }
    return Diagnostics(problem, at: model.observations.first?.place)
  }
}
