import Foundation
import Testing

/// The table of limits in the threat model has every limit of the reader and the checker, with the value of the code.
@Suite("Table of limits")
struct LimitsPageTests {
  static let page = "Sources/ScenarioFiles/ScenarioFiles.docc/ScenariosOfStrangers.md"

  /// A constant of the code.
  struct Constant: Hashable {
    var file: String
    var name: String
  }

  /// Constants of the same form that limit an effort or a plausible value, not an input or a message.
  static let efforts: Set<Constant> = [
    Constant(file: "BoundOrder.swift", name: "mostTerms"), Constant(file: "ShareChecker.swift", name: "mostPlausible"),
    Constant(file: "TableBeginning.swift", name: "mostRecords"),
  ]

  /// The value of a literal: `1_000`, `1e12`, `0x1p20`, `400 << 16`.
  static func value(ofLiteral text: Substring) -> Double? {
    let parts = text.replacing("_", with: "").split(separator: " << ").map { Double($0.trimmingPrefix(" ")) }
    guard let first = parts.first, let number = first else { return nil }
    guard parts.count == 2 else { return parts.count == 1 ? number : nil }
    return parts[1].map { number * exp2($0) }
  }

  /// The constants of files whose names a test gives, or of all files of some modules.
  static func constants(ofFilesBelow folders: [String]) throws -> [Constant: Double] {
    var found: [Constant: Double] = [:]
    let pattern = try Regex(#"static let (?<name>\w+)(?:: \w+)? = (?<value>[0-9][0-9a-zA-Z_. <]*)$"#)
    for path in Repository.paths where path.hasSuffix(".swift") && folders.contains(where: path.hasPrefix) {
      let file = (path as NSString).lastPathComponent
      for line in try Repository.lines(path) {
        guard let match = line.firstMatch(of: pattern), let name = match["name"]?.substring,
          let value = match["value"]?.substring.flatMap(Self.value)
        else { continue }
        found[Constant(file: file, name: String(name))] = value
      }
    }
    return found
  }

  /// The rows of the page's table of limits.
  static func rows() throws -> [(constant: Constant, value: Double)] {
    let lines = try Repository.lines(page)
    let start = try #require(lines.firstIndex { $0.hasPrefix("| limit |") })
    return try lines[(start + 2)...].prefix { $0.hasPrefix("|") }.map { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let names = cells[2].split(separator: "`").filter { $0 != ", " }
      let value = try #require(Double(cells[1].replacing(",", with: "")), "\(line)")
      return (Constant(file: String(names[0]), name: String(names[1])), value)
    }
  }

  @Test("Every row has the value of its constant")
  func valuesAgree() throws {
    let rows = try Self.rows()
    #expect(rows.count > 30 && Set(rows.map(\.constant)).count == rows.count)
    let constants = try Self.constants(ofFilesBelow: ["Sources/"])
    for row in rows {
      let actual = constants[row.constant]
      #expect(actual == row.value, "\(row.constant.name) of \(row.constant.file)")
    }
  }

  @Test("Every limit of the modules that read what strangers wrote has a row")
  func complete() throws {
    let documented = Set(try Self.rows().map(\.constant))
    let constants = try Self.constants(ofFilesBelow: ["Sources/ScenarioFiles/", "Sources/Units/"])
    let pattern = try Regex("^(most|largest|longest|deepest|maximum)")
    let limits = constants.keys.filter { $0.name.contains(pattern) || $0.file == "CheckContext.swift" }
    #expect(limits.count > 25)
    for limit in limits where !Self.efforts.contains(limit) {
      #expect(documented.contains(limit), "\(Self.page) lacks \(limit.name) of \(limit.file)")
    }
    #expect(Self.efforts.isSubset(of: Set(constants.keys)))
  }

  @Test("Literals have the values of the language")
  func literals() {
    #expect(Self.value(ofLiteral: "1_000") == 1000 && Self.value(ofLiteral: "1e12") == 1e12)
    #expect(Self.value(ofLiteral: "400 << 16") == 26_214_400 && Self.value(ofLiteral: "0x1p20") == 1_048_576)
    #expect(Self.value(ofLiteral: "other") == nil)
  }
}
