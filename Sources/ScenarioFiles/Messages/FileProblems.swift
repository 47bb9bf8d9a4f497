import Diagnostics
import TextFormats

/// Files that cannot be read or written, and files that extend or include others.
enum FileCode: String, DiagnosticSection {
  static let section = "files"

  case unwritable
  case missing
  case unreadable
  case path
  case outside
  case encoding
  case chain
  case fragment
  case removal
}

extension Problem {
  /// A file, a folder or standard output that cannot be written; the description names it and the reason.
  package static func unwritable(_ description: String) -> Problem { Problem(FileCode.unwritable, description) }

  /// A file or folder of results that the system does not let be read; the description names it and the reason.
  package static func unread(_ description: String) -> Problem { Problem(FileCode.unreadable, description) }

  /// A path in backticks, on one line.
  private static func quoted(_ path: String) -> String { "`\(TerminalText.path(path))`" }

  // MARK: Paths

  /// A file that does not exist.
  static func missingFile(_ path: String, nearest: String?) -> Problem {
    Problem(
      FileCode.missing, "there is no file \(quoted(path))",
      expected: path == GivenScenario.word ? "a file: only a scenario that is run or checked may be `-`" : nil,
      suggestion: nearest
    )
    .concerning(path)
  }

  /// A folder for `--root` that does not exist.
  static func missingRoot(_ path: String) -> Problem {
    Problem(FileCode.missing, "there is no folder \(quoted(path))", expected: "an existing folder for --root")
      .concerning(path)
  }

  /// An empty path.
  static let missingPath = Problem(FileCode.path, "a path is missing")

  /// A path with a NUL character.
  static let pathWithNUL = Problem(FileCode.path, "this path contains a NUL character")

  /// A scenario that is not below the folder of `--root`.
  static func scenarioOutsideRoot(_ scenario: String, root: String) -> Problem {
    Problem(
      FileCode.outside, "\(quoted(scenario)) is outside the folder of --root", expected: "a file below \(quoted(root))"
    )
    .concerning(scenario)
  }

  /// A path that begins with `/`.
  static func absolutePath(_ path: String) -> Problem {
    Problem(FileCode.outside, "\(quoted(path)) is an absolute path", expected: insideFolder)
  }

  /// A path with too many `..`.
  static func pathOutside(_ path: String) -> Problem {
    Problem(FileCode.outside, "\(quoted(path)) is outside the scenario's folder", expected: insideFolder)
  }

  /// A symbolic link to a file outside the folder.
  static func linkOutside(_ path: String) -> Problem {
    Problem(
      FileCode.outside, "\(quoted(path)) is a symbolic link to a file outside the scenario's folder",
      expected: insideFolder
    )
    .concerning(path)
  }

  private static let insideFolder = "a path inside the scenario's folder; `--root` sets a larger folder"

  /// An address such as `https://example.org/a.csv` where a path is needed.
  static func addressAsPath(_ address: String) -> Problem {
    Problem(
      FileCode.path, "\(quoted(address)) is an address, and only files are read",
      expected: "the path of a copy: download the file, and put its address into a column `url` or a `source`")
  }

  // MARK: Contents

  /// A file in a format that is not text.
  static func binaryFile(_ path: String, _ format: BinaryFormat) -> Problem {
    Problem(FileCode.encoding, "\(quoted(path)) is \(format.name)", expected: format.remedy)
      .concerning(path)
  }

  /// A file that exists and cannot be read.
  static func unreadable(_ path: String, reason: String? = nil) -> Problem {
    Problem(FileCode.unreadable, "\(quoted(path)) cannot be read" + (reason.map { ": \($0)" } ?? ""))
      .concerning(path)
  }

  /// A folder of results, or a file of a style, that cannot be used.
  package static func unreadableResults(_ path: String, reason: String) -> Problem {
    unreadable(path, reason: reason)
  }

  /// A symbolic link that leads to itself.
  static func symbolicLinkCycle(_ path: String) -> Problem {
    unreadable(path, reason: "its symbolic links form a cycle")
  }

  /// A folder where a file is needed.
  static func folderAsFile(_ path: String) -> Problem {
    Problem(FileCode.unreadable, "\(quoted(path)) is a folder, not a file")
      .concerning(path)
  }

  /// A pipe, a socket or a device.
  static func notRegularFile(_ path: String) -> Problem {
    Problem(
      FileCode.unreadable, "\(quoted(path)) is not a regular file",
      expected: "a file, not a pipe or device; the scenario `-` is read from standard input"
    )
    .concerning(path)
  }

  /// A file that is too large; sizes are in MB, and the kind is `a table`.
  static func fileTooLarge(_ path: String, kind: String, size: Int, limit: Int) -> Problem {
    Problem(
      FileCode.unreadable, "\(quoted(path)) is too large for \(kind) (\(size) MB)", expected: "at most \(limit) MB"
    )
    .concerning(path)
  }

  /// A file in another encoding.
  static func notUTF8(found: String?) -> Problem {
    Problem(FileCode.encoding, "this file is not UTF-8 text", expected: "UTF-8", found: found)
  }

  // MARK: extends and include

  /// A file that extends or includes itself; the chain is `a.yaml → b.yaml → a.yaml`.
  static func fileCycle(_ key: String, chain: String) -> Problem {
    Problem(
      FileCode.chain, key == "extends" ? "a scenario cannot extend itself" : "a file cannot include itself",
      found: chain)
  }

  /// Too many files that name one another.
  static func chainTooLong(limit: Int) -> Problem {
    Problem(
      FileCode.chain, "this chain of files is too long",
      expected: "at most \(limit) files, each extended or included by the previous one")
  }

  /// A section that only scenarios have, in an included file.
  static func sectionOfFragment(_ name: String) -> Problem {
    Problem(
      FileCode.fragment, "an included file cannot have `\(name)`",
      expected: "`\(name)` in the scenario that includes it")
  }

  /// `none` for a name that the extended scenario does not have.
  static func nothingToRemove(_ name: String, nearest: String?) -> Problem {
    Problem(FileCode.removal, "the extended scenario has no `\(name)` to remove", suggestion: nearest)
  }

  /// `none` for a correlation that the extended scenario does not have.
  static let noCorrelationToRemove = Problem(
    FileCode.removal, "the extended scenario has no such correlation to remove")

  /// `none` in a scenario without `extends`.
  static let removalWithoutBase = Problem(
    FileCode.removal, "`none` removes an entry of an extended scenario, and this scenario does not extend another",
    expected: "`none` only in a file with `extends:`")
}
