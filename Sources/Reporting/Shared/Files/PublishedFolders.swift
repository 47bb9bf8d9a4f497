import Foundation
import TextFormats

/// The folders to which this process has published results, for messages about what was written.
package enum PublishedFolders {
  private static let state = State()

  /// The folders in the order of their publication, ready to be printed.
  package static var paths: [String] { state.lock.withLock { state.paths }.map(TerminalText.path) }

  /// The number of publications in a folder.
  package static func count(in path: String) -> Int { state.lock.withLock { state.paths.count { $0 == path } } }

  static func add(_ path: String) { state.lock.withLock { state.paths.append(path) } }

  private final class State: @unchecked Sendable {
    let lock = NSLock()
    var paths: [String] = []
  }
}
