import TextFormats

/// Fields in a small file of the program's own, with a sum that shows whether the file is complete.
///
/// The fields are separated by NUL, which no file name contains, because names may contain anything else.
enum SealedFields {
  private static let form = "loadcast publication 1"

  static func bytes(of fields: [[UInt8]]) -> [UInt8] {
    var body: [UInt8] = []
    for field in [Array(form.utf8)] + fields { body += field + [0] }
    return body + Array(sum(body).utf8)
  }

  /// The fields; nil if the bytes are not complete.
  static func fields(of bytes: [UInt8]) -> [[UInt8]]? {
    guard let end = bytes.lastIndex(of: 0), String(decoding: bytes[(end + 1)...], as: UTF8.self) == sum(bytes[...end])
    else { return nil }
    let fields = bytes[..<end].split(separator: 0, omittingEmptySubsequences: false).map(Array.init)
    return fields.first == Array(form.utf8) ? Array(fields.dropFirst()) : nil
  }

  /// FNV-1a, 64 bits, in hexadecimal: it detects truncation and damage, not intent.
  static func sum(_ bytes: some Sequence<UInt8>) -> String {
    let sum = bytes.reduce(into: 0xcbf2_9ce4_8422_2325 as UInt64) { sum, byte in
      sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    let digits = String(sum, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// The record in a folder of new files: the name that the folder was made with, and the names of the files.
///
/// In a folder that still has the recorded name, it says that the folder was never published and may be removed. In a
/// results folder, it says that the folder has just taken the place of the one that now has the recorded name, and that
/// the entries of the latter that are not among the names have not all been moved yet. Its names then include those of
/// obsolete files, which are not moved.
struct PublicationRecord {
  static let fileName: FileName = ".loadcast-publication"
  private static let draftName: FileName = ".loadcast-publication.part"
  /// More bytes than the names of any result have.
  private static let mostBytes = 1 << 24

  let staged: FileName
  let names: NameTree

  init(staged: FileName, names: NameTree) {
    self.staged = staged
    self.names = names
  }

  /// The record of a folder; nil if it has none that is complete and names only a staged folder and files of the result: a
  /// folder from someone else may have one that names other folders.
  init?(in folder: OpenFolder) throws(FileError) {
    guard let bytes = try folder.read(Self.fileName, limit: Self.mostBytes),
      let fields = SealedFields.fields(of: bytes), let first = fields.first
    else { return nil }
    let (staged, names) = (FileName(bytes: first), NameTree(paths: Array(fields.dropFirst())))
    guard staged.isValid, first.starts(with: StagedFolder.hiddenPrefix.utf8), names.isValid else { return nil }
    self.init(staged: staged, names: names)
  }

  /// Writes the record to a new folder.
  func write(to folder: OpenFolder) throws(FileError) { try folder.write(bytes, to: Self.fileName) }

  /// Replaces the record of a folder that has one.
  func replace(in folder: OpenFolder) throws(FileError) {
    try folder.write(bytes, to: Self.draftName)
    try folder.move(Self.draftName, to: folder, as: Self.fileName)
  }

  private var bytes: [UInt8] {
    let paths = names.paths.map { parts in Array(parts.map(\.bytes).joined(separator: [UInt8(ascii: "/")])) }
    return SealedFields.bytes(of: [staged.bytes] + paths)
  }
}
