#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Advisory locks of folders, by `flock`: the system releases them when a process ends, however it ends.
///
/// The lock belongs to the folder itself, so that no lock file is left behind. A file system without such locks (some
/// network file systems) goes without.
extension OpenFolder {
  /// Tries to lock the folder.
  ///
  /// - Returns: false if another process, or another object of this process, has a conflicting lock.
  func lock(shared: Bool = false) throws(FileError) -> Bool {
    do throws(FileError) {
      try calls.perform(.lock, path) { Int(flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB)) }
    } catch let error where error.code == EWOULDBLOCK {
      return false
    } catch  where [ENOLCK, ENOSYS, EOPNOTSUPP, EBADF, EINVAL].contains(error.code) {
      return true
    }
    return true
  }

  /// Opens and locks the folder at a path, and waits for others.
  ///
  /// A folder is replaced while it is locked, so that a lock counts only if the path still leads to the locked folder.
  ///
  /// - Parameters:
  ///   - shared: true for reading, which excludes only writers.
  ///   - seconds: the time after which waiting ends.
  ///   - isCancelled: true ends the waiting with `CancellationError`.
  /// - Throws: `FileError`, with the holder's process number if it is known.
  static func locked(
    path: String, calls: FileCalls, shared: Bool = false, seconds: Double = 60, isCancelled: () -> Bool = { false }
  ) throws -> OpenFolder {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      let folder = try OpenFolder(path: path, calls: calls)
      if try folder.lock(shared: shared) {
        let now = try OpenFolder(path: path, calls: calls)
        if try now.status().isSame(as: folder.status()) { return folder }
        continue
      }
      if isCancelled() { throw CancellationError() }
      if ContinuousClock.now > deadline { throw folder.isHeld("is writing there") }
      usleep(10_000)
    }
  }

  /// The error that another process holds the lock.
  func isHeld(_ action: String) -> FileError {
    let holder = lockHolder.map { "process \($0)" } ?? "another process"
    return FileError(path, code: EWOULDBLOCK, reason: "\(holder) \(action)")
  }

  /// The number of the process that holds the folder's lock, from Linux's list of all locks; nil if it is not known.
  private var lockHolder: Int? {
    guard let found = try? status(), let list = try? OpenFolder(path: "/proc", calls: .system),
      let bytes = try? list.read("locks")
    else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      // 1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF
      let words = line.split(separator: " ")
      guard words.count >= 6, words[1] == "FLOCK", let inode = words[5].split(separator: ":").last else { continue }
      if UInt64(inode) == UInt64(found.st_ino), let process = Int(words[4]), process > 0 { return process }
    }
    return nil
  }
}
