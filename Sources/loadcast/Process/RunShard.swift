import ArgumentParser
import Diagnostics
import Evidence
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

/// `run --shard`: one part of a run, in a file.
extension Run {
  /// Seconds between two savings of an unfinished part: a killed process loses at most so much.
  static let savingInterval = 30.0
  /// Seconds that an interrupted part has to finish its blocks and write its file. Schedulers send SIGTERM some time before
  /// they kill; the scripts of `submit` ask for a minute.
  private static let patience = 30

  /// Makes a part, or completes it.
  ///
  /// - Throws: `ExitCode` 75 if it was interrupted, so that the same command goes on.
  func makePart(_ shard: Shard, of model: Model) throws {
    try Self.requireDivisible(model, usesObservations: conditioning.usesObservations(of: model))
    if conditioning.posterior != nil { throw UsageProblem.error(.exclusiveFlags(["--shard", "--posterior"])) }
    // It is read again by the merge.
    if scenario.typedPath == GivenScenario.word { throw UsageProblem.error(.exclusiveFlags(["--shard", "-"])) }
    if output.exportDraws != nil { throw UsageProblem.error(.exclusiveFlags(["--shard", "--export-draws"])) }
    let folder = output.out ?? output.folder(forScenarioAt: scenario.path) + "-parts"
    let path = "\(folder)/\(shard.fileName(OutputOptions.name(ofScenarioAt: scenario.path)))"
    let digest = { (bytes: [UInt8]) in Sha256.hexadecimal(of: bytes) }
    let engine = try Engine(model: model)
    _ = try memory.cost(of: engine, workers: output.workers)
    let blocks = engine.blocks(ofPart: shard.number, of: shard.count)
    var head = head(of: model, (shard.number, shard.count), blocks: blocks)
    let earlier = try PartFile(at: path, digest: digest)
    if let earlier {
      if let difference = earlier.difference(from: head, blocks: blocks) {
        throw Diagnostics(
          .otherPart(TerminalText.path(path), than: "--shard \(shard)", difference: difference), at: nil)
      }
      if earlier.blocks == blocks { return try show(earlier.head, blocks, of: model, path, wasThere: true) }
    }
    try ReportFolder(path: folder).claim()
    Interruption.allow(seconds: Self.patience)
    let start = ContinuousClock.now
    func save(_ part: RunPart) throws {
      head.seconds = (earlier?.head.seconds ?? 0) + (ContinuousClock.now - start) / .seconds(1)
      try PartFile.write(head, part, to: path, digest: digest)
    }
    let part: RunPart
    do {
      part = try Progress.shown(unless: output.quiet) { progress in
        try engine.part(
          blocks, continuing: earlier?.part(digest: digest), options: output.engineOptions(progress),
          every: Self.savingInterval, save: save)
      }
    } catch is CancellationError {
      // Before its first blocks were made.
      throw CommandFailure.interrupted(
        .interruptedPart(TerminalText.path(path), blocks: 0, of: blocks.count), printsJSON: output.json,
        error: ExitCode(ExitCodes.tryAgain))
    } catch let unusable as UnusablePart {
      throw Diagnostics(unusable.problem(path), at: nil)
    }
    if !part.blocks.isEmpty || blocks.isEmpty { try save(part) }
    if part.blocks != blocks {
      throw CommandFailure.interrupted(
        .interruptedPart(TerminalText.path(path), blocks: part.blocks.count, of: blocks.count), printsJSON: output.json,
        error: ExitCode(ExitCodes.tryAgain))
    }
    try show(head, blocks, of: model, path, wasThere: false)
  }

  /// The head of a part that is to be made.
  func head(of model: Model, _ part: (number: Int, count: Int), blocks: Range<Int>) -> PartFile.Head {
    var command = PartFile.Command(
      path: scenario.path, set: scenario.assignments, root: scenario.root,
      conditioning: conditioning.conditioning?.rawValue)
    (command.draws, command.seed, command.design) = (settings.draws, settings.seed, settings.design)
    return PartFile.Head(
      of: model, command, part: part, blocks: blocks, on: (HostMachine.host, HostMachine.system))
  }

  private static let shardPlace = SourcePlace(
    file: SourceFile(path: "--shard", text: ""), line: 1, column: 1, length: 1)

  /// - Throws: `Diagnostics` for a run that is one piece of work.
  static func requireDivisible(_ model: Model, usesObservations: Bool) throws {
    func refuse(_ reason: String, _ advice: String) throws(Diagnostics) {
      throw Diagnostics(.undivided(reason, advice: advice), at: shardPlace)
    }
    if model.settings.isExact {
      try refuse("--exact-quantiles reads all draws again", "leave --exact-quantiles out")
    }
    if model.settings.tolerance != nil {
      try refuse(
        "a tolerance looks at all draws before it asks for more",
        "choose the number of draws with --draws: a short run with the tolerance says how many it takes")
    }
    if usesObservations, !model.latents.isEmpty {
      try refuse(
        "the posterior of a latent total is sampled as a whole",
        "run it on one machine, or divide the run before the observations: --conditioning prior")
    }
  }

  /// Says what was made, and what to do with it.
  private func show(
    _ head: PartFile.Head, _ blocks: Range<Int>, of model: Model, _ path: String, wasThere: Bool
  ) throws {
    if output.json {
      return try StandardStream.output.write(
        JSON.object([
          ("part", .string(path)), ("number", .integer(head.part)), ("parts", .integer(head.parts)),
          ("blocks", .array([.integer(blocks.lowerBound), .integer(blocks.upperBound)])),
          ("seconds", .number(head.seconds)),
        ]).text + "\n")
    }
    guard !output.quiet else { return }
    let draws = Engine.draws(in: blocks, of: model.settings.draws)
    let work = wasThere ? "made before" : NumberText.duration(head.seconds)
    try StandardStream.output.write(
      "part \(head.part) of \(head.parts): \(draws) \(draws == 1 ? "draw" : "draws"), \(work)\n\(TerminalText.path(path))\n"
    )
  }
}

extension UnusablePart {
  /// The problem, of a part in a file.
  func problem(_ path: String) -> Problem {
    switch reason {
    case .damaged(let reason): .damagedPart(TerminalText.path(path), reason: reason)
    case .differs:
      .otherPart(
        TerminalText.path(path), than: "those of this machine",
        difference: "the machine that made it computes other values than this one (\(HostMachine.system))")
    case .overflow:
      .undivided(
        "an output is a multiple of another one and overflows where the other does not",
        advice: "run it on one machine, or choose a larger unit for what overflows")
    }
  }
}
