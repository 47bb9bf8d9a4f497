import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes in indexes")
struct CheckingMistakesIndexes {
  @Test("A range that ends before it begins")
  func aRangeThatEndsBeforeItBegins() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2030..2019}
      outputs: {}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:17: error: the range `2030..2019` is empty: it ends before it begins
        1 | indexes: {year: 2030..2019}
          |                 ^^^^^^^^^^
          did you mean: 2019..2030

        1 error

        """#)
  }

  @Test("A label twice")
  func aLabelTwice() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {region: [us, eu, us]}
      outputs: {}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:28: error: the index `region` has the label `us` twice
        1 | indexes: {region: [us, eu, us]}
          |                            ^^
        s.yaml:1:20: note: first here
        1 | indexes: {region: [us, eu, us]}
          |                    ^^

        1 error

        """#)
  }

  @Test("Numbers that are equal are one label")
  func numbersThatAreEqualAreOneLabel() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {x: [1, 1.0, 2]}
      outputs: {}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:18: error: the index `x` has the label `1.0` twice
        1 | indexes: {x: [1, 1.0, 2]}
          |                  ^^^
        s.yaml:1:15: note: first here
        1 | indexes: {x: [1, 1.0, 2]}
          |               ^

        1 error

        """#)
  }

  @Test("Too many labels")
  func tooManyLabels() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {i: 0..20000}
      outputs: {}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: the index `i` has 20001 labels
        1 | indexes: {i: 0..20000}
          |              ^^^^^^^^
          expected: at most 10000

        1 error

        """#)
  }

  @Test("Too many cells")
  func tooManyCells() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {i: 1..5000, j: 1..5000}
      inputs: {x: {over: [i, j], value: 1 to 2, dependence: shared}}
      equations: {z: "sum(x, over=[i, j])"}
      outputs: {z: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:20: error: this has 25000000 cells, over [i, j]
        2 | inputs: {x: {over: [i, j], value: 1 to 2, dependence: shared}}
          |                    ^
          expected: at most 1000000

        1 error

        """#)
  }

  @Test("A scalar is no index")
  func aScalarIsNoIndex() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019}
      outputs: {}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:17: error: `2019` is neither a range nor a list of labels
        1 | indexes: {year: 2019}
          |                 ^^^^
          expected: `2019..2030`, `2019..2049 by 5` or `[us, eu]`
          note: an index of this one label is `[2019]`

        1 error

        """#)
  }

  @Test("A mistake in an index makes no mistakes elsewhere")
  func aMistakeInAnIndexMakesNoMistakes() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021 by 0, region: [us, us]}
      inputs:
        load: {over: [year, region], value: {us: 1 to 2, eu: 2 to 3}, dependence: shared}
        pue: {over: year, value: 1 to 2, dependence: shared}
      equations: {x: "sum(load[region=asia], over=year)", y: "pue[year=2020] * year"}
      outputs: {x: {}, y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:17: error: the step of `2019..2021 by 0` is not a whole number above 0
        1 | indexes: {year: 2019..2021 by 0, region: [us, us]}
          |                 ^^^^^^^^^^^^^^^

        s.yaml:1:47: error: the index `region` has the label `us` twice
        1 | indexes: {year: 2019..2021 by 0, region: [us, us]}
          |                                               ^^
        s.yaml:1:43: note: first here
        1 | indexes: {year: 2019..2021 by 0, region: [us, us]}
          |                                           ^^

        s.yaml:5:57: error: the index `year` is the bare number of its label, and cannot be multiplied or divided
        5 | equations: {x: "sum(load[region=asia], over=year)", y: "pue[year=2020] * year"}
          |                                                         ^^^^^^^^^^^^^^^^^^^^^
          found: the unit of the same name was probably meant
          did you mean: pue[year=2020] * 1 year

        3 errors

        """#)
  }

  @Test("Too many cells together")
  func tooManyCellsTogether() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {i: 1..1000, j: 1..1000}
      inputs:
        a: {over: [i, j], value: 1 to 2, dependence: shared}
        b: {over: [i, j], value: 1 to 2, dependence: shared}
        c: {over: [i, j], value: 1 to 2, dependence: shared}
        d: {over: [i, j], value: 1 to 2, dependence: shared}
        e: {over: [i, j], value: 1 to 2, dependence: shared}
        f: {over: [i, j], value: 1 to 2, dependence: shared}
      equations: {x: a + b + c + d + e + f}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:8:3: error: the inputs have too many cells together
        8 |   f: {over: [i, j], value: 1 to 2, dependence: shared}
          |   ^
          expected: at most 5000000
          found: 6000000 up to `f`

        1 error

        """#)
  }

  @Test("Too many cells with a value of their own")
  func tooManyCellsWithAValueOfTheir() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {i: 1..1000, j: 1..1000}
      inputs:
        a: {over: [i, j], value: 1 to 2, dependence: independent}
      outputs: {a: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:3: error: `a` has more than 100000 cells with a value of their own
        3 |   a: {over: [i, j], value: 1 to 2, dependence: independent}
          |   ^

        1 error

        """#)
  }
}
