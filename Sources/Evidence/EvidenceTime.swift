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
  /// The evidence is made from few draws, in the same way: weights are used or refused as the whole number of draws would
  /// decide, and sequential Monte Carlo takes its stages with a fraction of the particles. What does not depend on the number
  /// of draws is timed apart (`PilotPhases`); the rest is in proportion to it.
  ///
  /// - Returns: nil where it is not known: sequential Monte Carlo with so few particles does not reach the observations.
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
    if !model.latents.isEmpty {
      let whole = try LatentConditioning(model: model).drawCount()
      let phases = PilotPhases(times: Double(whole) / Double(Self.pilotDraws))
      _ = try LatentPosterior(
        model: model, weighting: LikelihoodWeighting(model.observations), mostDraws: Self.pilotDraws, phases: phases
      ).result(options: options)
      return phases.seconds
    }
    guard !model.observations.isEmpty else { return 0 }
    let few = min(draws, Self.pilotDraws)
    let phases = PilotPhases(times: Double(draws) / Double(few))
    do {
      _ = try Conditioning(model: model).pilot(draws: few, of: draws, options: options, phases: phases)
    } catch is SequentialMonteCarlo.Unreached {
      return nil
    }
    return phases.seconds
  }
}
