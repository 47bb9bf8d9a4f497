import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes in recursions and stacks")
struct CheckingMistakesRecursions {
  @Test("Previous without a first value")
  func previousWithoutAFirstValue() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: {over: year, value: 1 to 2, dependence: shared}}
      equations: {y: previous(x)}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:16: error: `previous` needs a value for the first label
        3 | equations: {y: previous(x)}
          |                ^^^^^^^^^^^
          did you mean: "previous(x, initial=0)"

        1 error

        """#)
  }

  @Test("Previous along no index")
  func previousAlongNoIndex() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 1 to 2}
      indexes: {year: 2019..2021}
      equations: {y: "previous(x, initial=0)"}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:17: error: `previous` runs along a numeric index, and its argument has none
        3 | equations: {y: "previous(x, initial=0)"}
          |                 ^^^^^^^^^^^^^^^^^^^^^^
          found: `x` is over no index
          note: name it if it is to come in: `over=year`

        1 error

        """#)
  }

  @Test("Previous along one of two indexes")
  func previousAlongOneOfTwoIndexes() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021, vintage: 2019..2021}
      inputs: {x: {over: [year, vintage], value: 1 to 2, dependence: shared}}
      equations: {y: "previous(x, initial=0)"}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:17: error: `previous` must say along which index it runs
        3 | equations: {y: "previous(x, initial=0)"}
          |                 ^^^^^^^^^^^^^^^^^^^^^^
          found: `x` is over [vintage, year]
          note: add `over=vintage`

        1 error

        """#)
  }

  @Test("A first value in another unit")
  func aFirstValueInAnotherUnit() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: {over: year, value: 1 W to 2 W, dependence: shared}}
      equations: {y: "previous(x, initial=1 J)"}
      outputs: {y: {unit: W}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:17: error: `previous` and its initial value have different units
        3 | equations: {y: "previous(x, initial=1 J)"}
          |                 ^^^^^^^^^^^^^^^^^^^^^^^^
          found: `x`, in W, and `1 J`, in J
        s.yaml:2:10: note: `x` is an input defined here
        2 | inputs: {x: {over: year, value: 1 W to 2 W, dependence: shared}}
          |          ^
          note: they differ by a time: `1 J / 1 year`
          note: they differ by a time: `x * 1 year`

        1 error

        """#)
  }

  @Test("A stack that lacks a label")
  func aStackThatLacksALabel() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {route: [fleet, models, disclosure]}
      inputs: {a: 1 to 2, b: 2 to 3}
      equations: {y: "stack(route, fleet=a, modells=b)", z: "stack(route, fleet=a, models=b)"}
      outputs: {y: {}, z: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:39: error: the index `route` has no label `modells`
        3 | equations: {y: "stack(route, fleet=a, modells=b)", z: "stack(route, fleet=a, models=b)"}
          |                                       ^^^^^^^
          expected: fleet, models, disclosure
          did you mean: models

        s.yaml:3:56: error: `stack` lacks the label disclosure
        3 | equations: {y: "stack(route, fleet=a, modells=b)", z: "stack(route, fleet=a, models=b)"}
          |                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          expected: every label of `route` once

        2 errors

        """#)
  }

  @Test("A stock without a survival, and one without all ages")
  func aStockWithoutASurvivalAndOneWithout() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021, age: 0..1}
      inputs:
        inflow: {over: year, value: 1 to 2, dependence: shared}
        survival: {over: age, value: {0: 1, 1: 0.5}}
      equations: {y: "stock(inflow, at=end)", z: "stock(inflow, survival=survival, at=end)"}
      outputs: {y: {}, z: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:5:17: error: `stock` needs a survival by age
        5 | equations: {y: "stock(inflow, at=end)", z: "stock(inflow, survival=survival, at=end)"}
          |                 ^^^^^^^^^^^^^^^^^^^^^
          expected: stock(inflow, survival=by_age, at=middle)

        s.yaml:5:68: error: the index `age` has no age 2, which `year` reaches
        5 | equations: {y: "stock(inflow, at=end)", z: "stock(inflow, survival=survival, at=end)"}
          |                                                                    ^^^^^^^^
          expected: ages from 0 to 2

        2 errors

        """#)
  }

  @Test("Parts of a stack in different units")
  func partsOfAStackInDifferentUnits() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {route: [fleet, models]}
      inputs: {a: 1 W to 2 W, b: 2 J to 3 J}
      equations: {y: "stack(route, fleet=a, models=b)"}
      outputs: {y: {unit: W}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:17: error: the parts of `stack` have different units
        3 | equations: {y: "stack(route, fleet=a, models=b)"}
          |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          found: `a`, in W, and `b`, in J
        s.yaml:2:10: note: `a` is an input defined here
        2 | inputs: {a: 1 W to 2 W, b: 2 J to 3 J}
          |          ^
        s.yaml:2:25: note: `b` is an input defined here
        2 | inputs: {a: 1 W to 2 W, b: 2 J to 3 J}
          |                         ^
          note: they differ by a time: `b / 1 year`
          note: they differ by a time: `a * 1 year`

        1 error

        """#)
  }

  @Test("A lag before the first label")
  func aLagBeforeTheFirstLabel() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: {over: year, value: 1 to 2, dependence: shared}}
      equations:
        right: if year == 2019 then 0 else x[year=year-1]
        wrong: x - x[year=year-1]
      outputs: {right: {}, wrong: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:5:14: error: this selects year=2018, which does not exist
        5 |   wrong: x - x[year=year-1]
          |              ^^^^^^^^^^^^^^
          expected: year from 2019 to 2021
          found: year=2018 at year=2019
          note: take it only where it exists: `if … then … else …` on the indexes, which is decided at load

        1 error

        """#)
  }
}
