import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes in distributions and values")
struct CheckingMistakesDistributions {
  @Test("A misspelt distribution")
  func aMisspeltDistribution() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "trianglar(1, 2, 5)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: unknown distribution `trianglar`
        1 | inputs: {x: "trianglar(1, 2, 5)"}
          |              ^^^^^^^^^
          did you mean: triangular

        1 error

        """#)
  }

  @Test("A misspelt argument")
  func aMisspeltArgument() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "beta(alpha=2, betta=3)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:28: error: `beta` has no argument `betta`
        1 | inputs: {x: "beta(alpha=2, betta=3)"}
          |                            ^^^^^
          expected: beta(alpha, beta, low=0, high=1) or beta(mean=, sd=, low=0, high=1)
          did you mean: beta

        1 error

        """#)
  }

  @Test("An argument left out")
  func anArgumentLeftOut() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "triangular(1, 2)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: `triangular` lacks `high`
        1 | inputs: {x: "triangular(1, 2)"}
          |              ^^^^^^^^^^^^^^^^
          expected: triangular(low, mode, high)

        1 error

        """#)
  }

  @Test("Too many arguments")
  func tooManyArguments() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "normal(1, 2, 3)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: `normal` takes at most 2 arguments, not 3
        1 | inputs: {x: "normal(1, 2, 3)"}
          |              ^^^^^^^^^^^^^^^
          expected: normal(mean, sd)

        1 error

        """#)
  }

  @Test("A mode outside")
  func aModeOutside() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "triangular(1, 7, 5)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:28: error: `mode` of `triangular` is above its `high`
        1 | inputs: {x: "triangular(1, 7, 5)"}
          |                            ^
          expected: low <= mode <= high
          found: low = 1, mode = 7, high = 5

        1 error

        """#)
  }

  @Test("A mode below")
  func aModeBelow() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "pert(low=3 W, mode=1 W, high=5 W)"}
      outputs: {x: {unit: W}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:33: error: `low` of `pert` is above its `mode`
        1 | inputs: {x: "pert(low=3 W, mode=1 W, high=5 W)"}
          |                                 ^^^
          expected: low <= mode <= high
          found: low = 3 W, mode = 1 W, high = 5 W

        1 error

        """#)
  }

  @Test("Low above high in a distribution")
  func lowAboveHighInADistribution() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "uniform(5, 1)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:22: error: `low` of `uniform` is above its `high`
        1 | inputs: {x: "uniform(5, 1)"}
          |                      ^
          expected: low < high
          found: low = 5, high = 1

        1 error

        """#)
  }

  @Test("A negative width")
  func aNegativeWidth() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "normal(10 W, -3 W)"}
      outputs: {x: {unit: W}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:27: error: `sd` of `normal` is out of range
        1 | inputs: {x: "normal(10 W, -3 W)"}
          |                           ^^^^
          expected: above 0
          found: -3 W

        1 error

        """#)
  }

  @Test("A width in another unit")
  func aWidthInAnotherUnit() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "normal(10 W, 3 J)"}
      outputs: {x: {unit: W}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:27: error: `sd` of `normal` has the wrong unit
        1 | inputs: {x: "normal(10 W, 3 J)"}
          |                           ^^^
          expected: a value in W
          found: `3 J`, in J

        1 error

        """#)
  }

  @Test("A bare number beside a unit")
  func aBareNumberBesideAUnit() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "normal(10 W, 3)"}
      outputs: {x: {unit: W}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:27: error: `sd` of `normal` has the wrong unit
        1 | inputs: {x: "normal(10 W, 3)"}
          |                           ^
          expected: a value in W
          found: `3`, a pure number
          did you mean: 3 W

        1 error

        """#)
  }

  @Test("Two distributions in a value")
  func twoDistributionsInAValue() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "normal(0, 1) + normal(0, 1)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: a value has one distribution
        1 | inputs: {x: "normal(0, 1) + normal(0, 1)"}
          |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^
          found: `normal(0, 1)` and `normal(0, 1)`
          note: make each an input of its own, and their combination an equation

        1 error

        """#)
  }

  @Test("A distribution in an equation")
  func aDistributionInAnEquation() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2}
      equations: {x: "a * normal(1, 0.1)", y: a * (1.1 to 1.3)}
      outputs: {x: {}, y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:21: error: a distribution cannot stand in a formula
        2 | equations: {x: "a * normal(1, 0.1)", y: a * (1.1 to 1.3)}
          |                     ^^^^^^^^^^^^^^
          note: make `normal(1, 0.1)` an input, which has a name, a source and draws of its own

        s.yaml:2:46: error: an interval cannot stand in a formula
        2 | equations: {x: "a * normal(1, 0.1)", y: a * (1.1 to 1.3)}
          |                                              ^^^^^^^^^^
          note: make `1.1 to 1.3` an input, which has a name, a source and draws of its own

        2 errors

        """#)
  }

  @Test("A formula for a value")
  func aFormulaForAValue() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, x: a * 1.1}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:24: error: the value of an input cannot be a formula of other names
        1 | inputs: {a: 1 to 2, x: a * 1.1}
          |                        ^
          expected: a constant, an interval or a distribution
          note: make `x` an equation, or give it a distribution, as in `normal(a * 1.1, …)`

        1 error

        """#)
  }

  @Test("An argument over an index that the input lacks")
  func anArgumentOverAnIndexThatTheInput() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs:
        mu: {over: year, value: 1 to 2, dependence: shared}
        x: normal(mu, 1)
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:4:13: error: the input `x` lacks an index of this argument
        4 |   x: normal(mu, 1)
          |             ^^
          expected: an argument over no index
          found: `mu` is over year
          note: add year to `over:`

        1 error

        """#)
  }

  @Test("A hierarchy in another unit than its argument")
  func aHierarchyInAnotherUnitThanItsArgument() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {mu: 300 W to 400 W, x: "normal(mu, 3 kWh)"}
      outputs: {x: {unit: W}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:45: error: `sd` of `normal` has the wrong unit
        1 | inputs: {mu: 300 W to 400 W, x: "normal(mu, 3 kWh)"}
          |                                             ^^^^^
          expected: a value in W
          found: `3 kWh`, in J

        1 error

        """#)
  }

  @Test("A constant divided by a distribution")
  func aConstantDividedByADistribution() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "1 / normal(5, 1)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: a constant divided by a distribution is not a distribution plus or times constants
        1 | inputs: {x: "1 / normal(5, 1)"}
          |              ^^^^^^^^^^^^^^^^
          note: make `normal(5, 1)` an input and the quotient an equation

        1 error

        """#)
  }

  @Test("A distribution inside a function")
  func aDistributionInsideAFunction() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "exp(normal(0, 1))"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: a distribution stands by itself, or plus or times constants
        1 | inputs: {x: "exp(normal(0, 1))"}
          |              ^^^^^^^^^^^^^^^^^
          note: make the distribution an input and the rest an equation

        1 error

        """#)
  }

  @Test("A value that is no finite number")
  func aValueThatIsNoFiniteNumber() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 1 / 0, y: log(-1)}
      outputs: {x: {}, y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:13: error: this is not a finite number
        1 | inputs: {x: 1 / 0, y: log(-1)}
          |             ^^^^^
          found: inf

        s.yaml:1:23: error: this is not a finite number
        1 | inputs: {x: 1 / 0, y: log(-1)}
          |                       ^^^^^^^
          found: nan

        2 errors

        """#)
  }

  @Test("A mean and a width that no beta distribution has")
  func aMeanAndAWidthThatNoBeta() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "beta(mean=0.5, sd=0.6)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:32: error: `sd` of `beta` is out of range
        1 | inputs: {x: "beta(mean=0.5, sd=0.6)"}
          |                                ^^^
          expected: between 0 and 0.5
          found: 0.6

        1 error

        """#)
  }

  @Test("Quantiles that no distribution of the kind has, too many of them, in different units, and out of range")
  func quantilesOfADistribution() throws {
    let screen = try Checking.screen(
      #"""
      inputs:
        a: triangular(10%=5, 50%=5.1, 90%=20)
        b: normal(10%=5, 50%=6, 90%=20)
        c: weibull(50%=5 W, 90%=20 m)
        d: gamma(50=5, 90=20)
        e: pert(5%=3, 50%=2, 95%=4)
        f: skew_normal(5%=1, 50%=2, 95%=4)
        g: {value: "triangular(2 kW to 9 kW, mode=90 kW)", unit: kW}
        h: student(2 to 9)
        i: geometric(50%=3)
      outputs: {f: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:6: error: no `triangular` distribution has these quantiles
        2 |   a: triangular(10%=5, 50%=5.1, 90%=20)
          |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          note: with the outer two, the middle one can be from 10.7 to 14.3; `quantiles(…)` takes others

        s.yaml:3:6: error: `normal` is fitted to as many quantiles as it has free arguments
        3 |   b: normal(10%=5, 50%=6, 90%=20)
          |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          expected: 2: mean, sd
          found: 3 quantiles

        s.yaml:4:27: error: the quantiles have different units
        4 |   c: weibull(50%=5 W, 90%=20 m)
          |                           ^^^^
          expected: in W
          found: in m

        s.yaml:5:12: error: a probability is a number from 0 to 1
        5 |   d: gamma(50=5, 90=20)
          |            ^^
          found: `50`

        s.yaml:6:6: error: the values of `pert` do not rise with their probabilities
        6 |   e: pert(5%=3, 50%=2, 95%=4)
          |      ^^^^^^^^^^^^^^^^^^^^^^^^
          found: 5%=3, 50%=2

        s.yaml:8:26: error: no `triangular` distribution has these quantiles
        8 |   g: {value: "triangular(2 kW to 9 kW, mode=90 kW)", unit: kW}
          |                          ^^^^^^^^^^^^
          note: the nearest interval that one has is about 2 to 88 kW

        s.yaml:9:14: error: `student` cannot be fitted to an interval
        9 |   h: student(2 to 9)
          |              ^^^^^^
          expected: a distribution with exactly two free arguments
          found: free: df
          note: with `df=` it is fitted by location and scale

        s.yaml:10:6: error: `geometric` is a distribution of counts, which is not fitted to quantiles: give its arguments
        10 |   i: geometric(50%=3)
           |      ^^^^^^^^^^^^^^^^

        8 errors

        """#)
  }
}
