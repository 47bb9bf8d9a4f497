import Analysis
import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

/// `sweep --shard`: the rows of some neighbouring variants, in a file; and the merging of such files.
extension Sweep {
  /// Makes a part, or completes it. Variant 0, the scenario as it is, counts as one of the variants.
  ///
  /// - Throws: `ExitCode` 75 if it was interrupted, so that the same command goes on.
  func makePart(
    _ shard: Shard, of plan: SweepPlan, _ family: VariantFactory, _ origin: String, _ base: Model, _ table: SweepTable
  ) throws {
    // It is read again by the merge.
    if scenario.typedPath == GivenScenario.word { throw UsageProblem.error(.exclusiveFlags(["--shard", "-"])) }
    let all = plan.variants.count + 1
    let own = shard.share(of: all)
    // The other variants are checked by the tasks that compute them.
    try family.check(plan, flag: origin, only: max(0, own.lowerBound - 1)..<max(0, own.upperBound - 1))
    try scenario.report(family.warnings, showsWarnings: !work.quiet)
    try work.memory.requireRoom(toPlan: base, workers: work.workers)
    let engine = try Engine(model: base)
    try work.memory.cost(of: engine, workers: work.workers)
    let folder = work.out ?? work.folder(forScenarioAt: scenario.path) + "-parts"
    let name = OutputOptions.name(ofScenarioAt: scenario.path)
    var command = PartFile.Command("sweep", scenario, settings, conditioning)
    (command.vary, command.pairing, command.sweep) = (vary.isEmpty ? nil : vary, pairing, sweep)
    let head = PartFile.Head(
      of: base, key: key(of: plan, base), command, part: (shard.number, shard.count), blocks: own,
      on: (HostMachine.host, HostMachine.system))
    let making = try PartInMaking(
      head, shard, at: "\(folder)/\(shard.fileName("\(name).sweep"))", own, "variants", printsJSON: work.json)
    if !making.isDone {
      try making.begin()
      let fingerprint = try engine.fingerprint()
      let before = try making.continued()
      var part =
        before ?? RunPart(blocks: own.lowerBound..<own.lowerBound, fingerprint: fingerprint, summaries: [])
      let finished = Set(0..<all).subtracting(part.blocks.upperBound..<own.upperBound)
      do {
        try Progress.shown(unless: work.quiet) { progress in
          try analysis(of: plan, family, origin, base)
            .run(except: finished, options: work.engineOptions(progress)) { outcomes in
              part.summaries += Self.rows(of: outcomes, plan, table).utf8
              part.blocks = own.lowerBound..<(part.blocks.upperBound + outcomes.count)
              try making.saveIfDue(part)
            }
        }
      } catch is CancellationError {}
      try making.finish(part)
    }
    try making.show("\(own.count) \(own.count == 1 ? "variant" : "variants")", quiet: work.quiet)
  }

  /// Merges the parts of a sweep.
  func write(
    _ parts: PartSet, of plan: SweepPlan, _ base: Model, _ table: SweepTable, showing cells: [String], to path: String
  ) throws {
    let start = ContinuousClock.now
    try parts.require(PartFile.Owner(base, key: key(of: plan, base)), scenario.path)
    try parts.requireAll(pieces: plan.variants.count + 1)
    func forEachPiece(_ body: (String) throws -> Void) throws {
      for position in parts.files.indices {
        if Interruption.isRequested { throw CancellationError() }
        try body(String(decoding: try parts.part(position).summaries, as: UTF8.self))
      }
    }
    let workers = Engine.workers(draws: base.settings.draws, options: work.engineOptions(nil))
    let folder = try ReportFolder.recording(path: path)
    let record = record(
      of: plan, base, workers: workers, seconds: (ContinuousClock.now - start) / .seconds(1), parts: parts)
    try folder.write([table.file(forEachPiece), record.file], isCancelled: { Interruption.isRequested })
    let screen = try SweepScreen(of: table, showing: cells, variants: (plan.variants.count, 0), forEachPiece)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let files = ["sweep.csv", record.file.name]
    try work.show(
      text: screen.text(seconds: seconds, workers: workers, folder: path, files: files),
      json: screen.json(seconds: seconds, workers: workers, folder: path, files: files))
  }
}
