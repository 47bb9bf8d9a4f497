import Diagnostics
import Foundation

/// A scenario whose text is not in a file: that of standard input.
package struct GivenScenario: Sendable {
  /// The word on the command line that stands for it.
  package static let word = "-"

  let bytes: [UInt8]
  /// Where its file would be. Paths in the scenario are relative to the folder of this path, and messages name it.
  let path: String

  /// Creates a scenario from its bytes and the path where its file would be.
  package init(bytes: [UInt8], as path: String) {
    (self.bytes, self.path) = (bytes, path)
  }

  /// All bytes of an open file, such as standard input; it need not be a regular file.
  ///
  /// - Throws: a diagnostic if it cannot be read or has more bytes than a scenario may have (8 MB).
  package static func bytes(readFrom descriptor: Int32) throws(Diagnostics) -> [UInt8] {
    let limit = ScenarioFolder.largestScenario
    guard let bytes = ScenarioFolder.bytes(of: descriptor, expected: 0, limit: limit) else {
      throw Diagnostics(.unreadable(word, reason: String(cString: strerror(errno))), at: nil)
    }
    guard bytes.count <= limit else {
      throw Diagnostics(
        .fileTooLarge(word, kind: "a scenario", size: bytes.count / 1_000_000, limit: limit / 1_000_000), at: nil)
    }
    return bytes
  }
}
