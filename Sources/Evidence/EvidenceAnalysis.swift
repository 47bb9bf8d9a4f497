import Diagnostics
import Modeling
import Simulation

/// What a model's evidence makes of a run.
package struct EvidenceAnalysis {
  let model: Model
  private let saved: SampledPosterior?

  /// The evidence of a model; nil where it has none.
  ///
  /// - Parameters:
  ///   - model: the checked model.
  ///   - usesObservations: false to leave the posterior out.
  ///   - saved: the posterior, if it was sampled before.
  package init?(of model: Model, usesObservations: Bool = true, saved: SampledPosterior? = nil) {
    var model = model
    if !usesObservations { (model.observations, model.latents) = ([], []) }
    guard model.hasPosterior || !model.triangulations.isEmpty else { return nil }
    self.model = model
    self.saved = saved
  }

  /// Checks what can be checked without draws: the number of draws that are weighted, and the weights of routes.
  ///
  /// - Throws: `Diagnostics` where draws are too many or weights are none; `CancellationError`.
  package func check(options: Engine.Options = .init()) throws {
    try Conditioning(model: model).checkNumber(ofDraws: model.settings.draws)
    try RouteComparison(model: model).checkWeights(options: options)
  }

  /// Bytes of what is kept for a run with `draws` draws, estimated; nothing is drawn.
  ///
  /// - Throws: `Diagnostics` where the model cannot be planned.
  package func bytes(draws: Int, workers: Int) throws(Diagnostics) -> Double {
    let routes = RouteComparison(model: model).bytes(draws: draws, workers: workers)
    return max(routes, try Conditioning(model: model, saved: saved).bytes(draws: draws))
  }

  /// Outputs given the observations, and comparisons of routes, for a run with `draws` draws.
  ///
  /// - Throws: `Diagnostics` where observations cannot be reconciled with the inputs, or weights are none;
  ///   `CancellationError`.
  package func result(draws: Int, options: Engine.Options = .init()) throws -> EvidenceResult {
    let share = model.triangulations.isEmpty ? 1.0 : model.hasPosterior ? 0.7 : 0.0
    return EvidenceResult(
      posterior: try Conditioning(model: model, saved: saved)
        .result(draws: draws, options: options.progressing(from: 0, to: share)),
      triangulations: try RouteComparison(model: model)
        .results(draws: draws, options: options.progressing(from: share, to: 1)))
  }
}
