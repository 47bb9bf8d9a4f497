import Foundation
import Testing

@testable import Reporting

@Suite("A folder with what an exchange would lose")
struct FixedEntryTests {
  /// The number of the folder, which an exchange changes.
  private func number(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
  }

  private func publish(_ fixture: PublicationFixture, _ calls: FileCalls = .system) throws {
    try ReportFolder(path: fixture.folder, calls: calls).write(PublicationFixture.files(PublicationFixture.new))
  }

  /// Calls of which the moves of given numbers between an exchange and the next one fail, as with a mount point.
  private final class Unmovable: @unchecked Sendable {
    private let lock = NSLock()
    private let numbers: Range<Int>
    private(set) var exchanges = 0
    private var moves = 0

    init(_ numbers: Range<Int>, exchanges: Int = 0) {
      self.numbers = numbers
      self.exchanges = exchanges
    }

    var calls: FileCalls {
      FileCalls { [self] call in
        lock.withLock {
          if call == .exchange { exchanges += 1 }
          guard call == .rename, exchanges % 2 == 1 else { return nil }
          defer { moves += 1 }
          return numbers.contains(moves) ? EBUSY : nil
        }
      }
    }
  }

  @Test(
    "A folder that cannot be moved after the exchange: it is taken back, and files are replaced in place",
    arguments: [0, 1])
  func takenBack(movable: Int) throws {
    let fixture = try PublicationFixture()
    defer { fixture.remove() }
    try FileManager.default.createDirectory(atPath: "\(fixture.folder)/mount", withIntermediateDirectories: false)
    let before = try number(fixture.folder)
    let unmovable = Unmovable(movable..<(movable + 1))
    try publish(fixture, unmovable.calls)
    #expect(unmovable.exchanges == 2)
    #expect(try fixture.result() == "new" && fixture.users() == PublicationFixture.users)
    #expect(try fixture.leftovers() == [] && number(fixture.folder) == before)
    #expect(FileManager.default.fileExists(atPath: "\(fixture.folder)/mount"))
  }

  @Test("An exchange that a killed process has left, and that cannot be finished, is taken back by the next command")
  func takenBackLater() throws {
    let fixture = try PublicationFixture()
    defer { fixture.remove() }
    let lock = NSLock()
    nonisolated(unsafe) var isExchanged = false
    let calls = FileCalls { call in
      lock.withLock {
        defer { if call == .exchange { isExchanged = true } }
        return isExchanged ? EIO : nil
      }
    }
    #expect(throws: FileError.self) { try publish(fixture, calls) }
    #expect(try fixture.result() == "new")
    let next = Unmovable(0..<1_000, exchanges: 1)
    try ReportFolder(path: fixture.folder, calls: next.calls).write([ReportFile(name: "d.csv", text: { "d" })])
    #expect(try fixture.result() == "old" && fixture.users() == PublicationFixture.users)
    #expect(try String(contentsOfFile: "\(fixture.folder)/d.csv", encoding: .utf8) == "d")
    #expect(try fixture.leftovers() == [])
  }

  #if os(Linux)
  /// Sets Linux's attributes of an entry (`chattr`); false if the file system or the process cannot.
  private func setAttributes(_ attributes: UInt32, of path: String) -> Bool {
    // FS_IOC_GETFLAGS and FS_IOC_SETFLAGS of <linux/fs.h>.
    let (get, set): (UInt, UInt) = (0x8008_6601, 0x4008_6602)
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    var flags: UInt = 0
    guard ioctl(descriptor, get, &flags) == 0 else { return false }
    flags = flags & ~0x30 | UInt(attributes)
    return ioctl(descriptor, set, &flags) == 0
  }

  @Test("Immutable and append-only files and folders of the user", arguments: [0x10, 0x20], ["notes.txt", "deep"])
  func immutable(attributes: UInt32, name: String) throws {
    // A file system on a disk: those in memory have no such attributes. Only root may set them.
    let fixture = try PublicationFixture(isOnDisk: true)
    defer { fixture.remove() }
    let path = "\(fixture.folder)/\(name)"
    guard setAttributes(attributes, of: path) else { return }
    defer { _ = setAttributes(0, of: path) }
    let before = try number(fixture.folder)
    try publish(fixture)
    #expect(try fixture.result() == "new" && fixture.users() == PublicationFixture.users)
    #expect(try fixture.leftovers() == [] && number(fixture.folder) == before)
    try publish(fixture)
  }

  @Test("Extended attributes of the folder and of replaced files are kept, in place")
  func attributes() throws {
    let fixture = try PublicationFixture(isOnDisk: true)
    defer { fixture.remove() }
    let value = Array("origin".utf8)
    var wanted = FileAttributes()
    wanted["user.loadcast-test"] = value
    func attributes(_ path: String) -> FileAttributes {
      let descriptor = open(path, O_RDONLY)
      defer { close(descriptor) }
      return FileAttributes(of: descriptor)
    }
    func set(_ path: String) -> Bool {
      let descriptor = open(path, O_RDONLY)
      defer { close(descriptor) }
      wanted.apply(to: descriptor)
      return attributes(path)["user.loadcast-test"] == value
    }
    let file = "\(fixture.folder)/a.csv"
    // Without attributes of the file, the folder is exchanged; those of the file are copied.
    guard set(file) else { return }
    let before = try number(fixture.folder)
    try publish(fixture)
    #expect(try number(fixture.folder) != before)
    #expect(attributes(file)["user.loadcast-test"] == value)
    #expect(attributes("\(fixture.folder)/b.csv")["user.loadcast-test"] == nil)
    #expect(set(fixture.folder))
    let exchanged = try number(fixture.folder)
    try publish(fixture)
    #expect(try number(fixture.folder) == exchanged && fixture.result() == "new")
    #expect(attributes(fixture.folder)["user.loadcast-test"] == value)
    #expect(try fixture.leftovers() == [])
  }

  @Test("Access control lists of the folder and of replaced files are kept, and new files inherit that of the folder")
  func accessControlLists() throws {
    let fixture = try PublicationFixture(isOnDisk: true)
    defer { fixture.remove() }
    // Version 2, then tag, permissions and number of each entry: owner rwx, user 65534 r-x, group r-x, mask r-x, others none.
    let list: [UInt8] = [
      2, 0, 0, 0, 1, 0, 7, 0, 255, 255, 255, 255, 2, 0, 5, 0, 254, 255, 0, 0, 4, 0, 5, 0, 255, 255, 255, 255, 16, 0, 5,
      0,
      255, 255, 255, 255, 32, 0, 0, 0, 255, 255, 255, 255,
    ]
    var both = FileAttributes()
    both["system.posix_acl_access"] = list
    both["system.posix_acl_default"] = list
    let descriptor = open(fixture.folder, O_RDONLY)
    defer { close(descriptor) }
    both.apply(to: descriptor)
    guard FileAttributes(of: descriptor)["system.posix_acl_default"] == list else { return }
    try publish(fixture)
    #expect(try fixture.result() == "new" && fixture.leftovers() == [])
    let folder = open(fixture.folder, O_RDONLY)
    defer { close(folder) }
    #expect(FileAttributes(of: folder)["system.posix_acl_access"] == list)
    #expect(FileAttributes(of: folder)["system.posix_acl_default"] == list)
    let inherited = open("\(fixture.folder)/c.csv", O_RDONLY)
    defer { close(inherited) }
    #expect(FileAttributes(of: inherited)["system.posix_acl_access"] != nil)
    // The replaced file had none.
    let replaced = open("\(fixture.folder)/a.csv", O_RDONLY)
    defer { close(replaced) }
    #expect(FileAttributes(of: replaced)["system.posix_acl_access"] == nil)
  }
  #endif

  @Test("A signal before the publication takes it back, and one after it names the folder", arguments: [true, false])
  func interrupted(isExchanged: Bool) throws {
    var results: [String: Int] = [:]
    for number in 0..<200 {
      let fixture = try PublicationFixture()
      defer { fixture.remove() }
      var count = 0
      var error: (any Error)?
      do {
        try ReportFolder(path: fixture.folder, isExchanged: isExchanged)
          .write(PublicationFixture.files(PublicationFixture.new)) {
            count += 1
            return count > number
          }
      } catch let thrown {
        error = thrown
      }
      let result = try fixture.result()
      #expect(["old", "new"].contains(result), "poll \(number): \(result)")
      #expect(PublishedFolders.paths.contains(fixture.folder) == (result == "new"), "poll \(number)")
      #expect(try fixture.users() == PublicationFixture.users && fixture.leftovers() == [], "poll \(number)")
      results[result, default: 0] += 1
      if error == nil { break }
      #expect(error is CancellationError, "poll \(number)")
    }
    #expect(results["old", default: 0] > 3 && results["new", default: 0] == 2, "\(results)")
  }
}
