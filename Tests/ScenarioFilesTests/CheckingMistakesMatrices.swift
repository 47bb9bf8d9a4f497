import ScenarioFiles
import Testing

/// What people get wrong, with the whole screen that they see.
@Suite("Mistakes in correlation matrices")
struct CheckingMistakesMatrices {
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
}
