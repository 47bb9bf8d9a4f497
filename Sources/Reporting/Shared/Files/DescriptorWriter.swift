import TextFormats

/// Text written to an open file in chunks.
final class DescriptorWriter: TextSink {
  private let descriptor: Int32
  private let path: String
  private let calls: FileCalls
  private let isCancelled: () -> Bool
  private var buffer: [UInt8] = []
  /// The digest and the number of the bytes that have been written.
  private var digest = Sha256()
  private var count = 0

  /// Text is passed to the system in chunks of this size, large enough to make the cost of calls negligible.
  private static let bufferSize = 1 << 18

  /// A writer to an open file, which the caller closes.
  ///
  /// - Parameters:
  ///   - path: the path in errors.
  ///   - isCancelled: called between chunks; true ends the writing with `CancellationError`.
  init(
    _ descriptor: Int32, path: String, calls: FileCalls = .system, isCancelled: @escaping () -> Bool = { false }
  ) {
    self.descriptor = descriptor
    self.path = path
    self.calls = calls
    self.isCancelled = isCancelled
    buffer.reserveCapacity(Self.bufferSize)
  }

  func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  func write(bytes: [UInt8]) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Writes what is left and synchronises everything to the disk.
  func seal() throws {
    try flush()
    try calls.synchronise(descriptor, path)
  }

  /// The bytes that have been written, as a file of a result.
  func written(as name: String) -> WrittenFile {
    WrittenFile(path: name, bytes: count, sha256: digest.hexadecimal)
  }

  private func flush() throws {
    if isCancelled() { throw CancellationError() }
    try calls.write(buffer, to: descriptor, path)
    digest.update(buffer)
    count += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }
}
