import ArgumentParser
import Diagnostics
import Reporting
import ScenarioFiles
import Simulation
import TextFormats

/// The file of a part that a command makes: there already, continued, or begun.
final class PartInMaking {
  /// Seconds between two savings of an unfinished part: a killed process loses at most so much.
  static let savingInterval = 30.0
  /// Seconds that an interrupted part has to finish what it has begun and write its file. Schedulers send SIGTERM some time
  /// before they kill; the scripts of `submit` ask for a minute.
  private static let patience = 30

  let path: String
  /// What the part is to have, such as blocks, and their name.
  let pieces: Range<Int>, unit: String
  /// The part as it is, if it has been begun.
  let earlier: PartFile?
  private var head: PartFile.Head
  private let printsJSON: Bool
  private let start = ContinuousClock.now
  private var saved = ContinuousClock.now

  /// The part in a folder.
  ///
  /// - Throws: `Diagnostics` if the folder has another part of that name, `FileError` if the part cannot be read.
  init(
    _ head: PartFile.Head, _ shard: Shard, at path: String, _ pieces: Range<Int>, _ unit: String, printsJSON: Bool
  ) throws {
    (self.head, self.path, self.pieces, self.unit) = (head, path, pieces, unit)
    self.printsJSON = printsJSON
    earlier = try PartFile(at: path, digest: Self.digest)
    if let difference = earlier?.difference(from: head, blocks: pieces) {
      throw Diagnostics(
        .otherPart(TerminalText.path(path), than: "--shard \(shard)", difference: difference), at: nil)
    }
  }

  static func digest(_ bytes: [UInt8]) -> String { Sha256.hexadecimal(of: bytes) }

  /// Whether there is nothing left to do.
  var isDone: Bool { earlier?.blocks == pieces }

  /// What has been made before.
  ///
  /// - Throws: `Diagnostics` if it has changed meanwhile, `FileError` if it cannot be read any more.
  func continued() throws -> RunPart? { try earlier?.part(digest: Self.digest) }

  /// Makes the folder, and gives the work time for an orderly end.
  func begin() throws {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    try ReportFolder(path: folder).claim()
    Interruption.allow(seconds: Self.patience)
  }

  /// Saves what is made, unless it was saved less than `savingInterval` ago.
  ///
  /// - Throws: `FileError`.
  func saveIfDue(_ part: RunPart) throws {
    guard (ContinuousClock.now - saved) / .seconds(1) >= Self.savingInterval else { return }
    try save(part)
    saved = .now
  }

  /// Saves what is made.
  ///
  /// - Throws: `FileError`.
  func save(_ part: RunPart) throws {
    head.seconds = (earlier?.head.seconds ?? 0) + (ContinuousClock.now - start) / .seconds(1)
    try PartFile.write(head, part, to: path, digest: Self.digest)
  }

  /// Saves the part.
  ///
  /// - Throws: `FileError`; code 75 if it is not complete, so that the same command goes on.
  func finish(_ part: RunPart) throws {
    if !part.blocks.isEmpty || pieces.isEmpty { try save(part) }
    if part.blocks != pieces { throw interrupted(after: part.blocks.count) }
  }

  /// The failure of a part that is not complete.
  func interrupted(after done: Int) -> CommandFailure {
    .interrupted(
      .interruptedPart(TerminalText.path(path), done: done, of: pieces.count, unit), printsJSON: printsJSON,
      error: ExitCode(ExitCodes.tryAgain))
  }

  /// Says what was made.
  ///
  /// - Parameter work: how much, such as `2048 draws`.
  func show(_ work: String, quiet: Bool) throws {
    let head = isDone ? earlier?.head ?? head : head
    if printsJSON {
      return try StandardStream.output.write(
        JSON.object(
          [("part", .string(path)), ("number", .integer(head.part)), ("parts", .integer(head.parts))]
            + (head.round.map { [("round", .integer($0))] } ?? [])
            + [
              (unit, .array([.integer(pieces.lowerBound), .integer(pieces.upperBound)])),
              ("seconds", .number(head.seconds)),
            ]
        ).text + "\n")
    }
    guard !quiet else { return }
    let round = head.round.map { ", round \($0)" } ?? ""
    let time = isDone ? "made before" : NumberText.duration(head.seconds)
    try StandardStream.output.write(
      "part \(head.part) of \(head.parts)\(round): \(work), \(time)\n\(TerminalText.path(path))\n")
  }
}
