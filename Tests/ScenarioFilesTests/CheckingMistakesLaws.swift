import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes in laws and values")
struct CheckingMistakesLaws {
  @Test("A misspelt law")
  func aMisspeltLaw() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "trianglar(1, 2, 5)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: unknown law `trianglar`
        1 | inputs: {x: "trianglar(1, 2, 5)"}
          |              ^^^^^^^^^
          did you mean: triangular

        1 error

        """#)
  }

  @Test("A misspelt law of an interval")
  func aMisspeltLawOfAnInterval() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: bta(25% to 62%)}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:13: error: unknown law `bta`
        1 | inputs: {x: bta(25% to 62%)}
          |             ^^^
          did you mean: beta

        1 error

        """#)
  }

  @Test("Probabilities of outcomes are no percentages of the value")
  func outcomesWithProbabilities() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "discrete(1=30%, 2=50%, 4=20%)"}
      outputs: {x: {}}

      """#)
    #expect(screen == "")
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

  @Test("Low above high in a law")
  func lowAboveHighInALaw() throws {
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

  @Test("Low above high in an interval")
  func lowAboveHighInAnInterval() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 5 to 2}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:13: error: the interval ends below its beginning
        1 | inputs: {x: 5 to 2}
          |             ^^^^^^
          expected: low to high
          did you mean: 2 to 5

        1 error

        """#)
  }

  @Test("A percent sign on one end")
  func aPercentSignOnOneEnd() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 10 to 20%}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:13: error: the interval ends below its beginning
        1 | inputs: {x: 10 to 20%}
          |             ^^^^^^^^^
          expected: low to high
          did you mean: 10% to 20%

        1 error

        """#)
  }

  @Test("An end that is 0")
  func anEndThatIs0() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 0 to 5}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:13: error: an end of an interval is 0, which neither a lognormal nor a normal law can mean
        1 | inputs: {x: 0 to 5}
          |             ^
          did you mean: uniform(0, 5), truncate(normal(0 to 5), low=0), or a low end above 0

        1 error

        """#)
  }

  @Test("A width that is no probability")
  func aWidthThatIsNoProbability() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 1 to 5 within 80}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:27: error: the width of an interval is a probability between 0 and 1
        1 | inputs: {x: 1 to 5 within 80}
          |                           ^^
          found: `80`
          did you mean: within 80%

        1 error

        """#)
  }

  @Test("An interval of other inputs")
  func anIntervalOfOtherInputs() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, x: a to 2 * a}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:24: error: an end of an interval is a constant
        1 | inputs: {a: 1 to 2, x: a to 2 * a}
          |                        ^
          found: the name `a`
          note: a law with arguments can depend on other inputs, as in `normal(a, …)`

        s.yaml:1:33: error: an end of an interval is a constant
        1 | inputs: {a: 1 to 2, x: a to 2 * a}
          |                                 ^
          found: the name `a`
          note: a law with arguments can depend on other inputs, as in `normal(a, …)`

        2 errors

        """#)
  }

  @Test("A law that no interval fits")
  func aLawThatNoIntervalFits() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "pert(1 to 3)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:19: error: `pert` cannot be fitted to an interval
        1 | inputs: {x: "pert(1 to 3)"}
          |                   ^^^^^^
          expected: a law with exactly two free arguments
          found: free: low, mode, high

        1 error

        """#)
  }

  @Test("Two laws in a value")
  func twoLawsInAValue() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "normal(0, 1) + normal(0, 1)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: a value has one law
        1 | inputs: {x: "normal(0, 1) + normal(0, 1)"}
          |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^
          found: `normal(0, 1)` and `normal(0, 1)`
          note: make each an input of its own, and their combination an equation

        1 error

        """#)
  }

  @Test("A law in an equation")
  func aLawInAnEquation() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2}
      equations: {x: "a * normal(1, 0.1)", y: a * (1.1 to 1.3)}
      outputs: {x: {}, y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:21: error: a law cannot stand in a formula
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
          expected: a constant, an interval or a law
          note: make `x` an equation, or give it a law, as in `normal(a * 1.1, …)`

        1 error

        """#)
  }

  @Test("An argument over an index that the input lacks")
  func anArgumentOverAnIndexThatTheInput() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs:
        mu: {over: year, value: 1 to 2, across: shared}
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
        s.yaml:1:21: error: the law of `x` depends on what is computed from it
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

  @Test("Probabilities that do not sum to 1")
  func probabilitiesThatDoNotSumTo1() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "discrete(1=30%, 2=50%, 4=30%)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: the probabilities do not sum to 1
        1 | inputs: {x: "discrete(1=30%, 2=50%, 4=30%)"}
          |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          expected: 100%
          found: 110%

        1 error

        """#)
  }

  @Test("Weights for laws")
  func weightsForLaws() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "mixture(normal(0, 1), normal(5, 1), weights=(0.5, 0.6))", y: "mixture(normal(0, 1), normal(5, 1), weights=(0.5, 0.2, 0.3))"}
      outputs: {x: {}, y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:58: error: the weights do not sum to 1
        1 | …puts: {x: "mixture(normal(0, 1), normal(5, 1), weights=(0.5, 0.6))", y: "mixture(normal(0, 1), normal(5, 1), w…
          |                                                         ^^^^^^^^^^
          expected: 100%
          found: 110%

        s.yaml:1:120: error: `mixture` has 2 laws and 3 weights
        1 | ….6))", y: "mixture(normal(0, 1), normal(5, 1), weights=(0.5, 0.2, 0.3))"}
          |                                                         ^^^^^^^^^^^^^^^

        2 errors

        """#)
  }

  @Test("A truncation that leaves nothing")
  func aTruncationThatLeavesNothing() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "truncate(uniform(0, 1), 2, 3)", y: "truncate(normal(0, 1), 3, 2)"}
      outputs: {x: {}, y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: `truncate` leaves nothing of the law
        1 | inputs: {x: "truncate(uniform(0, 1), 2, 3)", y: "truncate(normal(0, 1), 3, 2)"}
          |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          found: `uniform(0, 1)` has no probability between 2 and 3

        s.yaml:1:50: error: `low` of `truncate` is not below its `high`
        1 | inputs: {x: "truncate(uniform(0, 1), 2, 3)", y: "truncate(normal(0, 1), 3, 2)"}
          |                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          found: low = 3, high = 2

        2 errors

        """#)
  }

  @Test("A share label that does not exist")
  func aShareLabelThatDoesNotExist() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {source: [coal, gas, clean]}
      inputs: {mix: {over: source, value: "dirichlet(coal=6, gas=4, cleen=5)"}}
      outputs: {mix: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:63: error: the index `source` has no label `cleen`
        2 | inputs: {mix: {over: source, value: "dirichlet(coal=6, gas=4, cleen=5)"}}
          |                                                               ^^^^^
          expected: coal, gas, clean
          did you mean: clean

        1 error

        """#)
  }

  @Test("Shares that do not sum to 1")
  func sharesThatDoNotSumTo1() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {source: [coal, gas, clean]}
      inputs: {mix: {over: source, value: "shares(coal=60%, gas=40%, clean=5%, concentration=10)"}}
      outputs: {mix: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:38: error: the shares do not sum to 1
        2 | inputs: {mix: {over: source, value: "shares(coal=60%, gas=40%, clean=5%, concentration=10)"}}
          |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          expected: 100%
          found: 105%

        1 error

        """#)
  }

  @Test("Shares without a concentration")
  func sharesWithoutAConcentration() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {source: [coal, gas]}
      inputs: {mix: {over: source, value: "shares(coal=60%, gas=40%)"}}
      outputs: {mix: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:38: error: `shares` needs its `concentration`, which says how well the shares are known
        2 | inputs: {mix: {over: source, value: "shares(coal=60%, gas=40%)"}}
          |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^
          expected: shares(coal=60%, gas=40%, concentration=10) or shares(means, concentration=10)
          note: with concentration c a share s has a standard deviation of sqrt(s (1 - s) / (c + 1))

        1 error

        """#)
  }

  @Test("Shares without an index")
  func sharesWithoutAnIndex() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {mix: "dirichlet(coal=6, gas=4)"}
      outputs: {mix: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:16: error: no index of `mix` has these labels
        1 | inputs: {mix: "dirichlet(coal=6, gas=4)"}
          |                ^^^^^^^^^^^^^^^^^^^^^^^^
          expected: `over:` with the index along which the shares sum to 1

        1 error

        """#)
  }

  @Test("A percentage that leaves 0 to 100 % is a warning")
  func aPercentageThatLeaves0To100Is() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {part: 40% to 88%}
      outputs: {part: {unit: percent}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:16: warning: this percentage leaves 0 to 100 % in 1.5 % of the draws
        1 | inputs: {part: 40% to 88%}
          |                ^^^^^^^^^^
          found: values above 100 %
          did you mean: beta(40% to 88%)

        1 warning

        """#)
  }

  @Test("A range written as a difference is a warning")
  func aRangeWrittenAsADifference() throws {
    let screen = try Checking.screen(
      #"""
      inputs:
        years: 3-5
        power: 1 GW - 2 GW
        parts: 30-50%
        delay: normal(2-4, 1)
      outputs: {years: {}, power: {unit: GW}, parts: {unit: percent}, delay: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:10: warning: this is a difference, not a range
        2 |   years: 3-5
          |          ^^^
          did you mean: 3 to 5

        s.yaml:3:10: warning: this is a difference, not a range
        3 |   power: 1 GW - 2 GW
          |          ^^^^^^^^^^^
          did you mean: 1 GW to 2 GW

        s.yaml:4:10: warning: this is a difference, not a range
        4 |   parts: 30-50%
          |          ^^^^^^
          did you mean: 30% to 50%

        s.yaml:5:17: warning: this is a difference, not a range
        5 |   delay: normal(2-4, 1)
          |                 ^^^
          did you mean: 2 to 4

        4 warnings

        """#)
  }

  @Test("Differences that no range looks like are none", arguments: ["1 - 5%", "2030 - 5", "0.8 - 30%", "2 GW - 1 GW"])
  func differences(value: String) throws {
    #expect(!(try Checking.screen("inputs: {x: \(value)}\noutputs: {x: {}}\n")).contains("not a range"))
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

  @Test("A constant divided by a law")
  func aConstantDividedByALaw() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "1 / normal(5, 1)"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: a constant divided by a law is not a law plus or times constants
        1 | inputs: {x: "1 / normal(5, 1)"}
          |              ^^^^^^^^^^^^^^^^
          note: make `normal(5, 1)` an input and the quotient an equation

        1 error

        """#)
  }

  @Test("A law inside a function")
  func aLawInsideAFunction() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "exp(normal(0, 1))"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:14: error: a law stands by itself, or plus or times constants
        1 | inputs: {x: "exp(normal(0, 1))"}
          |              ^^^^^^^^^^^^^^^^^
          note: make the law an input and the rest an equation

        1 error

        """#)
  }

  @Test("Outcomes that are no labels")
  func outcomesThatAreNoLabels() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {source: [coal, gas]}
      inputs: {x: "discrete(coal=30%, goal=70%)"}
      outputs: {}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:33: error: outcomes are numbers, or labels of one index
        2 | inputs: {x: "discrete(coal=30%, goal=70%)"}
          |                                 ^^^^
          found: `goal`
          did you mean: coal

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

  @Test("A probability above 1")
  func aProbabilityAbove1() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: bernoulli(30), y: "discrete(1=30, 2=70)"}
      outputs: {x: {}, y: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:23: error: `p` of `bernoulli` is out of range
        1 | inputs: {x: bernoulli(30), y: "discrete(1=30, 2=70)"}
          |                       ^^
          expected: from 0 to 1
          found: 30

        s.yaml:1:43: error: a probability is a number from 0 to 1
        1 | inputs: {x: bernoulli(30), y: "discrete(1=30, 2=70)"}
          |                                           ^^
          found: `30`

        2 errors

        """#)
  }

  @Test("A mean and a width that no beta law has")
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
        s.yaml:3:13: error: the law of `c` depends on what is computed from it
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

  @Test("Quantiles that no law of the kind has, too many of them, in different units, and out of range")
  func quantilesOfALaw() throws {
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
        s.yaml:2:6: error: no `triangular` law has these quantiles
        2 |   a: triangular(10%=5, 50%=5.1, 90%=20)
          |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          note: with the outer two, the middle one can be from 10.7 to 14.3; `quantiles(…)` takes others

        s.yaml:3:6: error: `normal` is fitted to as many quantiles as it has free arguments
        3 |   b: normal(10%=5, 50%=6, 90%=20)
          |      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          expected: 2: mean, sd
          found: 3 quantiles
          did you mean: quantiles(10%=5, 50%=6, 90%=20)

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

        s.yaml:8:26: error: no `triangular` law has these quantiles
        8 |   g: {value: "triangular(2 kW to 9 kW, mode=90 kW)", unit: kW}
          |                          ^^^^^^^^^^^^
          note: the nearest interval that one has is about 2 to 88 kW

        s.yaml:9:14: error: `student` cannot be fitted to an interval
        9 |   h: student(2 to 9)
          |              ^^^^^^
          expected: a law with exactly two free arguments
          found: free: df
          note: with `df=` it is fitted by location and scale

        s.yaml:10:6: error: `geometric` is a law of counts, which is not fitted to quantiles: give its arguments
        10 |   i: geometric(50%=3)
           |      ^^^^^^^^^^^^^^^^

        8 errors

        """#)
  }
}
