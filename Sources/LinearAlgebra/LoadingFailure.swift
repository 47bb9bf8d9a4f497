import Foundation

/// The message and exit code for a library that cannot be loaded.
enum LoadingFailure {
  static let installation = "install it (Debian, Ubuntu: apt-get install libopenblas0)"

  /// The message for the loader's reasons, one for each name of the library that was tried.
  ///
  /// A library that exists and cannot be loaded is not missing: a limit on memory is the usual cause.
  ///
  /// - Returns: the message, and `EX_UNAVAILABLE` or, for want of memory, `EX_OSERR`.
  static func of(_ reasons: [String], name: String) -> (message: String, code: Int32) {
    guard let reason = reasons.first(where: { !isMissing($0) }) else {
      return ("loadcast needs OpenBLAS, and there is no \(name): \(installation)", EX_UNAVAILABLE)
    }
    if isShortOfMemory(reason) { return ofMemory(reason) }
    return ("loadcast needs OpenBLAS, and it cannot be loaded (\(reason)): \(installation)", EX_UNAVAILABLE)
  }

  /// The message for a library that the system refuses memory, and `EX_OSERR`.
  static func ofMemory(_ reason: String) -> (message: String, code: Int32) {
    let advice = "raise the limit of `ulimit -v` or of the container"
    return ("the system has refused the memory to load OpenBLAS (\(reason)): \(advice)", EX_OSERR)
  }

  private static func isMissing(_ reason: String) -> Bool { reason.lowercased().contains("no such file") }

  /// The reasons of the loaders of glibc, musl and macOS.
  private static func isShortOfMemory(_ reason: String) -> Bool {
    ["cannot allocate memory", "failed to map segment", "out of memory", "cannot create shared object descriptor"]
      .contains { reason.lowercased().contains($0) }
  }
}
