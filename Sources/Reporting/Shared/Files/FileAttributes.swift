#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Extended attributes of an open file or folder, by name: access control lists (`system.posix_acl_access`, and
/// `system.posix_acl_default` for what is created in a folder), security labels, and attributes of users.
struct FileAttributes: Equatable {
  private var values: [String: [UInt8]] = [:]

  /// No attributes.
  init() {}

  /// The bytes of an attribute; nil if there is none of that name.
  subscript(name: String) -> [UInt8]? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// The attributes of a descriptor; none where the file system has no attributes.
  init(of descriptor: Int32) {
    guard let list = SystemCall.list, let get = SystemCall.get,
      let names = Self.bytes({ list(descriptor, $0, $1) })
    else { return }
    for name in names.split(separator: 0).map({ String(decoding: $0, as: UTF8.self) }) {
      values[name] = Self.bytes { get(descriptor, name, $0, $1) } ?? []
    }
  }

  /// Whether there are attributes that the system does not manage itself (`security.selinux` and its like).
  var isSetByUsers: Bool { values.keys.contains { !Self.isManaged($0) } }

  /// Gives another file these attributes, except those that the system manages, and removes the access control list that it
  /// has inherited. Attributes that the process may not set are left out.
  func apply(to descriptor: Int32) {
    guard let set = SystemCall.set, let remove = SystemCall.remove else { return }
    let own = FileAttributes(of: descriptor)
    for name in own.values.keys where name.hasPrefix("system.posix_acl_") && values[name] == nil {
      _ = remove(descriptor, name)
    }
    for (name, value) in values where !Self.isManaged(name) && own.values[name] != value {
      _ = set(descriptor, name, value, value.count, 0)
    }
  }

  private static func isManaged(_ name: String) -> Bool { name.hasPrefix("security.") }

  /// The bytes that a call returns: it is asked for their number first, which may change between the calls.
  private static func bytes(_ call: (UnsafeMutablePointer<CChar>?, Int) -> Int) -> [UInt8]? {
    for _ in 0..<10 {
      let count = call(nil, 0)
      guard count >= 0 else { return nil }
      var buffer = [CChar](repeating: 0, count: count + 1)
      let read = buffer.withUnsafeMutableBufferPointer { call($0.baseAddress, $0.count) }
      if read >= 0 { return buffer.prefix(read).map { UInt8(bitPattern: $0) } }
      guard errno == ERANGE else { return nil }
    }
    return nil
  }

  /// The calls of Linux, which the headers hide from Swift; nil on other systems, whose calls differ.
  private enum SystemCall {
    typealias List = @convention(c) (Int32, UnsafeMutablePointer<CChar>?, Int) -> Int
    typealias Get = @convention(c) (Int32, UnsafePointer<CChar>, UnsafeMutablePointer<CChar>?, Int) -> Int
    typealias Set = @convention(c) (Int32, UnsafePointer<CChar>, UnsafePointer<UInt8>, Int, Int32) -> Int32
    typealias Remove = @convention(c) (Int32, UnsafePointer<CChar>) -> Int32

    static var list: List? { symbol("flistxattr").map { unsafeBitCast($0, to: List.self) } }
    static var get: Get? { symbol("fgetxattr").map { unsafeBitCast($0, to: Get.self) } }
    static var set: Set? { symbol("fsetxattr").map { unsafeBitCast($0, to: Set.self) } }
    static var remove: Remove? { symbol("fremovexattr").map { unsafeBitCast($0, to: Remove.self) } }

    private static func symbol(_ name: String) -> UnsafeMutableRawPointer? {
      #if os(Linux)
      return dlsym(nil, name)
      #else
      return nil
      #endif
    }
  }
}

extension OpenFolder {
  /// Whether an entry could not be moved to another folder, or removed, after the folders have been exchanged: a mount
  /// point, an immutable or append-only entry (`chattr +i`, `+a`), a folder that the process may not write to, whose `..`
  /// would change, or an entry of someone else in a folder with the sticky bit.
  ///
  /// - Parameter found: the status of the entry.
  func isFixed(_ name: FileName, _ found: stat) throws(FileError) -> Bool {
    let own = try status()
    if found.st_dev != own.st_dev { return true }
    if found.isFolder, name.withPointer({ faccessat(descriptor, $0, W_OK | X_OK, AT_EACCESS) }) != 0 { return true }
    let user = geteuid()
    if own.st_mode & S_ISVTX != 0, user != 0, user != own.st_uid, user != found.st_uid { return true }
    return isMarkedAsFixed(name)
  }

  /// Linux's attributes of an entry, by `statx` of Linux 4.11; false where the system does not know them.
  private func isMarkedAsFixed(_ name: FileName) -> Bool {
    #if os(Linux)
    // The headers hide the function from Swift, and older C libraries do not have it.
    typealias Status = @convention(c) (Int32, UnsafePointer<CChar>, Int32, UInt32, UnsafeMutableRawPointer) -> Int32
    guard let symbol = dlsym(nil, "statx") else { return false }
    let statx = unsafeBitCast(symbol, to: Status.self)
    // struct statx of <linux/stat.h> has 256 bytes, and the attributes at byte 8. AT_SYMLINK_NOFOLLOW is 0x100.
    var result = [UInt64](repeating: 0, count: 32)
    let code = result.withUnsafeMutableBytes { buffer in
      name.withPointer { name in buffer.baseAddress.map { statx(descriptor, name, 0x100, 0, $0) } ?? -1 }
    }
    // STATX_ATTR_IMMUTABLE, STATX_ATTR_APPEND, STATX_ATTR_MOUNT_ROOT
    return code == 0 && result[1] & (0x10 | 0x20 | 0x2000) != 0
    #else
    return false
    #endif
  }
}
