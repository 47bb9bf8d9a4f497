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
  /// Makes a part, or completes it: of the run or, where exact quantiles need another round, of that.
  ///
  /// - Throws: `ExitCode` 75 if it was interrupted, so that the same command goes on.
  func makePart(_ shard: Shard, of model: Model) throws {
    try Self.requireDivisible(model)
    // It is read again by the merge.
    if scenario.typedPath == GivenScenario.word { throw UsageProblem.error(.exclusiveFlags(["--shard", "-"])) }
    // A part is kept in its own file.
    if keeping.checkpoint != nil { throw UsageProblem.error(.exclusiveFlags(["--shard", "--checkpoint"])) }
    if output.exportDraws != nil { throw UsageProblem.error(.exclusiveFlags(["--shard", "--export-draws"])) }
    let folder = output.out ?? output.folder(forScenarioAt: scenario.path) + "-parts"
    let name = OutputOptions.name(ofScenarioAt: scenario.path)
    let engine: Engine
    do {
      // The posterior is sampled once, next to the other parts; the merge reads it.
      if shard.number == 1 { _ = try conditioning.saved(of: model, workers: output.workers, quiet: output.quiet) }
      engine = try Engine(model: divided(model))
    } catch is CancellationError {
      throw CommandFailure.interrupted(
        .interruptedPart(TerminalText.path("\(folder)/\(shard.fileName(name))"), done: 0, of: 0, "blocks"),
        printsJSON: output.json, error: ExitCode(ExitCodes.tryAgain))
    }
    _ = try memory.cost(of: engine, workers: output.workers)
    let blocks = engine.blocks(ofPart: shard.number, of: shard.count)
    var head = head(of: model, (shard.number, shard.count), blocks: blocks)
    let rounds = try rounds(of: engine, head, in: folder)
    if !rounds.isEmpty {
      (head.round, head.after) = (rounds.count + 1, Sha256.hexadecimal(of: rounds[rounds.count - 1].summaries))
    }
    let making = try PartInMaking(
      head, shard, at: "\(folder)/\(shard.fileName(name, round: rounds.count + 1))", blocks, "blocks",
      printsJSON: output.json)
    if !making.isDone {
      try making.begin()
      let part: RunPart
      do {
        part = try Progress.shown(unless: output.quiet) { progress in
          let options = output.engineOptions(progress)
          return rounds.isEmpty
            ? try engine.part(
              blocks, continuing: making.continued(), options: options, every: PartInMaking.savingInterval,
              save: making.save)
            : try engine.tallies(
              blocks, after: rounds, continuing: making.continued(), options: options,
              every: PartInMaking.savingInterval, save: making.save)
        }
      } catch is CancellationError {
        // Before its first blocks were made.
        throw making.interrupted(after: 0)
      } catch let unusable as UnusablePart {
        throw Diagnostics(unusable.problem(making.path), at: nil)
      }
      try making.finish(part)
    }
    let draws = Engine.draws(in: blocks, of: engine.model.settings.draws)
    try making.show("\(draws) \(draws == 1 ? "draw" : "draws")", quiet: output.quiet)
  }

  /// The model whose draws are divided: the scenario's or, with latent totals, that on the draws of its posterior, which
  /// every part samples.
  func divided(_ model: Model) throws -> Model {
    guard !model.latents.isEmpty else { return model }
    return try conditioning.conditioned(model, workers: output.workers, quiet: output.quiet, memory: memory)
  }

  /// Neighbouring parts as one part.
  ///
  /// - Throws: `Diagnostics` if the scenario has changed, or a part cannot be used; `CancellationError`.
  func merged(_ parts: PartSet, _ blocks: Range<Int>) throws -> RunPart {
    let model = try scenario.model(settings, precision, showsWarnings: false)
    try parts.require(PartFile.Owner(model), scenario.path)
    let engine = try Engine(model: divided(model))
    return try Progress.shown(unless: output.quiet) { progress in
      try parts.using {
        try engine.merged(parts.files.count, blocks, options: output.engineOptions(progress), part: parts.part)
      }
    }
  }

  /// The rounds of a search for exact quantiles that `merge` has merged in the folder of the parts.
  private func rounds(of engine: Engine, _ head: PartFile.Head, in folder: String) throws -> [RunPart] {
    guard engine.model.settings.isExact else { return [] }
    var rounds: [RunPart] = []
    let name = OutputOptions.name(ofScenarioAt: scenario.path)
    while true {
      let path = "\(folder)/\(Shard.mergedName(name, round: rounds.count + 1))"
      guard let file = try PartFile(at: path, digest: PartInMaking.digest) else { return rounds }
      if let difference = file.difference(from: head, mergedRound: rounds.count + 1, blocks: 0..<engine.blockCount) {
        throw Diagnostics(
          .otherPart(TerminalText.path(path), than: "this command's parts", difference: difference), at: nil)
      }
      rounds.append(try file.part(digest: PartInMaking.digest))
    }
  }

  /// The head of a part that is to be made.
  func head(of model: Model, _ part: (number: Int, count: Int), blocks: Range<Int>) -> PartFile.Head {
    var command = PartFile.Command(nil, scenario, settings, conditioning)
    command.exact = precision.exactQuantiles ? true : nil
    return PartFile.Head(
      of: model, command, part: part, blocks: blocks, on: (HostMachine.host, HostMachine.system))
  }

  /// - Throws: `Diagnostics` for a run that is one piece of work.
  static func requireDivisible(_ model: Model) throws {
    func refuse(_ reason: String, _ advice: String) throws(Diagnostics) {
      throw Diagnostics(.undivided(reason, advice: advice), at: ShardOptions.place)
    }
    if model.settings.tolerance != nil {
      try refuse(
        "a tolerance looks at all draws before it asks for more",
        "choose the number of draws with --draws: a short run with the tolerance says how many it takes")
    }
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
