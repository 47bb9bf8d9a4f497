import Foundation
import Testing

@testable import Reporting

@Suite("A result is published as one")
struct PublicationTests {
  /// Publishes the new result with the given calls, and lets go of everything, as the end of a process does.
  private func publish(_ fixture: PublicationFixture, _ calls: FileCalls, isExchanged: Bool) -> (any Error)? {
    do {
      try ReportFolder(path: fixture.folder, calls: calls, isExchanged: isExchanged)
        .write(PublicationFixture.files(PublicationFixture.new))
      return nil
    } catch {
      return error
    }
  }

  /// The next command for the folder.
  private func publishFurther(_ fixture: PublicationFixture, _ calls: FileCalls = .system) throws {
    try ReportFolder(path: fixture.folder, calls: calls).write([ReportFile(name: "further.csv", text: { "further" })])
    try FileManager.default.removeItem(atPath: "\(fixture.folder)/further.csv")
  }

  @Test("A process killed before any call leaves the old result or the new one", arguments: [true, false])
  func kills(isExchanged: Bool) throws {
    var results: [String: Int] = [:]
    for number in 0..<2_000 {
      let fixture = try PublicationFixture()
      defer { fixture.remove() }
      let failing = FailingCalls(number: number, isKill: true)
      let error = publish(fixture, failing.calls, isExchanged: isExchanged)
      let before = try fixture.result()
      if isExchanged { #expect(["old", "new"].contains(before), "killed before call \(number): \(before)") }
      #expect(try fixture.users()["notes.txt"] == "mine", "killed before call \(number)")
      // The next command is killed too, at various calls, and the one after it is not.
      try? publishFurther(fixture, FailingCalls(number: number * 31 % 97, isKill: true).calls)
      try publishFurther(fixture)
      let result = try fixture.result()
      if isExchanged { #expect(result == before, "killed before call \(number)") }
      #expect(["old", "new"].contains(result), "killed before call \(number): \(result)")
      #expect(try fixture.users() == PublicationFixture.users, "killed before call \(number)")
      #expect(try fixture.leftovers() == [], "killed before call \(number)")
      results[result, default: 0] += 1
      if !failing.hasFailed {
        #expect(error == nil && result == "new")
        break
      }
    }
    // The loop has come to its end after many calls, with kills before and after the publication.
    #expect(results["old", default: 0] > 40 && results["new", default: 0] > 5, "\(results)")
  }

  @Test(
    "A call that fails once leaves the old result with an error, or the new one",
    arguments: [ENOSPC, EIO, EDQUOT, EACCES, EINTR], [true, false])
  func failures(code: Int32, isExchanged: Bool) throws {
    var unread = 0
    defer { #expect(unread <= 4, "the record is opened, its size asked for, and its bytes and their end read") }
    for number in 0..<2_000 {
      let fixture = try PublicationFixture()
      defer { fixture.remove() }
      let failing = FailingCalls(number: number, code: code, isKill: false)
      let error = publish(fixture, failing.calls, isExchanged: isExchanged)
      let result = try fixture.result()
      // A record that may not be read says nothing about obsolete files.
      let isUnread = code == EACCES && error == nil && result == "new and obsolete"
      if isUnread { unread += 1 }
      #expect(["old", "new"].contains(result) || isUnread, "call \(number): \(result)")
      if error == nil {
        #expect(result == "new" || isUnread, "call \(number) failed without an error")
      } else if result == "new" {
        #expect("\(error.map { "\($0)" } ?? "")".contains("The new files are in"), "call \(number)")
      }
      if code == EINTR { #expect(error == nil, "call \(number)") }
      try publishFurther(fixture)
      #expect(try fixture.result() == result, "call \(number)")
      #expect(try fixture.users() == PublicationFixture.users, "call \(number)")
      #expect(try fixture.leftovers() == [], "call \(number)")
      if !failing.hasFailed { return }
    }
    Issue.record("the publication has no end")
  }

  @Test("Processes that publish at once leave one of their results, and readers see one", arguments: [true, false])
  func concurrent(isExchanged: Bool) throws {
    let fixture = try PublicationFixture()
    defer { fixture.remove() }
    let path = fixture.folder
    let faults = NSLock()
    nonisolated(unsafe) var mixtures: [String] = []
    DispatchQueue.concurrentPerform(iterations: 4) { writer in
      for round in 0..<6 {
        do {
          let tag = "\(writer) \(round)"
          try ReportFolder(path: path, isExchanged: isExchanged).write(
            PublicationFixture.files(PublicationFixture.new.mapValues { _ in tag }))
          guard let read = try ReadFolder(path: path)?.folder else { throw CocoaError(.fileNoSuchFile) }
          let found = Set(
            try ["a.csv", "b.csv", "c.csv"].map { String(decoding: try read.read($0) ?? [], as: UTF8.self) })
          if found.count != 1 { faults.withLock { mixtures.append("\(found)") } }
        } catch {
          faults.withLock { mixtures.append("\(error)") }
        }
      }
    }
    #expect(mixtures == [])
    let content = try PublicationFixture.content(of: path)
    #expect(Set(PublicationFixture.new.keys.map { content[$0] }).count == 1)
    #expect(try fixture.users() == PublicationFixture.users)
    #expect(try fixture.leftovers() == [])
  }

  @Test("A folder that another process has locked is waited for, and its holder is named")
  func held() throws {
    let fixture = try PublicationFixture()
    defer { fixture.remove() }
    let holder = try OpenFolder.locked(path: fixture.folder, calls: .system)
    let error = #expect(throws: FileError.self) {
      try OpenFolder.locked(path: fixture.folder, calls: .system, seconds: 0.05)
    }
    let text = try #require(error).description
    #expect(
      text.hasPrefix("cannot write \(fixture.folder): ") && text.contains("process")
        && text.hasSuffix("is writing there"))
    withExtendedLifetime(holder) {}
  }

  @Test(
    "Permissions of the folder and of its files are kept, and a user's file is the same file", arguments: [true, false])
  func permissions(isExchanged: Bool) throws {
    let fixture = try PublicationFixture()
    defer { fixture.remove() }
    let paths = [fixture.folder, "\(fixture.folder)/a.csv", "\(fixture.folder)/notes.txt"]
    func attributes() throws -> [[FileAttributeKey: Any]] {
      try paths.map { try FileManager.default.attributesOfItem(atPath: $0) }
    }
    for (path, mode) in zip(paths, [0o2750, 0o600, 0o400]) {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
    let before = try attributes()
    #expect(publish(fixture, .system, isExchanged: isExchanged) == nil)
    let after = try attributes()
    for key in [FileAttributeKey.posixPermissions, .ownerAccountID, .groupOwnerAccountID] {
      #expect(before.map { $0[key] as? Int } == after.map { $0[key] as? Int }, "\(key)")
    }
    #expect(before[2][.systemFileNumber] as? Int == after[2][.systemFileNumber] as? Int)
  }

  @Test("A file is never written outside the folder", arguments: ["../x", "..", "/x", "a/../../x", "", ".loadcast-x"])
  func outside(name: String) throws {
    let fixture = try PublicationFixture()
    defer { fixture.remove() }
    #expect(throws: FileError.self) {
      try ReportFolder(path: fixture.folder).write([ReportFile(name: name, text: { "x" })])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.root) == ["out"])
    #expect(try fixture.result() == "old" && fixture.leftovers() == [])
  }

  @Test("A forged record of an unfinished publication moves and creates nothing outside the folder")
  func forged() throws {
    let fixture = try PublicationFixture()
    defer { fixture.remove() }
    let files = FileManager.default
    let other = "\(fixture.root)/other"
    try files.createDirectory(atPath: other, withIntermediateDirectories: true)
    try "mine".write(toFile: "\(other)/own.txt", atomically: false, encoding: .utf8)
    func bytes(_ texts: String...) -> Data { Data(SealedFields.bytes(of: texts.map { Array($0.utf8) })) }
    for staged in ["other", "../other", "..", ".", ""] {
      try bytes(staged, "a.csv").write(to: URL(fileURLWithPath: "\(fixture.folder)/.loadcast-publication"))
      try ReportFolder(path: fixture.folder).write(PublicationFixture.files(PublicationFixture.new))
      #expect(try String(contentsOfFile: "\(other)/own.txt", encoding: .utf8) == "mine", "\(staged)")
      try? files.removeItem(atPath: "\(fixture.folder)/.loadcast-publication")
    }
    for path in ["../new.txt", "../../new.txt", "a/../../new.txt", ".."] {
      let journal = "\(fixture.folder)/.loadcast-undo"
      try files.createDirectory(atPath: journal, withIntermediateDirectories: true)
      try "theirs".write(toFile: "\(journal)/old-0", atomically: false, encoding: .utf8)
      try bytes(path, "1", "0").write(to: URL(fileURLWithPath: "\(journal)/list"))
      #expect(throws: FileError.self, "\(path)") {
        try ReportFolder(path: fixture.folder).write(PublicationFixture.files(PublicationFixture.new))
      }
      try files.removeItem(atPath: journal)
    }
    #expect(try files.contentsOfDirectory(atPath: fixture.root).sorted() == ["other", "out"])
  }

  @Test("The working directory is not exchanged")
  func workingDirectory() throws {
    let path = FileManager.default.currentDirectoryPath
    let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    let name = "loadcast-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: "\(path)/\(name)") }
    try ReportFolder(path: path).write([ReportFile(name: name, text: { "x" })])
    #expect(try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) == "x")
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == before)
    #expect(PublishedFolders.paths.contains(path))
  }
}
