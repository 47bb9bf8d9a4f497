import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

extension PartSet {
  /// The result of a run from its parts, which have all of its blocks.
  ///
  /// - Throws: `Diagnostics` for parts that are missing or cannot be used; `ExitCode` 75 where exact quantiles need another
  ///   round, after what that reads has been written.
  func result(of engine: Engine, _ options: Engine.Options, printsJSON: Bool) throws -> RunResult {
    try requireAll(of: engine)
    guard engine.model.settings.isExact else {
      return try using { try engine.result(ofParts: files.count, options: options, part: part) }
    }
    var rounds: [RunPart] = []
    var (parts, last) = (self, files)
    while true {
      let own = parts
      let merged = try own.using {
        rounds.isEmpty
          ? try engine.merged(own.files.count, 0..<engine.blockCount, options: options, part: own.part)
          : try engine.mergedTallies(own.files.count, after: rounds, options: options, part: own.part)
      }
      rounds.append(merged)
      if try engine.isFinished(after: rounds, options: options) {
        return try engine.result(ofRounds: rounds, options: options)
      }
      let summaries = Sha256.hexadecimal(of: merged.summaries)
      parts = try round(rounds.count + 1, after: summaries)
      if parts.files.isEmpty { throw try furtherRound(rounds, after: last, printsJSON) }
      last = parts.files
      try parts.requireAll(of: engine)
    }
  }

  /// Writes what the parts of another round read, and says so.
  private func furtherRound(
    _ rounds: [RunPart], after files: [PartFile], _ printsJSON: Bool
  ) throws -> CommandFailure {
    guard var head = files.first?.head, let merged = rounds.last else { preconditionFailure("There is a part.") }
    head.seconds = files.reduce(0) { $0 + $1.head.seconds }
    let name = OutputOptions.name(ofScenarioAt: head.command.path)
    let path = "\(folder)/\(Shard.mergedName(name, round: rounds.count))"
    try PartFile.write(head, merged, to: path, digest: PartInMaking.digest)
    return .interrupted(
      .furtherRound(
        rounds.count + 1, after: TerminalText.path(path), commands: (1...min(2, head.parts)).map(command(ofPart:))),
      printsJSON: printsJSON, error: ExitCode(ExitCodes.tryAgain))
  }

  /// - Throws: `Diagnostics` if the parts are not those of a scenario.
  func require(_ owner: PartFile.Owner, _ path: String) throws(Diagnostics) {
    guard let first = files.first, first.head.owner != owner else { return }
    throw Diagnostics(.changedScenario(TerminalText.path(path)), at: nil)
  }

  /// The part in a file.
  func part(_ position: Int) throws -> RunPart { try files[position].part(digest: PartInMaking.digest) }

  /// Calls `body` and names the file of a part that cannot be used.
  func using<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let unusable as UnusablePart {
      throw Diagnostics(unusable.problem(files[min(unusable.position, files.count - 1)].path), at: nil)
    }
  }

  /// The folder of the parts.
  private var folder: String {
    let path = files.first?.path ?? ""
    return path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  /// The command that makes a part.
  private func command(ofPart number: Int) -> String {
    guard let head = files.first?.head else { return "" }
    return ReproducingCommand.text(
      [head.command.name ?? "run"] + head.command.typedWords + ["--shard", "\(number)/\(head.parts)", "--out", folder])
  }

  /// - Throws: `Diagnostics` with the commands that make what is missing.
  private func requireAll(of engine: Engine) throws(Diagnostics) {
    guard let count = files.first?.head.parts else { return }
    try requireAll(
      engine.blockCount, ranges: (1...count).map { engine.blocks(ofPart: $0, of: count) }, command: command(ofPart:))
  }

  /// Checks that the parts have all pieces of some work, such as variants or cases.
  ///
  /// - Throws: `Diagnostics` with the commands that make what is missing.
  func requireAll(pieces: Int) throws(Diagnostics) {
    guard let count = files.first?.head.parts else { return }
    try requireAll(
      pieces, ranges: (1...count).map { Shard($0, of: count).share(of: pieces) }, command: command(ofPart:))
  }
}
