import TextFormats

/// The bytes of a record of a CSV file: for tables of many rows, whose fields need not be texts of their own.
struct CSVLine {
  /// The bytes so far.
  private(set) var bytes: [UInt8] = []
  private var hasFields = false

  /// Begins a record.
  ///
  /// - Parameter beginning: the text of fields with a comma after each.
  mutating func begin(_ beginning: [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: beginning)
    hasFields = false
  }

  /// Adds fields of any content.
  mutating func add(_ texts: [String]) {
    for text in texts {
      separate()
      bytes.append(contentsOf: CSVRow.field(text).utf8)
    }
  }

  /// Adds a number in full precision; blank if there is none, such as an error without an estimate.
  mutating func add(_ number: Double) {
    separate()
    if number.isNaN { return }
    var text = number.exactText
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  /// Adds a whole number from 0 on.
  mutating func add(count: Int) {
    separate()
    let start = bytes.count
    var rest = count
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  /// Adds the text of a number, which needs no quotes.
  mutating func add(number text: inout String) {
    separate()
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  /// Adds an empty field.
  mutating func addBlank() { separate() }

  /// Ends the record.
  mutating func end() {
    bytes.append(0x0D)
    bytes.append(0x0A)
  }

  private mutating func separate() {
    if hasFields { bytes.append(UInt8(ascii: ",")) }
    hasFields = true
  }
}
