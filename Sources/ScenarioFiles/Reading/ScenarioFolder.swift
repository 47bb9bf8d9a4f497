import Diagnostics
import Foundation
import Modeling
import TextFormats

/// The folder that must contain all files of a scenario; only this type opens files.
struct ScenarioFolder: Sendable {
  /// Maximum size of a scenario file, and of a table, in bytes.
  static let largestScenario = 8_000_000
  static let largestTable = 64_000_000

  /// A file's text.
  struct Contents {
    var text: String
    var file: SourceFile
    var sha256: String
    /// Whether the file begins with a byte order mark, which the text does not have.
    var hasByteOrderMark = false
  }

  /// The folder's real path.
  let path: String
  /// The prefix of its files' paths in messages: empty, or ending with `/`.
  let shown: String
  /// The prefix of its files' paths in results, which no absolute path of this machine belongs to.
  var published: String { shown.hasPrefix("/") ? "" : shown }
  /// Texts that replace files, by the paths shown in messages.
  var overlay: [String: String] = [:]
  /// A file of the folder whose bytes were not read from it.
  private var given: (name: String, bytes: [UInt8])?

  /// The folder of a scenario file, or one given by `--root`, and the scenario's path in it.
  static func containing(scenario: String, root: String?) throws(Diagnostics) -> (ScenarioFolder, name: String) {
    guard !scenario.isEmpty else { throw Diagnostics(.missingPath, at: nil) }
    if scenario.contains("://") { throw Diagnostics(.addressAsPath(scenario), at: nil) }
    guard let real = realPath(scenario) else {
      throw Diagnostics(
        exists(scenario) ? .notRegularFile(scenario) : .missingFile(scenario, nearest: neighbour(of: scenario)), at: nil
      )
    }
    var status = stat()
    guard ByteText.withPath(real, { stat($0, &status) }) != 0 || status.st_mode & S_IFMT != S_IFDIR else {
      throw Diagnostics(.folderAsFile(scenario), at: nil)
    }
    let folder: String
    if let root {
      guard let realRoot = realPath(root) else {
        throw Diagnostics(.missingRoot(root), at: nil)
      }
      guard let name = relative(real, to: realRoot), !name.isEmpty else {
        throw Diagnostics(.scenarioOutsideRoot(scenario, root: root), at: nil)
      }
      return (ScenarioFolder(path: realRoot, shown: shownPath(of: realRoot, typed: root)), name)
    }
    folder = parent(of: real)
    let typed = parent(of: scenario)
    return (
      ScenarioFolder(path: folder, shown: shownPath(of: folder, typed: typed)),
      name: String(real.dropFirst(folder == "/" ? 1 : folder.count + 1))
    )
  }

  /// The folder in which a given scenario would be, or one given by `--root`, and the scenario's path in it.
  static func containing(_ given: GivenScenario, root: String?) throws(Diagnostics) -> (ScenarioFolder, name: String) {
    let name = last(of: given.path)
    guard !["", ".", ".."].contains(name) else { throw Diagnostics(.folderAsFile(given.path), at: nil) }
    let parent = parent(of: given.path)
    guard let home = realPath(parent) else {
      throw Diagnostics(.missingFile(parent, nearest: neighbour(of: parent)), at: nil)
    }
    var (folder, path) = (ScenarioFolder(path: home, shown: shownPath(of: home, typed: parent)), name)
    if let root {
      guard let realRoot = realPath(root) else { throw Diagnostics(.missingRoot(root), at: nil) }
      guard let below = relative(home, to: realRoot) else {
        throw Diagnostics(.scenarioOutsideRoot(given.path, root: root), at: nil)
      }
      folder = ScenarioFolder(path: realRoot, shown: shownPath(of: realRoot, typed: root))
      path = below.isEmpty ? name : below + "/" + name
    }
    folder.given = (path, given.bytes)
    return (folder, path)
  }

  /// The path relative to the folder of a path written in a file in `home`, which is relative to the folder too.
  func path(_ written: String, from home: String, at place: SourcePlace?) throws(Diagnostics) -> String {
    guard !written.isEmpty else { throw Diagnostics(.missingPath, at: place) }
    guard !written.contains("\0") else { throw Diagnostics(.pathWithNUL, at: place) }
    if written.contains("://") { throw Diagnostics(.addressAsPath(written), at: place) }
    guard !written.hasPrefix("/") else { throw Diagnostics(.absolutePath(written), at: place) }
    var parts: [Substring] = home.isEmpty ? [] : home.split(separator: "/")
    for part in written.split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { throw Diagnostics(.pathOutside(written), at: place) }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  /// The text of a file below the folder.
  func contents(of name: String, limit: Int, at place: SourcePlace?) throws(Diagnostics) -> Contents {
    let shownName = shown + name
    let bytes = if let given, given.name == name { given.bytes } else { try bytes(of: name, limit: limit, at: place) }
    if let text = overlay[shownName] {
      return Contents(text: text, file: file(name, text), sha256: "")
    }
    if let kind = BinaryFormat.of(bytes) { throw Diagnostics(.binaryFile(shownName, kind), at: place) }
    let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text = String(decoding: isMarked ? bytes[3...] : bytes[...], as: UTF8.self)
    let file = file(name, text)
    guard text.utf8.elementsEqual(isMarked ? bytes[3...] : bytes[...]) else { throw Self.notText(bytes, file) }
    // UTF-16 of Latin letters without a byte order mark is valid UTF-8 in which every other byte is 0.
    if bytes.count > 3, bytes[0] == 0 || bytes[1] == 0 {
      throw Diagnostics(
        .notUTF8(found: "UTF-16, with zeros between its letters"), at: SourcePlace(file: file, line: 1, column: 1))
    }
    return Contents(
      text: text, file: file, sha256: Sha256.hexadecimal(of: bytes), hasByteOrderMark: isMarked)
  }

  private func file(_ name: String, _ text: String) -> SourceFile {
    SourceFile(path: shown + name, text: text, publishedPath: published + name)
  }

  /// The bytes of a file below the folder.
  private func bytes(of name: String, limit: Int, at place: SourcePlace?) throws(Diagnostics) -> [UInt8] {
    let shownName = shown + name
    guard let real = Self.realPath(path + "/" + name) else {
      switch errno {
      case EACCES: throw Diagnostics(.unreadable(shownName, reason: "permission denied"), at: place)
      case ELOOP: throw Diagnostics(.symbolicLinkCycle(shownName), at: place)
      case _ where Self.exists(path + "/" + name): throw Diagnostics(.notRegularFile(shownName), at: place)
      default:
        let near = Self.neighbour(of: path + "/" + name)
        let folder = Self.parent(of: name)
        let nearest = near.map { folder == "." ? Self.last(of: $0) : folder + "/" + Self.last(of: $0) }
        throw Diagnostics(.missingFile(shownName, nearest: nearest), at: place)
      }
    }
    guard let inside = Self.relative(real, to: path) else {
      throw Diagnostics(.linkOutside(shownName), at: place)
    }
    guard !inside.isEmpty else { throw Diagnostics(.folderAsFile(name.isEmpty ? "." : shownName), at: place) }
    // Without O_NONBLOCK, opening a pipe would block until a writer opens it.
    let descriptor = ByteText.withPath(real) { open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
    guard descriptor >= 0 else {
      let reason = errno == EACCES ? "permission denied" : String(cString: strerror(errno))
      throw Diagnostics(.unreadable(shownName, reason: reason), at: place)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Diagnostics(.unreadable(shownName), at: place) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Diagnostics(.folderAsFile(shownName), at: place)
    default: throw Diagnostics(.notRegularFile(shownName), at: place)
    }
    func tooLarge(_ size: Int) -> Diagnostics {
      Diagnostics(
        .fileTooLarge(
          shownName, kind: limit == Self.largestTable ? "a table" : "a scenario", size: size / 1_000_000,
          limit: limit / 1_000_000),
        at: place)
    }
    guard status.st_size <= off_t(limit) else { throw tooLarge(Int(status.st_size)) }
    guard let bytes = Self.bytes(of: descriptor, expected: Int(status.st_size), limit: limit) else {
      throw Diagnostics(.unreadable(shownName), at: place)
    }
    // A file may grow while it is read.
    guard bytes.count <= limit else { throw tooLarge(bytes.count) }
    return bytes
  }

  /// The bytes of an open file to its end, or the first of them if there are more than a limit; nil if reading fails.
  static func bytes(of descriptor: Int32, expected: Int, limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(expected + 1)
    let size = 1 << 16
    var buffer = [UInt8](repeating: 0, count: size)
    while bytes.count <= limit {
      let count = read(descriptor, &buffer, size)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  /// The error of a file that is not UTF-8, at the first invalid place.
  private static func notText(_ bytes: [UInt8], _ file: SourceFile) -> Diagnostics {
    let isWide =
      bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || (bytes.count > 3 && (bytes[0] == 0 || bytes[1] == 0))
    // Find the first replacement character that decoding added.
    var line = 0
    var column = 0
    var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    search: for (number, text) in file.lines.enumerated() {
      line = number
      column = 0
      for character in text {
        for byte in String(character).utf8 {
          guard offset < bytes.count, bytes[offset] == byte else { break search }
          offset += 1
        }
        column += 1
      }
      offset += offset + 1 < bytes.count && bytes[offset] == 13 && bytes[offset + 1] == 10 ? 2 : 1
    }
    let found =
      isWide
      ? "UTF-16, according to its first bytes"
      : offset < bytes.count && bytes[offset] >= 0x80
        ? "the byte 0x\(String(bytes[offset], radix: 16, uppercase: true)), as in Latin-1 or Windows-1252" : nil
    return Diagnostics(.notUTF8(found: found), at: SourcePlace(file: file, line: line + 1, column: column + 1))
  }

  // MARK: Paths

  private static func realPath(_ path: String) -> String? {
    guard !path.contains("\0"), let resolved = ByteText.withPath(path, { realpath($0, nil) }) else { return nil }
    defer { free(resolved) }
    return ByteText.text(of: UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
  }

  /// Whether a path leads to something. A pipe (`/dev/stdin`) exists without a real path.
  private static func exists(_ path: String) -> Bool {
    !path.contains("\0") && ByteText.withPath(path) { access($0, F_OK) } == 0
  }

  /// A real path relative to a real folder, or nil if it is outside.
  private static func relative(_ path: String, to folder: String) -> String? {
    if path == folder { return "" }
    let prefix = folder == "/" ? "/" : folder + "/"
    return path.utf8.starts(with: prefix.utf8)
      ? String(decoding: path.utf8.dropFirst(prefix.utf8.count), as: UTF8.self) : nil
  }

  /// The folder of a path as written; `.` for a bare name.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func last(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The displayed path of a folder: relative to the current folder if it is below it, otherwise as typed.
  private static func shownPath(of real: String, typed: String) -> String {
    if let current = realPath("."), let below = relative(real, to: current) { return below.isEmpty ? "" : below + "/" }
    return typed.hasSuffix("/") ? typed : typed + "/"
  }

  /// The existing path most similar to a misspelt one.
  private static func neighbour(of path: String) -> String? {
    let folder = parent(of: path)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder), names.count <= 10_000,
      let name = NearestName.of(last(of: path), among: names.sorted())
    else { return nil }
    return path.contains("/") ? folder + "/" + name : name
  }
}
