import Foundation
import TextFormats

/// Reads the tables and the record of a folder of results.
package enum ResultsFolder {
  /// A reason why a folder has no results that can be drawn.
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
    guard let folder = source?.folder else { throw Unusable(reason: "there is no such folder") }
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

/// Files that a command reads or writes by name.
package enum NamedFile {
  /// The text of a regular file; nil if it cannot be read, or is larger than a limit in bytes.
  package static func read(_ path: String, limit: Int) -> String? {
    guard let folder = try? OpenFolder(path: parts(path).folder, calls: .system),
      let bytes = (try? folder.read(FileName(parts(path).name), limit: limit)).flatMap({ $0 })
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes a file that appears complete or not at all, in place of any with its name.
  ///
  /// - Throws: `FileError`.
  package static func write(_ text: String, to path: String) throws {
    let (folder, name) = parts(path)
    let file = try AtomicFile(folder: folder, name: name)
    try file.write(text)
    try file.seal()
    try file.publish()
  }

  private static func parts(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
  }
}

extension ChartData {
  /// The chart as a Vega-Lite specification.
  ///
  /// - Parameter style: the JSON text of a configuration in place of the usual one; `isStyle` is true for it.
  package func specification(style: String?) -> String {
    let json = style.flatMap(Self.parsed) ?? VegaSpecification.usualStyle
    return VegaSpecification(chart: self, style: json).json.text + "\n"
  }

  /// Whether a text is a JSON object.
  package static func isStyle(_ text: String) -> Bool { parsed(text) != nil }

  private static func parsed(_ text: String) -> JSON? {
    guard let value = try? JSONDecoder().decode(AnyValue.self, from: Data(text.utf8)), case .object = value.json else {
      return nil
    }
    return value.json
  }
}

/// A JSON value of any kind; the keys of objects are sorted.
private struct AnyValue: Decodable {
  let json: JSON

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: Key.self) {
      let keys = object.allKeys.sorted { $0.stringValue < $1.stringValue }
      json = .object(try keys.map { ($0.stringValue, try object.decode(AnyValue.self, forKey: $0).json) })
    } else if var list = try? decoder.unkeyedContainer() {
      var items: [JSON] = []
      while !list.isAtEnd { items.append(try list.decode(AnyValue.self).json) }
      json = .array(items)
    } else {
      let single = try decoder.singleValueContainer()
      if single.decodeNil() {
        json = .null
      } else if let flag = try? single.decode(Bool.self) {
        json = .bool(flag)
      } else if let number = try? single.decode(Double.self) {
        json = .number(number)
      } else {
        json = .string(try single.decode(String.self))
      }
    }
  }
}
