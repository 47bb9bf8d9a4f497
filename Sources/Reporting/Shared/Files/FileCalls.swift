#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The system calls by which results reach the disk.
///
/// Every call goes through `perform`, so that tests can make any one of them fail, with any error number, or end the
/// work there as a kill would: from then on every call fails without effect.
package final class FileCalls: Sendable {
  /// The kinds of calls.
  package enum Call: Sendable, CaseIterable {
    case open, create, makeFolder, write, read, synchronise, link, rename, exchange, remove, list, status, lock, owner
  }

  /// The calls of the operating system.
  package static let system = FileCalls { _ in nil }

  private let fault: @Sendable (Call) -> Int32?

  /// Calls of which some fail.
  ///
  /// - Parameter fault: called before each system call; returns the error number with which the call fails without having
  ///   had an effect, or nil.
  package init(fault: @escaping @Sendable (Call) -> Int32?) { self.fault = fault }

  /// Makes a system call, again while it is interrupted by a signal.
  ///
  /// - Parameters:
  ///   - call: the kind of call.
  ///   - path: the path in the error.
  ///   - body: the call; a negative result is a failure described by `errno`.
  /// - Throws: `FileError` with the call's error number.
  @discardableResult
  func perform(_ call: Call, _ path: String, _ body: () -> Int) throws(FileError) -> Int {
    while true {
      if let code = fault(call) {
        if code == EINTR { continue }
        throw FileError(path, code: code)
      }
      let result = body()
      if result >= 0 { return result }
      let code = errno
      if code != EINTR { throw FileError(path, code: code) }
    }
  }

  /// Exchanges two entries of a folder in one step: `renameat2` with `RENAME_EXCHANGE`, of Linux 3.15.
  ///
  /// - Returns: zero, or -1 with `errno`; `ENOSYS` where the system has no such call.
  static func exchange(_ folder: Int32, _ first: UnsafePointer<CChar>, _ second: UnsafePointer<CChar>) -> Int32 {
    #if os(Linux)
    // The headers hide the function from Swift, and older C libraries do not have it.
    typealias Rename = @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    guard let symbol = dlsym(nil, "renameat2") else {
      errno = ENOSYS
      return -1
    }
    // Linux, <linux/fs.h>: RENAME_EXCHANGE.
    return unsafeBitCast(symbol, to: Rename.self)(folder, first, folder, second, 1 << 1)
    #else
    errno = ENOSYS
    return -1
    #endif
  }
}
