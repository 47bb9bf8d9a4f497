import TextFormats

/// A file of a result, as it was written.
package struct WrittenFile: Sendable, Equatable {
  /// The name in the results folder, or a sub-folder, a slash and the name.
  package var path: String
  /// Its size.
  package var bytes: Int
  /// SHA-256 of its bytes, in lower-case hexadecimal.
  package var sha256: String

  /// A file of a result.
  package init(path: String, bytes: Int, sha256: String) {
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
  }

  /// A file with some content.
  init(path: String, content: [UInt8]) {
    self.init(path: path, bytes: content.count, sha256: Sha256.hexadecimal(of: content))
  }

  /// The entry of a record: `{"path": "summary.csv", "bytes": 512, "sha256": "…"}`.
  var json: JSON {
    .object([("path", .string(path)), ("bytes", .integer(bytes)), ("sha256", .string(sha256))])
  }
}

/// What the files that describe a result say of the others: their digests, and the command that has written them.
package struct WrittenResult: Sendable {
  /// The files written so far.
  package var files: [WrittenFile]
  /// The command; nil in results that are the same whoever makes them where and when.
  package var invocation: Invocation?

  /// A result with its files.
  package init(files: [WrittenFile], invocation: Invocation? = nil) {
    self.files = files
    self.invocation = invocation
  }
}

/// The command line that a process was started with, as results state it.
package struct Invocation: Sendable {
  /// The command and its arguments, without those that have no influence on results, and with no path of this machine.
  package var arguments: [String]
  /// The start of the process, in seconds since 1970.
  package var started: Int

  /// A command line.
  package init(arguments: [String], started: Int) {
    self.arguments = arguments
    self.started = started
  }
}
