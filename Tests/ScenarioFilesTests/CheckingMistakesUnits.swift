import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes with units")
struct CheckingMistakesUnits {
  @Test("A power plus an energy")
  func aPowerPlusAnEnergy() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {power: 300 W to 400 W, energy: 2 kWh to 3 kWh}
      equations: {x: power + energy}
      outputs: {x: {unit: kWh}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:16: error: cannot add values of different units
        2 | equations: {x: power + energy}
          |                ^^^^^^^^^^^^^^
          found: `power`, in W, and `energy`, in kWh
        s.yaml:1:10: note: `power` is an input defined here
        1 | inputs: {power: 300 W to 400 W, energy: 2 kWh to 3 kWh}
          |          ^^^^^
        s.yaml:1:33: note: `energy` is an input defined here
        1 | inputs: {power: 300 W to 400 W, energy: 2 kWh to 3 kWh}
          |                                 ^^^^^^
          note: they differ by a time: `energy / 1 year`
          note: they differ by a time: `power * 1 year`

        1 error

        """#)
  }

  @Test("A missing /year")
  func aMissingYear() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 3 TWh/year to 4 TWh/year, stored: 1 TWh to 2 TWh}
      equations: {x: load + stored}
      outputs: {x: {unit: TWh/year}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:16: error: cannot add values of different units
        2 | equations: {x: load + stored}
          |                ^^^^^^^^^^^^^
          found: `load`, in TWh/year, and `stored`, in TWh
        s.yaml:1:10: note: `load` is an input defined here
        1 | inputs: {load: 3 TWh/year to 4 TWh/year, stored: 1 TWh to 2 TWh}
          |          ^^^^
        s.yaml:1:42: note: `stored` is an input defined here
        1 | inputs: {load: 3 TWh/year to 4 TWh/year, stored: 1 TWh to 2 TWh}
          |                                          ^^^^^^
          note: they differ by a time: `stored / 1 year`
          note: they differ by a time: `load * 1 year`

        1 error

        """#)
  }

  @Test("An output in the wrong unit")
  func anOutputInTheWrongUnit() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 3 TWh/year to 4 TWh/year}
      outputs: {load: {unit: TWh}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:24: error: `load` is not in this unit
        2 | outputs: {load: {unit: TWh}}
          |                        ^^^
          expected: a unit like TWh/year
          found: TWh
        s.yaml:1:10: note: `load` is an input defined here
        1 | inputs: {load: 3 TWh/year to 4 TWh/year}
          |          ^^^^
          note: a `* 1 year` is missing in the formula, or `/year` in the unit: `TWh/year`

        1 error

        """#)
  }

  @Test("An output without its unit")
  func anOutputWithoutItsUnit() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 3 TWh/year to 4 TWh/year}
      outputs: {load: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:11: error: the output `load` needs a unit
        2 | outputs: {load: {}}
          |           ^^^^
          expected: `unit:`, as TWh/year
        s.yaml:1:10: note: `load` is an input defined here
        1 | inputs: {load: 3 TWh/year to 4 TWh/year}
          |          ^^^^

        1 error

        """#)
  }

  @Test("An unknown unit")
  func anUnknownUnit() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 3 Twh/year to 4 Twh/year}
      outputs: {load: {unit: TWh/year}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:18: error: unknown unit `Twh`
        1 | inputs: {load: 3 Twh/year to 4 Twh/year}
          |                  ^^^
          did you mean: TWh

        s.yaml:1:32: error: unknown unit `Twh`
        1 | inputs: {load: 3 Twh/year to 4 Twh/year}
          |                                ^^^
          did you mean: TWh

        2 errors

        """#)
  }

  @Test("A counted thing that is not declared")
  func aCountedThingThatIsNotDeclared() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {power: 300 W/gpu to 700 W/gpu}
      outputs: {power: {unit: W/gpu}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:23: error: unknown unit `gpu`
        1 | inputs: {power: 300 W/gpu to 700 W/gpu}
          |                       ^^^
          note: a thing that is counted is declared: `units: [gpu]`

        1 error

        """#)
  }

  @Test("A logarithm of a quantity")
  func aLogarithmOfAQuantity() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 3 TWh to 4 TWh}
      equations: {x: log(load)}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:20: error: the argument of `log` must be a pure number
        2 | equations: {x: log(load)}
          |                    ^^^^
          found: J
          note: divide it by a quantity first: `log(load / 1 J)`

        1 error

        """#)
  }

  @Test("An exponent with a unit")
  func anExponentWithAUnit() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {life: 3 year to 4 year}
      equations: {x: 2 ^ life}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:20: error: an exponent must be a pure number
        2 | equations: {x: 2 ^ life}
          |                    ^^^^
          found: s
          note: divide it by a quantity of its unit first

        1 error

        """#)
  }

  @Test("A quantity to an uncertain power")
  func aQuantityToAnUncertainPower() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 3 W to 4 W, k: 1 to 2}
      equations: {x: load ^ k}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:23: error: the exponent of a value with a unit must be a constant
        2 | equations: {x: load ^ k}
          |                       ^
          found: the base `load`, in W
          note: divide the base by a quantity first: `(load / 1 W) ^ k`

        1 error

        """#)
  }

  @Test("A rate over the index called like a unit")
  func aRateOverTheIndexCalledLikeA() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: {over: year, value: 1 to 2, dependence: shared}}
      equations: {y: x * (1 - 15%/year)}
      outputs: {y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:25: error: the index `year` is the bare number of its label, and cannot be multiplied or divided
        3 | equations: {y: x * (1 - 15%/year)}
          |                         ^^^^^^^^
          found: the unit of the same name was probably meant
          did you mean: 15%

        1 error

        """#)
  }

  @Test("A year multiplied instead of a duration")
  func aYearMultipliedInsteadOfADuration() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs: {x: {over: year, value: 1 W to 2 W, dependence: shared}}
      equations: {y: x * year}
      outputs: {y: {unit: Wh}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:16: error: the index `year` is the bare number of its label, and cannot be multiplied or divided
        3 | equations: {y: x * year}
          |                ^^^^^^^^
          found: the unit of the same name was probably meant
          did you mean: x * 1 year

        1 error

        """#)
  }

  @Test("A comparison of different units")
  func aComparisonOfDifferentUnits() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 W to 2 W, b: 1 J to 2 J}
      equations: {x: if a > b then 1 else 2}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:19: error: cannot compare values of different units
        2 | equations: {x: if a > b then 1 else 2}
          |                   ^^^^^
          found: `a`, in W, and `b`, in J
        s.yaml:1:10: note: `a` is an input defined here
        1 | inputs: {a: 1 W to 2 W, b: 1 J to 2 J}
          |          ^
        s.yaml:1:25: note: `b` is an input defined here
        1 | inputs: {a: 1 W to 2 W, b: 1 J to 2 J}
          |                         ^
          note: they differ by a time: `b / 1 year`
          note: they differ by a time: `a * 1 year`

        1 error

        """#)
  }

  @Test("Sides of an if in different units")
  func sidesOfAnIfInDifferentUnits() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 W to 2 W, b: 1 J to 2 J}
      equations: {x: if a > 1 W then a else b}
      outputs: {x: {unit: W}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:16: error: the two sides of an `if` have different units
        2 | equations: {x: if a > 1 W then a else b}
          |                ^^^^^^^^^^^^^^^^^^^^^^^^
          found: `a`, in W, and `b`, in J
        s.yaml:1:10: note: `a` is an input defined here
        1 | inputs: {a: 1 W to 2 W, b: 1 J to 2 J}
          |          ^
        s.yaml:1:25: note: `b` is an input defined here
        1 | inputs: {a: 1 W to 2 W, b: 1 J to 2 J}
          |                         ^
          note: they differ by a time: `b / 1 year`
          note: they differ by a time: `a * 1 year`

        1 error

        """#)
  }

  @Test("The unit of a value is on its first end alone")
  func theUnitOfAValueIsOnIts() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {power: 300 W to 400}
      outputs: {power: {unit: W}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:26: error: the second end of the interval has no unit
        1 | inputs: {power: 300 W to 400}
          |                          ^^^
          expected: a unit on both ends, or on the second alone
          did you mean: 400 W

        1 error

        """#)
  }

  @Test("A value in another unit than said")
  func aValueInAnotherUnitThanSaid() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {power: {value: 300 W to 400 W, unit: kWh}}
      outputs: {power: {unit: kWh}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:25: error: the value of `power` is not in its unit
        1 | inputs: {power: {value: 300 W to 400 W, unit: kWh}}
          |                         ^^^^^^^^^^^^^^
          expected: kWh
          found: `300 W to 400 W`, in W

        1 error

        """#)
  }

  @Test("An equation in another unit than said")
  func anEquationInAnotherUnitThanSaid() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {power: 300 W to 400 W}
      equations: {x: {formula: power * 2, unit: kWh}}
      outputs: {x: {unit: kWh}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:43: error: the formula of `x` is not in its unit
        2 | equations: {x: {formula: power * 2, unit: kWh}}
          |                                           ^^^
          expected: kWh
          found: W

        1 error

        """#)
  }

  @Test("A bare number beside a quantity")
  func aBareNumberBesideAQuantity() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {power: 300 W to 400 W}
      equations: {x: power + 5}
      outputs: {x: {unit: W}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:16: error: cannot add values of different units
        2 | equations: {x: power + 5}
          |                ^^^^^^^^^
          found: `power`, in W, and `5`, a pure number
        s.yaml:1:10: note: `power` is an input defined here
        1 | inputs: {power: 300 W to 400 W}
          |          ^^^^^
          note: give the number a unit: `5 W`

        1 error

        """#)
  }
}
