import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes in cycles")
struct CheckingMistakesCycles {
  @Test("A cycle of equations")
  func aCycleOfEquations() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 1 to 2}
      equations:
        a: b + x
        b: c * 2
        c: a - 1
      outputs: {a: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:6: error: equations need each other in a cycle
        3 |   a: b + x
          |      ^
          expected: a cycle passes through `previous(…, initial=…)`
          found: a -> b -> c -> a
        s.yaml:4:6: note: `b` needs `c` here
        4 |   b: c * 2
          |      ^
        s.yaml:5:6: note: `c` needs `a` here
        5 |   c: a - 1
          |      ^

        1 error

        """#)
  }

  @Test("An equation that is itself")
  func anEquationThatIsItself() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 1 to 2}
      equations: {fleet: fleet * 0.9 + x}
      outputs: {fleet: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:20: error: `fleet` is defined by itself
        2 | equations: {fleet: fleet * 0.9 + x}
          |                    ^^^^^
          expected: a value that depends on its own past: `previous(fleet, initial=…)`

        1 error

        """#)
  }

  @Test("A unit that stays open")
  func aUnitThatStaysOpen() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      equations: {x: "previous(x, initial=0, over=year) * 2"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:13: error: the unit of `x` does not follow from its formula
        2 | equations: {x: "previous(x, initial=0, over=year) * 2"}
          |             ^
          note: say it: `x: {formula: …, unit: …}`

        1 error

        """#)
  }

  @Test("A cycle that sums over its own index")
  func aCycleThatSumsOverItsOwnIndex() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {new: {over: year, value: 1 to 2, dependence: shared}}
      equations: {x: "previous(x, initial=0) + new / sum(x, over=year)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:52: error: `x` is defined by itself
        3 | equations: {x: "previous(x, initial=0) + new / sum(x, over=year)"}
          |                                                    ^
          expected: a value that depends on its own past: `previous(x, initial=…)`

        1 error

        """#)
  }

  @Test("A unit that does not fit in a cycle")
  func aUnitThatDoesNotFitInA() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      units: [gpu]
      inputs: {new: {over: year, value: 1 gpu/year to 2 gpu/year, dependence: shared}}
      equations: {fleet: "previous(fleet, initial=0 gpu) + new"}
      outputs: {fleet: {unit: gpu}}

      """#)
    #expect(
      screen == #"""
        s.yaml:4:21: error: cannot add values of different units
        4 | equations: {fleet: "previous(fleet, initial=0 gpu) + new"}
          |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          found: `previous(fleet, initial=0 gpu)`, in gpu, and `new`, in gpu/year
        s.yaml:3:10: note: `new` is an input defined here
        3 | inputs: {new: {over: year, value: 1 gpu/year to 2 gpu/year, dependence: shared}}
          |          ^^^
          note: they differ by a time: `new * 1 year`

        1 error

        """#)
  }

  @Test("A cycle along two indexes")
  func aCycleAlongTwoIndexes() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021, vintage: 2019..2021}
      inputs: {new: {over: [year, vintage], value: 1 to 2, dependence: shared}}
      equations:
        a: "previous(a, initial=0, over=year) + previous(a, initial=0, over=vintage) + new"
      outputs: {a: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:4:3: error: the cycle of `a` runs through `previous` along different indexes
        4 |   a: "previous(a, initial=0, over=year) + previous(a, initial=0, over=vintage) + new"
          |   ^
          expected: one index along which every turn of the cycle goes back
          found: [vintage, year]

        1 error

        """#)
  }

  @Test("An input that depends on what is computed from it")
  func anInputThatDependsOnWhatIsComputed() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "normal(y, 1)"}
      equations: {y: x * 2}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:21: error: the distribution of `x` depends on what is computed from it
        1 | inputs: {x: "normal(y, 1)"}
          |                     ^
          expected: an input's arguments may name inputs and equations, never in a cycle
          found: x -> y -> x
        s.yaml:2:16: note: `y` needs `x` here
        2 | equations: {y: x * 2}
          |                ^

        1 error

        """#)
  }

  @Test("An input that depends on what is computed from it by a recursion shows the way through the input")
  func anInputInARecursion() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2020}
      inputs:
        c: normal(e, 1)
      equations:
        e: previous(e, initial=0, over=year) + c
      outputs: {c: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:13: error: the distribution of `c` depends on what is computed from it
        3 |   c: normal(e, 1)
          |             ^
          expected: an input's arguments may name inputs and equations, never in a cycle
          found: c -> e -> c
        s.yaml:5:42: note: `e` needs `c` here
        5 |   e: previous(e, initial=0, over=year) + c
          |                                          ^

        1 error

        """#)
  }
}
