import Foundation
import Modeling
import ScenarioFiles
import Testing

/// Anchor points at numbers that the index does not have.
@Suite("Anchor points outside a numeric index")
struct AnchorsOutsideTests {
  /// The values of an input of constants, cell by cell.
  private func values(_ input: Input) -> [Double] {
    func value(_ rule: CellRule) -> Double {
      switch rule {
      case .supportPoint(let supportPoint):
        if case .constant(let number) = input.supportPoints[supportPoint].value { number } else { .nan }
      case .interpolated(let from, let to, let fraction, let logarithmic):
        logarithmic
          ? value(.supportPoint(from)) * (value(.supportPoint(to)) / value(.supportPoint(from))).power(fraction)
          : (1 - fraction) * value(.supportPoint(from)) + fraction * value(.supportPoint(to))
      case .scaled(let rule, let factor): factor * value(rule)
      }
    }
    return input.cells.map { (value($0) * 1e12).rounded() / 1e12 }
  }

  private func values(
    _ input: String, years: String = "2020..2025", files: [String: String] = [:], set: [String] = []
  ) throws -> [Double] {
    let model = try Checking.model(
      "indexes: {year: \(years)}\ninputs: {x: \(input)}\noutputs: {x: {}}\n", files: files,
      options: .init(assignments: set))
    return values(try model.input("x"))
  }

  private static let table = ["t.csv": "year,value\n2018,0\n2021,3\n2024,6\n2030,12\n"]

  @Test("Rows around the labels and between them are interpolated from")
  func tables() throws {
    let x = "{over: year, table: t.csv, interpolate: linear, extrapolate: hold}"
    #expect(try values(x, files: Self.table) == [2, 3, 4, 5, 6, 7])
    #expect(try values("{over: year, table: t.csv, interpolate: linear}", files: Self.table) == [2, 3, 4, 5, 6, 7])
    #expect(
      try values(x, years: "2026..2030", files: ["t.csv": "year,value\n2020,1\n2050,0.4\n"])
        == [0.88, 0.86, 0.84, 0.82, 0.8])
    // The anchor point 2022 is not a label; the value at 2025 is interpolated between 2022 and 2030.
    #expect(
      try values(x, years: "2020..2030 by 5", files: ["t.csv": "year,value\n2020,1\n2022,9\n2030,3\n"])
        == [1, 6.75, 3])
    #expect(
      try values("{over: year, table: t.csv, interpolate: step}", files: Self.table) == [0, 3, 3, 3, 6, 6])
    #expect(
      try values(
        "{over: year, table: t.csv, interpolate: log}", years: "2020..2021",
        files: ["t.csv": "year,value\n2019,1\n2022,8\n"]) == [2, 4])
    #expect(try values(x, files: Self.table, set: ["x[2022]=7"]) == [2, 3, 7, 5, 6, 7])
    #expect(try values(x, files: Self.table, set: ["x*=2"]) == [4, 6, 8, 10, 12, 14])
    #expect(try values(x, files: Self.table, set: ["x=5"]) == [5, 5, 5, 5, 5, 5])
  }

  @Test("Keys of a mapping around the labels are interpolated from")
  func mappings() throws {
    #expect(
      try values("{over: year, value: {2018: 0, 2021: 3, 2024: 6, 2030: 12}, interpolate: linear}") == [
        2, 3, 4, 5, 6, 7,
      ])
    #expect(
      try values("{over: year, value: {2020: 1, 2050: 0.4}, interpolate: linear}", years: "2026..2030")
        == [0.88, 0.86, 0.84, 0.82, 0.8])
    #expect(
      try values("{over: year, value: {2018.5: 0, 2026: 15}, interpolate: linear}", years: "2020..2021") == [3, 5])
  }

  @Test("Rows that no label needs are skipped unread, and counted")
  func unneeded() throws {
    let model = try Checking.model(
      """
      indexes: {year: 2020..2022}
      inputs: {x: {over: year, table: t.csv, interpolate: linear, dependence: independent}}
      outputs: {x: {}}
      """,
      files: ["t.csv": "year,value\n1990,N/A\n2000,1 to 2\n2010,1 to 2\n2021,2 to 3\n2022,3 to 4\n2030,4 to 5\n"])
    #expect(model.skippedTableRows == 3)
    #expect(try model.addresses("x") == ["x[2010]", "x[2021]", "x[2022]"])
    #expect(try model.input("x").supportPoints.map(\.outside?.label) == ["2010", nil, nil])
  }

  @Test("An anchor point has the same address outside the index and inside a larger one, whatever its row writes")
  func addresses() throws {
    for (years, written) in [("2020..2022", "2018"), ("2018..2022", "2018"), ("2020..2022", "2018.0")] {
      let model = try Checking.model(
        """
        indexes: {year: \(years)}
        inputs: {x: {over: year, table: t.csv, interpolate: linear, dependence: 0.5}}
        outputs: {x: {}}
        """, files: ["t.csv": "year,value\n\(written),1 to 2\n2024,2 to 3\n2021,1 to 3\n"])
      #expect(try model.addresses("x").sorted() == ["x[2018]", "x[2021]", "x[2024]"].prefix(3).map(\.self), "\(years)")
    }
  }

  @Test("Branches choose their anchor points one by one; an index that is not interpolated keeps skipping rows")
  func branches() throws {
    let model = try Checking.model(
      """
      indexes: {year: 2020..2022, age: 0..1}
      inputs: {x: {over: [year, age], table: t.csv, interpolate: linear}}
      equations: {y: "sum(x, over=[year, age])"}
      outputs: {y: {}}
      """,
      files: [
        "t.csv":
          "year,age,value\n2019,0,1\n2023,0,5\n2020,1,10\n2022,1,20\n2030,1,99\n2020,7,1\n2019,1,5\n"
      ])
    #expect(try values(model.input("x")) == [2, 3, 4, 10, 15, 20])
    #expect(model.skippedTableRows == 3)
  }

  @Test("Correlated inputs over one index are tied at equal anchor points outside it")
  func correlated() throws {
    let model = try Checking.model(
      """
      indexes: {year: 2020..2022}
      inputs:
        a: {over: year, value: {2018: 1 to 2, 2024: 2 to 3}, interpolate: linear, dependence: independent}
        b: {over: year, value: {2018: 1 to 2, 2024: 2 to 3}, interpolate: linear, dependence: independent}
      correlations: [[a, b, normal 0.5]]
      equations: {y: "sum(a + b, over=year)"}
      outputs: {y: {}}
      """)
    #expect(model.components.count == 2)
    #expect(model.components.allSatisfy { $0.coordinates.count == 2 })
  }
}

extension Double {
  /// The power of a positive number.
  fileprivate func power(_ exponent: Double) -> Double { pow(self, exponent) }
}
