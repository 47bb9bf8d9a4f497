/// A destination to which a file is written in chunks: a file on the disk, or memory.
public protocol TextSink: AnyObject {
  /// Appends text.
  func write(_ text: String) throws

  /// Appends the bytes of a binary file.
  func write(bytes: [UInt8]) throws
}

/// Written data, collected in memory.
public final class TextBuffer: TextSink {
  /// The bytes written so far.
  public private(set) var bytes: [UInt8] = []

  /// An empty buffer.
  public init() {}

  /// The data written so far, as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Appends text.
  public func write(_ text: String) { bytes += Array(text.utf8) }

  /// Appends bytes.
  public func write(bytes: [UInt8]) { self.bytes += bytes }
}
