import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file of a report: its name and a closure that writes it in chunks.
package struct ReportFile {
  /// The name in the report's folder, or a sub-folder, a slash and the name.
  package var name: String
  /// Writes the whole file; of a file that describes the others of its result, as if there were none.
  package var write: (any TextSink) throws -> Void
  /// The text of a file that describes the others of its result, which are therefore written before it; nil for any other.
  let description: ((WrittenResult) -> String)?

  /// A file of a report.
  package init(name: String, write: @escaping (any TextSink) throws -> Void) {
    self.name = name
    self.write = write
    description = nil
  }

  /// A short file whose text is created at once.
  package init(name: String, text: @escaping () -> String) {
    self.init(name: name) { try $0.write(text()) }
  }

  /// A file that describes the others of its result.
  ///
  /// - Parameters:
  ///   - name: the name of the file.
  ///   - describing: the text for the files that have been written before it.
  package init(name: String, describing: @escaping (WrittenResult) -> String) {
    self.name = name
    write = { try $0.write(describing(WrittenResult(files: []))) }
    description = describing
  }
}

extension ReportFile {
  /// The file in a sub-folder of the report's folder.
  package func inFolder(_ folder: String) -> ReportFile {
    var file = self
    file.name = "\(folder)/\(name)"
    return file
  }
}

/// A destination to which a file is written in chunks: a file on the disk, or memory.
package protocol TextSink: AnyObject {
  /// Appends text.
  func write(_ text: String) throws

  /// Appends the bytes of a binary file.
  func write(bytes: [UInt8]) throws
}

/// Written data, collected in memory.
package final class TextBuffer: TextSink {
  /// The bytes written so far.
  package private(set) var bytes: [UInt8] = []

  /// An empty buffer.
  package init() {}

  /// The data written so far, as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Appends text.
  package func write(_ text: String) { bytes += Array(text.utf8) }

  /// Appends bytes.
  package func write(bytes: [UInt8]) { self.bytes += bytes }
}

/// A file or folder that could not be written or read, with the system's reason.
package struct FileError: Error, Sendable, CustomStringConvertible {
  /// The path, ready to be printed.
  package var path: String
  /// The system's error number.
  package var code: Int32

  /// Whether it was to be read, not written.
  package private(set) var isOfReading = false

  /// The reason, if it is more than the system's description of the error.
  private var reason: String?

  /// The system's last error, about a path.
  init(_ path: String, code: Int32 = errno, reason: String? = nil) {
    self.path = TerminalText.path(path)
    self.code = code
    self.reason = reason
  }

  /// True if a file of that name already exists.
  package var isTaken: Bool { code == EEXIST }

  /// True if the error says what the entry is, or how large, rather than that the system fails: it has more bytes than it
  /// may have (`EFBIG`), or is not a regular file (`EINVAL`) or a symbolic link (`ELOOP`). A file of this program that is so
  /// has been altered; any other error says nothing about what the file has.
  var isAboutKind: Bool { [EFBIG, EINVAL, ELOOP].contains(code) }

  /// The same error, of an entry that was to be read.
  var ofReading: FileError {
    var error = self
    error.isOfReading = true
    return error
  }

  /// `cannot write results/summary.csv: No space left on device`
  package var description: String { "cannot \(isOfReading ? "read" : "write") \(path): \(reasonText)" }

  /// The reason: `No space left on device`.
  var reasonText: String { reason ?? String(cString: strerror(code)) }
}
