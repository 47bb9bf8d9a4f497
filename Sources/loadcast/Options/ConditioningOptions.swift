import ArgumentParser
import Diagnostics
import Evidence
import Modeling
import Simulation

/// Whether a command uses a scenario's observations.
struct ConditioningOptions: ParsableArguments {
  /// The inputs' distributions without the observations, or given them.
  enum InputState: String, ExpressibleByArgument, CaseIterable {
    case prior, posterior
  }

  @Option(
    help: ArgumentHelp(
      "Use the inputs' distributions without the scenario's observations (prior) or given them (posterior); by default "
        + "posterior if there are any.",
      valueName: "kind"))
  var conditioning: InputState?

  /// Whether a model's observations are used.
  ///
  /// - Throws: an error if a posterior is requested and nothing is observed.
  func usesObservations(of model: Model) throws -> Bool {
    if conditioning == .posterior, model.observations.isEmpty { throw UsageProblem.error(.nothingObserved) }
    return conditioning != .prior && !model.observations.isEmpty
  }

  /// The model on draws of its posterior, or as it is.
  func conditioned(_ model: Model, workers: Int?, quiet: Bool) throws -> Model {
    guard try usesObservations(of: model) else { return model }
    return try Progress.shown(unless: quiet) { progress in
      try Conditioning(model: model)
        .conditioned(options: OutputOptions.engineOptions(workers: workers, progress))
    }
  }
}
