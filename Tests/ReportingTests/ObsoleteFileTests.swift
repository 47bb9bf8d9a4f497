import Foundation
import Testing

@testable import Reporting

@Suite("Files of an earlier result that the new one does not have")
struct ObsoleteFileTests {
  /// The files of a user in a folder with a result, and what the result's record lists besides its own.
  private func fixture(listing others: [String]) throws -> PublicationFixture {
    let fixture = try PublicationFixture()
    try fixture.write(PublicationFixture.record(of: ["a.csv", "gone.csv"] + others), to: "record.json")
    return fixture
  }

  private func publish(_ fixture: PublicationFixture, isExchanged: Bool) throws -> [String] {
    try ReportFolder(path: fixture.folder, isExchanged: isExchanged).write([
      ReportFile(name: "record.json", text: { PublicationFixture.record(of: ["a.csv"]) }),
      ReportFile(name: "a.csv", text: { "new" }),
    ])
  }

  @Test("They are removed, also from sub-folders, which stay if anything else is in them", arguments: [true, false])
  func removed(isExchanged: Bool) throws {
    let fixture = try fixture(listing: ["tables/gone.csv", "shared/gone.csv", "alone/gone.csv", "never-there.csv"])
    defer { fixture.remove() }
    let removed = try publish(fixture, isExchanged: isExchanged)
    #expect(removed == ["gone.csv", "tables/gone.csv", "shared/gone.csv", "alone/gone.csv"])
    let expected = PublicationFixture.users.merging([
      "a.csv": "new", "b.csv": "old b", "tables/t.csv": "old t",
      "record.json": PublicationFixture.record(of: ["a.csv"]),
    ]) { $1 }
    #expect(try PublicationFixture.content(of: fixture.folder) == expected)
    #expect(!FileManager.default.fileExists(atPath: "\(fixture.folder)/alone"))
    #expect(try fixture.leftovers() == [])
  }

  @Test(
    "Nothing else is removed: outside the folder, hidden, changed, a link, a folder, a record, listed by another command",
    arguments: [true, false])
  func kept(isExchanged: Bool) throws {
    let names = [
      "../outside.txt", "/dev/null", "deep/../notes.txt", "", ".hidden", "link.csv", "deep", "sweep-record.json",
      "shared.csv", "changed.csv", "linked/x.txt",
    ]
    let fixture = try PublicationFixture()
    defer { fixture.remove() }
    for name in ["../outside.txt", ".hidden", "shared.csv", "changed.csv", "deep/x.txt"] {
      try fixture.write("kept", to: name)
    }
    try fixture.write(PublicationFixture.record(of: ["shared.csv"]), to: "sweep-record.json")
    for (link, target) in [("link.csv", "notes.txt"), ("linked", "deep")] {
      try FileManager.default.createSymbolicLink(atPath: "\(fixture.folder)/\(link)", withDestinationPath: target)
    }
    try fixture.write(PublicationFixture.record(of: ["a.csv", "gone.csv"] + names), to: "record.json")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: 60)], ofItemAtPath: "\(fixture.folder)/changed.csv")
    let before = try Set(FileManager.default.subpathsOfDirectory(atPath: fixture.root))
    #expect(try publish(fixture, isExchanged: isExchanged) == ["gone.csv"])
    let after = try Set(FileManager.default.subpathsOfDirectory(atPath: fixture.root))
    #expect(before.subtracting(after) == ["out/gone.csv"])
    #expect(after.subtracting(before) == [])
  }

  @Test(
    "A record that is not of this program, or not one at all, lists nothing",
    arguments: [
      #"{"engine": "other 1", "files": ["gone.csv"]}"#, #"{"files": ["gone.csv"]}"#, "[1", "{}", #"{"files": 1}"#,
    ])
  func others(text: String) throws {
    let fixture = try PublicationFixture()
    defer { fixture.remove() }
    try fixture.write(text, to: "record.json")
    #expect(try publish(fixture, isExchanged: true) == [])
    #expect(FileManager.default.fileExists(atPath: "\(fixture.folder)/gone.csv"))
  }

  @Test("A result without a record, and the record of another command, remove nothing")
  func otherCommand() throws {
    let fixture = try fixture(listing: [])
    defer { fixture.remove() }
    let files = [ReportFile(name: "sweep.csv", text: { "x" }), ReportFile(name: "sweep-record.json", text: { "{}" })]
    #expect(try ReportFolder(path: fixture.folder).write(files) == [])
    #expect(try ReportFolder(path: fixture.folder).write([files[0]]) == [])
    #expect(FileManager.default.fileExists(atPath: "\(fixture.folder)/gone.csv"))
  }

  @Test("The result in a sub-folder, as that of a notebook, has its own record", arguments: [true, false])
  func subfolder(isExchanged: Bool) throws {
    let fixture = try fixture(listing: [])
    defer { fixture.remove() }
    for name in ["s/gone.csv", "s/t.csv"] { try fixture.write("old", to: name) }
    try fixture.write(PublicationFixture.record(of: ["gone.csv", "t.csv"]), to: "s/record.json")
    let removed = try ReportFolder(path: fixture.folder, isExchanged: isExchanged).write(
      ["s/record.json", "s/t.csv"].map { ReportFile(name: $0, text: { PublicationFixture.record(of: ["t.csv"]) }) })
    #expect(removed == ["s/gone.csv"])
    #expect(FileManager.default.fileExists(atPath: "\(fixture.folder)/gone.csv"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(fixture.folder)/s").sorted() == ["record.json", "t.csv"])
  }

  @Test("The record is written last, whatever its place among the files")
  func order() throws {
    let fixture = try PublicationFixture()
    defer { fixture.remove() }
    let order = Order()
    let names = ["record.json", "a.csv", "x/sweep-record.json", "x/b.csv"]
    try ReportFolder(path: fixture.folder).write(
      names.map { name in
        ReportFile(name: name) { sink in
          order.names.append(name)
          try sink.write("x")
        }
      })
    #expect(order.names == ["a.csv", "x/b.csv", "record.json", "x/sweep-record.json"])
  }

  private final class Order {
    var names: [String] = []
  }
}
