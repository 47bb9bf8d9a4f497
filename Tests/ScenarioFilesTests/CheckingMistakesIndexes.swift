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
      inputs: {x: {over: [i, j], value: 1 to 2, across: shared}}
      equations: {z: "sum(x, over=[i, j])"}
      outputs: {z: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:20: error: this has 25000000 cells, over [i, j]
        2 | inputs: {x: {over: [i, j], value: 1 to 2, across: shared}}
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
}
