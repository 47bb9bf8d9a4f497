import Diagnostics
import Evidence
import Foundation
import Modeling
import Reporting
import ScenarioFiles
import Simulation

/// Saved posteriors: the description or the matrix is replaced by the input.
///
/// All digests agree, so that the checks behind those of the digests see the inputs too.
final class PosteriorTarget: FuzzTarget {
  static let name = "posteriors"

  /// An input that begins with this byte replaces the matrix, any other the description.
  private static let matrixMark = UInt8(0x93)

  private let folder: String
  private let archive: PosteriorArchive
  private let files: [String: [UInt8]]
  /// The file that the input before has replaced.
  private var spoiled: String?

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] {
    // The description of a posterior of the scenario below, and the beginning of its matrix.
    guard let own = try? PosteriorTarget(folder: NSTemporaryDirectory(), corpus: corpus) else { return [] }
    let matrix = own.files[PosteriorArchive.matrixName] ?? []
    return [own.files[PosteriorArchive.descriptionName] ?? [], matrix, Array(matrix.prefix(200))]
  }

  init(folder: String, corpus: SeedCorpus) throws {
    self.folder = folder
    let scenario = """
      inputs: {x: "normal(10 W, 2 W)"}
      outputs: {x: {unit: W}}
      evidence: [{observe: x, measured: "normal(11 W, 1 W)"}]

      """
    let path = "\(folder)/fuzzed-posterior.yaml"
    try Data(scenario.utf8).write(to: URL(fileURLWithPath: path))
    let model = try Scenario.model(ofFileAt: path)
    let conditioning = Conditioning(model: model)
    archive = PosteriorArchive(
      folder: folder, model: model, addresses: try conditioning.addresses(),
      digest: { _ in String(repeating: "0", count: 64) })
    var files: [String: [UInt8]] = [:]
    for file in archive.files(of: try conditioning.sampled(options: Engine.Options(workers: 1))) {
      let buffer = TextBuffer()
      try file.write(buffer)
      files[file.name] = buffer.bytes
    }
    self.files = files
    for (name, bytes) in files { try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
  }

  func execute(_ input: [UInt8]) throws -> Bool {
    let replaced = input.first == Self.matrixMark ? PosteriorArchive.matrixName : PosteriorArchive.descriptionName
    func write(_ name: String, _ bytes: [UInt8]) throws {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    if let spoiled, spoiled != replaced { try write(spoiled, files[spoiled] ?? []) }
    spoiled = replaced
    try write(replaced, input)
    do {
      _ = try archive.read()
      return true
    } catch let error as Diagnostics {
      try FuzzFinding.check(error.all)
      return false
    }
  }
}
