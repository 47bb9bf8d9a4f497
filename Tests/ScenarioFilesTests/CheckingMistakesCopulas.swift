import ScenarioFiles
import Testing

/// What people get wrong with copulas, with the whole screen that they see.
@Suite("Mistakes in copulas")
struct CheckingMistakesCopulas {
  @Test("A copula of two inputs, wrongly")
  func wrongCopulas() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {inputs: [a, b], copula: claytn, kendall: 0.4}
        - {inputs: [a, c], copula: clayton, kendall: -0.4}
        - {inputs: [a, d], copula: clayton, kendall: 0.4, rotation: 90}
        - {inputs: [b, c], copula: gumbel}
        - {inputs: [b, d], copula: frank, rank: 0.3}
        - {inputs: [c, d], copula: clayton, kendall: 0.4, rotation: 45}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:30: error: unknown copula `claytn`
        3 |   - {inputs: [a, b], copula: claytn, kendall: 0.4}
          |                              ^^^^^^
          expected: clayton, frank, gaussian, gumbel, student
          did you mean: clayton

        s.yaml:4:48: error: a `clayton` copula has a positive `kendall`
        4 |   - {inputs: [a, c], copula: clayton, kendall: -0.4}
          |                                                ^^^^
          found: -0.4
          note: `rotation: 90` (high with low) or `rotation: 270` (low with high) makes it negative

        s.yaml:5:48: error: a `clayton` copula turned by 90 degrees has a negative `kendall`
        5 |   - {inputs: [a, d], copula: clayton, kendall: 0.4, rotation: 90}
          |                                                ^^^
          found: 0.4
          did you mean: -0.4

        s.yaml:6:5: error: a `gumbel` copula needs its strength
        6 |   - {inputs: [b, c], copula: gumbel}
          |     ^
          expected: `kendall: 0.4`, or `theta: 1.66666666667`

        s.yaml:7:37: error: a `frank` copula has no `rank`
        7 |   - {inputs: [b, d], copula: frank, rank: 0.3}
          |                                     ^^^^
          expected: `kendall: 0.4`, or `theta:`

        s.yaml:8:63: error: a copula is turned by 0, 90, 180 or 270 degrees
        8 |   - {inputs: [c, d], copula: clayton, kendall: 0.4, rotation: 45}
          |                                                               ^^
          found: `45`
          note: 180 exchanges low and high of both inputs; 90 and 270 make low go with high

        6 errors

        """#)
  }

  @Test("A strength that no such copula has")
  func wrongStrengths() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {inputs: [a, b], copula: gumbel, theta: 0.5}
        - {inputs: [a, c], copula: clayton, kendall: 0}
        - {inputs: [a, d], copula: frank, kendall: 0.4, theta: 4}
        - {inputs: [b, c, d], copula: gumbel, kendall: 0.4}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:45: error: `theta` of a `gumbel` copula is out of range
        3 |   - {inputs: [a, b], copula: gumbel, theta: 0.5}
          |                                             ^^^
          expected: 1.001 (kendall 0.001) to 50 (kendall 0.98)
          found: 0.5

        s.yaml:4:48: error: `kendall` of a `clayton` copula is out of range
        4 |   - {inputs: [a, c], copula: clayton, kendall: 0}
          |                                                ^
          expected: 0.001 to 0.98, but for its sign
          found: 0
          note: independent inputs need no entry

        s.yaml:5:5: error: `kendall` and `theta` say the same thing twice
        5 |   - {inputs: [a, d], copula: frank, kendall: 0.4, theta: 4}
          |     ^
          expected: `kendall: 0.4`, or `theta: 4.16106425492`

        s.yaml:6:14: error: a `gumbel` copula ties two inputs, not 3
        6 |   - {inputs: [b, c, d], copula: gumbel, kendall: 0.4}
          |              ^
          expected: `copula: gaussian` or `student` with a matrix ties more

        4 errors

        """#)
  }

  @Test("A copula of two inputs, one of which is tied elsewhere")
  func tiedElsewhere() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {inputs: [a, b], copula: clayton, kendall: 0.4}
        - [b, c, 0.3]
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:5: error: a copula of two inputs ties them to each other and to nothing else
        3 |   - {inputs: [a, b], copula: clayton, kendall: 0.4}
          |     ^
          expected: `copula: gaussian` or `student`, which tie any number of inputs
        s.yaml:4:5: note: `b` is tied here too
        4 |   - [b, c, 0.3]
          |     ^

        1 error

        """#)
  }

  @Test("A student copula, wrongly")
  func wrongStudent() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - [a, b, 0.4]
        - {copula: student}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:4:14: error: a student copula needs its degrees of freedom
        4 |   - {copula: student}
          |              ^^^^^^^
          expected: `df: 4`, from 1 (extremes nearly always together) to 1000 (the gaussian copula)

        1 error

        """#)
  }

  @Test("Degrees of freedom out of range, and without a copula")
  func wrongDegrees() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {inputs: [a, b], normal: 0.4, copula: student, df: 0.2}
        - {inputs: [c, d], rank: 0.4, df: 4}
        - {inputs: [a, c], rank: 0.4, copula: gaussian, df: 4}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:56: error: degrees of freedom are a number from 1 to 1000
        3 |   - {inputs: [a, b], normal: 0.4, copula: student, df: 0.2}
          |                                                        ^^^
          found: `0.2`

        s.yaml:4:33: error: `df` belongs to a copula
        4 |   - {inputs: [c, d], rank: 0.4, df: 4}
          |                                 ^^
          expected: `copula: student`

        s.yaml:5:51: error: a `gaussian` copula has no `df`
        5 |   - {inputs: [a, c], rank: 0.4, copula: gaussian, df: 4}
          |                                                   ^^
          note: `copula: student` has one

        3 errors

        """#)
  }

  @Test("What holds for all, wrongly")
  func wrongGeneral() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {copula: clayton}
        - {repair: closest}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:14: error: a `clayton` copula ties two inputs
        3 |   - {copula: clayton}
          |              ^^^^^^^
          expected: `inputs: [a, b]`

        s.yaml:4:5: error: what holds for all correlations is given twice
        4 |   - {repair: closest}
          |     ^
          expected: one entry without `inputs`
        s.yaml:3:5: note: first given here
        3 |   - {copula: clayton}
          |     ^

        2 errors

        """#)
  }

  @Test("Two copulas among inputs that hang together")
  func twoCopulas() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {inputs: [a, b], rank: 0.4, copula: student, df: 4}
        - {inputs: [b, c], rank: 0.4, copula: student, df: 8}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:4:5: error: inputs that are correlated with each other have one copula
        4 |   - {inputs: [b, c], rank: 0.4, copula: student, df: 8}
          |     ^
          found: a student copula with 4 degrees of freedom and a student copula with 8 degrees of freedom
        s.yaml:3:5: note: the other is said here
        3 |   - {inputs: [a, b], rank: 0.4, copula: student, df: 4}
          |     ^

        1 error

        """#)
  }

  @Test("A copula of two inputs over an index")
  func copulaOverIndex() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021, kind: [u, v]}
      inputs:
        a: {over: year, value: 1 to 2, dependence: 0.8}
        b: {over: year, value: 1 to 2, dependence: 0.8}
        c: {over: kind, value: 1 to 2, dependence: independent}
        d: 1 to 2
      correlations:
        - {inputs: [a, b], copula: clayton, kendall: 0.4}
      equations: {x: "sum(a + b, over=year) + sum(c, over=kind) + d"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:8:5: error: `a` and `b` cannot be tied by a copula of two inputs: the cells of `a` are rank-correlated across `year`
        8 |   - {inputs: [a, b], copula: clayton, kendall: 0.4}
          |     ^
          expected: `dependence: shared` or `independent`, or `copula: gaussian` or `student`

        1 error

        """#)
  }

  @Test("A copula of an input with each cell of another")
  func copulaSpreads() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {kind: [u, v]}
      inputs:
        c: {over: kind, value: 1 to 2, dependence: independent}
        d: 1 to 2
      correlations:
        - {inputs: [c, d], copula: gumbel, kendall: 0.4}
      equations: {x: "sum(c, over=kind) + d"}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:6:5: error: `c` and `d` cannot be tied by a copula of two inputs: `d` would be tied to each cell of `c`, which are independent across `kind`
        6 |   - {inputs: [c, d], copula: gumbel, kendall: 0.4}
          |     ^
          expected: `dependence: shared`, or `copula: gaussian` or `student`

        1 error

        """#)
  }
}
