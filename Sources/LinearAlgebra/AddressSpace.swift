import Foundation

/// The address space that the process may use.
package struct AddressSpace {
  /// The limit in bytes (`ulimit -v`); nil if there is none.
  package let limit: Int?

  /// Asks the system.
  package init() {
    var limit = rlimit()
    #if canImport(Glibc)
    let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
    #else
    let isKnown = getrlimit(RLIMIT_AS, &limit) == 0
    #endif
    // No limit is the greatest number, of 64 bits on Linux and of 63 bits on macOS.
    self.limit = isKnown ? Int(exactly: limit.rlim_cur).flatMap { $0 < .max ? $0 : nil } : nil
  }

  /// Whether a number of bytes can be mapped now, which is tried.
  func hasRoom(for bytes: Int) -> Bool {
    guard let map = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0), map != MAP_FAILED else {
      // A crash report takes an error number that is left here for the cause of a crash.
      errno = 0
      return false
    }
    munmap(map, bytes)
    return true
  }
}
