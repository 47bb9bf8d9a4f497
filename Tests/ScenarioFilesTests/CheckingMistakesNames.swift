import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes with names")
struct CheckingMistakesNames {
  @Test("An unknown name is told with the nearest")
  func anUnknownNameIsToldWithTheNearest() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load_factor: 0.4 to 0.6}
      equations: {x: loadfactor * 2}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:16: error: unknown name `loadfactor`
        2 | equations: {x: loadfactor * 2}
          |                ^^^^^^^^^^
          did you mean: load_factor

        1 error

        """#)
  }

  @Test("One unknown name makes one message, however much hangs on it")
  func oneUnknownNameMakesOneMessageHoweverMuch() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {power: 300 W to 400 W}
      equations:
        a: powr * 2
        b: a + 1 kWh
        c: sum(b, over=year)
      indexes: {year: 2019..2021}
      outputs: {c: {unit: MWh}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:6: error: unknown name `powr`
        3 |   a: powr * 2
          |      ^^^^
          did you mean: power

        1 error

        """#)
  }

  @Test("A label is no value")
  func aLabelIsNoValue() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {region: [us, eu]}
      inputs: {x: {over: region, value: {us: 1 to 2, eu: 2 to 3}, dependence: shared}}
      equations: {y: "sum(x, over=region) * us"}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:39: error: `us` is a label of the index `region`, not a value
        3 | equations: {y: "sum(x, over=region) * us"}
          |                                       ^^
          note: compare it, `region == us`, or select, `x[region=us]`

        1 error

        """#)
  }

  @Test("A unit is no value")
  func aUnitIsNoValue() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 1 W to 2 W}
      equations: {y: x * hour}
      outputs: {y: {unit: Wh}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:20: error: `hour` is a unit, and a unit follows a number
        2 | equations: {y: x * hour}
          |                    ^^^^
          did you mean: 1 hour

        1 error

        """#)
  }

  @Test("Two things of one name")
  func twoThingsOfOneName() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 1 to 2}
      equations: {x: 3}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:13: error: `x` is given twice
        2 | equations: {x: 3}
          |             ^
          expected: one name for one index, input, equation or reference
        s.yaml:1:10: note: first given here, in `inputs`
        1 | inputs: {x: 1 to 2}
          |          ^

        1 error

        """#)
  }

  @Test("A word of the language is no name")
  func aWordOfTheLanguageIsNoName() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {min: 1 to 2, normal: 3, then: 4}
      outputs: {}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:10: error: `min` cannot be the name of an input: it is a function
        1 | inputs: {min: 1 to 2, normal: 3, then: 4}
          |          ^^^

        s.yaml:1:23: error: `normal` cannot be the name of an input: it is a distribution
        1 | inputs: {min: 1 to 2, normal: 3, then: 4}
          |                       ^^^^^^

        s.yaml:1:34: error: `then` cannot be the name of an input: it is a word of formulas
        1 | inputs: {min: 1 to 2, normal: 3, then: 4}
          |                                  ^^^^

        3 errors

        """#)
  }

  @Test("A name has no hyphen")
  func aNameHasNoHyphen() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load-factor: 0.4 to 0.6}
      outputs: {}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:10: error: `load-factor` is not a name
        1 | inputs: {load-factor: 0.4 to 0.6}
          |          ^^^^^^^^^^^
          expected: a letter, then letters, digits and `_`
          did you mean: load_factor

        1 error

        """#)
  }

  @Test("A unit that exists cannot be declared")
  func aUnitThatExistsCannotBeDeclared() throws {
    let screen = try Checking.screen(
      #"""
      units: [gpu, kWh]
      inputs: {x: 1 gpu to 2 gpu}
      outputs: {x: {unit: gpu}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: `kWh` is a unit already (watt hour, energy: 3600 J) and needs no declaration
        1 | units: [gpu, kWh]
          |              ^^^

        1 error

        """#)
  }

  @Test("An index whose labels are no numbers stands in no arithmetic")
  func anIndexWhoseLabelsAreNoNumbersStands() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {region: [us, eu]}
      inputs: {x: 1 to 2}
      equations: {y: x + region}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:20: error: `region` is an index whose labels are not numbers
        3 | equations: {y: x + region}
          |                    ^^^^^^
          note: compare it, `region == us`, or select, `x[region=us]`

        1 error

        """#)
  }

  @Test("What could not be read is not unknown as well")
  func whatCouldNotBeReadIsNotUnknown() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs:
        pue:
        load: {over: yeer, value: 1 to 2, dependence: shared}
      equations: {x: load * pue}
      outputs: {x: {}, pue: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:3: error: `pue` has no value
        3 |   pue:
          |   ^^^

        s.yaml:4:16: error: unknown index `yeer`
        4 |   load: {over: yeer, value: 1 to 2, dependence: shared}
          |                ^^^^
          did you mean: year

        2 errors

        """#)
  }
}
