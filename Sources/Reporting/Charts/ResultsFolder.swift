import Foundation
import Modeling
import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reads the tables and the record of a folder of results.
package enum ResultsFolder {
  /// The reason why the results of a folder cannot be drawn.
  package struct Unusable: Error {
    package var reason: String
  }

  /// Maximum size of a table or record in bytes.
  private static let mostBytes = 64 << 20

  /// The records in the order in which they are looked for: a run's, then those of analyses.
  private static let records = ["record.json", "sensitivity-record.json", "sweep-record.json"]

  /// The results in a folder, consistent even while another process replaces them.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - interval: the intervals to draw; the table of quantiles is read if the summary does not have their ends.
  ///   - calls: the system calls of reading; tests pass calls that fail.
  /// - Throws: `Unusable` for what is not a folder of results or may not be read; `FileError` where the system fails.
  package static func read(
    _ path: String, interval: IntervalWidth, calls: FileCalls = .system
  ) throws -> ChartSource {
    let source: ReadFolder?
    do {
      source = try ReadFolder(path: path, calls: calls)
    } catch let error as FileError where error.isAboutFolder {
      throw Unusable(reason: error.reasonText)
    }
    guard let folder = source?.folder else { throw Unusable(reason: "the folder does not exist") }
    func text(_ name: String, in folder: OpenFolder) throws -> String? {
      switch folder.reading(FileName(name), limit: mostBytes) {
      case .success(let bytes): return bytes.map { String(decoding: $0, as: UTF8.self) }
      case .failure(let error) where error.code == EFBIG:
        throw Unusable(reason: "\(name) has more than \(mostBytes >> 20) MiB, the limit for charts")
      case .failure(let error) where error.code == EACCES: throw Unusable(reason: "\(name): \(error.reasonText)")
      case .failure(let error) where error.isAboutKind: return nil
      case .failure(let error): throw error
      }
    }
    var record: String?
    for name in records where record == nil { record = try text(name, in: folder) }
    guard let record else { throw Unusable(reason: "it has no record.json") }
    var tables: [String: String] = [:]
    let charts = try subfolder("charts", of: folder)
    for name in ChartSource.tableNames where name != "quantiles" || !interval.isInSummaries {
      tables[name] = try text("\(name).csv", in: folder)
      if tables[name] == nil, let charts { tables[name] = try text("\(name).csv", in: charts) }
    }
    guard var found = ChartSource(record: record, tables: tables) else {
      throw Unusable(reason: "its record is not one of this program")
    }
    found.addEnds(of: interval)
    return found
  }

  /// A sub-folder of results; nil if there is none, or something else has the name.
  private static func subfolder(_ name: FileName, of folder: OpenFolder) throws(FileError) -> OpenFolder? {
    do throws(FileError) {
      return try folder.folder(name)
    } catch {
      if error.isAboutFolder { return nil }
      throw error.ofReading
    }
  }
}

extension FileError {
  /// True if a path is not that of a folder that may be read, rather than that the system fails.
  var isAboutFolder: Bool { [ENOTDIR, EACCES, ELOOP].contains(code) }
}
