/// Something that a file is written to piece by piece: a file on the disk, or memory.
public protocol TextSink: AnyObject {
  /// Appends text.
  func write(_ text: String) throws

  /// Appends bytes, of a file that is no text.
  func write(bytes: [UInt8]) throws
}

/// What was written, collected in memory.
public final class TextBuffer: TextSink {
  /// The bytes that were written so far.
  public private(set) var bytes: [UInt8] = []

  /// Nothing yet.
  public init() {}

  /// What was written so far, as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Appends text.
  public func write(_ text: String) { bytes += Array(text.utf8) }

  /// Appends bytes.
  public func write(bytes: [UInt8]) { self.bytes += bytes }
}
