/// A file format that people may give instead of YAML or CSV, and that begins with bytes of its own.
///
/// Signatures: PKWARE APPNOTE 6.3.10, 4.3.7 (ZIP, which .xlsx and .ods files are); MS-CFB 2.2 (.xls); Apache Parquet format,
/// "File format"; Apache Arrow columnar format, "IPC file format"; SQLite file format, 1.3.1; RFC 1952, 2.3.1 (gzip);
/// RFC 8878, 3.1.1 (Zstandard); ISO 32000-1, 7.5.2 (PDF).
struct BinaryFormat {
  /// The format with its article: `a Parquet file`.
  let name: String
  /// What the user can do.
  let remedy: String

  private let signature: [UInt8]

  private init(_ signature: [UInt8], _ name: String, _ remedy: String) {
    (self.signature, self.name, self.remedy) = (signature, name, remedy)
  }

  private static let save = "CSV: save the sheet as CSV UTF-8 in the spreadsheet program"
  private static let convert = "CSV, such as pandas writes by `.to_csv(\"table.csv\", index=False)`"
  private static let unpack = "the unpacked file"

  private static let catalogue = [
    BinaryFormat([0x50, 0x4B, 0x03, 0x04], "a spreadsheet (.xlsx, .ods) or another ZIP archive", save),
    BinaryFormat([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "a spreadsheet of Excel 97 to 2003 (.xls)", save),
    BinaryFormat(Array("PAR1".utf8), "a Parquet file", convert),
    BinaryFormat(Array("ARROW1".utf8), "an Arrow file", convert),
    BinaryFormat(Array("SQLite format 3\0".utf8), "an SQLite database", convert),
    BinaryFormat([0x1F, 0x8B], "a gzip archive", unpack),
    BinaryFormat([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard archive", unpack),
    BinaryFormat(Array("%PDF-".utf8), "a PDF document", "text: type the table as CSV"),
  ]

  /// The format that a file's first bytes are the signature of, if any.
  static func of(_ bytes: [UInt8]) -> BinaryFormat? { catalogue.first { bytes.starts(with: $0.signature) } }
}
