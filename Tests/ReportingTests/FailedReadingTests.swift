import Evidence
import Foundation
import Modeling
import ScenarioFiles
import Simulation
import Testing
import TextFormats

@testable import Reporting

/// A file of the program's own that the system does not let be read is not called damaged, missing or changed.
@Suite("A failure of the system is not damage")
struct FailedReadingTests {
  private static func temporary() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "loadcast-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  /// Calls `body` with calls of which the first fails, then the second, and so on, until none does.
  private static func forEachFailure(code: Int32, _ body: (FileCalls) throws -> Void) throws -> Int {
    for number in 0..<1000 {
      let failing = FailingCalls(number: number, code: code, isKill: false)
      try body(failing.calls)
      if !failing.hasFailed { return number }
    }
    Issue.record("every call fails")
    return 0
  }

  @Test("A posterior is read, or the error is that of the system", arguments: [EIO, EACCES, ENOMEM, EINTR])
  func posterior(code: Int32) throws {
    let folder = try Self.temporary()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let scenario =
      "inputs: {x: \"normal(10, 2)\"}\noutputs: {x: {}}\nevidence: [{observe: x, measured: \"normal(11, 1)\"}]\n"
    try scenario.write(toFile: "\(folder)/s.yaml", atomically: false, encoding: .utf8)
    var model = try Scenario.model(ofFileAt: "\(folder)/s.yaml")
    model.settings.draws = 16_384
    let conditioning = Conditioning(model: model)
    let archive = PosteriorArchive(
      folder: "\(folder)/saved", model: model, addresses: try conditioning.addresses(),
      digest: { Sha256.hexadecimal(of: $0) })
    let sampled = try conditioning.sampled(options: .init(workers: 1))
    try ReportFolder(path: "\(folder)/saved").write(archive.files(of: sampled))
    let calls = try Self.forEachFailure(code: code) { calls in
      do {
        let read = try archive.read(calls: calls)
        #expect(read?.sample.count == sampled.sample.count)
      } catch let error as FileError {
        #expect(error.code == code && error.description.hasPrefix("cannot read \(folder)/saved"), "\(error)")
      }
    }
    #expect(calls > 8)
  }

  @Test("Results for a chart are read whole, or the error is that of the system", arguments: [EIO, EACCES])
  func results(code: Int32) throws {
    let folder = try Self.temporary()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try #"{"engine": "loadcast 0.2.0", "files": []}"#.write(
      toFile: "\(folder)/record.json", atomically: false, encoding: .utf8)
    try "output,p50\r\nx,1\r\n".write(toFile: "\(folder)/summary.csv", atomically: false, encoding: .utf8)
    func outcome(_ calls: FileCalls) throws -> String {
      do {
        return "\(try ResultsFolder.read(folder, interval: .usual, calls: calls))"
      } catch let error as ResultsFolder.Unusable {
        return error.reason
      }
    }
    let whole = try outcome(.system)
    let calls = try Self.forEachFailure(code: code) { calls in
      do {
        let found = try outcome(calls)
        #expect(found == whole || code == EACCES && found.contains("Permission denied"), "\(found)")
      } catch let error as FileError {
        #expect(error.code == code && error.description.hasPrefix("cannot read "), "\(error)")
      }
    }
    #expect(calls > 8)
  }

  @Test("Results that were made again are compared, or the error is that of the system; large files by their digests")
  func repeated() throws {
    let folder = try Self.temporary()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in [("old", "x\r\n1\r\n"), ("new", "x\r\n2\r\n")] {
      try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: false)
      try text.write(toFile: "\(folder)/\(name)/a.csv", atomically: false, encoding: .utf8)
    }
    let digest = Sha256.hexadecimal(of: Array("x\r\n1\r\n".utf8))
    let json = #"{"engine": "loadcast 0.2.0", "files": [{"path": "a.csv", "bytes": 6, "sha256": "\#(digest)"}]}"#
    let record = try ResultRecord(name: "record.json", bytes: Array(json.utf8))
    func differences(most: Int, _ calls: FileCalls = .system) throws -> [FirstDifference] {
      try RepeatedResult.differences(
        of: record, in: "\(folder)/old", from: "\(folder)/new", mostBytes: most, calls: calls, isCancelled: { false })
    }
    let located = try differences(most: 6)
    #expect(located.map(\.recorded) == ["1"] && located.map(\.anew) == ["2"] && located.map(\.line) == [2])
    let large = try #require(try differences(most: 5).first)
    #expect(large.column == "SHA-256" && large.recorded == digest)
    #expect(large.anew == Sha256.hexadecimal(of: Array("x\r\n2\r\n".utf8)))
    let calls = try Self.forEachFailure(code: EIO) { calls in
      do {
        let found = try differences(most: 6, calls)
        #expect(found == located)
      } catch let error as FileError {
        #expect(error.code == EIO && error.description.hasPrefix("cannot read "), "\(error)")
      }
    }
    #expect(calls > 8)
  }

  @Test("A name that a dangling link has is taken, and one in a folder that is not there is free")
  func taken() throws {
    let folder = try Self.temporary()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(try !NamedFile.isTaken("\(folder)/a"))
    #expect(try !NamedFile.isTaken("\(folder)/none/a"))
    try FileManager.default.createSymbolicLink(atPath: "\(folder)/a", withDestinationPath: "nowhere")
    #expect(try NamedFile.isTaken("\(folder)/a"))
    try "mine".write(toFile: "\(folder)/file", atomically: false, encoding: .utf8)
    #expect(throws: FileError.self) { try NamedFile.isTaken("\(folder)/file/b") }
  }
}
