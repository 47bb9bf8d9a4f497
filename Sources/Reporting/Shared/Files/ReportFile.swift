/// A file of a report: its name and a closure that writes it in chunks.
public struct ReportFile {
  /// The name in the report's folder.
  public var name: String
  /// Writes the whole file.
  public var write: (any TextSink) throws -> Void

  /// A file of a report.
  public init(name: String, write: @escaping (any TextSink) throws -> Void) {
    self.name = name
    self.write = write
  }

  /// A short file whose text is created at once.
  public init(name: String, text: @escaping () -> String) {
    self.init(name: name) { try $0.write(text()) }
  }
}
