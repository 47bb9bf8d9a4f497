import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes in correlations")
struct CheckingMistakesCorrelations {
  @Test("An unknown input")
  func anUnknownInput() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 1 to 2, life: 1 to 2}
      correlations: [[load, lief, 0.5]]
      outputs: {load: {}, life: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:23: error: unknown input `lief`
        2 | correlations: [[load, lief, 0.5]]
          |                       ^^^^
          did you mean: life

        1 error

        """#)
  }

  @Test("An equation")
  func anEquation() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {load: 1 to 2}
      equations: {x: load * 2}
      correlations: [[load, x, 0.5]]
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:23: error: only inputs are correlated
        3 | correlations: [[load, x, 0.5]]
          |                       ^
          found: `x` is an equation

        1 error

        """#)
  }

  @Test("Impossible together")
  func impossibleTogether() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - [a, b, normal 0.9]
        - [b, c, normal 0.9]
        - [a, c, normal -0.9]
        - [a, d, normal 0.1]
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:5:5: error: no inputs can have these correlations together
        5 |   - [a, c, normal -0.9]
          |     ^
          expected: a positive definite matrix of normal-score correlations
          found: its smallest eigenvalue is -0.8019
          note: a with b: 0.9
          note: a with c: -0.9
          note: b with c: 0.9
          note: with the other two, a with c can be from 0.63 to 1
          note: `repair: nearest` takes the nearest possible correlations instead

        1 error

        """#)
  }

  @Test("Chains that differ")
  func chainsThatDiffer() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs:
        a: {over: year, value: 1 to 2, dependence: 0.8}
        b: {over: year, value: 1 to 2, dependence: independent}
      correlations: [[a, b, 0.4]]
      equations: {x: a + b}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:5:16: error: `a` and `b` cannot be correlated: they hang together differently across `year`
        5 | correlations: [[a, b, 0.4]]
          |                ^
          expected: the same `dependence` on the indexes that both have

        1 error

        """#)
  }

  @Test("Beyond 1, with itself, twice, in an unknown form")
  func beyond1WithItselfTwiceInAnUnknown() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2}
      correlations:
        - [a, b, 1.5]
        - [a, a, 0.5]
        - [b, c, 0.5]
        - [c, b, 0.4]
        - [a, b, kendall 0.4]
        - [a, c]
        - {inputs: [a, b, c], rank: 0.4}
      equations: {x: a + b + c}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:12: error: a correlation lies between -1 and 1
        3 |   - [a, b, 1.5]
          |            ^^^
          found: 1.5

        s.yaml:4:9: error: `a` is correlated with itself
        4 |   - [a, a, 0.5]
          |         ^
          note: how its cells hang together is said by `dependence`

        s.yaml:6:5: error: this correlation is given twice
        6 |   - [c, b, 0.4]
          |     ^
        s.yaml:5:5: note: first given here
        5 |   - [b, c, 0.5]
          |     ^

        s.yaml:7:5: error: this correlation is given twice
        7 |   - [a, b, kendall 0.4]
          |     ^
        s.yaml:3:5: note: first given here
        3 |   - [a, b, 1.5]
          |     ^

        s.yaml:8:5: error: a correlation has three parts, not 2
        8 |   - [a, c]
          |     ^
          expected: `[a, b, 0.5]` (rank), `[a, b, kendall 0.5]` or `[a, b, normal 0.5]` (of normal scores)

        s.yaml:9:5: error: the correlations of more than two inputs are a matrix
        9 |   - {inputs: [a, b, c], rank: 0.4}
          |     ^
          expected: `matrix: file.csv`

        6 errors

        """#)
  }

  @Test("Shares")
  func shares() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {source: [coal, gas]}
      inputs: {mix: {over: source, value: "dirichlet(coal=6, gas=4)"}, a: 1 to 2}
      correlations: [[mix, a, 0.4]]
      equations: {x: mix * a}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:16: error: `mix` cannot be correlated: its shares are tied to each other by summing to 1
        3 | correlations: [[mix, a, 0.4]]
          |                ^

        1 error

        """#)
  }

  @Test("A cell")
  func aCell() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021}
      inputs:
        a: {over: year, value: 1 to 2, dependence: shared}
        b: 1 to 2
      correlations: [["a[year=2020]", b, 0.4]]
      equations: {x: a + b}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:5:18: error: single cells cannot be correlated
        5 | correlations: [["a[year=2020]", b, 0.4]]
          |                  ^^^^^^^^^^^^
          found: `a[year=2020]`
          note: name the input, `a`: like cells are tied on indexes that both have

        1 error

        """#)
  }

  @Test("Independent cells with one scalar")
  func independentCellsWithOneScalar() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {kind: [v100, a100, h100]}
      inputs:
        power: {over: kind, value: 1 to 2, dependence: independent}
        load: 1 to 2
      correlations: [[power, load, 0.6]]
      equations: {x: power * load}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:5:16: error: no inputs can have these correlations together
        5 | correlations: [[power, load, 0.6]]
          |                ^
          expected: a positive definite matrix of normal-score correlations
          found: its smallest eigenvalue is -0.0705
          note: load with power[a100]: 0.618
          note: load with power[h100]: 0.618
          note: load with power[v100]: 0.618
          note: power[a100] with power[h100]: 0
          note: power[a100] with power[v100]: 0
          note: power[h100] with power[v100]: 0
          note: `repair: nearest` takes the nearest possible correlations instead

        1 error

        """#)
  }

  @Test("A constant is a warning, and so are ties")
  func aConstantIsAWarningAndSoAre() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 3, b: 1 to 2, c: bernoulli(30%)}
      correlations: [[a, b, 0.5], [b, c, 0.4]]
      equations: {x: a + b + c}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:2:16: warning: `a` is constant, so that its correlation ties nothing
        2 | correlations: [[a, b, 0.5], [b, c, 0.4]]
          |                ^
        s.yaml:1:10: note: `a` is given here
        1 | inputs: {a: 3, b: 1 to 2, c: bernoulli(30%)}
          |          ^

        s.yaml:2:29: warning: the values of `c` have ties, so that their rank correlation comes out weaker
        2 | correlations: [[a, b, 0.5], [b, c, 0.4]]
          |                             ^
          note: the correlation holds between the probabilities of the two inputs

        2 warnings

        """#)
  }

  @Test("More cells than a correlation matrix is made for")
  func moreCellsThanACorrelationMatrixIsMade() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {i: 1..600, j: 1..9000}
      inputs:
        a: {over: i, value: 1 to 2, dependence: 0.5}
      outputs: {a: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:31: error: 600 coordinates hang together by correlations
        3 |   a: {over: i, value: 1 to 2, dependence: 0.5}
          |                               ^^^^^^^^^^
          expected: at most 512
          note: `shared` or `independent` along an index needs no correlation matrix

        1 error

        """#)
  }

  @Test("Far more cells than a correlation matrix is made for")
  func farMoreCellsThanACorrelationMatrixIs() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {j: 1..9000}
      inputs:
        b: {over: j, value: 1 to 2, dependence: 0.5}
      outputs: {b: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:31: error: `b` has too many cells for a rank correlation between them
        3 |   b: {over: j, value: 1 to 2, dependence: 0.5}
          |                               ^^^^^^^^^^
          found: 9000 coordinates
          note: `shared` or `independent` along an index needs no correlation matrix

        1 error

        """#)
  }

  @Test("Too many cells to be tied one by one")
  func tooManyCellsToBeTiedOneBy() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {j: 1..9000}
      inputs:
        b: {over: j, value: 1 to 2, dependence: independent}
        c: {over: j, value: 1 to 2, dependence: independent}
      correlations: [[b, c, 0.5]]
      equations: {x: b + c}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:5:16: error: `b` and `c` have too many cells to be correlated
        5 | correlations: [[b, c, 0.5]]
          |                ^
          found: 9000 and 9000 coordinates

        1 error

        """#)
  }

  @Test("Labels have no order, and are not warned of as ties besides")
  func labels() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {source: [coal, gas]}
      inputs: {choice: "discrete(coal=50%, gas=50%)", load: 1 to 2}
      equations: {x: if choice == coal then load else 0}
      correlations: [[choice, load, 0.3]]
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:4:16: error: `choice` cannot be correlated: its values are labels, which have no order
        4 | correlations: [[choice, load, 0.3]]
          |                ^

        1 error

        """#)
  }
}
