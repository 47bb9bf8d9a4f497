import Foundation
import Reporting
import Testing
import TextFormats

@Suite("JSON for programs")
struct JSONTests {
  let fixed = FixedResult()

  private func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func text(_ file: ReportFile) throws -> String {
    let buffer = TextBuffer()
    try file.write(buffer)
    return buffer.text
  }

  @Test("record.json says what made the figures: engine, digest, files, settings, every input with its origin")
  func record() throws {
    let text = try text(RunRecord(of: fixed.result).file)
    let record = try object(text)
    #expect(record["engine"] as? String == "loadcast \(EngineVersion.current)")
    #expect(record["digest"] as? String == "0123abcd")
    #expect((record["scenario_files"] as? [[String: String]])?.first?["path"] == "scenarios/small.yaml")
    #expect((record["files"] as? [Any])?.isEmpty == true && record["arguments"] == nil && record["system"] == nil)
    #expect(record["draws"] as? Int == 1_000_000)
    #expect(text.contains("\"seed\": 18446744073709551615,"), "a seed keeps its 64 bits")
    #expect(record["design"] as? String == "sobol")
    #expect(record["workers"] as? Int == 2)
    #expect((record["origins"] as? [String: String]) == ["seed": "--seed"])
    let time = try #require(record["time"] as? [String: Any])
    #expect(time["seconds"] as? Double == 0.8312)
    let moment = try #require(time["finished"] as? String)
    #expect(abs(try Date(moment, strategy: .iso8601).timeIntervalSinceNow) < 60)
    #expect(record["correlations"] as? [String] == ["load, growth: 0.5"])

    let inputs = try #require(record["inputs"] as? [[String: Any]])
    #expect(inputs.map { $0["name"] as? String } == ["load", "growth", "argentina", "bitcoin"])
    #expect(inputs.map { $0["kind"] as? String } == ["input", "input", "reference", "reference"])
    #expect(inputs[0]["source"] as? String == "judgement, \"ours\"")
    #expect(inputs[0]["quality"] as? String == "low")
    #expect(inputs[0]["unit"] as? String == "GW")
    #expect(inputs[1]["origin"] as? String == "--set 'growth=1.1'")
    #expect(inputs[1]["dependence"] as? [String: String] == ["year": "shared"])
    let values = try #require(inputs[1]["values"] as? [[String: Any]])
    #expect(values.map { $0["value"] as? String } == ["1", "1.1 to 1.4"])
    #expect(values.map { $0["origin"] as? String } == ["scenarios/small.yaml:4", "scenarios/small.yaml:5"])
    #expect(values.map { $0["labels"] as? [String: String] } == [["year": "2020"], ["year": "2021"]])
    let outputs = try #require(record["outputs"] as? [[String: Any]])
    #expect(outputs.map { $0["name"] as? String } == ["electricity", "intensity", "constant"])
    let equations = try #require(record["equations"] as? [[String: Any]])
    #expect(equations[0]["formula"] as? String == "load * growth")
    #expect(equations[0]["uses"] as? [String] == ["load", "growth"])
  }

  @Test("two records of one result differ in nothing but time and workers, each on a line of its own")
  func recordLines() throws {
    var other = fixed.result
    (other.workers, other.seconds) = (7, 12.25)
    let lines = try [fixed.result, other].map { result in
      try text(RunRecord(of: result).file).split(separator: "\n")
        .filter { !$0.hasPrefix("  \"time\": ") && !$0.hasPrefix("  \"workers\": ") }
    }
    #expect(lines[0] == lines[1])
  }

  @Test("results.json has every figure, null where there is none, and no time or workers")
  func results() throws {
    let file = try #require(JSONFormat.files(of: fixed.result).first)
    #expect(file.name == "results.json")
    let results = try object(try text(file))
    #expect(results["workers"] == nil && results["seconds"] == nil)
    let outputs = try #require(results["outputs"] as? [[String: Any]])
    let cells = try #require(outputs[0]["cells"] as? [[String: Any]])
    #expect(cells.map { $0["labels"] as? [String: String] }[3] == ["region": "eu, uk", "year": "2021"])
    #expect(cells[1]["mean"] as? [String: Double] == ["value": 20.8, "standard_error": 0.04])
    let quantiles = try #require(cells[1]["quantiles"] as? [[String: Double]])
    #expect(quantiles.count == 25)
    #expect(quantiles[12] == ["probability": 0.5, "value": 20, "standard_error": 0.04])
    let constant = try #require((outputs[2]["cells"] as? [[String: Any]])?.first?["quantiles"] as? [[String: Any]])
    #expect(constant[0]["standard_error"] is NSNull)
    let comparisons = try #require(outputs[0]["comparisons"] as? [[String: Any]])
    #expect(comparisons.map { $0["reference"] as? String } == ["argentina", "bitcoin"])
    #expect(comparisons[0]["not_stated"] as? [String] == ["boundary", "sector"])
    let rows = try #require(comparisons[1]["rows"] as? [[String: Any]])
    #expect(rows.map { $0["reference_labels"] as? [String: String] } == [["edition": "first"], ["edition": "revised"]])
    let failures = try #require(results["failures"] as? [[String: Any]])
    #expect(failures[0]["first_draw"] as? Int == 48213)
  }

  @Test("what a run prints for programs is the same, with time, workers and files")
  func screen() throws {
    let screen = RunScreen(of: fixed.result, folder: "out", files: ["a.csv"])
    let printed = try object(screen.json)
    #expect(printed["workers"] as? Int == 2)
    #expect((printed["files"] as? [String: Any])?["folder"] as? String == "out")
    #expect((printed["outputs"] as? [Any])?.count == 3)
  }

  @Test(
    "text of any kind reads back as it was", arguments: ["", "\"\\\n\r\t\u{1}\u{1F}/", "é 電力 \u{1F600}", "</script>"])
  func strings(_ text: String) throws {
    #expect(try object(JSON.object([(text, .string(text))]).text)[text] as? String == text)
  }

  @Test("long lists and objects take a line an item, short ones stay on one")
  func layout() {
    let json = JSON.object([
      ("short", .array([.integer(1), .bool(true), .null])),
      ("long", .array((0..<60).map { .integer($0) })),
      ("nested", .array([.object([("a", .number(0.5))])])),
      ("none", .array([])),
    ])
    let lines = json.text.split(separator: "\n")
    #expect(lines[1] == "  \"short\": [1, true, null],")
    #expect(lines[2...3] == ["  \"long\": [", "    0,"])
    #expect(lines.suffix(5) == ["  \"nested\": [", "    {\"a\": 0.5}", "  ],", "  \"none\": []", "}"])
  }
}
