import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The finished variants of a running sweep, stored in the folder of its results so that little is lost if the program is
/// killed.
///
/// A sweep has a folder of its own, `.loadcast-sweep-` and the beginning of its key, which the process locks. A piece is a
/// file with the rows of some variants, written completely or not at all, and with a digest: one that has been truncated
/// or altered is computed again. Other files are never touched. Journals of other sweeps are kept, because they may be the
/// work of hours, and named. After the results have been written, the journal is deleted.
package final class SweepJournal {
  /// The numbers of the finished variants.
  package private(set) var finished: Set<Int> = []
  /// Those of them that are on the disk, so that the same command continues from there.
  package private(set) var stored: Set<Int> = []
  /// Why stored variants cannot be used, and are computed again.
  private var problems: [String] = []
  private let results: ReportFolder
  private let folder: OpenFolder
  private let name: FileName
  private let key: String
  private let digest: ([UInt8]) -> String
  /// Pieces by the number of their first variant: in memory, or in the file of that number.
  private var pieces: [Int: Piece] = [:]

  private enum Piece {
    case memory(String)
    case file
  }

  private static let prefix = "\(StagedFolder.hiddenPrefix)sweep-"
  private static let form = "loadcast sweep piece 1"
  private static let suffix = ".piece"
  private static let draft: FileName = "unfinished.part"

  /// The journal of a sweep, which continues an earlier run of the same sweep.
  ///
  /// - Parameters:
  ///   - results: the folder of the results.
  ///   - key: a key of everything that the sweep's results depend on.
  ///   - digest: SHA-256 of bytes, in lower-case hexadecimal.
  /// - Throws: `FileError`, also if another process is running the same sweep in the same folder.
  package init(in results: ReportFolder, key: String, digest: @escaping ([UInt8]) -> String) throws {
    self.results = results
    self.key = key
    self.digest = digest
    name = FileName("\(Self.prefix)\(key.prefix(16))")
    folder = try Self.locked(name, in: results)
    for file in try folder.names() {
      guard let first = Self.number(of: file) else { continue }
      let numbers: [Int]
      do throws(FileError) {
        numbers = try content(of: first).numbers
      } catch {
        problems.append(error.description)
        continue
      }
      guard numbers.first == first, finished.isDisjoint(with: numbers) else { continue }
      finished.formUnion(numbers)
      stored.formUnion(numbers)
      pieces[first] = .file
    }
  }

  deinit { if stored.isEmpty { removeFolder() } }

  /// The journal's folder, created if there is none, and locked.
  private static func locked(_ name: FileName, in results: ReportFolder) throws -> OpenFolder {
    while true {
      let parent = try OpenFolder.locked(path: results.path, calls: results.calls, shared: true)
      let folder = try parent.madeFolder(name)
      guard try folder.lock() else {
        throw folder.isHeld("is running the same sweep; wait until it has ended, or choose another folder with --out")
      }
      // The process that had the lock may have removed the folder.
      if let now = try parent.status(of: name), try now.isSame(as: folder.status()) { return folder }
    }
  }

  /// The number of a piece's first variant; nil for other files.
  private static func number(of file: FileName) -> Int? {
    let text = file.text
    return text.hasSuffix(suffix) ? Int(text.dropLast(suffix.count)) : nil
  }

  private static func file(_ number: Int) -> FileName { FileName("\(number)\(suffix)") }

  /// The head of a piece: the form, the sweep's key, the digest of all that follows.
  private func head(_ body: [UInt8]) -> String { "\(Self.form)\n\(key)\n\(digest(body))\n" }

  /// The variants and the rows of a stored piece.
  ///
  /// - Throws: `FileError` if it is missing, of another sweep, or damaged.
  private func content(of number: Int) throws(FileError) -> (numbers: [Int], rows: String) {
    let file = Self.file(number)
    guard let bytes = try folder.read(file) else { throw FileError(folder.path(of: file), code: ENOENT) }
    let size = head([]).utf8.count
    let body = Array(bytes.dropFirst(size))
    guard bytes.prefix(size).elementsEqual(head(body).utf8), let end = body.firstIndex(of: UInt8(ascii: "\n")) else {
      throw FileError(
        folder.path(of: file), code: EINVAL, reason: "the stored variants have been altered; delete the file and repeat"
      ).ofReading
    }
    let numbers = String(decoding: body[..<end], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
    return (numbers, String(decoding: body[(end + 1)...], as: UTF8.self))
  }

  /// Stores the rows of some variants, in memory if they are the last.
  ///
  /// - Throws: `FileError`.
  package func add(_ rows: String, of numbers: [Int], isLast: Bool) throws {
    guard let first = numbers.first else { return }
    if isLast {
      finished.formUnion(numbers)
      pieces[first] = .memory(rows)
      return
    }
    let body = Array("\(numbers.map(String.init).joined(separator: " "))\n\(rows)".utf8)
    // The folder is locked, so that a file in the making is of a process that no longer exists.
    if try folder.status(of: Self.draft) != nil { try folder.removeFile(Self.draft) }
    try folder.write(Array(head(body).utf8) + body, to: Self.draft)
    try folder.move(Self.draft, to: folder, as: Self.file(first))
    try folder.synchronise()
    results.keep()
    finished.formUnion(numbers)
    stored.formUnion(numbers)
    pieces[first] = .file
  }

  /// Passes the rows of all variants to `body`, in order.
  ///
  /// - Throws: the errors of `body`; `FileError` if a piece no longer exists or has been altered.
  package func forEachPiece(_ body: (String) throws -> Void) throws {
    for first in pieces.keys.sorted() {
      switch pieces[first] {
      case .memory(let rows): try body(rows)
      case .file: try body(try content(of: first).rows)
      case nil: break
      }
    }
  }

  /// The paths of other sweeps' journals in the folder of the results that no process is writing.
  package var others: [String] {
    guard let parent = try? OpenFolder(path: results.path, calls: results.calls), let names = try? parent.names() else {
      return []
    }
    return names.filter { other in
      guard other != name, other.bytes.starts(with: Self.prefix.utf8),
        let folder = try? parent.folder(other), let isFree = try? folder.lock()
      else { return false }
      return isFree
    }.map(parent.path(of:))
  }

  /// A line for each piece that cannot be used.
  package var problemsText: String {
    problems.map { "note: \($0); its variants are computed again\n" }.joined()
  }

  /// A line for each of them, with the command that deletes it.
  package var othersText: String {
    others.map { path in
      "note: \(TerminalText.path(path)) has variants of another sweep that was interrupted; the command of that sweep "
        + "continues it, and `rm -r \(TerminalText.path(ReproducingCommand.quoted(path)))` deletes them\n"
    }.joined()
  }

  /// Deletes the journal after the results have been written.
  package func remove() {
    for (first, piece) in pieces {
      if case .file = piece { try? folder.removeFile(Self.file(first)) }
    }
    removeFolder()
    finished = []
    stored = []
    pieces = [:]
  }

  /// Removes the folder unless it has files, which are then not of this sweep.
  private func removeFolder() {
    try? folder.removeFile(Self.draft)
    // The results folder may have been exchanged since.
    try? OpenFolder(path: results.path, calls: results.calls).removeFolder(name)
  }
}
