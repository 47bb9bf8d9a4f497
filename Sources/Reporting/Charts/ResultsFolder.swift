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
  package static func read(_ path: String, interval: IntervalWidth) throws(Unusable) -> ChartSource {
    let source: ReadFolder?
    do {
      source = try ReadFolder(path: path)
    } catch let error as FileError {
      throw Unusable(reason: error.reasonText)
    } catch {
      throw Unusable(reason: "\(error)")
    }
    guard let folder = source?.folder else { throw Unusable(reason: "the folder does not exist") }
    func text(_ name: String, in folder: OpenFolder) throws(Unusable) -> String? {
      do throws(FileError) {
        return try folder.read(FileName(name), limit: mostBytes).map { String(decoding: $0, as: UTF8.self) }
      } catch let error where error.code == EFBIG {
        throw Unusable(reason: "\(name) has more than \(mostBytes >> 20) MiB, the limit for charts")
      } catch {
        return nil
      }
    }
    var record: String?
    for name in records where record == nil { record = try text(name, in: folder) }
    guard let record else { throw Unusable(reason: "it has no record.json") }
    var tables: [String: String] = [:]
    let charts = (try? folder.folder("charts")).flatMap { $0 }
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
}
