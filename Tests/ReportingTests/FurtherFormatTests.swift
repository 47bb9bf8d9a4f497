import Foundation
import Modeling
import Simulation
import Testing

@testable import Reporting

@Suite("Draws as a matrix, tables for spreadsheets, and the schema of results")
struct FurtherFormatTests {
  private static func bytes(_ file: ReportFile) throws -> [UInt8] {
    let buffer = TextBuffer()
    try file.write(buffer)
    return buffer.bytes
  }

  @Test("a matrix has NumPy's header, aligned to 64 bytes, and every number to the bit, row by row")
  func matrix() throws {
    let special = [0.1, -0.0, .infinity, .nan, .leastNonzeroMagnitude, -1.5]
    let export = DrawExport(rows: 3) { body in
      let columns = [(name: "a[x,\"y\"]", unit: "W"), (name: "b", unit: "")]
      try body(
        DrawTable(columns: columns, values: [[special[0], special[2]], [special[1], special[3]]], firstDraw: 0))
      try body(DrawTable(columns: columns, values: [[special[4]], [special[5]]], firstDraw: 2))
    }
    let files = NPYFormat.files(of: export)
    #expect(files.map(\.name) == ["draws.npy", "draws.json"])
    let matrix = try Self.bytes(files[0])
    #expect(matrix.prefix(8) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0])
    let length = Int(matrix[8]) + 256 * Int(matrix[9])
    #expect((10 + length) % 64 == 0)
    let header = String(decoding: matrix[10..<(10 + length)], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }"))
    #expect(header.hasSuffix(" \n"))
    #expect(matrix.count == 10 + length + 6 * 8)
    for (position, value) in special.enumerated() {
      let start = 10 + length + 8 * position
      let bits = (0..<8).reduce(UInt64(0)) { $0 | UInt64(matrix[start + $1]) << (8 * UInt64($1)) }
      #expect(bits == value.bitPattern)
    }
    let description = try JSONSerialization.jsonObject(with: Data(Self.bytes(files[1]))) as? [String: Any]
    #expect(description?["rows"] as? Int == 3)
    #expect(
      description?["columns"] as? [[String: String]]
        == [["name": "a[x,\"y\"]", "unit": "W"], ["name": "b", "unit": ""]])
  }

  @Test("headers of any size end where data may begin", arguments: [(1, 1), (1_000_000_000_000, 100_000), (7, 12345)])
  func header(_ rows: Int, _ columns: Int) {
    #expect(NPYFormat.header(rows: rows, columns: columns).count % 64 == 0)
  }

  @Test(
    "text that begins a formula has an apostrophe before it, numbers and all else stay",
    arguments: [
      ("a,-1.5,=1+1,x=2\r\n", "a,-1.5,'=1+1,x=2\r\n"), ("\"=a,b\",+3e-7,+x\r\n", "\"'=a,b\",+3e-7,'+x\r\n"),
      ("@sum,-inf,-\r\n", "'@sum,'-inf,'-\r\n"), ("\"-\"\"q\"\"\",\"\"\r\n", "\"'-\"\"q\"\"\",\"\"\r\n"),
      ("\"x\r\n=y\",\tz,-1-2\r\n", "\"x\r\n=y\",'\tz,'-1-2\r\n"), ("last,=end", "last,'=end"), ("", ""),
    ])
  func formulas(_ text: String, _ safe: String) throws {
    // However the text comes in pieces.
    for size in [1, 2, 1000] {
      let buffer = TextBuffer()
      let sink = CSVInjectionEscaper(buffer)
      var rest = Array(text.unicodeScalars)[...]
      while !rest.isEmpty {
        try sink.write(String(String.UnicodeScalarView(rest.prefix(size))))
        rest = rest.dropFirst(size)
      }
      try sink.finish()
      #expect(buffer.text == safe)
    }
  }

  @Test("tables for spreadsheets are those of csv, with a byte order mark")
  func spreadsheets() throws {
    let plain = CSVFormat.files(of: FixedResult().result)
    let safe = ExcelFormat.files(of: FixedResult().result)
    #expect(safe.map(\.name) == plain.map { $0.name.replacingOccurrences(of: ".csv", with: ".excel.csv") })
    for (a, b) in zip(plain, safe) { #expect(try [0xEF, 0xBB, 0xBF] + Self.bytes(a) == Self.bytes(b)) }
  }

  @Test("the schema of results names every member that results have, and requires those alone")
  func schema() throws {
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(ResultsSchema.text.utf8)) as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    var seen: Set<String> = []
    func check(_ value: Any, _ form: [String: Any], _ path: String) throws {
      if let reference = form["$ref"] as? String {
        let name = reference.replacingOccurrences(of: "#/$defs/", with: "")
        seen.insert(name)
        return try check(value, try #require(definitions[name]), path)
      }
      if let properties = form["properties"] as? [String: [String: Any]], let members = value as? [String: Any] {
        // Only results of scenarios with verdicts have these.
        let optional: Set = path == "results" ? ["verdicts"] : []
        #expect(
          Set(members.keys).subtracting(optional) == Set(try #require(form["required"] as? [String])), "\(path)")
        for (key, member) in members { try check(member, try #require(properties[key]), "\(path).\(key)") }
      } else if let items = form["items"] as? [String: Any], let list = value as? [Any] {
        for item in list { try check(item, items, "\(path)[]") }
      } else {
        let types = form["type"] as? [String] ?? [form["type"] as? String ?? ""]
        let type =
          value is NSNull ? "null" : value is String ? "string" : value is [String: Any] ? "object" : "number"
        // To the parser whole numbers and truth values are numbers.
        let isOther = type == "number" && !Set(types).isDisjoint(with: ["integer", "boolean"])
        #expect(types.contains(type) || isOther, "\(path): \(type), not \(types)")
      }
    }
    var result = FixedResult().result
    // The constant's one value, so that the schema of outcomes is seen too.
    result.outputs[2].cells[0].outcomes = [CellSummary.Outcome(2.5, probability: Estimate(1, error: 0))]
    let verdicts = [
      VerdictResult(
        output: result.model.outputs[0].quantity,
        verdict: Verdict(
          claim: "It is high.", condition: result.model.outputs[0].quantity, conditionText: "y > 1",
          words: [.yes: "high", .no: "low"], place: result.model.outputs[0].place),
        probability: Estimate(0.95, error: 0.01), nonFinite: 0)
    ]
    result.run.verdicts = verdicts
    result.evidence?.posterior?.verdicts = verdicts
    let text = try Self.bytes(JSONFormat.files(of: result)[0])
    let results = try JSONSerialization.jsonObject(with: Data(text))
    try check(results, schema, "results")
    #expect(seen == Set(definitions.keys))
  }
}
