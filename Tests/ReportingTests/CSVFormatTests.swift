import Evidence
import Reporting
import Simulation
import Testing

@Suite("CSV files have exactly the columns that are promised")
struct CSVFormatTests {
  let fixed = FixedResult()

  private func table(_ name: String, _ result: ScenarioResult? = nil) throws -> [[String]] {
    let file = try #require(CSVFormat.files(of: result ?? fixed.result).first { $0.name == name })
    let text = TextBuffer()
    try file.write(text)
    return try #require(records(ofCSV: text.text), "not RFC 4180")
  }

  @Test("summary.csv: a row a cell, index columns in the order of names, blank where an output lacks them")
  func summary() throws {
    let rows = try table("summary.csv")
    #expect(
      rows[0].joined(separator: " ")
        == "output unit region year mean sd mean_standard_error p01 p05 p10 p25 p50 p75 p90 p95 p99 min max draws non_finite"
    )
    #expect(rows.count == 1 + 4 + 1 + 1)
    #expect(
      rows.map { $0.prefix(4).joined(separator: "|") }.dropFirst() == [
        "electricity|TWh/year|us|2020", "electricity|TWh/year|us|2021", "electricity|TWh/year|eu, uk|2020",
        "electricity|TWh/year|eu, uk|2021", "intensity|g/J||", "constant|1||",
      ])
    #expect(
      rows[1].dropFirst(4).joined(separator: " ")
        == "10.4 2.5 0.04 5.1 5.5 6 7.5 10 12.5 14 14.5 14.9 5 15 1000000 0")
    #expect(rows[5].last == "17")
  }

  @Test("quantiles.csv: a row for each of the probabilities, its error blank where there is no estimate")
  func quantiles() throws {
    let rows = try table("quantiles.csv")
    #expect(rows[0] == ["output", "unit", "region", "year", "probability", "value", "standard_error"])
    #expect(rows.count == 1 + 6 * CellSummary.probabilities.count)
    #expect(rows[1] == ["electricity", "TWh/year", "us", "2020", "0.001", "5.01", "0.04"])
    #expect(rows.last == ["constant", "1", "", "", "0.999", "2.5", ""])
    let probabilities = rows.dropFirst().prefix(25).map { $0[4] }
    #expect(
      probabilities == [
        "0.001", "0.01", "0.025", "0.05", "0.1", "0.15", "0.2", "0.25", "0.3", "0.35", "0.4", "0.45", "0.5", "0.55",
        "0.6", "0.65", "0.7", "0.75", "0.8", "0.85", "0.9", "0.95", "0.975", "0.99", "0.999",
      ])
  }

  @Test("histogram.csv: densities times widths sum to one, and a constant has none")
  func histogram() throws {
    let rows = try table("histogram.csv")
    #expect(rows[0] == ["output", "unit", "region", "year", "low", "high", "count", "density"])
    #expect(rows[1] == ["electricity", "TWh/year", "us", "2020", "5", "10", "500000", "0.1"])
    #expect(rows.last == ["constant", "1", "", "", "2.5", "2.5", "1000000", ""])
  }

  @Test("comparisons.csv: an index that only the reference has gets a column and a row for each label")
  func comparisons() throws {
    let rows = try table("comparisons.csv")
    #expect(
      rows[0].joined(separator: " ")
        == "output unit edition region year reference ratio_p05 ratio_p50 ratio_p95 probability_exceeds standard_error")
    #expect(rows.count == 1 + 4 + 2)
    #expect(
      rows[1] == [
        "electricity", "TWh/year", "", "us", "2020", "argentina", "0.0222", "0.0414", "0.777", "0", "0",
      ])
    #expect(rows[6] == ["electricity", "TWh/year", "revised", "us", "2020", "bitcoin", "1", "2", "3", "1", "0"])
  }

  @Test("comparisons.csv is written, without rows, where nothing is compared")
  func nothingCompared() throws {
    var result = fixed.result
    result.outputs.removeFirst()
    let rows = try table("comparisons.csv", result)
    #expect(
      rows == [
        ["output", "unit", "reference", "ratio_p05", "ratio_p50", "ratio_p95", "probability_exceeds", "standard_error"]
      ])
  }

  @Test("an index that is called like a column keeps a column of its own")
  func clash() throws {
    var result = fixed.result
    result.model.indexes[1].name = "unit"
    #expect(try table("summary.csv", result)[0][2...3] == ["index.unit", "year"])
  }

  @Test("draws.csv: a row a draw over several pieces, full precision, what is not finite as such")
  func draws() throws {
    let columns = [(name: "load", unit: "GW"), (name: "electricity[us,2020]", unit: "TWh/year")]
    let export = DrawExport(rows: 3) { body in
      try body(DrawTable(columns: columns, values: [[1, 0.1], [.nan, 1e-300]], firstDraw: 0))
      try body(DrawTable(columns: columns, values: [[1.0 / 3], [-.infinity]], firstDraw: 2))
    }
    let text = TextBuffer()
    try CSVFormat.files(of: export)[0].write(text)
    #expect(
      text.text == "draw,load,\"electricity[us,2020]\"\r\n0,1,nan\r\n1,0.1,1e-300\r\n2,0.3333333333333333,-inf\r\n")
  }

  @Test("every number reads back as the same number")
  func roundTrip() throws {
    // Weyl's sequence over all bit patterns (a 64-bit golden ratio), and numbers where the text changes its form.
    let patterns = (1...10_000).map { Double(bitPattern: UInt64($0) &* 0x9E37_79B9_7F4A_7C15) }
    let special = [
      0, -0.0, 1, -12, 1e14, 999_999_999_999_999, 1e15, 1e15 + 0.5, 1e16, 0x1p53, 0x1p54, 1e22, 0.1, -1e-5,
    ]
    for value in patterns + special where value.isFinite {
      let text = NumberText.exact(value)
      #expect(Double(text)?.bitPattern == value.bitPattern, "\(text)")
      #expect(!text.hasSuffix(".0"))
    }
  }

  @Test("a field with commas, quotes or line ends comes back whole")
  func quoting() throws {
    var result = fixed.result
    result.model.indexes[1].labels = ["a \"b\"", "c\r\nd"]
    let rows = try table("summary.csv", result)
    #expect(rows[1][2] == "a \"b\"")
    #expect(rows[3][2] == "c\r\nd")
  }
}
