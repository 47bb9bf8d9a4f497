import Modeling

/// A posterior made by sequential Monte Carlo, with the account of its sampling: everything that a run needs to use it
/// instead of sampling it again, with the same results in every bit.
package struct SampledPosterior: Sendable {
  /// The draws.
  package var sample: PosteriorSample
  /// The stages from prior to posterior, and the moves of all particles in them.
  package var stages: Int, moves: Int
  /// The fraction of moves that were accepted.
  package var acceptance: Double
  /// The logarithm of the mean likelihood under the prior, in each population.
  package var logEvidence: [Double]
  /// The mean log likelihood of the particles, in each population.
  package var meanLogLikelihood: [Double]
  /// The position of the observation with the largest rank correlation left; nil if none is above the limit.
  package var unsettledObservation: Int?

  /// A posterior with the account of its sampling.
  package init(
    sample: PosteriorSample, stages: Int, moves: Int, acceptance: Double, logEvidence: [Double],
    meanLogLikelihood: [Double], unsettledObservation: Int?
  ) {
    self.sample = sample
    self.stages = stages
    self.moves = moves
    self.acceptance = acceptance
    self.logEvidence = logEvidence
    self.meanLogLikelihood = meanLogLikelihood
    self.unsettledObservation = unsettledObservation
  }

  /// The sample of a sampler's result.
  init(_ outcome: SequentialMonteCarlo.Outcome, of model: Model) {
    self.init(
      sample: outcome.source.sample(of: model, correlationLeft: outcome.unsettled?.correlation), stages: outcome.stages,
      moves: outcome.moves, acceptance: outcome.acceptance, logEvidence: outcome.logEvidence,
      meanLogLikelihood: outcome.meanLogLikelihood, unsettledObservation: outcome.unsettled?.reading)
  }

  /// The divergence of posterior from prior in each population, in natural units.
  var information: [Double] { zip(meanLogLikelihood, logEvidence).map { $0 - $1 } }

  /// The method, as results report it.
  var method: PosteriorResult.Method { .tempering(stages: stages, moves: moves, acceptance: acceptance) }

  /// The observation whose values still depend on those before the moves.
  var unsettled: PosteriorResult.Unsettled? {
    guard let unsettledObservation, let correlation = sample.correlationLeft else { return nil }
    return .init(observation: unsettledObservation, correlation: correlation)
  }
}
