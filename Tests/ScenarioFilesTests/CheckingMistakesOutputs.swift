import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes in outputs and comparisons")
struct CheckingMistakesOutputs {
  @Test("An unknown output")
  func anUnknownOutput() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 1 to 2}
      outputs: {laod: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:11: error: unknown name `laod`
        2 | outputs: {laod: {}}
          |           ^^^^
          expected: an input or an equation
          did you mean: load

        1 error

        """#)
  }

  @Test("An unknown reference")
  func anUnknownReference() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 1 to 2}
      outputs: {load: {compare: [bitcion]}}
      references: {bitcoin: 1 to 2}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:28: error: unknown reference `bitcion`
        2 | outputs: {load: {compare: [bitcion]}}
          |                            ^^^^^^^
          did you mean: bitcoin

        1 error

        """#)
  }

  @Test("A comparison across scopes")
  func aComparisonAcrossScopes() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 1 W to 2 W}
      outputs: {load: {unit: W, scope: {boundary: it}, compare: [bitcoin]}}
      references: {bitcoin: {value: 1 W to 2 W, scope: {boundary: facility}}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:60: error: `load` and `bitcoin` cover different things
        2 | outputs: {load: {unit: W, scope: {boundary: it}, compare: [bitcoin]}}
          |                                                            ^^^^^^^
          found: boundary: it against facility
        s.yaml:3:14: note: the scope of `bitcoin` is stated here
        3 | references: {bitcoin: {value: 1 W to 2 W, scope: {boundary: facility}}}
          |              ^^^^^^^
          note: convert the output: `{reference: bitcoin, convert: NAME}`, NAME being a pure number times `load`

        1 error

        """#)
  }

  @Test("A comparison across units")
  func aComparisonAcrossUnits() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 1 W to 2 W}
      outputs: {load: {unit: W, compare: [bitcoin]}}
      references: {bitcoin: 1 J to 2 J}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:37: error: `load` and `bitcoin` are not of one unit
        2 | outputs: {load: {unit: W, compare: [bitcoin]}}
          |                                     ^^^^^^^
          found: W and J
        s.yaml:3:14: note: `bitcoin` is a reference defined here
        3 | references: {bitcoin: 1 J to 2 J}
          |              ^^^^^^^

        1 error

        """#)
  }

  @Test("A factor with a unit")
  func aFactorWithAUnit() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 1 W to 2 W, k: 1 W}
      outputs: {load: {unit: W, compare: [{reference: bitcoin, convert: k}]}}
      references: {bitcoin: 1 W to 2 W}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:67: error: `convert` multiplies the output, and must be a pure number
        2 | outputs: {load: {unit: W, compare: [{reference: bitcoin, convert: k}]}}
          |                                                                   ^
          found: `k` is in W

        1 error

        """#)
  }

  @Test("An unknown scope tag and value")
  func anUnknownScopeTagAndValue() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 1 W to 2 W}
      outputs: {load: {unit: W, scope: {boundary: datacentre, sectr: ai}}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:45: error: `boundary` is chip, server, it or facility
        2 | outputs: {load: {unit: W, scope: {boundary: datacentre, sectr: ai}}}
          |                                             ^^^^^^^^^^
          found: `datacentre`

        s.yaml:2:57: error: a scope has no key `sectr`
        2 | outputs: {load: {unit: W, scope: {boundary: datacentre, sectr: ai}}}
          |                                                         ^^^^^
          expected: boundary sector region basis
          did you mean: sector

        2 errors

        """#)
  }

  @Test("A reference cannot be an output")
  func aReferenceCannotBeAnOutput() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 1 to 2}
      outputs: {x: {}, bitcoin: {}}
      references: {bitcoin: 1 to 2}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:18: error: the reference `bitcoin` cannot be an output
        2 | outputs: {x: {}, bitcoin: {}}
          |                  ^^^^^^^
          expected: an input or an equation
          note: an equation `NAME: bitcoin` can be

        1 error

        """#)
  }

  @Test("Draws, seed and design that are none")
  func drawsSeedAndDesignThatAreNone() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 1 to 2}
      outputs: {x: {}}
      run: {draws: 2.5, seed: -1, design: sobel, tolerance: soon, drawss: 3}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:14: error: this is no number of draws
        3 | run: {draws: 2.5, seed: -1, design: sobel, tolerance: soon, drawss: 3}
          |              ^^^
          expected: a whole number from 1 to 1T, as `1M`
          found: `2.5`

        s.yaml:3:25: error: this is no seed
        3 | run: {draws: 2.5, seed: -1, design: sobel, tolerance: soon, drawss: 3}
          |                         ^^
          expected: a whole number from 0 to 18446744073709551615
          found: `-1`

        s.yaml:3:37: error: unknown design `sobel`
        3 | run: {draws: 2.5, seed: -1, design: sobel, tolerance: soon, drawss: 3}
          |                                     ^^^^^
          expected: lhs, mc, owen, sobol
          did you mean: sobol

        s.yaml:3:55: error: this is no tolerance
        3 | run: {draws: 2.5, seed: -1, design: sobel, tolerance: soon, drawss: 3}
          |                                                       ^^^^
          expected: a share, as `0.5%`, for the mean of every output; or OUTPUT, a figure (mean, p05 … p95) or OUTPUT.FIGURE before it, as `electricity.p95=1%`
          found: `soon`

        s.yaml:3:61: error: the run has no key `drawss`
        3 | run: {draws: 2.5, seed: -1, design: sobel, tolerance: soon, drawss: 3}
          |                                                             ^^^^^^
          expected: draws seed design tolerance exact_quantiles

        5 errors

        """#)
  }

  @Test("What has no effect is a warning")
  func whatHasNoEffectIsAWarning() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {x: 1 to 2, y: 1 to 2}
      equations: {z: x * 2}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:1:21: warning: nothing uses the input `y`
        1 | inputs: {x: 1 to 2, y: 1 to 2}
          |                     ^

        s.yaml:2:13: warning: no output needs the equation `z`
        2 | equations: {z: x * 2}
          |             ^

        2 warnings

        """#)
  }

  @Test("Names and arguments that are not there")
  func namesAndArgumentsThatAreNotThere() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {pue: "triangular(1, 1.2, 1.6)", load: 0.4}
      equations: {x: pue * load}
      outputs: {x: {}}

      """#, options: .init(assignments: ["peu=1.2", "pue.mod=1.3", "x=3", "load.low=0.3"]))
    #expect(
      screen == #"""
        --set:1:1: error: unknown input `peu`
        1 | peu=1.2
          | ^^^
          did you mean: pue

        --set:1:1: error: `x` is no input
        1 | x=3
          | ^
          found: an equation

        --set:1:1: error: `load` has no distribution whose argument could be set
        1 | load.low=0.3
          | ^^^^
          note: `load=0.3` sets its value

        --set:1:5: error: `triangular` has no argument `mod`
        1 | pue.mod=1.3
          |     ^^^
          expected: low, mode, high
          found: the value of `pue` is `triangular(1, 1.2, 1.6)`
          did you mean: mode

        4 errors

        """#)
  }

  @Test("A value in another unit")
  func aValueInAnotherUnit() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {power: 300 W to 400 W}
      outputs: {power: {unit: W}}

      """#, options: .init(assignments: ["power=500"]))
    #expect(
      screen == #"""
        --set:1:7: error: the value set for `power` is not in its unit
        1 | power=500
          |       ^^^
          expected: W
          found: a pure number

        1 error

        """#)
  }
}
