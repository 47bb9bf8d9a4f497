import LinearAlgebra
import Testing

@Suite("Small symmetric matrices")
struct SymmetricMatrixTests {
  @Test("have SciPy's Cholesky factor", arguments: try KnownMatrix.all())
  func cholesky(_ known: KnownMatrix) throws {
    let factor = try #require(known.matrix.choleskyFactor())
    // A backward stable factor differs by the condition number times rounding.
    let bound = 1e-15 * Double(known.matrix.size) / known.eigenvalues[0] + 1e-15
    for (ours, theirs) in zip(factor, known.factor) { #expect(abs(ours - theirs) < bound) }
  }

  @Test("have SciPy's eigenvalues, and vectors of length one that they stretch", arguments: try KnownMatrix.all())
  func eigenpairs(_ known: KnownMatrix) {
    let size = known.matrix.size
    let pairs = known.matrix.eigenpairs()
    #expect(pairs.count == size)
    for (pair, theirs) in zip(pairs, known.eigenvalues) {
      #expect(abs(pair.value - theirs) < 1e-13)
      var length = 0.0
      for row in 0..<size {
        length += pair.vector[row] * pair.vector[row]
        var stretched = 0.0
        for column in 0..<size { stretched += known.matrix[row, column] * pair.vector[column] }
        #expect(abs(stretched - pair.value * pair.vector[row]) < 1e-13)
      }
      #expect(abs(length - 1) < 1e-13)
    }
  }

  @Test("have no factor if a combination of rows has no variance, or a negative one")
  func impossible() {
    var singular = SymmetricMatrix(identityOfSize: 2)
    singular[0, 1] = 1
    #expect(singular.choleskyFactor() == nil)
    var contradictory = SymmetricMatrix(identityOfSize: 3)
    contradictory[0, 1] = 0.9
    contradictory[1, 2] = 0.9
    contradictory[0, 2] = -0.9
    #expect(contradictory.choleskyFactor() == nil)
    // 1 - 0.9 is between two of them, the third eigenvalue is 1 - 2 * 0.9.
    #expect(abs(contradictory.eigenpairs()[0].value + 0.8) < 1e-14)
    var missing = SymmetricMatrix(identityOfSize: 2)
    missing[0, 1] = .nan
    #expect(missing.choleskyFactor() == nil)
  }

  @Test("may be empty")
  func empty() {
    let matrix = SymmetricMatrix(identityOfSize: 0)
    #expect(matrix.choleskyFactor() == [] && matrix.eigenpairs().isEmpty)
  }
}
