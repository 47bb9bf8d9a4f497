import Foundation
import Modeling
import ScenarioFiles
import Testing

/// Tables as spreadsheets and data sets write them: one message for each mistake, which names it.
@Suite("Mistakes of table files")
struct CheckingMistakesTableFiles {
  private func screen(_ table: String, _ more: String = "") throws -> String {
    try Checking.screen(
      "indexes: {c: [us, eu]}\ninputs: {x: {over: c, table: t.csv, dependence: shared\(more)}}\noutputs: {x: {}}\n",
      files: ["t.csv": table])
  }

  @Test("A title above the header")
  func title() throws {
    #expect(
      try screen("Report of 14 March\nc,value\nus,4.1\neu,5\n") == """
        t.csv:1:1: error: line 1 is not a header: it has 1 field, and the rows below have 2
        1 | Report of 14 March
          | ^^^^^^^^^^^^^^^^^^
          expected: the column names in the first line, without a title or remarks above them
        t.csv:2:1: note: the column names seem to be here
        2 | c,value
          | ^^^^^^^

        1 error

        """)
  }

  @Test(
    "Other lines above the header, and no header at all",
    arguments: [
      ("Report,\n,\nc,value\nus,4.1\neu,5\n", 3), ("# made by hand\n\nc,value\nus,4.1\neu,5\n", 3),
      ("Report,2024\nc,value\nus,4.1\neu,5\n", 2), ("us,4.1\neu,5\n", 0),
      ("\"Title, with a comma\"\nc,value\nus,1\neu,2\n", 2),
    ])
  func preambles(table: String, header: Int) throws {
    let screen = try screen(table)
    #expect(screen.contains(" is not a header: "), "\(screen)")
    #expect(screen.hasSuffix("\n1 error\n"), "\(screen)")
    #expect(screen.contains("t.csv:\(header):1: note: the column names seem to be here") == (header > 0), "\(screen)")
  }

  @Test(
    "Other separators than commas",
    arguments: [
      ("c;value\nus;\"1,5\"\neu;\"1,7\"\n", "semicolons"), ("c;value\nus;1,5\neu;1,7\n", "semicolons"),
      ("c\tvalue\nus\t1.5\neu\t1.7\n", "tabs"), ("c|value\nus|1.5\neu|1.7\n", "vertical bars"),
    ])
  func separators(table: String, name: String) throws {
    let screen = try screen(table)
    #expect(screen.contains("error: the columns of this table are separated by \(name)"), "\(screen)")
    #expect(screen.contains("did you mean: c,value"))
    #expect(screen.hasSuffix("\n1 error\n"), "\(screen)")
  }

  @Test("A mark of a missing value, in many rows")
  func missingValues() throws {
    let screen = try Checking.screen(
      """
      indexes: {year: 2019..2022}
      inputs: {x: {over: year, table: t.csv, dependence: shared}}
      outputs: {x: {}}
      """, files: ["t.csv": "year,value\n2019,N/A\n2020,N/A\n2021,..\n2022,N/A\n"])
    #expect(
      screen == """
        t.csv:2:6: error: no value here: `N/A`
        2 | 2019,N/A
          |      ^^^
          expected: a value, or a blank cell
          note: a blank cell takes the value of `missing:`, or is interpolated where `interpolate:` says how
          note: the same on 2 more lines: 3, 5

        t.csv:4:6: error: no value here: `..`
        4 | 2021,..
          |      ^^
          expected: a value, or a blank cell
          note: a blank cell takes the value of `missing:`, or is interpolated where `interpolate:` says how

        2 errors

        """)
    for token in [
      "NA", "n/a", "null", "-", "--", "–", ".", "...", ":", "x", "#N/A", "#VALUE!", "None", "nan", "NaN", "c", "?",
      "missing",
      "TBD", "(D)", "n.d.", "\u{2026}",
    ] {
      let screen = try self.screen("c,value\nus,\(token)\neu,5\n", ", missing: 0")
      #expect(screen.contains("t.csv:2:4: error: no value here: `\(token)`\n"), "\(screen)")
      #expect(screen.hasSuffix("\n1 error\n"), "\(screen)")
    }
  }

  @Test("A word for true or false")
  func truth() throws {
    let screen = try screen("c,value\nus,yes\neu,5\n")
    #expect(screen.contains("error: `yes` is not a number\n") && screen.contains("did you mean: 1\n"), "\(screen)")
  }

  @Test("Blank cells count as left out where something takes their place")
  func blankCells() throws {
    #expect(try screen("c,value\nus,\neu,5\n", ", missing: 0") == "")
    #expect(try screen("c,low,high\nus,,\neu,5,6\n", ", missing: 0") == "")
    let half = try screen("c,low,high\nus,4,\neu,5,6\n", ", missing: 0")
    #expect(half.contains("t.csv:2:6: error: this row has no `high`"), "\(half)")
    let model = try Checking.model(
      "indexes: {c: [us, eu]}\ninputs: {x: {over: c, table: t.csv, missing: 0}}\noutputs: {x: {}}\n",
      files: ["t.csv": "c,value\nus,\neu,5\n"])
    #expect(model.quantities[0].input?.supportPoints.map(\.text) == ["5", "0"])
    let years = try Checking.model(
      "indexes: {year: 2019..2021}\ninputs: {x: {over: year, table: t.csv, interpolate: linear}}\noutputs: {x: {}}\n",
      files: ["t.csv": "year,value\n2019,1\n2020,\n2021,3\n"])
    #expect(years.quantities[0].input?.supportPoints.map(\.text) == ["1", "3"])
  }

  @Test("Dates, accounting negatives and ranges in cells and ends")
  func shapes() throws {
    #expect(
      try screen("c,value\nus,2023-04-01\neu,5\n") == """
        t.csv:2:4: error: this is a date, not a value
        2 | us,2023-04-01
          |    ^^^^^^^^^^
          expected: a number, an interval or a distribution
          found: `2023-04-01`
          note: a year is a number, as 2023; differences and quotients have spaces around their operators

        1 error

        """)
    #expect(
      try screen("c,value\nus,(4.1)\neu,5\n") == """
        t.csv:2:4: error: this is an accounting negative: a negative number has a minus sign
        2 | us,(4.1)
          |    ^^^^^
          found: `(4.1)`
          did you mean: -4.1

        1 error

        """)
    #expect(
      try screen("c,value\nus,10–20\neu,10-20\n") == """
        t.csv:2:4: error: this is a range, which is written `low to high`
        2 | us,10–20
          |    ^^^^^
          found: `10–20`
          did you mean: 10 to 20
          note: the same on line 3

        1 error

        """)
    let ends = try screen("c,low,high\nus,2023-04-01,2023-03-01\neu,5,6\n")
    #expect(ends.contains("t.csv:2:4: error: this is a date") && ends.hasSuffix("\n1 error\n"), "\(ends)")
    let comma = try screen("c,value\nus,1,234\neu,5\n")
    #expect(comma.contains("note: a comma separates fields, also inside a number"), "\(comma)")
    let scalar = try Checking.screen(
      "inputs: {x: 2023-01-01, y: {value: N/A}, z: \"(5 W)\"}\noutputs: {x: {}, y: {}, z: {}}\n")
    #expect(scalar.contains("s.yaml:1:13: error: this is a date, not a value"), "\(scalar)")
    #expect(scalar.contains("s.yaml:1:36: error: no value here: `N/A`"), "\(scalar)")
    #expect(scalar.contains("did you mean: -5 W") && scalar.hasSuffix("\n3 errors\n"), "\(scalar)")
    let formula = try Checking.screen("equations: {x: 5 + 2023-04-01}\noutputs: {x: {}}\n")
    #expect(formula.contains("error: this is a date, not arithmetic"), "\(formula)")
  }

  @Test("Invisible characters are named at their place")
  func invisible() throws {
    #expect(
      try screen("c,value\nus\u{A0},10\neu,20\n") == """
        t.csv:2:3: error: `us<U+00A0>` holds an invisible character: no-break space (U+00A0)
        2 | us\u{A0},10
          |   ^

        1 error

        """)
    for (table, place, name) in [
      ("c,val\u{200B}ue\nus,1\neu,2\n", "t.csv:1:6", "zero width space (U+200B)"),
      ("c,value\nus,1\n\u{FEFF}eu,2\n", "t.csv:3:1", "byte order mark (U+FEFF)"),
      ("c,value\nu\u{AD}s,1\neu,2\n", "t.csv:2:2", "soft hyphen (U+00AD)"),
      ("c,value\n\u{200F}us,1\neu,2\n", "t.csv:2:1", "right-to-left mark (U+200F)"),
      ("c,value\nus,1\u{2009}W\neu,2 W\n", "t.csv:2:4", "thin space (U+2009)"),
      ("c,value,unit\nus,1,W\u{200B}\neu,2,W\n", "t.csv:2:7", "zero width space (U+200B)"),
    ] {
      let screen = try screen(table)
      #expect(screen.contains("\(place): error: ") && screen.contains("invisible character: \(name)"), "\(screen)")
      #expect(screen.hasSuffix("\n1 error\n"), "\(screen)")
    }
    for (text, place) in [
      ("inputs:\n\u{A0}\u{A0}x: 1\noutputs:\n  x: {}\n", "s.yaml:2:1"),
      ("inputs:\n  x\u{200B}: 1\noutputs:\n  x: {}\n", "s.yaml:2:4"),
      ("indexes: {c: [us\u{A0}, eu]}\ninputs: {x: 1}\noutputs: {x: {}}\n", "s.yaml:1:17"),
      ("indexes: {c: [us, eu]}\ninputs: {x: {over: c\u{A0}, value: 1}}\noutputs: {x: {}}\n", "s.yaml:2:21"),
      ("inputs: {x: 1}\noutputs: {x: {scope: {region: world\u{A0}}}}\n", "s.yaml:2:36"),
    ] {
      let screen = try Checking.screen(text)
      #expect(screen.contains("\(place): error: ") && screen.contains("invisible character"), "\(screen)")
      #expect(screen.hasSuffix("\n1 error\n"), "\(screen)")
    }
    // Remarks may hold them.
    #expect(try screen("c,value,note\nus,1,10\u{A0}%\neu,2,\n") == "")
    #expect(try Checking.screen("title: 10\u{A0}%\ninputs: {x: {value: 1, note: a\u{A0}b}}\noutputs: {x: {}}\n") == "")
  }

  @Test("Rows with other numbers of fields are one message by number; so are columns that mean nothing")
  func rowsAndColumns() throws {
    let rows = try screen("c,value\nus,1,2\neu,2,3\nSource: IEA\n")
    #expect(
      rows == """
        t.csv:2:1: error: this row has 3 fields
        2 | us,1,2
          | ^^^^^^
          expected: 2, as the header has
          note: the same on line 3
          note: a comma separates fields, also inside a number: `1,234` is written 1234

        t.csv:4:1: error: this row has 1 field
        4 | Source: IEA
          | ^^^^^^^^^^^
          expected: 2, as the header has

        2 errors

        """)
    let columns = try screen("c,code,value,flag\nus,USA,1,e\neu,EUU,2,e\n")
    #expect(columns.contains("the table has 2 columns that mean nothing here: `code`, `flag`"), "\(columns)")
    #expect(columns.hasSuffix("\n1 error\n"))
  }

  @Test("Files in other encodings")
  func encodings() throws {
    let folder = try TemporaryFolder([
      "main.yaml":
        "indexes: {c: [us, eu]}\ninputs: {x: {over: c, table: t.csv, dependence: shared}}\noutputs: {x: {}}\n"
    ])
    let table = "c,value,note\nus,1,é\neu,2,\n"
    func wide(_ isBig: Bool, mark: Bool) -> Data {
      var units = mark ? [UInt16(0xFEFF)] : []
      units += table.utf16
      return Data(units.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] })
    }
    let latin = Data(table.unicodeScalars.map { UInt8($0.value) })
    for (data, found) in [
      (wide(false, mark: true), "UTF-16"), (wide(true, mark: true), "UTF-16"), (wide(false, mark: false), "UTF-16"),
      (wide(true, mark: false), "UTF-16"), (latin, "the byte 0xE9, as in Latin-1 or Windows-1252"),
    ] {
      try folder.write(data, to: "t.csv")
      do throws(Diagnostics) {
        _ = try Scenario.model(ofFileAt: folder.path + "/main.yaml")
        Issue.record("this file is not UTF-8")
      } catch {
        #expect(error.all.map(\.message) == ["this file is not UTF-8 text"])
        #expect(error.all.first?.found?.hasPrefix(found) == true, "\(error.all)")
      }
    }
  }
}
