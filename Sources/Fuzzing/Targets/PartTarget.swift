import Diagnostics
import Evidence
import Foundation
import Modeling
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

/// Parts of a run: the summaries, with which a part that belongs to the run is merged; and the whole file after its first
/// line, whose digest is always right, since a wrong one ends the reading.
///
/// The first byte says which, and of which run: one of an output only, whose part is short, or one of outputs of every
/// kind. A report page is written for one input in 256, since most of its time does not depend on the part.
struct PartTarget: FuzzTarget {
  static let name = "parts"

  /// Few draws and outputs of every kind: real numbers, a few values, a condition, a year, draws that are not finite.
  private static let everyKind = """
    title: Parts
    indexes: {year: [2024, 2025]}
    inputs:
      x: "normal(3, 1)"
      n: poisson(2)
      start: 2020 to 2030
    equations:
      y: x * (year - 2023)
      above: x > 3
      root: sqrt(x - 2)
    outputs: {y: {compare: [other]}, n: {}, above: {}, root: {}, start: {}}
    references: {other: 6}

    """
  private static let short = "inputs: {x: \"normal(3, 1)\"}\noutputs: {x: {}}\n"

  /// A run with its only part.
  private struct DividedRun {
    let engine: Engine
    let whole: RunPart

    init(of scenario: String, draws: Int, at path: String) throws {
      try Data(scenario.utf8).write(to: URL(fileURLWithPath: path))
      var model = try Scenario.model(ofFileAt: path)
      model.settings.draws = draws
      engine = try Engine(model: model)
      whole = try engine.part(
        engine.blocks(ofPart: 1, of: 1), options: Engine.Options(workers: 1), every: 30
      ) { _ in }
    }
  }

  private let runs: [DividedRun]
  private let path: String

  /// Summaries after an even byte, and heads with summaries after an odd one, of the run numbered by the other bits.
  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] {
    guard let target = try? PartTarget(folder: NSTemporaryDirectory(), corpus: corpus) else { return [] }
    return target.runs.enumerated().flatMap { number, run -> [[UInt8]] in
      guard let file = try? target.fileBytes(of: run) else { return [] }
      return [[UInt8(2 * number)] + run.whole.summaries, [UInt8(2 * number + 1)] + file]
    }
  }

  init(folder: String, corpus: SeedCorpus) throws {
    let scenario = "\(folder)/parts.yaml"
    runs = [
      try DividedRun(of: Self.short, draws: 40, at: scenario),
      try DividedRun(of: Self.everyKind, draws: 3000, at: scenario),
    ]
    path = "\(folder)/fuzzed.part"
  }

  /// A part's file without its first line.
  private func fileBytes(of run: DividedRun) throws -> [UInt8] {
    let command = PartFile.Command(path: "s.yaml", set: ["x=1"], root: nil, conditioning: nil)
    let head = PartFile.Head(
      of: run.engine.model, command, part: (1, 1), blocks: run.whole.blocks, on: ("host", "system"))
    try PartFile.write(head, run.whole, to: path) { Sha256.hexadecimal(of: $0) }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    return [UInt8](bytes.drop { $0 != UInt8(ascii: "\n") }.dropFirst())
  }

  func execute(_ input: [UInt8]) throws -> Bool {
    guard let kind = input.first else { return false }
    let run = runs[Int(kind / 2) % runs.count]
    let body = Array(input.dropFirst())
    if kind.isMultiple(of: 2) {
      let part = RunPart(blocks: run.whole.blocks, fingerprint: run.whole.fingerprint, summaries: body)
      return try merge(part, run.engine, withPage: InputDigest.isChosen(input, oneIn: 256))
    }
    let size = body.firstRange(of: Array("\n}\n".utf8)).map { $0.upperBound } ?? body.count
    let first = "loadcast part 1 \(size) \(Sha256.hexadecimal(of: body))\n"
    try Data(Array(first.utf8) + body).write(to: URL(fileURLWithPath: path))
    do {
      let set = try PartSet(at: [path, path]) { Sha256.hexadecimal(of: $0) }
      _ = set.gaps(inBlocks: run.engine.blockCount)
      _ = set.json.text
      for file in set.files { _ = try file.part { Sha256.hexadecimal(of: $0) } }
      return true
    } catch let error as Diagnostics {
      guard error.all.contains(where: { $0.severity == .error }) else {
        throw FuzzFinding(description: "refused without an error")
      }
      return false
    }
  }

  /// Merges a part and writes the result in one or two formats, since figures are computed from what the part says.
  private func merge(_ part: RunPart, _ engine: Engine, withPage: Bool) throws -> Bool {
    do {
      let result = try engine.result(ofParts: 1, options: Engine.Options(workers: 1)) { _ in part }
      for name in withPage ? ["csv", "html"] : ["csv"] {
        guard let format = OutputFormatCatalogue.format(named: name) else { continue }
        for file in format.files(of: ScenarioResult(result)) { try file.write(TextBuffer()) }
      }
      return true
    } catch is UnusablePart {
      return false
    }
  }
}
