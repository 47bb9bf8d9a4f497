import Foundation
import Testing

@testable import Reporting

@Suite("The journal of a sweep")
struct SweepJournalTests {
  private static let key = String(repeating: "0123456789abcdef", count: 4)

  private func journal(_ fixture: PublicationFixture, key: String = key) throws -> SweepJournal {
    try SweepJournal(
      in: ReportFolder(path: fixture.folder), key: key, digest: { SealedFields.sum($0) })
  }

  private func path(_ fixture: PublicationFixture) -> String { "\(fixture.folder)/.loadcast-sweep-0123456789abcdef" }

  private func rows(_ journal: SweepJournal) throws -> String {
    var rows = ""
    try journal.forEachPiece { rows += $0 }
    return rows
  }

  @Test("continues with every whole piece, and with no altered one, which is told")
  func pieces() throws {
    let fixture = try PublicationFixture()
    defer { fixture.remove() }
    do {
      let first = try journal(fixture)
      try first.add("rows 0\n", of: [0], isLast: false)
      try first.add("rows 1 and 2\n", of: [1, 2], isLast: false)
    }
    let piece = "\(path(fixture))/1.piece"
    let whole = try Data(contentsOf: URL(fileURLWithPath: piece))
    for length in 0..<whole.count {
      try whole.prefix(length).write(to: URL(fileURLWithPath: piece))
      let journal = try journal(fixture)
      #expect(journal.finished == [0], "\(length) of \(whole.count) bytes")
      #expect(
        journal.problemsText
          == "note: cannot read \(piece): the stored variants have been altered; delete the file and repeat; its variants "
          + "are computed again\n")
    }
    for place in whole.indices {
      var altered = whole
      altered[place] ^= 1
      try altered.write(to: URL(fileURLWithPath: piece))
      #expect(try journal(fixture).finished == [0], "byte \(place)")
    }
    try whole.write(to: URL(fileURLWithPath: piece))
    let again = try journal(fixture)
    #expect(again.finished == [0, 1, 2] && again.problemsText.isEmpty)
    #expect(try rows(again) == "rows 0\nrows 1 and 2\n")
    again.remove()
    #expect(!FileManager.default.fileExists(atPath: path(fixture)))
  }

  @Test("is of one process at a time, and of one sweep")
  func locked() throws {
    let fixture = try PublicationFixture()
    defer { fixture.remove() }
    let first = try journal(fixture)
    try first.add("rows\n", of: [0], isLast: false)
    let error = #expect(throws: FileError.self) { try journal(fixture) }
    #expect(try #require(error).description.contains("is running the same sweep"))
    let other = try journal(fixture, key: String(Self.key.reversed()))
    #expect(other.finished == [])
    try other.add("others\n", of: [0], isLast: true)
    other.remove()
    #expect(try rows(first) == "rows\n")
  }

  @Test("touches no file of others, and follows no link")
  func others() throws {
    let fixture = try PublicationFixture()
    defer { fixture.remove() }
    try FileManager.default.createDirectory(atPath: path(fixture), withIntermediateDirectories: false)
    try "mine".write(toFile: "\(path(fixture))/1.piece", atomically: false, encoding: .utf8)
    try "mine".write(toFile: "\(path(fixture))/notes.txt", atomically: false, encoding: .utf8)
    try journal(fixture).remove()
    #expect(try FileManager.default.contentsOfDirectory(atPath: path(fixture)).sorted() == ["1.piece", "notes.txt"])
    try FileManager.default.removeItem(atPath: path(fixture))
    try FileManager.default.createSymbolicLink(atPath: path(fixture), withDestinationPath: "\(fixture.folder)/tables")
    #expect(throws: FileError.self) { try journal(fixture) }
    #expect(try fixture.users() == PublicationFixture.users)
  }
}
