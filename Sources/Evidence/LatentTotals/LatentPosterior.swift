import Diagnostics
import Modeling
import Sampling
import Simulation
import VectorMath

/// The posterior of a model with latent totals, and with the observations of its `evidence` if there are any.
///
/// Observations weight the draws that readings of latent totals have given, and the draws are resampled. The prior of an
/// observation in tables is its formula given the readings: the share that a condition keeps is one of these draws.
struct LatentPosterior {
  let model: Model
  let weighting: LikelihoodWeighting
  /// The largest number of draws; fewer than usual in a pilot.
  var mostDraws = LatentConditioning.mostDraws
  /// The times of a pilot.
  var phases = PilotPhases()

  /// The results of a run.
  ///
  /// - Throws: `Diagnostics` where readings or observations cannot be used; `CancellationError`.
  func result(options: Engine.Options) throws -> PosteriorResult {
    let (outcome, conditioned, pilot) = try posterior(options: options.progressing(from: 0, to: 0.7))
    let draws = conditioned.posterior?.count ?? 0
    var observed = outcome.model
    observed.outputs = observations
    let prior = try phases.constant { try WeightedEngine(model: observed, weighting: EqualWeighting()) }
      .run(draws: draws, options: options.withoutProgress, phases: phases)
    var whole = conditioned
    whole.outputs += observations + model.verdictConditions
    let posterior = try phases.constant { try WeightedEngine(model: whole, weighting: EqualWeighting()) }
      .run(draws: draws, options: options.progressing(from: 0.7, to: 1), phases: phases)
    let count = model.outputs.count
    let results = model.observations.indices.map { k -> ObservationResult in
      let cell = model.observations[k].shown.cell
      let pValue = pilot?.pValues[k] ?? Estimate(.nan, error: .nan)
      let bits = Estimate(max(0, -log2(pValue.value)), error: pValue.error / pValue.value / PowerOfTwo.logTwo)
      return ObservationResult(
        observation: model.observations[k], observed: Conditioning(model: model).observedInterval(k),
        prior: prior.outputs[k].cells[cell], posterior: posterior.outputs[count + k].cells[cell], pValue: pValue,
        surprise: bits, nonFinite: pilot?.nonFinite[k] ?? 0)
    }
    let effective = min(outcome.effective, pilot?.effective ?? .infinity)
    var result = PosteriorResult(
      outputs: Array(posterior.outputs.prefix(count)), observations: results, method: .linearUpdate,
      draws: posterior.draws, effective: effective, information: Estimate(.nan, error: .nan))
    result.latents = outcome.results
    result.verdicts = VerdictResult.all(
      of: model, conditions: posterior.outputs.dropFirst(count + model.observations.count))
    let learned = SampledDraws(model, points: try conditioned.points(), draws: draws, effective: effective)
    result.learning = try InputLearning(
      model, draws: learned, observed: LatentReadings(model.latents).readings.map(\.request) + weighting.requests,
      options: options, phases: phases
    ).result()
    result.replacement = conditioned
    return result
  }

  /// The model on equal-weight draws of its posterior.
  ///
  /// - Throws: as `result`.
  func conditioned(options: Engine.Options) throws -> Model { try posterior(options: options).model }

  /// Observed formulas, summarised like outputs.
  private var observations: [Output] {
    model.observations.map {
      Output(quantity: $0.shown.quantity, unit: $0.unit, scope: [:], comparisons: [], place: $0.place)
    }
  }

  private func posterior(
    options: Engine.Options
  ) throws -> (outcome: LatentConditioning.Outcome, model: Model, pilot: PilotDiagnostics?) {
    let outcome = try LatentConditioning(model: model, mostDraws: mostDraws, phases: phases).outcome(options: options)
    let draws = outcome.model.posterior?.count ?? 0
    guard outcome.effective >= Conditioning.floor else {
      throw Diagnostics(
        .unlikelyLimits(effective: outcome.effective, draws: draws), at: model.latents.first?.place)
    }
    guard !model.observations.isEmpty, let sample = outcome.model.posterior else {
      return (outcome, outcome.model, nil)
    }
    let pilot = try PilotDiagnostics.measure(
      outcome.model, weighting: weighting, draws: draws, options: options.withoutProgress)
    guard pilot.effective >= Conditioning.floor else {
      throw Diagnostics(
        .unlikelyLimits(effective: pilot.effective, draws: draws), at: model.observations.first?.place)
    }
    let columns = try Evaluator(model: outcome.model, requests: weighting.requests)
      .columns(draws: draws, options: options.withoutProgress)
    let logWeights = withColumns(columns) { pointers in
      (0..<draws).map { weighting.logWeight(pointers, draw: $0) }
    }
    var conditioned = outcome.model
    conditioned.posterior =
      try complete(sample, of: outcome.model, options: options).resampled(
        logWeights: logWeights, seed: model.settings.seed, purpose: "observations"
      ).sample
    return (outcome, conditioned, pilot)
  }

  /// A sample with the scores of all coordinates that the observations depend on: those that no reading depends on have
  /// their points of the design so far, and must be resampled with the others.
  private func complete(
    _ sample: PosteriorSample, of model: Model, options: Engine.Options
  ) throws -> PosteriorSample {
    let missing = try Evaluator(model: model, requests: weighting.requests).coordinates
      .filter { sample[model.coordinates[$0.position].address] == nil }
    let prior = try model.scores(of: missing, draws: sample.count, workers: options.width)
    return PosteriorSample(
      addresses: sample.addresses + missing.map { model.coordinates[$0.position].address },
      scores: sample.addresses.map { sample[$0] ?? [] } + prior.arrays, count: sample.count,
      replicates: sample.replicates)
  }

  /// Calls `body` with pointers to columns.
  private func withColumns<Result>(
    _ columns: [[Double]], _ pointers: [UnsafeBufferPointer<Double>] = [],
    _ body: ([UnsafeBufferPointer<Double>]) -> Result
  ) -> Result {
    guard pointers.count < columns.count else { return body(pointers) }
    return columns[pointers.count].withUnsafeBufferPointer { withColumns(columns, pointers + [$0], body) }
  }
}
