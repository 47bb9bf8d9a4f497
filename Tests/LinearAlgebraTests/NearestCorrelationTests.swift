import LinearAlgebra
import Testing

@Suite("Nearest correlation matrices")
struct NearestCorrelationTests {
  /// A matrix of its upper triangle, row by row.
  static func matrix(_ size: Int, _ upper: [Double]) -> SymmetricMatrix {
    var matrix = SymmetricMatrix(identityOfSize: size)
    var rest = upper[...]
    for row in 0..<size { for column in (row + 1)..<max(size, row + 1) { matrix[row, column] = rest.removeFirst() } }
    return matrix
  }

  @Test("Higham's example has the published answer")
  func published() throws {
    // Higham 2002, section 4: 0.7607 and 0.1573.
    let nearest = try #require(Self.matrix(3, [1, 0, 1]).nearestCorrelation())
    #expect((nearest[0, 1] * 1e4).rounded() == 7607 && (nearest[1, 2] * 1e4).rounded() == 7607)
    #expect((nearest[0, 2] * 1e4).rounded() == 1573)
    // The exact one, of eigenvalue 0, by NumPy 2 to 1e-12; the floor of 1e-8 moves it by no more.
    let exact = try #require(Self.matrix(3, [1, 0, 1]).nearestCorrelation(least: 0))
    #expect(abs(exact[0, 1] - 0.760689853) < 1e-8 && abs(exact[0, 2] - 0.157298110) < 1e-8)
    #expect(abs(nearest[0, 1] - exact[0, 1]) < 1e-7)
  }

  @Test("has a Cholesky factor, a diagonal of ones and no nearer neighbour")
  func properties() throws {
    // A plain generator of the test's own.
    var state: UInt64 = 5
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / Double(1 << 30) - 1
    }
    for size in [3, 8, 40] {
      let stated = Self.matrix(size, (0..<(size * (size - 1) / 2)).map { _ in next() })
      let nearest = try #require(stated.nearestCorrelation())
      #expect((0..<size).allSatisfy { nearest[$0, $0] == 1 })
      #expect(nearest.choleskyFactor() != nil || stated.choleskyFactor() != nil)
      // The displacement is normal to the convex set: no correlation matrix extends further in its direction.
      for _ in 0..<200 {
        let other = Self.randomCorrelation(size, next)
        var product = 0.0
        for row in 0..<size {
          for column in 0..<size {
            product += (stated[row, column] - nearest[row, column]) * (other[row, column] - nearest[row, column])
          }
        }
        #expect(product <= 1e-6 * Double(size), "\(size): \(product)")
      }
    }
  }

  /// The correlation matrix of random vectors.
  private static func randomCorrelation(_ size: Int, _ next: () -> Double) -> SymmetricMatrix {
    let vectors = (0..<size).map { _ -> [Double] in
      let vector = (0..<3).map { _ in next() }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return vector.map { $0 / length }
    }
    var matrix = SymmetricMatrix(identityOfSize: size)
    for row in 0..<size {
      for column in 0..<row { matrix[row, column] = zip(vectors[row], vectors[column]).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    return matrix
  }

  @Test("leaves a possible matrix as it is, and gives up on what is no number")
  func edges() throws {
    let possible = Self.matrix(3, [0.3, -0.2, 0.5])
    let nearest = try #require(possible.nearestCorrelation())
    for row in 0..<3 { for column in 0..<3 { #expect(abs(nearest[row, column] - possible[row, column]) < 1e-12) } }
    #expect(Self.matrix(2, [.nan]).nearestCorrelation() == nil)
    #expect(Self.matrix(1, []).nearestCorrelation() == Self.matrix(1, []))
  }
}
