import Diagnostics
import Foundation
import Modeling
import Simulation
import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A file with a part of a run.
///
/// It has three pieces: a line with the form, the size of the head and the SHA-256 of all that follows the line; the head, a
/// JSON object that says what the part belongs to; and the summaries, as `RunPart` defines them. The head can be read with
/// `head`, and everything in it is compared, never executed.
package struct PartFile: Sendable {
  package var head: Head
  /// The path of the file.
  package var path: String

  /// The blocks of the part.
  package var blocks: Range<Int> { head.firstBlock..<head.endBlock }

  private static let form = "loadcast part 1"
  /// Maximum size of a head: paths and assignments.
  private static let mostHeadBytes = 1 << 20
  /// Maximum size of a file: 100,000 cells with histograms of 2,048 bins at 5 bytes.
  private static let mostBytes = 1 << 30
  /// Maximum size of the summaries in a file.
  package static let mostSummaryBytes = mostBytes - mostHeadBytes - 128

  // MARK: Writing

  /// Writes a part, which appears complete or not at all, in place of any of its name.
  ///
  /// - Parameters:
  ///   - head: the head; its digest of the summaries is set here.
  ///   - part: the summaries.
  ///   - path: the file.
  ///   - digest: SHA-256 of bytes, in lower-case hexadecimal.
  /// - Throws: `FileError`.
  package static func write(
    _ head: Head, _ part: RunPart, to path: String, digest: ([UInt8]) -> String
  ) throws {
    var head = head
    (head.firstBlock, head.endBlock) = (part.blocks.lowerBound, part.blocks.upperBound)
    head.fingerprint = fingerprint(of: part)
    head.summaries = digest(part.summaries)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let text = Array(try encoder.encode(head)) + Array("\n".utf8)
    let first = "\(form) \(text.count) \(digest(text + part.summaries))\n"
    try NamedFile.write(Array(first.utf8) + text + part.summaries, to: path)
  }

  /// A part's fingerprint as the head has it.
  private static func fingerprint(of part: RunPart) -> String {
    let digits = String(part.fingerprint, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  // MARK: Reading

  /// The part in a file, without its summaries; nil if there is no such file.
  ///
  /// - Throws: `FileError` if the file cannot be read, `Diagnostics` if it is damaged.
  package init?(at path: String, digest: ([UInt8]) -> String) throws {
    guard let (head, _) = try Self.read(path, digest) else { return nil }
    (self.head, self.path) = (head, path)
  }

  /// In what a part that is to be made differs from this one, which has its name; nil if this one can be continued.
  package func difference(from head: Head, blocks: Range<Int>) -> String? {
    var wanted = self
    wanted.head = head
    // It is not known before block 0 has been made.
    wanted.head.fingerprint = self.head.fingerprint
    if let difference = difference(from: wanted) { return difference }
    if self.head.round != head.round || self.head.after != head.after { return "its round follows other parts" }
    return self.head.parts == head.parts && self.blocks.lowerBound == blocks.lowerBound
      && self.blocks.upperBound <= blocks.upperBound
      ? nil : "its run is divided into other parts"
  }

  /// In what the merged parts of a round differ from those that a part of the next round follows; nil if they can be used.
  package func difference(from head: Head, mergedRound round: Int, blocks: Range<Int>) -> String? {
    var wanted = self
    wanted.head = head
    wanted.head.fingerprint = self.head.fingerprint
    if let difference = difference(from: wanted) { return difference }
    return self.blocks == blocks && (self.head.round ?? 1) == round ? nil : "it is not a whole round"
  }

  /// The summaries of the part.
  ///
  /// - Throws: `FileError` if the file cannot be read any more, `Diagnostics` if it has changed since.
  package func part(digest: ([UInt8]) -> String) throws -> RunPart {
    guard let (head, summaries) = try Self.read(path, digest), head.summaries == self.head.summaries,
      let fingerprint = UInt64(head.fingerprint, radix: 16)
    else { throw Self.damaged(path, "it has changed meanwhile") }
    return RunPart(blocks: blocks, fingerprint: fingerprint, summaries: summaries)
  }

  private static func read(
    _ path: String, _ digest: ([UInt8]) -> String
  ) throws -> (head: Head, summaries: [UInt8])? {
    let bytes: [UInt8]
    do throws(FileError) {
      guard let found = try NamedFile.bytes(path, limit: mostBytes) else { return nil }
      bytes = found
    } catch let error where error.isAboutKind {
      // Too large, a folder or a device, a link: not a part.
      throw damaged(path, "it cannot be read: \(error.reasonText)")
    } catch {
      throw error
    }
    guard let end = bytes.prefix(128).firstIndex(of: UInt8(ascii: "\n")) else { throw damaged(path, notAPart) }
    let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
    guard words.count == 5, words[..<3].joined(separator: " ") == form, let size = Int(words[3]),
      (2...mostHeadBytes).contains(size)
    else { throw damaged(path, notAPart) }
    let body = Array(bytes[(end + 1)...])
    guard size <= body.count, digest(body) == words[4] else {
      throw damaged(path, "it is incomplete, or its bytes are not those that were written")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let head = try? decoder.decode(Head.self, from: Data(body[..<size])), head.isSound else {
      throw damaged(path, notAPart)
    }
    return (head, Array(body[size...]))
  }

  private static let notAPart = "it does not begin like a part of a run"

  private static func damaged(_ path: String, _ reason: String) -> Diagnostics {
    Diagnostics(.damagedPart(TerminalText.path(path), reason: reason), at: nil)
  }
}
