/// Something that text is written to piece by piece: a file, or text in memory.
public protocol TextSink: AnyObject {
  /// Appends text.
  func write(_ text: String) throws
}

/// Text collected in memory.
public final class TextBuffer: TextSink {
  /// What was written so far.
  public private(set) var text = ""

  /// No text yet.
  public init() {}

  /// Appends text.
  public func write(_ text: String) { self.text += text }
}
