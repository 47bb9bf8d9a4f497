import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes in formulas")
struct CheckingMistakesFormulas {
  @Test("An index that a reduction lacks")
  func anIndexThatAReductionLacks() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021, region: [us, eu]}
      inputs: {x: {over: year, value: 1 to 2, dependence: shared}}
      equations: {y: "sum(x, over=region)"}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:29: error: `sum` runs over region, which its argument does not have
        3 | equations: {y: "sum(x, over=region)"}
          |                             ^^^^^^
          found: `x` is over year
          note: it can run over year

        1 error

        """#)
  }

  @Test("A reduction over no index")
  func aReductionOverNoIndex() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: {over: year, value: 1 to 2, dependence: shared}}
      equations: {y: sum(x)}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:16: error: `sum` must name the indexes that it runs over
        3 | equations: {y: sum(x)}
          |                ^^^^^^
          did you mean: "sum(x, over=year)"

        1 error

        """#)
  }

  @Test("An unknown index")
  func anUnknownIndex() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: {over: year, value: 1 to 2, dependence: shared}}
      equations: {y: "sum(x, over=yaer)"}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:29: error: unknown index `yaer`
        3 | equations: {y: "sum(x, over=yaer)"}
          |                             ^^^^
          did you mean: year

        1 error

        """#)
  }

  @Test("An unknown function")
  func anUnknownFunction() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 1 to 2}
      equations: {y: "sqr(x) + expp(x)"}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:17: error: unknown function `sqr`
        2 | equations: {y: "sqr(x) + expp(x)"}
          |                 ^^^
          did you mean: sqrt

        s.yaml:2:26: error: unknown function `expp`
        2 | equations: {y: "sqr(x) + expp(x)"}
          |                          ^^^^
          did you mean: exp

        2 errors

        """#)
  }

  @Test("Wrong numbers of arguments")
  func wrongNumbersOfArguments() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 1 to 2}
      equations: {y: "exp(x, x)", z: "min(x)"}
      outputs: {y: {}, z: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:17: error: `exp` takes 1 argument, not 2
        2 | equations: {y: "exp(x, x)", z: "min(x)"}
          |                 ^^^^^^^^^
          expected: exp(x)

        s.yaml:2:33: error: `min` takes at least 2 arguments, not 1
        2 | equations: {y: "exp(x, x)", z: "min(x)"}
          |                                 ^^^^^^
          expected: min(x, y, …)
          note: over an index it is `min(x, over=index)`

        2 errors

        """#)
  }

  @Test("A selection on an index that is not there")
  func aSelectionOnAnIndexThatIsNot() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: 1 to 2}
      equations: {y: "x[year=2020]"}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:19: error: `x` does not run over `year`
        3 | equations: {y: "x[year=2020]"}
          |                   ^^^^
          found: it is over no index

        1 error

        """#)
  }

  @Test("A label that does not exist")
  func aLabelThatDoesNotExist() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: {over: year, value: 1 to 2, dependence: shared}}
      equations: {y: "x[year=2025]"}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:24: error: the index `year` has no label `2025`
        3 | equations: {y: "x[year=2025]"}
          |                        ^^^^
          expected: 2019, 2020, 2021

        1 error

        """#)
  }

  @Test("Several labels outside a reduction")
  func severalLabelsOutsideAReduction() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: {over: year, value: 1 to 2, dependence: shared}}
      equations: {y: "x[year=2019..2020] * 2"}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:17: error: several labels can be selected only under a reduction over their index
        3 | equations: {y: "x[year=2019..2020] * 2"}
          |                 ^^^^^^^^^^^^^^^^^^
          did you mean: sum(x[year=2019..2020], over=year)

        1 error

        """#)
  }

  @Test("A label that is computed and does not exist")
  func aLabelThatIsComputedAndDoesNot() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021, vintage: 2017..2021, age: 0..4}
      inputs:
        survival: {over: age, value: 0.5 to 0.9, dependence: shared}
      equations:
        right: if vintage <= year then survival[age=year - vintage] else 0
        wrong: survival[age=year - vintage]
      outputs: {right: {}, wrong: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:6:10: error: this selects age=-1, which does not exist
        6 |   wrong: survival[age=year - vintage]
          |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          expected: age from 0 to 4
          found: age=-1 at vintage=2020, year=2019
          note: take it only where it exists: `if … then … else …` on the indexes, which is decided at load

        1 error

        """#)
  }

  @Test("A value that selects and is no label")
  func aValueThatSelectsAndIsNoLabel() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: {over: year, value: 1 to 2, dependence: shared}, k: 2}
      equations: {y: "x[year=k]"}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:24: error: `k` cannot select a label of `year`
        3 | equations: {y: "x[year=k]"}
          |                        ^
          expected: a label, an input whose values are labels, or a sum of numeric indexes and whole numbers
          found: an input

        1 error

        """#)
  }

  @Test("A comparison with a label that does not exist")
  func aComparisonWithALabelThatDoesNot() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {region: [us, eu]}
      inputs: {x: {over: region, value: 1 to 2, dependence: shared}}
      equations: {y: if region == uss then x else 0}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:29: error: the index `region` has no label `uss`
        3 | equations: {y: if region == uss then x else 0}
          |                             ^^^
          expected: us, eu
          did you mean: us

        1 error

        """#)
  }

  @Test("A number where a list of labels is meant")
  func aNumberWhereAListOfLabelsIs() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021, region: [us, eu]}
      inputs: {x: {over: [year, region], value: 1 to 2, dependence: shared}}
      equations: {y: "sum(x[year=2019..2020], over=region)"}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:23: error: several labels of `year` are selected, but the reduction does not run over it
        3 | equations: {y: "sum(x[year=2019..2020], over=region)"}
          |                       ^^^^
          note: add it: `over=[region, year]`

        1 error

        """#)
  }

  @Test("A call of what is no function")
  func aCallOfWhatIsNoFunction() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 1 to 2}
      equations: {y: load(3)}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:16: error: `load` is not a function
        2 | equations: {y: load(3)}
          |                ^^^^
          found: an input followed by `(`
          note: a product is written `load * (…)`, a selection `load[index=label]`

        1 error

        """#)
  }

  @Test("Labels in arithmetic")
  func labelsInArithmetic() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {source: [coal, gas]}
      inputs: {choice: "discrete(coal=30%, gas=70%)", x: 1 to 2}
      equations: {y: choice * x, z: if choice == goal then 1 else 0}
      outputs: {y: {}, z: {}, choice: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:16: error: `choice` takes labels of `source` as its values, which are not numbers
        3 | equations: {y: choice * x, z: if choice == goal then 1 else 0}
          |                ^^^^^^
          note: select, `x[source=choice]`, or compare, `choice == coal`

        s.yaml:3:44: error: the index `source` has no label `goal`
        3 | equations: {y: choice * x, z: if choice == goal then 1 else 0}
          |                                            ^^^^
          expected: coal, gas
          did you mean: coal

        s.yaml:4:25: error: `choice` cannot be an output: its values are labels of `source`
        4 | outputs: {y: {}, z: {}, choice: {}}
          |                         ^^^^^^

        3 errors

        """#)
  }

  @Test("A number or a value with a unit where a condition belongs")
  func aNumberWhereAConditionBelongs() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: "10 or 20", b: bernoulli(0.5), t: 1 TWh to 3 TWh}
      equations: {y: if t then a else 1, z: not 5, w: b and (a > 1) or 1}
      outputs: {y: {}, z: {}, w: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: `or` needs a condition
        1 | inputs: {a: "10 or 20", b: bernoulli(0.5), t: 1 TWh to 3 TWh}
          |              ^^
          expected: a comparison such as `x > 1`, or 0 or 1
          found: `10`, a pure number

        s.yaml:1:20: error: `or` needs a condition
        1 | inputs: {a: "10 or 20", b: bernoulli(0.5), t: 1 TWh to 3 TWh}
          |                    ^^
          expected: a comparison such as `x > 1`, or 0 or 1
          found: `20`, a pure number

        s.yaml:2:19: error: `if` needs a condition
        2 | equations: {y: if t then a else 1, z: not 5, w: b and (a > 1) or 1}
          |                   ^
          expected: a comparison such as `x > 1`, or 0 or 1
          found: `t`, in TWh

        s.yaml:2:43: error: `not` needs a condition
        2 | equations: {y: if t then a else 1, z: not 5, w: b and (a > 1) or 1}
          |                                           ^
          expected: a comparison such as `x > 1`, or 0 or 1
          found: `5`, a pure number

        4 errors

        """#)
  }
}
