import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes in tables")
struct CheckingMistakesTables {
  @Test("A cell without a row")
  func aCellWithoutARow() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: {over: year, table: t.csv, dependence: shared}}
      outputs: {x: {}}

      """#, files: ["t.csv": "year,low,high\n2019,1,2\n2021,2,3\n"])
    #expect(
      screen == #"""
        s.yaml:2:33: error: the table has no row for a cell of `x`
        2 | inputs: {x: {over: year, table: t.csv, dependence: shared}}
          |                                 ^^^^^
          found: no row for year=2020
          note: `missing: 0` gives such cells a value; `interpolate: linear` fills them between anchor points

        1 error

        """#)
  }

  @Test("A second row for a cell")
  func aSecondRowForACell() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2020}
      inputs: {x: {over: year, table: t.csv, dependence: shared}}
      outputs: {x: {}}

      """#, files: ["t.csv": "year,low,high\n2019,1,2\n2020,2,3\n2019,3,4\n"])
    #expect(
      screen == #"""
        t.csv:4:1: error: a second row for year=2019
        4 | 2019,3,4
          | ^^^^^^^^
        t.csv:2:1: note: the first is here
        2 | 2019,1,2
          | ^^^^^^^^

        1 error

        """#)
  }

  @Test("A bad number")
  func aBadNumber() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2020, gpu_type: [a100, h100]}
      inputs: {x: {over: [year, gpu_type], table: t.csv, dependence: shared, missing: 0}}
      outputs: {x: {}}

      """#, files: ["t.csv": "year,gpu_type,low,high\n2019,a100,1,2\n2020,h100,2.3.4,3\n"])
    #expect(
      screen == #"""
        t.csv:3:11: error: `2.3.4` is not a number
        3 | 2020,h100,2.3.4,3
          |           ^^^^^

        1 error

        """#)
  }

  @Test("Low above high")
  func lowAboveHigh() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2020}
      inputs: {x: {over: year, table: t.csv, dependence: shared}}
      outputs: {x: {}}

      """#, files: ["t.csv": "year,low,high\n2019,1,2\n2020,5,3\n"])
    #expect(
      screen == #"""
        t.csv:3:6: error: the interval ends below its beginning
        3 | 2020,5,3
          |      ^
          expected: low to high

        1 error

        """#)
  }

  @Test("An unknown label")
  func anUnknownLabel() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {kind: [a100, h100]}
      inputs: {x: {over: kind, table: t.csv, dependence: shared}}
      outputs: {x: {}}

      """#, files: ["t.csv": "kind,low,high\na100,1,2\nh10,2,3\n"])
    #expect(
      screen == #"""
        t.csv:3:1: error: the index `kind` has no label `h10`
        3 | h10,2,3
          | ^^^
          expected: a100, h100
          did you mean: h100

        1 error

        """#)
  }

  @Test("A column that means nothing")
  func aColumnThatMeansNothing() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2020}
      inputs: {x: {over: year, table: t.csv, dependence: shared}}
      outputs: {x: {}}

      """#, files: ["t.csv": "year,lo90,high\n2019,1,2\n2020,2,3\n"])
    #expect(
      screen == #"""
        t.csv:1:6: error: the table has a column `lo90`, which means nothing here
        1 | year,lo90,high
          |      ^^^^
          expected: year, value, low, high, unit, source, note
          note: `columns: {low: lo90}` in the input gives columns other names

        1 error

        """#)
  }

  @Test("A column for an index is missing")
  func aColumnForAnIndexIsMissing() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2020, region: [us, eu]}
      inputs: {x: {over: [year, region], table: t.csv, dependence: shared}}
      outputs: {x: {}}

      """#, files: ["t.csv": "year,value\n2019,1\n2020,2\n"])
    #expect(
      screen == #"""
        t.csv:1:1: error: the table has no column for the index `region`
        1 | year,value
          | ^^^^
          expected: a column for each index of `x`: [region, year]

        1 error

        """#)
  }

  @Test("An empty field")
  func anEmptyField() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2020}
      inputs: {x: {over: year, table: t.csv, dependence: shared}}
      outputs: {x: {}}

      """#, files: ["t.csv": "year,low,high\n2019,1,\n2020,2,3\n"])
    #expect(
      screen == #"""
        t.csv:2:8: error: this row has no `high`
        2 | 2019,1,
          |        ^
          note: a row without a value is left out where `missing:` or `interpolate:` says what takes its place

        1 error

        """#)
  }

  @Test("Bare numbers without a unit")
  func bareNumbersWithoutAUnit() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2020}
      inputs: {x: {over: year, table: t.csv}}
      equations: {y: x + 1 W}
      outputs: {y: {unit: W}}

      """#, files: ["t.csv": "year,value\n2019,1\n2020,2\n"])
    #expect(
      screen == #"""
        s.yaml:3:16: error: cannot add values of different units
        3 | equations: {y: x + 1 W}
          |                ^^^^^^^
          found: `x`, a pure number, and `1 W`, in W
        s.yaml:2:10: note: `x` is an input defined here
        2 | inputs: {x: {over: year, table: t.csv}}
          |          ^

        1 error

        """#)
  }

  @Test("A table and a value")
  func aTableAndAValue() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2020}
      inputs: {x: {over: year, value: 3, table: t.csv}}
      outputs: {x: {}}

      """#, files: ["t.csv": "year,value\n2019,1\n2020,2\n"])
    #expect(
      screen == #"""
        s.yaml:2:26: error: `x` has a `value` as well as a `table`
        2 | inputs: {x: {over: year, value: 3, table: t.csv}}
          |                          ^^^^^
          expected: one of them

        1 error

        """#)
  }

  @Test("A row in another unit")
  func aRowInAnotherUnit() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2020}
      inputs: {x: {over: year, table: t.csv, unit: W}}
      outputs: {x: {unit: W}}

      """#, files: ["t.csv": "year,value,unit\n2019,1,kW\n2020,2,kWh\n"])
    #expect(
      screen == #"""
        t.csv:3:8: error: this row is not in the unit of `x`
        3 | 2020,2,kWh
          |        ^^^
          expected: W
          found: kWh

        1 error

        """#)
  }

  @Test("A column that is renamed and not there")
  func aColumnThatIsRenamedAndNotThere() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2020}
      inputs: {x: {over: year, table: t.csv, columns: {low: lo, high: hi}, dependence: shared}}
      outputs: {x: {}}

      """#, files: ["t.csv": "year,lo,high\n2019,1,2\n2020,2,3\n"])
    #expect(
      screen == #"""
        s.yaml:2:65: error: the table has no column `hi`
        2 | inputs: {x: {over: year, table: t.csv, columns: {low: lo, high: hi}, dependence: shared}}
          |                                                                 ^^
          expected: year, lo, high

        1 error

        """#)
  }

  @Test("More rows than may stand")
  func moreRowsThanMayStand() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {i: 1..1000, j: 1..1000}
      inputs: {x: {over: [i, j], table: t.csv}}
      outputs: {x: {}}

      """#, files: ["t.csv": "i,j,value\n1,1,1\n"])
    #expect(
      screen == #"""
        s.yaml:2:10: error: `x` has more than 100000 cells with a value of their own
        2 | inputs: {x: {over: [i, j], table: t.csv}}
          |          ^

        1 error

        """#)
  }
}
