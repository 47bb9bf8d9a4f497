import Foundation
import Testing

@testable import Reporting

@Suite("Files appear whole or not at all")
struct ReportFolderTests {
  struct Interrupted: Error {}

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("loadcast-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try body(folder)
  }

  private func content(of folder: String) throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)) })
  }

  @Test("a run replaces the files that it writes and leaves all others")
  func replaces() throws {
    try withFolder { folder in
      try "old".write(toFile: "\(folder)/a.csv", atomically: false, encoding: .utf8)
      try "mine".write(toFile: "\(folder)/notes.txt", atomically: false, encoding: .utf8)
      let long = String(repeating: "0123456789", count: 100_000)
      try ReportFolder(path: folder).write([
        ReportFile(name: "a.csv", text: { "new" }), ReportFile(name: "b.csv", text: { long }),
      ])
      #expect(try content(of: folder) == ["a.csv": "new", "b.csv": long, "notes.txt": "mine"])
    }
  }

  @Test("when writing one file fails, no file is replaced and nothing is left behind")
  func failsInTheMiddle() throws {
    try withFolder { folder in
      try "old".write(toFile: "\(folder)/a.csv", atomically: false, encoding: .utf8)
      let files = [
        ReportFile(name: "a.csv", text: { "new" }),
        ReportFile(name: "b.csv") { sink in
          for _ in 0..<100_000 { try sink.write("half a file") }
          throw Interrupted()
        },
      ]
      #expect(throws: Interrupted.self) { try ReportFolder(path: folder).write(files) }
      #expect(try content(of: folder) == ["a.csv": "old"])
    }
  }

  @Test("folders are made with those above them, and go again when nothing is written")
  func makesFolders() throws {
    try withFolder { folder in
      do {
        let deep = try ReportFolder(path: "\(folder)/x/y/z")
        #expect(FileManager.default.fileExists(atPath: "\(folder)/x/y/z"))
        #expect(deep.path == "\(folder)/x/y/z")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
      try ReportFolder(path: "\(folder)/x//y/").write([ReportFile(name: "a", text: { "1" })])
      #expect(try content(of: "\(folder)/x/y") == ["a": "1"])
    }
  }

  @Test("a folder that cannot be made or written to is known before anything is done")
  func unwritable() throws {
    try withFolder { folder in
      try "".write(toFile: "\(folder)/file", atomically: false, encoding: .utf8)
      let error = #expect(throws: FileError.self) { try ReportFolder(path: "\(folder)/file/x") }
      #expect(error?.description == "cannot write \(folder)/file/x: Not a directory")
      #expect(throws: FileError.self) { try ReportFolder(path: "\(folder)/file") }
      #expect(throws: FileError.self) { try ReportFolder(path: "/proc/nowhere") }
    }
  }

  #if os(Linux)
  @Test("a folder that the system refuses to make is an error with its reason, not that it is not there")
  func refused() throws {
    // Not even root can create a folder in sysfs.
    let error = #expect(throws: FileError.self) { try ReportFolder(path: "/sys/loadcast-results") }
    #expect(try #require(error).code != ENOENT)
  }
  #endif

  @Test("a folder in the place of a file is an error that leaves the other files")
  func folderInPlace() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/b.csv", withIntermediateDirectories: false)
      let files = [ReportFile(name: "a.csv", text: { "new" }), ReportFile(name: "b.csv", text: { "new" })]
      let error = #expect(throws: FileError.self) { try ReportFolder(path: folder).write(files) }
      #expect(error?.description == "cannot write \(folder)/b.csv: Is a directory")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["b.csv"])
    }
  }
}

@Suite("A file in the making")
struct AtomicFileTests {
  @Test("has no name, or one that goes with it", arguments: [false, true])
  func discarded(hasName: Bool) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("loadcast-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    do {
      let file = try AtomicFile(folder: folder, name: "a", hasName: hasName)
      try file.write("half")
      try file.seal()
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names.count == (hasName ? 1 : 0), "this file system gives every file a name")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    for text in ["first", "second"] {
      let file = try AtomicFile(folder: folder, name: "a", hasName: hasName)
      try file.write(text)
      try file.seal()
      try file.publish()
      #expect(try String(contentsOfFile: "\(folder)/a", encoding: .utf8) == text)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
  }

  @Test("is given up between pieces when the work is cancelled")
  func cancelled() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("loadcast-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var pieces = 0
    let file = ReportFile(name: "a") { sink in
      while true {
        pieces += 1
        try sink.write(String(repeating: "x", count: 1 << 18))
      }
    }
    #expect(throws: CancellationError.self) {
      try ReportFolder(path: folder).write([file], isCancelled: { pieces > 3 })
    }
    #expect(!FileManager.default.fileExists(atPath: folder))
  }
}
