#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The comparison of a results folder with its records: what is missing, altered or additional, and whether the scenario is
/// still the one of the results.
///
/// It shows damage, mistakes and mixtures of results. Who changes a file and its record alike is not found: the digest of the
/// record, which the screen shows, has to be known from elsewhere for that.
package struct FolderVerification: Sendable {
  /// A file that is not what a record states.
  package struct Difference: Sendable, Equatable {
    /// The kind of a difference.
    package enum Kind: String, Sendable {
      case missing, altered, unreadable, record
    }

    /// The path in the folder.
    package var path: String
    /// The kind.
    package var kind: Kind
    /// What is the matter, as the end of a sentence.
    package var reason: String
  }

  /// A file of the scenario, and what it is now.
  package struct SourceState: Sendable, Equatable {
    /// The state.
    package enum State: String, Sendable {
      case unchanged, changed, missing
      /// The system does not let it be read, so that it is not known whether it has changed.
      case unreadable
    }

    /// The path relative to the folder from which recorded paths lead.
    package var path: String
    /// The state.
    package var state: State
  }

  /// The folder, as given.
  package let folder: String
  /// The records that can be read.
  package private(set) var records: [ResultRecord] = []
  /// What is not as recorded.
  package private(set) var differences: [Difference] = []
  /// Entries of the folder that no record names; a folder ends with a slash.
  package private(set) var unlisted: [String] = []
  /// The files of the scenarios, each once.
  package private(set) var sources: [SourceState] = []

  /// The largest file of a scenario, as `ScenarioFolder` reads it.
  private static let mostSourceBytes = 64_000_000

  /// Verifies a folder; a publication in it that was interrupted is finished or taken back first.
  ///
  /// - Parameters:
  ///   - folder: the path of the folder.
  ///   - start: the folder from which the recorded paths of the scenario lead.
  ///   - isCancelled: true ends the work with `CancellationError`.
  /// - Throws: `ResultsFolder.Unusable` if there is no folder or no record, `CancellationError`, or `FileError`.
  package init(of folder: String, scenarioFrom start: String, isCancelled: () -> Bool) throws {
    self.folder = folder
    let source: ReadFolder?
    do {
      source = try ReadFolder(path: folder)
    } catch let error as FileError where error.isAboutFolder {
      throw ResultsFolder.Unusable(reason: error.reasonText)
    }
    guard let open = source?.folder else { throw ResultsFolder.Unusable(reason: "the folder does not exist") }
    try readRecords(in: open)
    var folders: [FileName: OpenFolder] = [:]
    for file in records.flatMap(\.files) { try check(file, in: open, &folders, isCancelled) }
    try findUnlisted(in: open, folders)
    for source in records.flatMap(\.sources) where !sources.contains(where: { $0.path == source.path }) {
      let path = start == "." || start.isEmpty ? source.path : "\(start)/\(source.path)"
      let found = try FileDigest.of(path: path, mostBytes: Self.mostSourceBytes, isCancelled: isCancelled)
      let state: SourceState.State =
        switch found {
        case .digest(source.sha256): .unchanged
        case .missing: .missing
        case .unreadable: .unreadable
        default: .changed
        }
      sources.append(SourceState(path: source.path, state: state))
    }
  }

  /// The files of a record's scenario that are not as they were.
  package func changedSources(of record: ResultRecord) -> [SourceState] {
    sources.filter { state in state.state != .unchanged && record.sources.contains { $0.path == state.path } }
  }

  private mutating func readRecords(in open: OpenFolder) throws {
    for name in ResultRecord.names where try open.status(of: FileName(name)) != nil {
      do {
        guard let bytes = try open.read(FileName(name), limit: ResultRecord.mostBytes) else { continue }
        records.append(try ResultRecord(name: name, bytes: bytes))
      } catch let error as ResultRecord.Unusable {
        differences.append(Difference(path: name, kind: .record, reason: error.reason))
      } catch let error as FileError {
        differences.append(Difference(path: name, kind: .unreadable, reason: error.reasonText))
      }
    }
    if records.isEmpty, differences.isEmpty { throw ResultsFolder.Unusable(reason: "it has no record.json") }
  }

  private mutating func check(
    _ file: WrittenFile, in open: OpenFolder, _ folders: inout [FileName: OpenFolder], _ isCancelled: () -> Bool
  ) throws {
    let parts = file.path.split(separator: "/").map { FileName(String($0)) }
    func report(_ kind: Difference.Kind, _ reason: String) -> Void {
      differences.append(Difference(path: file.path, kind: kind, reason: reason))
    }
    var folder: OpenFolder? = open
    do throws(FileError) {
      for part in parts.dropLast() { folder = try folder?.subfolder(part) }
    } catch {
      return report(.unreadable, error.reasonText)
    }
    if parts.count == 2, let folder { folders[parts[0]] = folder }
    guard let folder else { return report(.missing, "there is no such file") }
    switch try FileDigest.of(parts[parts.count - 1], in: folder, bytes: file.bytes, isCancelled: isCancelled) {
    case .digest(file.sha256): break
    case .digest(let found): report(.altered, "its SHA-256 is \(found), not \(file.sha256)")
    case .size(let size): report(.altered, "it has \(size) bytes, not \(file.bytes)")
    case .missing: report(.missing, "there is no such file")
    case .unreadable(let reason): report(.unreadable, reason)
    }
  }

  /// The entries of the folder, and of the sub-folders of results, that no record names.
  private mutating func findUnlisted(in open: OpenFolder, _ folders: [FileName: OpenFolder]) throws {
    let known = Set(records.flatMap(\.files).map(\.path) + ResultRecord.names)
    for (prefix, folder) in [("", open)] + folders.map({ ("\($0.key.text)/", $0.value) }).sorted(by: { $0.0 < $1.0 }) {
      for name in try folder.names() {
        let path = prefix + name.text
        let isFolder = try folder.status(of: name)?.isFolder == true
        if isFolder, prefix.isEmpty, folders[name] != nil { continue }
        if !known.contains(path) { unlisted.append(isFolder ? path + "/" : path) }
      }
    }
  }
}
