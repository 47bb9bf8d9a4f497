import ArgumentParser
import Diagnostics
import Evidence
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

/// `backtest --shard`: the scores of some neighbouring cases, in a file; and the merging of such files.
extension Backtest {
  /// A digest of all that the scores depend on.
  private func key(_ model: Model, _ table: CaseTable, draws: Int) -> String {
    ContentDigest.text([model.digest, table.sha256, "\(draws)", model.posterior == nil ? "prior" : "posterior"])
  }

  /// Makes a part, or completes it.
  ///
  /// - Throws: `ExitCode` 75 if it was interrupted, so that the same command goes on.
  func makePart(
    _ shard: Shard, of analysis: BacktestAnalysis, _ model: Model, _ table: CaseTable, draws: Int
  ) throws {
    // It is read again by the merge.
    if scenario.typedPath == GivenScenario.word { throw UsageProblem.error(.exclusiveFlags(["--shard", "-"])) }
    let own = shard.share(of: table.cases.count)
    let folder = out ?? OutputOptions.folder(forScenarioAt: scenario.path) + "-parts"
    let name = OutputOptions.name(ofScenarioAt: scenario.path)
    var command = PartFile.Command("backtest", scenario, settings, conditioning)
    command.cases = cases
    let head = PartFile.Head(
      of: model, key: key(model, table, draws: draws), command, part: (shard.number, shard.count), blocks: own,
      on: (HostMachine.host, HostMachine.system))
    let making = try PartInMaking(
      head, shard, at: "\(folder)/\(shard.fileName("\(name).backtest"))", own, "cases", printsJSON: json)
    if !making.isDone {
      try making.begin()
      var part =
        try making.continued()
        ?? RunPart(
          blocks: own.lowerBound..<own.lowerBound, fingerprint: try Engine(model: model).fingerprint(), summaries: [])
      do {
        try Progress.shown(unless: quiet) { progress in
          for position in part.blocks.upperBound..<own.upperBound {
            if Interruption.isRequested { throw CancellationError() }
            part.summaries += BacktestAnalysis.bytes(
              of: try analysis.scores(of: position..<position + 1, draws: draws, options: engineOptions(nil)))
            part.blocks = own.lowerBound..<position + 1
            progress?.update(Double(part.blocks.count) / Double(own.count))
            try making.saveIfDue(part)
          }
        }
      } catch is CancellationError {}
      try making.finish(part)
    }
    try making.show("\(own.count) \(own.count == 1 ? "case" : "cases")", quiet: quiet)
  }

  /// The result of a back-test from its parts.
  func merged(
    _ parts: PartSet, of analysis: BacktestAnalysis, _ model: Model, _ table: CaseTable, draws: Int
  ) throws -> BacktestResult {
    try parts.require(PartFile.Owner(model, key: key(model, table, draws: draws)), scenario.path)
    try parts.requireAll(pieces: table.cases.count)
    var scores: [[CaseScore]] = []
    for position in parts.files.indices {
      let part = try parts.part(position)
      do throws(PartDamage) {
        scores += try analysis.scores(of: part.blocks, in: part.summaries)
      } catch {
        throw Diagnostics(
          .damagedPart(TerminalText.path(parts.files[position].path), reason: error.reason), at: nil)
      }
    }
    return analysis.result(
      of: scores, draws: draws, seconds: parts.files.reduce(0) { $0 + $1.head.seconds })
  }
}
