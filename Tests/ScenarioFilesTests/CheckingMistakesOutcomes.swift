import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes in outcomes, mixtures, truncations and shares")
struct CheckingMistakesOutcomes {
  @Test("Probabilities of outcomes are no percentages of the value")
  func outcomesWithProbabilities() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: "discrete(1=30%, 2=50%, 4=20%)"}
      outputs: {x: {}}

      """#)
    #expect(screen == "")
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

  @Test("Weights for distributions")
  func weightsForDistributions() throws {
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

        s.yaml:1:120: error: `mixture` has 2 distributions and 3 weights
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
        s.yaml:1:14: error: `truncate` leaves nothing of the distribution
        1 | inputs: {x: "truncate(uniform(0, 1), 2, 3)", y: "truncate(normal(0, 1), 3, 2)"}
          |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          found: `uniform(0, 1)` has no probability between 2 and 3

        s.yaml:1:50: error: `low` of `truncate` is not below its `high`
        1 | inputs: {x: "truncate(uniform(0, 1), 2, 3)", y: "truncate(normal(0, 1), 3, 2)"}
          |                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          found: low = 3, high = 2
          did you mean: truncate(normal(0, 1), 2, 3)

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

        1 error

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
}
