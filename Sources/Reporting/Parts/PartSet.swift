import Diagnostics
import Foundation
import Modeling
import Simulation
import TextFormats

/// The parts of one run, in the order of their blocks.
///
/// Parts of one run agree in everything that the result depends on; a part that occurs twice counts once, and one whose
/// blocks another part has as well is not used.
package struct PartSet: Sendable {
  /// The parts.
  package private(set) var files: [PartFile] = []

  /// The files of parts that some paths name: a folder stands for all files in it whose names end in `.part`.
  ///
  /// - Throws: `Diagnostics` for a path without a file or part, `FileError` for a folder that cannot be read.
  package static func paths(_ given: [String]) throws -> [String] {
    try given.flatMap { path -> [String] in
      guard let names = try NamedFile.names(inFolder: path) else { return [path] }
      let parts = names.filter { $0.hasSuffix(".part") && !$0.hasPrefix(".") }.sorted()
      if parts.isEmpty { throw Diagnostics(.noParts(TerminalText.path(path)), at: nil) }
      return parts.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }
  }

  /// The parts of the further rounds, each with the number of its round, from 2.
  private var later: [PartFile] = []

  /// The parts in some files.
  ///
  /// - Parameters:
  ///   - paths: the files; at least one.
  ///   - digest: SHA-256 of bytes, in lower-case hexadecimal.
  /// - Throws: `Diagnostics` for every file that is missing, damaged, or of another run than the first; `FileError` for the
  ///   first one that the system does not let be read.
  package init(at paths: [String], digest: ([UInt8]) -> String) throws {
    var problems: [Diagnostic] = []
    var found: [PartFile] = []
    for path in paths {
      do {
        guard let file = try PartFile(at: path, digest: digest) else {
          throw Diagnostics(.noParts(TerminalText.path(path)), at: nil)
        }
        if let first = found.first, let difference = file.difference(from: first) {
          throw Diagnostics(
            .otherPart(TerminalText.path(path), than: TerminalText.path(first.path), difference: difference), at: nil)
        }
        found.append(file)
      } catch let error as Diagnostics {
        problems += error.all
      }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    try self.init(found.filter { $0.head.round == nil })
    later = found.filter { $0.head.round != nil }
  }

  /// The parts in some files of one round.
  private init(_ found: [PartFile]) throws(Diagnostics) {
    var problems: [Diagnostic] = []
    // The longest of those with the same first block is first.
    let found = found.sorted { ($0.blocks.lowerBound, -$0.blocks.count) < ($1.blocks.lowerBound, -$1.blocks.count) }
    for file in found where !file.blocks.isEmpty {
      guard let last = files.last, file.blocks.lowerBound < last.blocks.upperBound else {
        files.append(file)
        continue
      }
      if file.blocks == last.blocks, file.head.summaries != last.head.summaries {
        problems.append(Diagnostic(.differentParts(last.named, file.named), at: nil))
      } else if file.blocks.upperBound > last.blocks.upperBound {
        problems.append(Diagnostic(.overlappingParts(last.named, file.named), at: nil))
      }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
    // Of parts that are all empty, the first one still says of which run they are.
    if files.isEmpty { files += found.prefix(1) }
  }

  /// The parts of a further round.
  ///
  /// - Parameters:
  ///   - number: the number of the round, from 2.
  ///   - summaries: SHA-256 of what the parts of the round before were merged to.
  /// - Throws: `Diagnostics` for parts that follow others, or do not fit each other.
  package func round(_ number: Int, after summaries: String) throws(Diagnostics) -> PartSet {
    let own = later.filter { $0.head.round == number }
    if let other = own.first(where: { $0.head.after != summaries }) {
      throw Diagnostics(
        .otherPart(
          TerminalText.path(other.path), than: files.first.map { TerminalText.path($0.path) } ?? "",
          difference: "its round follows other parts"), at: nil)
    }
    return try PartSet(own)
  }

  /// The numbers of blocks between the first and the last that some part has, if no part of one round lacks any of them.
  package var neighbours: Range<Int>? {
    guard later.isEmpty, let first = files.first, let last = files.last,
      zip(files, files.dropFirst()).allSatisfy({ $0.blocks.upperBound == $1.blocks.lowerBound })
    else { return nil }
    return first.blocks.lowerBound..<last.blocks.upperBound
  }

  /// Whether there are no parts of any round.
  package var isEmpty: Bool { files.isEmpty && later.isEmpty }

  /// The ranges of blocks, of so many, that no part has.
  package func gaps(inBlocks count: Int) -> [Range<Int>] {
    var (gaps, next): ([Range<Int>], Int) = ([], 0)
    for blocks in files.map(\.blocks) {
      if blocks.lowerBound > next { gaps.append(next..<blocks.lowerBound) }
      next = blocks.upperBound
    }
    return next < count ? gaps + [next..<count] : gaps
  }

  /// Checks that the parts have all blocks of a run.
  ///
  /// - Parameters:
  ///   - count: the number of blocks.
  ///   - ranges: the blocks of each part that the run was divided into.
  ///   - command: the command that makes a part of a number.
  /// - Throws: `Diagnostics` with the commands that make what is missing, or for blocks that the run does not have.
  package func requireAll(
    _ count: Int, ranges: [Range<Int>], command: (Int) -> String
  ) throws(Diagnostics) {
    if let last = files.last, last.blocks.upperBound > count {
      throw Diagnostics(
        .damagedPart(TerminalText.path(last.path), reason: "it goes beyond part \(ranges.count), the last one"), at: nil
      )
    }
    let gaps = gaps(inBlocks: count)
    guard !gaps.isEmpty else { return }
    let missing = ranges.indices.filter { number in gaps.contains { $0.overlaps(ranges[number]) } }.map { $0 + 1 }
    throw Diagnostics(
      .missingParts(missing, of: ranges.count, commands: missing.prefix(Self.shownCommands).map(command)), at: nil)
  }

  /// Commands in the message about missing parts; a list of all numbers follows.
  private static let shownCommands = 3

  /// The entry of a record: what made each part.
  package var json: JSON {
    .array(
      files.map { file in
        .object([
          ("blocks", .array([.integer(file.head.firstBlock), .integer(file.head.endBlock)])),
          ("host", .string(file.head.host)), ("system", .string(file.head.system)),
          ("seconds", .number(file.head.seconds)), ("fingerprint", .string(file.head.fingerprint)),
        ])
      })
  }
}

extension PartFile {
  /// The path and the machine, for messages.
  fileprivate var named: String { "\(TerminalText.path(path)) (made by \(TerminalText(escaping: head.host).text))" }

  /// In what this part's run differs from that of another part; nil if it is the same.
  package func difference(from other: PartFile) -> String? {
    let (own, others) = (head.owner, other.head.owner)
    func differ<Value: Equatable>(_ name: String, _ value: (Owner) -> Value) -> String? {
      value(own) == value(others)
        ? nil
        : "its \(name) is \(TerminalText(escaping: "\(value(own))").text), not \(TerminalText(escaping: "\(value(others))").text)"
    }
    if head.command.name != other.head.command.name {
      return "it is of `\(head.command.name ?? "run")`, not of `\(other.head.command.name ?? "run")`"
    }
    if head.command.analysis != other.head.command.analysis {
      let flags = [head, other.head].map { $0.command.analysis?.words.joined(separator: " ") ?? "" }
      return "it is of \(TerminalText(escaping: flags[0]).text), not of \(TerminalText(escaping: flags[1]).text)"
    }
    if let difference = differ("version", \.engine) ?? differ("scenario's digest", \.scenario) ?? differ("seed", \.seed)
      ?? differ("design", \.design) ?? differ("number of draws", \.draws)
    {
      return difference
    }
    if head.command.conditioning != other.head.command.conditioning { return "its --conditioning is another one" }
    if head.command.exact != other.head.command.exact { return "one of them has --exact-quantiles" }
    guard head.fingerprint == other.head.fingerprint else {
      return
        "its machine computes other values (\(TerminalText(escaping: head.system).text), not \(TerminalText(escaping: other.head.system).text))"
    }
    return nil
  }
}
