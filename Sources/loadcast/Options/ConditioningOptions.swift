import ArgumentParser
import Diagnostics
import Evidence
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

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

  @Option(
    help: ArgumentHelp(
      "Folder of a saved posterior: read it from there or, if there is none, sample it and save it there.",
      valueName: "folder"))
  var posterior: String?

  func validate() throws {
    if posterior?.isEmpty == true { throw UsageProblem.error(.emptyFolder) }
    if posterior != nil, conditioning == .prior {
      throw UsageProblem.error(.exclusiveFlags(["--posterior", "--conditioning prior"]))
    }
  }

  /// Whether a model's observations are used.
  ///
  /// - Throws: an error if a posterior is requested and nothing is observed.
  func usesObservations(of model: Model) throws -> Bool {
    if posterior != nil {
      if !model.latents.isEmpty { throw UsageProblem.error(.latentNotSaved) }
      if model.observations.isEmpty { throw UsageProblem.error(.nothingToSave) }
    }
    if conditioning == .posterior, !model.hasPosterior { throw UsageProblem.error(.nothingObserved) }
    return conditioning != .prior && model.hasPosterior
  }

  /// The model on draws of its posterior, or as it is.
  ///
  /// - Throws: also `Diagnostics` if the posterior needs more memory than it may use.
  func conditioned(_ model: Model, workers: Int?, quiet: Bool, memory: MemoryOptions) throws -> Model {
    guard try usesObservations(of: model) else { return model }
    try memory.requireRoom(toCondition: model, workers: workers)
    let saved = try saved(of: model, workers: workers, quiet: quiet)
    return try Progress.shown(unless: quiet) { progress in
      try Conditioning(model: model, saved: saved)
        .conditioned(options: OutputOptions.engineOptions(workers: workers, progress))
    }
  }

  /// The posterior in the folder of `--posterior`, sampled and saved there if the folder has none; nil without the flag.
  ///
  /// - Throws: `Diagnostics` if the folder has the posterior of something else, or a damaged one; `FileError`.
  func saved(of model: Model, workers: Int?, quiet: Bool) throws -> SampledPosterior? {
    guard let posterior, try usesObservations(of: model) else { return nil }
    let conditioning = Conditioning(model: model)
    let archive = PosteriorArchive(
      folder: posterior, model: model, addresses: try conditioning.addresses(),
      digest: { Sha256.hexadecimal(of: $0) })
    if let found = try archive.read() { return found }
    let folder = try ReportFolder(path: posterior)
    let sampled = try Progress.shown(unless: quiet) { progress in
      try conditioning.sampled(options: OutputOptions.engineOptions(workers: workers, progress))
    }
    try folder.write(archive.files(of: sampled), isCancelled: { Interruption.isRequested })
    return sampled
  }
}
