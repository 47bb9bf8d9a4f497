import Foundation
import Modeling
import ScenarioFiles
import Simulation
import Testing
import TextFormats

@testable import Reporting

@Suite("What a long run keeps") struct RunCheckpointTests {
  private static let scenario = """
    title: Kept
    inputs: {x: 1 to 2, y: 3 to 4}
    equations: {z: x * y}
    outputs: {z: {}}

    """

  private static func model(seed: Int = 1) throws -> Model {
    let folder = FileManager.default.temporaryDirectory.appending(path: "loadcast-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "s.yaml").path
    try Self.scenario.write(toFile: path, atomically: false, encoding: .utf8)
    var model = try Scenario.model(ofFileAt: path)
    model.settings.draws = 300_000
    model.settings.seed = UInt64(seed)
    return model
  }

  private static func checkpoint(_ model: Model, in folder: String) throws -> RunCheckpoint {
    let command = PartFile.Command(path: "s.yaml", set: [], root: nil, conditioning: nil)
    let head = PartFile.Head(
      of: model, command, part: (1, 1), blocks: 0..<(try Engine(model: model).blockCount), on: ("here", "test"))
    return RunCheckpoint(in: try ReportFolder(path: folder), head) { Sha256.hexadecimal(of: $0) }
  }

  private static func part(_ model: Model) throws -> RunPart {
    try Engine(model: model).part(0..<64, every: 30) { _ in }
  }

  @Test("Saved work is found by the next process, and removed at the end")
  func found() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "loadcast-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let model = try Self.model()
    let part = try Self.part(model)
    do {
      let checkpoint = try Self.checkpoint(model, in: folder)
      #expect(checkpoint.load() == nil)
      // Nothing is written before there is something to save.
      #expect(!FileManager.default.fileExists(atPath: folder + "/.loadcast-run"))
      try checkpoint.save(part)
      #expect(checkpoint.saved == 64)
      // Another process with the same run neither uses nor replaces it.
      let other = try Self.checkpoint(model, in: folder)
      #expect(other.load() == nil)
      try other.save(part)
      #expect(other.saved == 0)
    }
    let next = try Self.checkpoint(model, in: folder)
    #expect(next.load()?.summaries == part.summaries)
    let seed = try Self.checkpoint(try Self.model(seed: 2), in: folder)
    #expect(seed.load() == nil)
    next.remove()
    #expect((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] == [])
  }

  @Test("A folder that was made for what is kept is removed with it")
  func apart() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "loadcast-\(UUID().uuidString)").path
    let model = try Self.model()
    do {
      let checkpoint = try Self.checkpoint(model, in: folder)
      try checkpoint.save(try Self.part(model))
      #expect(FileManager.default.fileExists(atPath: folder))
      checkpoint.remove()
    }
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test("A run that cannot save goes on, and says why")
  func unwritable() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "loadcast-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let model = try Self.model()
    let checkpoint = try Self.checkpoint(model, in: folder)
    try checkpoint.save(try Self.part(model))
    let hidden = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    try FileManager.default.removeItem(atPath: "\(folder)/\(hidden)")
    var options = Engine.Options(workers: 1)
    options.checkpoint = checkpoint.checkpoint(every: 1e-9)
    #expect(try Engine(model: model).run(options: options).draws == 300_000)
    #expect(checkpoint.problemsText.hasPrefix("note: the run could not save what was done meanwhile: cannot write "))
    #expect(checkpoint.problemsText.hasSuffix("No such file or directory\n"), "\(checkpoint.problemsText)")
  }

  @Test("A damaged file is not used, and this is told")
  func damaged() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "loadcast-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let model = try Self.model()
    do { try Self.checkpoint(model, in: folder).save(try Self.part(model)) }
    let hidden = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let path = "\(folder)/\(hidden)/run.part"
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for bytes in [whole.dropLast(), Data(), whole.dropFirst()] {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let checkpoint = try Self.checkpoint(model, in: folder)
      #expect(checkpoint.load() == nil)
      #expect(
        checkpoint.problemsText.hasPrefix(
          "note: the run could not use what was saved, and started again: the part "), "\(checkpoint.problemsText)")
    }
    try whole.write(to: URL(fileURLWithPath: path))
    let checkpoint = try Self.checkpoint(model, in: folder)
    #expect(checkpoint.load() != nil && checkpoint.problemsText.isEmpty)
  }
}
