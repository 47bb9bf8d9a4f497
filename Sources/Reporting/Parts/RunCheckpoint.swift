import Diagnostics
import Foundation
import Simulation
import TextFormats

/// The finished blocks of a long run, saved so that the same command continues after the process was killed: in a folder of
/// their own, next to the results or in the folder of `--checkpoint`.
///
/// The folder is `.loadcast-run-` and the beginning of a key of everything that the results depend on. It is made by the first
/// saving, and locked by the process; if another one runs the same scenario there, this one saves nothing. What is damaged is
/// made again.
package final class RunCheckpoint: @unchecked Sendable {
  private static let prefix = "\(StagedFolder.hiddenPrefix)run-"
  private static let fileName = "run.part"

  private let parent: ReportFolder
  private let name: FileName
  private let path: String
  private let head: PartFile.Head
  private let digest: ([UInt8]) -> String
  private let start = ContinuousClock.now
  /// Guards the following state.
  private let lock = NSLock()
  /// The folder, once it is there and locked.
  private var folder: OpenFolder?
  private var savedBlocks = 0
  private var loadingProblem: String?
  private var savingProblem: String?
  private var secondsBefore = 0.0

  /// The checkpoint of a run.
  ///
  /// - Parameters:
  ///   - parent: the folder in which its folder is made: that of the results, or another one.
  ///   - head: what the run is.
  ///   - digest: SHA-256 of bytes, in lower-case hexadecimal.
  package init(in parent: ReportFolder, _ head: PartFile.Head, digest: @escaping ([UInt8]) -> String) {
    let owner = head.owner
    let key = digest(
      Array("\(owner.engine)\n\(owner.scenario)\n\(owner.seed) \(owner.design) \(owner.draws)".utf8))
    name = FileName("\(Self.prefix)\(key.prefix(16))")
    (self.parent, self.head, self.digest) = (parent, head, digest)
    path = "\(parent.path)/\(name.text)/\(Self.fileName)"
  }

  deinit { if saved == 0 { removeFolder() } }

  /// The checkpoint of the engine.
  ///
  /// - Parameter interval: seconds between two savings.
  package func checkpoint(every interval: Double) -> Checkpoint {
    Checkpoint(every: interval, load: { self.load() }, save: { self.saveIfPossible($0) })
  }

  /// Takes the folder.
  ///
  /// - Parameter makes: whether to make one if there is none.
  /// - Returns: false if there is none, or another process has it.
  /// - Throws: `FileError`.
  private func take(makes: Bool) throws -> Bool {
    if folder != nil { return true }
    let open = try OpenFolder.locked(path: parent.path, calls: parent.calls, shared: true)
    guard let found = try makes ? open.madeFolder(name) : open.folder(name), try found.lock(),
      // The process that had the lock may have removed it.
      let now = try open.status(of: name), try now.isSame(as: found.status())
    else { return false }
    folder = found
    return true
  }

  /// The number of blocks that are saved.
  package var saved: Int { lock.withLock { savedBlocks } }

  /// What an earlier process has saved; nil if there is nothing that this run can use.
  func load() -> RunPart? {
    do {
      guard try take(makes: false), let file = try PartFile(at: path, digest: digest),
        file.difference(from: head, blocks: 0..<head.endBlock) == nil
      else { return nil }
      let part = try file.part(digest: digest)
      lock.withLock { (savedBlocks, secondsBefore) = (part.blocks.count, file.head.seconds) }
      parent.keep()
      return part
    } catch {
      let reason = (error as? Diagnostics)?.all.first?.message ?? "\(error)"
      lock.withLock { loadingProblem = reason }
      return nil
    }
  }

  /// Saves what is done; a run that cannot save, as on a full disk, goes on without.
  private func saveIfPossible(_ part: RunPart) {
    do { try save(part) } catch { lock.withLock { savingProblem = "\(error)" } }
  }

  /// A line for the reason that the run could not use what an earlier process had saved, and one for the reason that it could
  /// not save what was done; empty if it could.
  package var problemsText: String {
    let (loading, saving) = lock.withLock { (loadingProblem, savingProblem) }
    return [
      loading.map { "the run could not use what was saved, and started again: \($0)" },
      saving.map { "the run could not save what was done meanwhile: \($0)" },
    ].compactMap(\.self).map { "note: \(TerminalText(escaping: $0).text)\n" }.joined()
  }

  /// Saves what is done, unless another process has the folder.
  ///
  /// - Throws: `FileError`.
  func save(_ part: RunPart) throws {
    guard try take(makes: true) else { return }
    var head = head
    head.seconds = lock.withLock { secondsBefore } + (ContinuousClock.now - start) / .seconds(1)
    try PartFile.write(head, part, to: path, digest: digest)
    parent.keep()
    lock.withLock { savedBlocks = part.blocks.count }
  }

  /// Deletes what was saved, after the results have been written.
  package func remove() {
    try? folder?.removeFile(FileName(Self.fileName))
    lock.withLock { savedBlocks = 0 }
    removeFolder()
    parent.release()
  }

  /// Removes the folder unless it has other files.
  private func removeFolder() {
    guard folder != nil else { return }
    // The results folder may have been exchanged since.
    try? OpenFolder(path: parent.path, calls: parent.calls).removeFolder(name)
  }
}
