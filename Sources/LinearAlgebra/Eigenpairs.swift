extension SymmetricMatrix {
  /// Eigenvalues in ascending order with eigenvectors of unit length; empty if the algorithm fails, for example because
  /// an entry is NaN.
  ///
  /// Householder reflections to a tridiagonal matrix, followed by rotations of the implicit QL method with Wilkinson's
  /// shift (Golub & Van Loan 2013, Matrix Computations, 4th ed., sections 8.3.1 to 8.3.4). Only sums, products,
  /// quotients and square roots in a fixed order are used, so that all processors give the same bits, unlike a
  /// library's eigenvalue routine. The absolute error is a few 1e-16 times the norm. Cost: about 9 n^3 operations.
  package func eigenpairs() -> [(value: Double, vector: [Double])] {
    guard size > 0, entries.allSatisfy(\.isFinite) else { return [] }
    // Scaled by a power of two to entries of at most 1, which is exact, so that no square overflows or underflows.
    let greatest = entries.reduce(0) { max($0, $1.magnitude) }
    guard greatest > 0 else { return (0..<size).map { k in (0, (0..<size).map { $0 == k ? 1 : 0 }) } }
    let scale = greatest.binade
    var problem = Tridiagonal(entries.map { $0 / scale }, size)
    guard problem.diagonalise() else { return [] }
    // Equal eigenvalues keep the order in which they were found.
    let order = (0..<size).sorted { (problem.diagonal[$0], $0) < (problem.diagonal[$1], $1) }
    return order.map { k in (problem.diagonal[k] * scale, Array(problem.vectors[(k * size)..<((k + 1) * size)])) }
  }
}

/// A symmetric matrix V' T V with T tridiagonal, during the reduction of T to diagonal form.
private struct Tridiagonal {
  let size: Int
  private(set) var diagonal: [Double]
  /// The off-diagonal: entry k is that of rows k and k + 1; the last one is 0.
  private var beside: [Double]
  /// The rows of V, which converge to the eigenvectors.
  private(set) var vectors: [Double]

  /// The reflections that make the columns of a matrix zero below the subdiagonal.
  init(_ entries: [Double], _ size: Int) {
    self.size = size
    var matrix = entries
    var reflections: [(first: Int, vector: [Double])] = []
    for column in 0..<max(0, size - 2) {
      let first = column + 1
      var vector = (first..<size).map { matrix[$0 * size + column] }
      // Entries this far below the rounding of entries near 1 would lose digits when squared and are treated as 0.
      guard vector.dropFirst().contains(where: { $0.magnitude > 0x1p-100 }) else { continue }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      // The sign avoids cancellation in the first entry.
      vector[0] += vector[0] < 0 ? -length : length
      let half = 0.5 * vector.reduce(0) { $0 + $1 * $1 }
      let unit = half.squareRoot()
      for k in vector.indices { vector[k] /= unit }
      // With |v|^2 = 2 the reflection is 1 - v v', and it subtracts v w' + w v' from the matrix, w = A v - (v' A v / 2)
      // v.
      Self.reflect(&matrix, size, first, vector)
      matrix[first * size + column] = -(matrix[first * size + column] < 0 ? -length : length)
      reflections.append((first, vector))
    }
    diagonal = (0..<size).map { matrix[$0 * size + $0] }
    beside = (0..<size).map { $0 + 1 < size ? matrix[($0 + 1) * size + $0] : 0 }
    vectors = [Double](repeating: 0, count: size * size)
    for row in 0..<size { vectors[row * size + row] = 1 }
    // A = H1 H2 ... T ... H2 H1, so that V = ... H2 H1. Starting from the last reflection, only the rows from its first
    // one on change.
    for (first, vector) in reflections.reversed() {
      for row in first..<size {
        var product = 0.0
        for k in vector.indices { product += vectors[row * size + first + k] * vector[k] }
        for k in vector.indices { vectors[row * size + first + k] -= product * vector[k] }
      }
    }
  }

  /// Reflects the trailing rows and columns of a matrix on both sides by 1 - v v'.
  private static func reflect(_ matrix: inout [Double], _ size: Int, _ first: Int, _ v: [Double]) {
    let count = v.count
    var w = (0..<count).map { row -> Double in
      var sum = 0.0
      for k in 0..<count { sum += matrix[(first + row) * size + first + k] * v[k] }
      return sum
    }
    let half = 0.5 * zip(v, w).reduce(0) { $0 + $1.0 * $1.1 }
    for k in 0..<count { w[k] -= half * v[k] }
    for row in 0..<count {
      for k in 0..<count { matrix[(first + row) * size + first + k] -= v[row] * w[k] + w[row] * v[k] }
    }
  }

  /// Rotates until the off-diagonal is zero; false if that takes more than 60 iterations per row.
  mutating func diagonalise() -> Bool {
    let norm = (0..<size).reduce(0.0) { max($0, diagonal[$1].magnitude + beside[$1].magnitude) }
    var rounds = 60 * size
    var first = 0
    while first < size {
      // The end of the unreduced block from `first` on. Off-diagonal entries far below rounding count as 0.
      var last = first
      while last + 1 < size {
        let both = diagonal[last].magnitude + diagonal[last + 1].magnitude
        if beside[last].magnitude <= max(0x1p-53 * both, 0x1p-60 * norm) { break }
        last += 1
      }
      if last == first {
        first += 1
        continue
      }
      rounds -= 1
      if rounds < 0 { return false }
      sweep(first, last)
    }
    return true
  }

  /// One implicit QL step on the rows from `first` to `last`. The first rotation is that of T minus Wilkinson's shift,
  /// the eigenvalue of the leading two rows nearest to the first diagonal entry; the others chase the resulting bulge
  /// outside the three diagonals off the end.
  private mutating func sweep(_ first: Int, _ last: Int) {
    let half = 0.5 * (diagonal[first + 1] - diagonal[first])
    let corner = beside[first]
    let root = (half * half + corner * corner).squareRoot()
    let shift = diagonal[first] - corner * corner / (half + (half < 0 ? -root : root))
    var (x, outside) = (diagonal[last] - shift, beside[last - 1])
    for upper in stride(from: last - 1, through: first, by: -1) {
      let lower = upper + 1
      let length = (x * x + outside * outside).squareRoot()
      let (c, s) = length > 0 ? (x / length, outside / length) : (1, 0)
      if lower < last { beside[lower] = length }
      // [c s; -s c] on rows lower, upper and their columns.
      let (p, r, q) = (diagonal[lower], beside[upper], diagonal[upper])
      let mixed = 2 * c * s * r
      diagonal[lower] = c * c * p + mixed + s * s * q
      diagonal[upper] = s * s * p - mixed + c * c * q
      beside[upper] = c * s * (q - p) + (c * c - s * s) * r
      if upper > first {
        x = beside[upper]
        outside = s * beside[upper - 1]
        beside[upper - 1] *= c
      }
      for k in 0..<size {
        let (a, b) = (vectors[lower * size + k], vectors[upper * size + k])
        vectors[lower * size + k] = c * a + s * b
        vectors[upper * size + k] = c * b - s * a
      }
    }
  }
}
