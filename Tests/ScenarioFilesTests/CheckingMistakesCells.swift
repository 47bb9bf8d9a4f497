import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes about cells, anchor points and how they hang together")
struct CheckingMistakesCells {
  @Test("Across left out")
  func acrossLeftOut() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: {over: year, value: 1 to 2}}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:10: error: `x` does not say how its cells hang together across year
        2 | inputs: {x: {over: year, value: 1 to 2}}
          |          ^
          expected: `dependence: shared`
          note: errors that are independent average out in sums, shared ones do not, so the answer depends on it
          note: `shared`: one probability serves all cells, as for an error of method or of level
          note: `independent`: each cell has its own; a number, as 0.8: a rank correlation

        1 error

        """#)
  }

  @Test("Across left out on one index")
  func acrossLeftOutOnOneIndex() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021, region: [us, eu]}
      inputs: {x: {over: [year, region], value: 1 to 2, dependence: {year: shared}}}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:51: error: `dependence` of `x` says nothing about region
        2 | inputs: {x: {over: [year, region], value: 1 to 2, dependence: {year: shared}}}
          |                                                   ^^^^^^^^^^
          expected: `dependence: {region: shared}`
          note: errors that are independent average out in sums, shared ones do not, so the answer depends on it
          note: `shared`: one probability serves all cells, as for an error of method or of level
          note: `independent`: each cell has its own; a number, as 0.8: a rank correlation

        1 error

        """#)
  }

  @Test("Across that is no way to hang together")
  func acrossThatIsNoWayToHangTogether() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: {over: year, value: 1 to 2, dependence: sharred}, y: {over: year, value: 1 to 2, dependence: 1}}
      outputs: {x: {}, y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:53: error: this says not how cells hang together
        2 | inputs: {x: {over: year, value: 1 to 2, dependence: sharred}, y: {over: year, value: 1 to 2, dependence: 1}}
          |                                                     ^^^^^^^
          expected: `shared`, `independent` or a rank correlation between -1 and 1
          found: `sharred`
          did you mean: shared

        s.yaml:2:106: error: a rank correlation lies between -1 and 1
        2 | inputs: {x: {over: year, value: 1 to 2, dependence: sharred}, y: {over: year, value: 1 to 2, dependence: 1}}
          |                                                                                                          ^
          found: 1
          note: `shared` is what 1 would mean

        2 errors

        """#)
  }

  @Test("Across without an index")
  func acrossWithoutAnIndex() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: {value: 1 to 2, dependence: shared}}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:29: error: `dependence` says how cells hang together, and `x` has one cell
        1 | inputs: {x: {value: 1 to 2, dependence: shared}}
          |                             ^^^^^^^^^^
          note: leave it out, or give an index with `over:`

        1 error

        """#)
  }

  @Test("A label without a value")
  func aLabelWithoutAValue() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {region: [us, eu, asia]}
      inputs: {x: {over: region, value: {us: 1 to 2, eu: 2 to 3}, dependence: shared}}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:35: error: a label of `region` without a value: asia
        2 | inputs: {x: {over: region, value: {us: 1 to 2, eu: 2 to 3}, dependence: shared}}
          |                                   ^

        1 error

        """#)
  }

  @Test("A label that the index does not have")
  func aLabelThatTheIndexDoesNotHave() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {region: [us, eu]}
      inputs: {x: {over: region, value: {us: 1 to 2, eurp: 2 to 3}, dependence: shared}}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:48: error: the index `region` has no label `eurp`
        2 | inputs: {x: {over: region, value: {us: 1 to 2, eurp: 2 to 3}, dependence: shared}}
          |                                                ^^^^
          expected: us, eu

        1 error

        """#)
  }

  @Test("Values by label without an index")
  func valuesByLabelWithoutAnIndex() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {region: [us, eu]}
      inputs: {x: {value: {us: 1 to 2, eu: 2 to 3}}}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:22: error: `x` has values by label, but no `over:`
        2 | inputs: {x: {value: {us: 1 to 2, eu: 2 to 3}}}
          |                      ^^
          expected: `over:` with the index of the labels

        1 error

        """#)
  }

  @Test("Anchor points that do not reach the ends")
  func knotsThatDoNotReachTheEnds() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2024}
      inputs: {x: {over: year, value: {2020: 1 to 2, 2022: 2 to 3}, interpolate: linear, dependence: shared}}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:76: error: labels of `year` lie outside the anchor points of `x`: 2019, 2023, 2024
        2 | inputs: {x: {over: year, value: {2020: 1 to 2, 2022: 2 to 3}, interpolate: linear, dependence: shared}}
          |                                                                            ^^^^^^
          note: give anchor points there, or `extrapolate: hold`

        1 error

        """#)
  }

  @Test("Anchor points without a way between them")
  func knotsWithoutAWayBetweenThem() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2022}
      inputs: {x: {over: year, value: {2019: 1 to 2, 2022: 2 to 3}, dependence: shared}}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:33: error: labels of `year` without a value: 2020, 2021
        2 | inputs: {x: {over: year, value: {2019: 1 to 2, 2022: 2 to 3}, dependence: shared}}
          |                                 ^
          note: `interpolate: linear` fills the cells between anchor points

        1 error

        """#)
  }

  @Test("Logarithms of what may be negative")
  func logarithmsOfWhatMayBeNegative() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2022}
      inputs: {x: {over: year, value: {2019: -1 to 2, 2022: 2 to 3}, interpolate: log, dependence: shared}}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:40: error: `interpolate: log` needs values above 0
        2 | inputs: {x: {over: year, value: {2019: -1 to 2, 2022: 2 to 3}, interpolate: log, dependence: shared}}
          |                                        ^^^^^^^
          found: `-1 to 2`
        s.yaml:2:77: note: logarithms are taken here
        2 | inputs: {x: {over: year, value: {2019: -1 to 2, 2022: 2 to 3}, interpolate: log, dependence: shared}}
          |                                                                             ^^^

        1 error

        """#)
  }

  @Test("An unknown way between anchor points")
  func anUnknownWayBetweenKnots() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2022}
      inputs: {x: {over: year, value: {2019: 1 to 2, 2022: 2 to 3}, interpolate: lineal, dependence: shared}}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:76: error: `interpolate` is linear, log or step
        2 | inputs: {x: {over: year, value: {2019: 1 to 2, 2022: 2 to 3}, interpolate: lineal, dependence: shared}}
          |                                                                            ^^^^^^
          found: `lineal`
          did you mean: linear

        1 error

        """#)
  }

  @Test("Branches with different anchor points that are not shared")
  func branchesWithDifferentKnotsThatAreNotShared() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2022, region: [us, eu]}
      inputs:
        x:
          over: [year, region]
          value: {us: {2019: 1 to 2, 2022: 2 to 3}, eu: {2019: 1 to 2, 2021: 3, 2022: 2 to 3}}
          interpolate: linear
          dependence: {year: independent, region: shared}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:6:18: error: branches of `x` have different anchor points on `year`, which is not shared
        6 |     interpolate: linear
          |                  ^^^^^^
          expected: the same anchor points in every branch, or `dependence: {year: shared}`

        1 error

        """#)
  }

  @Test("An unknown key of an input")
  func anUnknownKeyOfAnInput() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: {value: 1 to 2, sources: Omdia}}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:29: error: an input has no key `sources`
        1 | inputs: {x: {value: 1 to 2, sources: Omdia}}
          |                             ^^^^^^^
          expected: value table columns missing over dependence interpolate extrapolate unit source note quality disclosable_by
          did you mean: source

        1 error

        """#)
  }

  @Test("An input without a value")
  func anInputWithoutAValue() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: {unit: W, source: Omdia}}
      outputs: {x: {unit: W}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:10: error: `x` has no value
        1 | inputs: {x: {unit: W, source: Omdia}}
          |          ^
          expected: `value:` or `table:`

        1 error

        """#)
  }

  @Test("Labels that belong to two indexes")
  func labelsThatBelongToTwoIndexes() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2020, vintage: 2019..2020}
      inputs: {x: {over: [year, vintage], value: {2019: 1, 2020: 2}}}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:45: error: these labels belong to several indexes of `x`: [vintage, year]
        2 | inputs: {x: {over: [year, vintage], value: {2019: 1, 2020: 2}}}
          |                                             ^^^^
          note: a table, whose columns name their indexes, can tell them apart

        1 error

        """#)
  }

  @Test("An index twice")
  func anIndexTwice() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2020}
      inputs: {x: {over: [year, year], value: 1}}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:27: error: the index `year` is named twice
        2 | inputs: {x: {over: [year, year], value: 1}}
          |                           ^^^^

        1 error

        """#)
  }

  @Test("A cell set on the command line, of an input that has none")
  func aCellOfAScalar() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 1 W to 2 W}
      outputs: {load: {unit: W}}

      """#, options: .init(assignments: ["load[2019]=3 W"]))
    #expect(
      screen == #"""
        --set:1:1: error: `load` runs over no index, so it has no cells to name
        1 | load[2019]=3 W
          | ^^^^
          expected: load=value

        1 error

        """#)
  }
}
