import Modeling
import Sampling
import Simulation

/// The time that evidence takes, estimated by making it from fewer draws.
extension EvidenceAnalysis {
  /// Draws of the pilot: those from which standard errors of posteriors are estimated.
  private static let pilotDraws = WeightedEngine.parts * AddressBlock.draws

  /// The number of draws of a run that uses this evidence: at most those that are conditioned on latent totals.
  ///
  /// - Throws: `Diagnostics` where the model cannot be planned.
  package func runDraws(of draws: Int) throws -> Int {
    model.latents.isEmpty ? draws : min(draws, try LatentConditioning(model: model).drawCount())
  }

  /// The processor seconds of the evidence of a run with `draws` draws.
  ///
  /// The evidence is made from few draws. What does not depend on their number is timed apart (`PilotPhases`); the rest is in
  /// proportion to it.
  ///
  /// - Returns: nil where it is not known: sequential Monte Carlo takes as many stages as the observations demand.
  /// - Throws: as `result`.
  package func pilotSeconds(draws: Int, options: Engine.Options = .init()) throws -> Double? {
    guard let posterior = try posteriorSeconds(draws, options.withoutProgress) else { return nil }
    return posterior + (try RouteComparison(model: model).pilotSeconds(draws: draws, options: options.withoutProgress))
  }

  /// The processor seconds that every part of a divided run takes besides its draws: it samples the posterior of latent
  /// totals, which is done once to time it. All other evidence is computed when the parts are merged.
  ///
  /// - Throws: what every part would throw.
  package func secondsOfPart(options: Engine.Options = .init()) throws -> Double {
    guard !model.latents.isEmpty else { return 0 }
    var clock = PilotClock()
    _ = try Conditioning(model: model).conditioned(options: options.withoutProgress)
    return clock.lap()
  }

  private func posteriorSeconds(_ draws: Int, _ options: Engine.Options) throws -> Double? {
    let weighting = LikelihoodWeighting(model.observations)
    let phases = PilotPhases()
    var clock = PilotClock()
    if !model.latents.isEmpty {
      let whole = Double(try LatentConditioning(model: model).drawCount())
      _ = try LatentPosterior(model: model, weighting: weighting, mostDraws: Self.pilotDraws, phases: phases)
        .result(options: options)
      return phases.seconds(of: clock.lap(), times: whole / Double(Self.pilotDraws))
    }
    guard !model.observations.isEmpty else { return 0 }
    let few = min(draws, Self.pilotDraws)
    let pilot = try PilotDiagnostics.measure(model, weighting: weighting, draws: few, options: options)
    guard pilot.effective / Double(few) * Double(draws) >= Conditioning.floor else { return nil }
    clock = PilotClock()
    _ = try Conditioning(model: model).weighted(draws: few, options: options, phases: phases)
    // Learning uses at most `ResampledDraws.most` resampled draws.
    let resampled = Double(min(draws, ResampledDraws.most)) / Double(min(few, ResampledDraws.most))
    return phases.learning * resampled
      + phases.seconds(of: clock.lap() - phases.learning, times: Double(draws) / Double(few))
  }
}

/// Processor seconds of a pilot's phases that do not grow with the number of draws, or grow less.
final class PilotPhases {
  /// Seconds that do not depend on the number of draws.
  private(set) var constant = 0.0
  /// Seconds of what is learnt about inputs, from resampled draws.
  private(set) var learning = 0.0

  /// The seconds of the work with `times` as many draws as the pilot had.
  func seconds(of pilot: Double, times: Double) -> Double { constant + max(0, pilot - constant) * times }

  /// Work that does not depend on the number of draws.
  func constant<Result, Failure>(_ work: () throws(Failure) -> Result) throws(Failure) -> Result {
    let start = PilotClock.seconds
    defer { constant += PilotClock.seconds - start }
    return try work()
  }

  /// Work with resampled draws.
  func learning<Result, Failure>(_ work: () throws(Failure) -> Result) throws(Failure) -> Result {
    let start = PilotClock.seconds
    defer { learning += PilotClock.seconds - start }
    return try work()
  }
}
