import ScenarioFiles
import Testing

/// What people get wrong with copulas and matrices, with the whole screen that they see.
@Suite("Mistakes in copulas and correlation matrices")
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
          did you mean: copula: student

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

  @Test("A correlation in long form, wrongly")
  func wrongLongForm() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {inputs: [a, b]}
        - {inputs: [a, c], rank: 0.4, kendall: 0.3}
        - {inputs: [a, b, c], rank: 0.4}
        - {inputs: [c], rank: 0.4}
        - {inputs: [b, c], rank: much}
        - {inputs: [b, d], rank: 0.4, theta: 2}
        - {matrix: m.csv}
        - {inputs: [c, d], rank: 0.4, copla: gaussian}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:3:5: error: this says not how the inputs go together
        3 |   - {inputs: [a, b]}
          |     ^
          expected: `rank: 0.5`, `kendall: 0.5`, `normal: 0.5` or `matrix: file.csv`

        s.yaml:4:5: error: one measure says how the inputs go together
        4 |   - {inputs: [a, c], rank: 0.4, kendall: 0.3}
          |     ^
          expected: `rank: 0.5`, `kendall: 0.5`, `normal: 0.5` or `matrix: file.csv`

        s.yaml:5:5: error: the correlations of more than two inputs are a matrix
        5 |   - {inputs: [a, b, c], rank: 0.4}
          |     ^
          expected: `matrix: file.csv`

        s.yaml:6:14: error: `inputs` lists two or more inputs
        6 |   - {inputs: [c], rank: 0.4}
          |              ^
          found: a list of one

        s.yaml:7:28: error: a correlation is a number
        7 |   - {inputs: [b, c], rank: much}
          |                            ^^^^
          expected: a number between -1 and 1
          found: `much`

        s.yaml:8:33: error: `theta` belongs to a copula of two inputs
        8 |   - {inputs: [b, d], rank: 0.4, theta: 2}
          |                                 ^^^^^
          expected: `copula:` one of clayton, frank, gumbel

        s.yaml:9:6: error: `matrix` needs the inputs that it is about
        9 |   - {matrix: m.csv}
          |      ^^^^^^
          expected: `inputs: [a, b]`

        s.yaml:10:33: error: a correlation has no key `copla`
        10 |   - {inputs: [c, d], rank: 0.4, copla: gaussian}
           |                                 ^^^^^
          expected: inputs matrix measure rank kendall normal copula theta rotation df repair
          did you mean: copula

        8 errors

        """#)
  }

  @Test("A matrix, wrongly")
  func wrongMatrix() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {inputs: [a, b, c], matrix: m.csv, measure: spearman}
        - {inputs: [a, b, d], matrix: n.csv, rank: 0.4}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#, files: ["m.csv": "a,b,c\n1,0,0\n0,1,0\n0,0,1\n"])
    #expect(
      screen == #"""
        s.yaml:3:49: error: unknown measure `spearman`
        3 |   - {inputs: [a, b, c], matrix: m.csv, measure: spearman}
          |                                                 ^^^^^^^^
          expected: rank, kendall, normal
          did you mean: rank

        s.yaml:4:40: error: a matrix says how the inputs go together
        4 |   - {inputs: [a, b, d], matrix: n.csv, rank: 0.4}
          |                                        ^^^^
          expected: `measure: rank`
          found: `rank: …`

        2 errors

        """#)
  }

  @Test("A matrix of other inputs")
  func otherMatrix() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {inputs: [a, b, c], matrix: m.csv}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#, files: ["m.csv": "name,a,b,d\na,1,0,0\nb,0,1,0\nd,0,0,1\n"])
    #expect(
      screen == #"""
        m.csv:1:10: error: the matrix has a column `d`, which `inputs` does not name
        1 | name,a,b,d
          |          ^
          expected: a, b, c

        1 error

        """#)
  }

  @Test("A matrix that is none")
  func noMatrix() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {inputs: [a, b, c], matrix: m.csv}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#, files: ["m.csv": "a,b,c\n1,0.4,0.2\n0.5,1,\n0.2,,1\n"])
    #expect(
      screen == #"""
        m.csv:3:1: error: the matrix is not symmetric
        3 | 0.5,1,
          | ^^^
          found: 0.5, and 0.4
        m.csv:2:3: note: its mirror image is here
        2 | 1,0.4,0.2
          |   ^^^

        1 error

        """#)
  }

  @Test("A matrix with a gap")
  func gapMatrix() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {inputs: [a, b, c], matrix: m.csv}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#, files: ["m.csv": "name,a,b,c\na,1,0.4,0.2\nb,,1,\nc,,,1\n"])
    #expect(
      screen == #"""
        m.csv:4:4: error: the matrix says nothing of `b` and `c`
        4 | c,,,1
          |    ^
          note: independent inputs have 0

        1 error

        """#)
  }

  @Test("A matrix of covariances")
  func covariances() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {inputs: [a, b], matrix: m.csv}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#, files: ["m.csv": "a,b\n4,1\n1,9\n"])
    #expect(
      screen == #"""
        m.csv:2:1: error: the diagonal of a correlation matrix is 1
        2 | 4,1
          | ^
          found: `4`
          note: a matrix of covariances is to be divided by the standard deviations first

        1 error

        """#)
  }

  @Test("A matrix of the wrong size")
  func wrongSize() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {inputs: [a, b, c], matrix: m.csv}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#, files: ["m.csv": "a,b\n1,0.5\n0.5,1\n"])
    #expect(
      screen == #"""
        s.yaml:3:33: error: the table is no matrix of these inputs
        3 |   - {inputs: [a, b, c], matrix: m.csv}
          |                                 ^^^^^
          expected: a column for each of a, b, c, and a row for each
          found: 2 columns and 2 rows

        1 error

        """#)
  }

  @Test("A matrix that contradicts itself, in the table")
  func contradictingMatrix() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - {inputs: [a, b, c, d], matrix: m.csv}
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#, files: ["m.csv": "name,d,c,b,a\na,0.1,-0.9,0.9,1\nb,0,0.9,1,\nc,0.2,1,,\nd,1,,,\n"])
    #expect(
      screen == #"""
        m.csv:3:5: error: no inputs can have these correlations together
        3 | b,0,0.9,1,
          |     ^^^
          expected: a positive definite matrix of normal-score correlations
          found: its smallest eigenvalue is -0.8339
          note: a with b: 0.908
          note: a with c: -0.908
          note: b with c: 0.908
          note: with the other two, b with c can be from -1 to -0.65
          note: `repair: nearest` takes the nearest possible correlations instead

        1 error

        """#)
  }

  @Test("Two correlations that leave no room for none")
  func noRoomForNone() throws {
    let screen = try Checking.screen(
      #"""
      inputs: {a: 1 to 2, b: 1 to 2, c: 1 to 2, d: 1 to 2}
      correlations:
        - [a, b, normal 0.9]
        - [b, c, normal 0.8]
      equations: {x: a + b + c + d}
      outputs: {x: {}}

      """#)
    #expect(
      screen == #"""
        s.yaml:4:5: error: no inputs can have these correlations together
        4 |   - [b, c, normal 0.8]
          |     ^
          expected: a positive definite matrix of normal-score correlations
          found: its smallest eigenvalue is -0.2042
          note: a with b: 0.9
          note: b with c: 0.8
          note: a with c: 0
          note: with the other two, a with c can be from 0.46 to 0.98
          note: `repair: nearest` takes the nearest possible correlations instead

        1 error

        """#)
  }

  @Test("A copula of two inputs over an index")
  func copulaOverIndex() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {year: 2019..2021, kind: [u, v]}
      inputs:
        a: {over: year, value: 1 to 2, across: 0.8}
        b: {over: year, value: 1 to 2, across: 0.8}
        c: {over: kind, value: 1 to 2, across: independent}
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
          expected: `across: shared` or `independent`, or `copula: gaussian` or `student`

        1 error

        """#)
  }

  @Test("A copula of an input with each cell of another")
  func copulaSpreads() throws {
    let screen = try Checking.screen(
      #"""
      indexes: {kind: [u, v]}
      inputs:
        c: {over: kind, value: 1 to 2, across: independent}
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
          expected: `across: shared`, or `copula: gaussian` or `student`

        1 error

        """#)
  }
}
