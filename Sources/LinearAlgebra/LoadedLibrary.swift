import Foundation

/// The library of dense matrix products, for the records of results.
package enum LoadedLibrary {
  private static let state = State()

  /// Its name and version, `OpenBLAS 0.3.21`; nil if this process has not needed it.
  package static var name: String? { state.lock.withLock { state.name } }

  /// Notes the library that has been loaded.
  static func note(_ library: UnsafeMutableRawPointer) {
    typealias Configuration = @convention(c) () -> UnsafePointer<CChar>?
    // `OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY Haswell MAX_THREADS=64`
    let text = dlsym(library, "openblas_get_config").flatMap { symbol in
      unsafeBitCast(symbol, to: Configuration.self)().map { String(cString: $0) }
    }
    let words = (text ?? "").split(separator: " ").prefix(2)
    state.lock.withLock { state.name = words.count == 2 ? words.joined(separator: " ") : "OpenBLAS" }
  }

  private final class State: @unchecked Sendable {
    let lock = NSLock()
    var name: String?
  }
}
