#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Whole files of a folder: read, written, copied, removed.
extension OpenFolder {
  /// Creates a file, and returns its descriptor.
  ///
  /// - Throws: `FileError`, with code `EEXIST` if there is an entry of that name.
  func create(_ name: FileName, shownAs path: String? = nil) throws(FileError) -> Int32 {
    Int32(
      try calls.perform(.create, path ?? self.path(of: name)) {
        Int(name.withPointer { openat(descriptor, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666) })
      })
  }

  /// Writes a new file and makes its bytes durable.
  func write(_ bytes: [UInt8], to name: FileName) throws(FileError) {
    let descriptor = try create(name)
    defer { close(descriptor) }
    let path = path(of: name)
    try calls.write(bytes, to: descriptor, path)
    try calls.synchronise(descriptor, path)
  }

  /// The bytes of a regular file; nil if there is no such file.
  ///
  /// - Throws: `FileError`, with code `EFBIG` if it has more bytes than `limit`.
  func read(_ name: FileName, limit: Int = .max) throws(FileError) -> [UInt8]? {
    do throws(FileError) { return try contents(of: name, limit: limit) } catch { throw error.ofReading }
  }

  /// The same, or the reason that the file cannot be read, which says whether it is one (`FileError.isAboutKind`).
  func reading(_ name: FileName, limit: Int) -> Result<[UInt8]?, FileError> {
    do throws(FileError) { return .success(try read(name, limit: limit)) } catch { return .failure(error) }
  }

  private func contents(of name: FileName, limit: Int) throws(FileError) -> [UInt8]? {
    let path = path(of: name)
    let file: Int32
    do throws(FileError) {
      file = Int32(
        try calls.perform(.open, path) {
          Int(name.withPointer { openat(descriptor, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) })
        })
    } catch let error where error.code == ENOENT {
      return nil
    }
    defer { close(file) }
    var found = stat()
    try calls.perform(.status, path) { Int(fstat(file, &found)) }
    guard found.isRegularFile else { throw FileError(path, code: EINVAL, reason: "not a regular file") }
    guard Int(found.st_size) <= limit else { throw FileError(path, code: EFBIG) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(found.st_size))
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try calls.perform(.read, path) {
        chunk.withUnsafeMutableBytes { buffer in systemRead(file, buffer.baseAddress, buffer.count) }
      }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw FileError(path, code: EFBIG) }
    }
  }

  /// Moves a file to a folder that may be on another file system: by renaming it or, where this is impossible, by
  /// copying its bytes and permissions.
  func transfer(_ name: FileName, to folder: OpenFolder, as other: FileName) throws(FileError) {
    do throws(FileError) {
      try move(name, to: folder, as: other)
    } catch let error where error.code == EXDEV {
      try copy(name, to: folder, as: other)
      try removeFile(name)
    }
  }

  /// Keeps a file under a second name: as a link or, where there are none, as a copy.
  func keep(_ name: FileName, in folder: OpenFolder, as other: FileName) throws(FileError) {
    do throws(FileError) {
      try link(name, to: folder, as: other)
    } catch  where [EXDEV, EPERM, EMLINK, ENOSYS, EOPNOTSUPP].contains(error.code) {
      try copy(name, to: folder, as: other)
    }
  }

  private func copy(_ name: FileName, to folder: OpenFolder, as other: FileName) throws(FileError) {
    guard let bytes = try read(name), let found = try status(of: name) else {
      throw FileError(path(of: name), code: ENOENT)
    }
    let file = try folder.create(other)
    defer { close(file) }
    let path = folder.path(of: other)
    adopt(name, found, for: file)
    try calls.write(bytes, to: file, path)
    try calls.synchronise(file, path)
  }

  /// Removes a sub-folder that this program has made, with everything in it except, until the end, its record, which says
  /// that it may be removed.
  func removeStaged(_ name: FileName) throws(FileError) {
    guard let folder = try folder(name) else { return }
    var hasRecord = false
    for entry in try folder.names() {
      if entry == PublicationRecord.fileName {
        hasRecord = true
      } else if try folder.status(of: entry)?.isFolder == true {
        try folder.removeStaged(entry)
      } else {
        try folder.removeFile(entry)
      }
    }
    if hasRecord { try folder.removeFile(PublicationRecord.fileName) }
    try removeFolder(name)
  }
}

extension OpenFolder {
  /// Gives a new file the permissions and attributes of an entry that it replaces or copies and, if the process may, its
  /// owner and group.
  func adopt(_ name: FileName, _ existing: stat, for descriptor: Int32) {
    // Only root gives files away; a group is kept if the user belongs to it.
    if fchown(descriptor, existing.st_uid, existing.st_gid) != 0 { _ = fchown(descriptor, .max, existing.st_gid) }
    _ = fchmod(descriptor, existing.st_mode & 0o777)
    let source = name.withPointer { openat(self.descriptor, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
    guard source >= 0 else { return }
    defer { close(source) }
    FileAttributes(of: source).apply(to: descriptor)
  }
}

extension FileCalls {
  /// Writes all bytes.
  func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(FileError) {
    var done = 0
    while done < bytes.count {
      done += try perform(.write, path) {
        bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done) }
      }
    }
  }

  /// Makes a file's bytes durable. A file system that does not support this (`EINVAL`) is left as it is.
  func synchronise(_ descriptor: Int32, _ path: String) throws(FileError) {
    do throws(FileError) {
      try perform(.synchronise, path) { Int(fsync(descriptor)) }
    } catch let error where error.code == EINVAL {}
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
