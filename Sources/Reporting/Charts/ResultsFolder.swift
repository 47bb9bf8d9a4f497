import Foundation
import TextFormats

/// Reads the tables and the record of a folder of results.
package enum ResultsFolder {
  /// The reason why the results of a folder cannot be drawn.
  package struct Unusable: Error {
    package var reason: String
  }

  /// Maximum size of a table or record in bytes.
  private static let mostBytes = 1 << 30

  /// The records in the order in which they are looked for: a run's, then those of analyses.
  private static let records = ["record.json", "sensitivity-record.json", "sweep-record.json"]

  /// The results in a folder, consistent even while another process replaces them.
  package static func read(_ path: String) throws(Unusable) -> ChartSource {
    let source: ReadFolder?
    do {
      source = try ReadFolder(path: path)
    } catch let error as FileError {
      throw Unusable(reason: error.reasonText)
    } catch {
      throw Unusable(reason: "\(error)")
    }
    guard let folder = source?.folder else { throw Unusable(reason: "the folder does not exist") }
    func text(_ name: String, in folder: OpenFolder) -> String? {
      (try? folder.read(FileName(name), limit: mostBytes)).flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) }
    }
    guard let record = records.lazy.compactMap({ text($0, in: folder) }).first else {
      throw Unusable(reason: "it has no record.json")
    }
    var tables: [String: String] = [:]
    let charts = (try? folder.folder("charts")).flatMap { $0 }
    for name in ChartSource.tableNames where name != "quantiles" {
      tables[name] = text("\(name).csv", in: folder) ?? charts.flatMap { text("\(name).csv", in: $0) }
    }
    guard let found = ChartSource(record: record, tables: tables) else {
      throw Unusable(reason: "its record is not one of this program")
    }
    return found
  }
}
