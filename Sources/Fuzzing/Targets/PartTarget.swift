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
struct PartTarget: FuzzTarget {
  static let name = "parts"

  /// Few draws and outputs of every kind: real numbers, a few values, a condition, a year, draws that are not finite.
  private static let scenario = """
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

  private let engine: Engine
  private let whole: RunPart
  private let path: String

  /// Summaries after a zero byte, and heads with summaries after any other.
  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] {
    guard let target = try? PartTarget(folder: NSTemporaryDirectory()), let bytes = try? target.fileBytes() else {
      return []
    }
    return [[0] + target.whole.summaries, [1] + bytes]
  }

  init(folder: String) throws {
    let scenario = "\(folder)/parts.yaml"
    try Data(Self.scenario.utf8).write(to: URL(fileURLWithPath: scenario))
    var model = try Scenario.model(ofFileAt: scenario)
    model.settings.draws = 3000
    engine = try Engine(model: model)
    whole = try engine.part(engine.blocks(ofPart: 1, of: 1), options: Engine.Options(workers: 1), every: 30) { _ in }
    path = "\(folder)/fuzzed.part"
  }

  /// A part's file without its first line.
  private func fileBytes() throws -> [UInt8] {
    let command = PartFile.Command(path: "s.yaml", set: ["x=1"], root: nil, conditioning: nil)
    let head = PartFile.Head(of: engine.model, command, part: (1, 1), blocks: whole.blocks, on: ("host", "system"))
    try PartFile.write(head, whole, to: path) { Sha256.hexadecimal(of: $0) }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    return [UInt8](bytes.drop { $0 != UInt8(ascii: "\n") }.dropFirst())
  }

  func execute(_ input: [UInt8]) throws {
    guard let kind = input.first else { return }
    let body = Array(input.dropFirst())
    if kind == 0 { return try merge(RunPart(blocks: whole.blocks, fingerprint: whole.fingerprint, summaries: body)) }
    let size = body.firstRange(of: Array("\n}\n".utf8)).map { $0.upperBound } ?? body.count
    let first = "loadcast part 1 \(size) \(Sha256.hexadecimal(of: body))\n"
    try Data(Array(first.utf8) + body).write(to: URL(fileURLWithPath: path))
    do throws(Diagnostics) {
      let set = try PartSet(at: [path, path]) { Sha256.hexadecimal(of: $0) }
      _ = set.gaps(inBlocks: engine.blockCount)
      _ = set.json.text
      for file in set.files { _ = try file.part { Sha256.hexadecimal(of: $0) } }
    } catch {
      guard error.all.contains(where: { $0.severity == .error }) else {
        throw FuzzFinding(description: "refused without an error")
      }
    }
  }

  /// Merges a part and writes the result in two formats, since figures are computed from what the part says.
  private func merge(_ part: RunPart) throws {
    do {
      let result = try engine.result(ofParts: 1, options: Engine.Options(workers: 1)) { _ in part }
      for format in ["csv", "html"].compactMap({ OutputFormatCatalogue.format(named: $0) }) {
        for file in format.files(of: ScenarioResult(result)) { try file.write(TextBuffer()) }
      }
    } catch is UnusablePart {}
  }
}
