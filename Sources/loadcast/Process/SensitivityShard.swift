import Analysis
import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

/// `sensitivity --shard`: the sums of some neighbouring blocks of a method's base points, in a file; and the merging of such
/// files.
extension Sensitivity {
  /// Makes a part, or completes it.
  ///
  /// - Throws: `ExitCode` 75 if it was interrupted, so that the same command goes on; `Diagnostics` for methods that are not
  ///   divided.
  func makePart(_ shard: Shard, of model: Model) throws {
    // It is read again by the merge.
    if scenario.typedPath == GivenScenario.word { throw UsageProblem.error(.exclusiveFlags(["--shard", "-"])) }
    let (design, method) = try refusing {
      try dividedDesign(of: SensitivityProblem(model: model, options: options(model, nil)))
    }
    let own = shard.share(of: design.blocks)
    try requireRoom(for: own.count, of: design)
    let folder = work.out ?? work.folder(forScenarioAt: scenario.path) + "-parts"
    let name = OutputOptions.name(ofScenarioAt: scenario.path)
    let head = PartFile.Head(
      of: model, key: key(model, method), partCommand, part: (shard.number, shard.count), blocks: own,
      on: (HostMachine.host, HostMachine.system))
    let making = try PartInMaking(
      head, shard, at: "\(folder)/\(shard.fileName("\(name).sensitivity"))", own, "blocks", printsJSON: work.json)
    if !making.isDone {
      try making.begin()
      var part =
        try making.continued()
        ?? RunPart(blocks: own.lowerBound..<own.lowerBound, fingerprint: design.fingerprint, summaries: [])
      guard part.fingerprint == design.fingerprint else {
        throw Diagnostics(UnusablePart(position: 0, reason: .differs).problem(making.path), at: nil)
      }
      do {
        try Progress.shown(unless: work.quiet) { progress in
          let options = work.engineOptions(nil)
          // Some blocks for each thread, so that few threads wait for the last one.
          let stage = 4 * options.width
          while part.blocks.upperBound < own.upperBound {
            let next = part.blocks.upperBound..<min(own.upperBound, part.blocks.upperBound + stage)
            part.summaries += try design.sums(ofBlocks: next, options: options).bytes(design.shape)
            part.blocks = own.lowerBound..<next.upperBound
            progress?.update(Double(part.blocks.count) / Double(own.count))
            try making.saveIfDue(part)
          }
        }
      } catch is CancellationError {}
      try making.finish(part)
    }
    try making.show("\(own.count) \(own.count == 1 ? "block" : "blocks") of base points", quiet: work.quiet)
  }

  /// The sums of all blocks from the parts of an analysis.
  func sums(_ parts: PartSet, of problem: SensitivityProblem) throws -> SlotSums {
    let (design, method) = try dividedDesign(of: problem)
    try parts.require(PartFile.Owner(problem.model, key: key(problem.model, method)), scenario.path)
    try parts.requireAll(pieces: design.blocks)
    try design.requireMemory(blocks: design.blocks)
    var sums = SlotSums()
    for position in parts.files.indices {
      let part = try parts.part(position)
      try parts.using {
        guard part.fingerprint == design.fingerprint else {
          throw UnusablePart(position: position, reason: .differs)
        }
        do throws(PartDamage) {
          sums.append(try SlotSums(part.summaries, blocks: part.blocks.count, design.shape))
        } catch {
          throw UnusablePart(position: position, reason: .damaged(error.reason))
        }
      }
    }
    return sums
  }

  /// The design of the method, and its name.
  private func dividedDesign(of problem: SensitivityProblem) throws -> (any DividedDesign, String) {
    func refuse(_ reason: String) -> Diagnostics {
      Diagnostics(
        .undivided(reason, advice: "make each --method, or each --output, a task of its own"), at: ShardOptions.place)
    }
    let methods = try methods(for: problem)
    guard methods.count == 1 else { throw refuse("several methods are several pieces of work") }
    guard let design = try SensitivityAnalysis.dividedDesign(of: problem, by: methods[0]) else {
      throw refuse(
        "only the methods sobol and shapley evaluate blocks of points of their own; \(methods[0].name) does not")
    }
    return (design, methods[0].name)
  }

  /// Refuses a part whose sums fit neither into memory nor into a file.
  private func requireRoom(for blocks: Int, of design: any DividedDesign) throws {
    try design.requireMemory(blocks: blocks)
    let most = PartFile.mostSummaryBytes / max(1, design.shape.bytes)
    guard blocks > most else { return }
    let parts = (design.blocks + most - 1) / max(1, most)
    throw Diagnostics(
      .undivided(
        "a part with the sums of \(blocks) blocks has more than \(MemorySize(PartFile.mostSummaryBytes).text)",
        advice: most > 0 ? "divide it into \(parts) parts or more" : "choose fewer targets with --output"),
      at: ShardOptions.place)
  }

  /// A digest of all that the sums depend on.
  private func key(_ model: Model, _ method: String) -> String {
    ContentDigest.text([model.digest, method] + (partCommand.analysis?.words ?? []))
  }

  /// The flags by which a part can be repeated, and its parts merged.
  private var partCommand: PartFile.Command {
    var command = PartFile.Command("sensitivity", scenario, settings, conditioning)
    command.analysis = PartFile.Analysis(
      method: method, output: factors.output, factors: factors.factors, group: factors.group, base: baseSamples,
      pairs: secondOrder, estimator: estimator, bootstrap: bootstrap)
    return command
  }
}
