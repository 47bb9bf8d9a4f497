import TextFormats

/// Passes the records of CSV text (RFC 4180) on as they come.
final class CSVRecordSink: TextSink {
  private let body: (_ record: [CSVTokenizer.Field], _ hasEnd: Bool) throws -> Void
  /// The records not yet passed on, the last of which may be incomplete.
  private var pending = ""
  private var isQuoted = false

  /// A sink that calls back with each record, and with whether it has a line end, which only the last may lack.
  init(_ body: @escaping (_ record: [CSVTokenizer.Field], _ hasEnd: Bool) throws -> Void) { self.body = body }

  func write(_ text: String) throws {
    pending += text
    // A doubled quotation mark ends quotes and begins them again.
    if text.utf8.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) == false { isQuoted.toggle() }
    if !isQuoted, pending.utf8.last == UInt8(ascii: "\n") { try pass(hasEnd: true) }
  }

  func write(bytes: [UInt8]) throws { try write(String(decoding: bytes, as: UTF8.self)) }

  /// Passes on a last record without a line end.
  func finish() throws { try pass(hasEnd: false) }

  private func pass(hasEnd: Bool) throws {
    var records = CSVTokenizer(CSVTokenizer.lines(of: pending), ignoresBlanks: false)
    pending = ""
    while let record = try records.next() { try body(record, hasEnd) }
  }
}
