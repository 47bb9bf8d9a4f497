import LinearAlgebra
import VectorMath

/// The sums of a population's scaled components, from which proposals for other populations are fitted.
struct ComponentMoments: Sendable {
  var count: Double
  var sums: [Double]
  /// Row-major, lower triangle.
  var products: [Double]

  /// - Parameter scales: the factor of each component.
  init(of components: ParticleColumns, scales: [Double]) {
    let (size, n) = (components.columns, components.rows)
    count = Double(n)
    sums = (0..<size).map { k in
      var sum = 0.0
      for particle in 0..<n { sum += components[k][particle] }
      return sum * scales[k]
    }
    products = [Double](repeating: 0, count: size * size)
    for a in 0..<size {
      for b in 0...a {
        let (x, y) = (components[a], components[b])
        var sum = 0.0
        for particle in 0..<n { sum += x[particle] * y[particle] }
        products[a * size + b] = sum * scales[a] * scales[b]
      }
    }
  }

  /// Adds another population's sums.
  mutating func add(_ other: ComponentMoments) {
    count += other.count
    for k in sums.indices { sums[k] += other.sums[k] }
    for k in products.indices { products[k] += other.products[k] }
  }
}

/// Proposals of components along the informed directions that leave a Student distribution as it is.
///
/// The distribution is fitted to the other populations: a Metropolis step is only right if its proposal does not depend
/// on the particles that it moves. With w the scaled components, m and C the mean and covariance of w in the other
/// populations, nu = 5, L L' = (nu - 2) / nu C and e = L^-1 (w - m), a particle's latent scale g is drawn from its
/// distribution given e, ((nu + q) / 2) / Gamma((nu + r) / 2) with q = e'e, and e* = sqrt(1 - s^2) e + s sqrt(g) N(0, I):
/// a preconditioned Crank-Nicolson step given the scale. The Student distribution's tails are heavier than those of the
/// posterior of scores, so that particles far out are not stuck.
struct StudentProposal: Sendable {
  private static let freedom = 5.0

  private let size: Int
  private let mean: [Double]
  /// The lower triangular L, row-major.
  private let factor: [Double]
  private let scales: [Double]

  /// Fits the distribution to the sums of other populations.
  ///
  /// The covariance is shrunk towards the identity by r / (r + n), r components and n particles; a covariance that is
  /// singular even so is replaced by the identity.
  init(fittedTo others: ComponentMoments, scales: [Double]) {
    let size = scales.count
    let mean = others.sums.map { $0 / others.count }
    let shrinkage = Double(size) / (Double(size) + others.count)
    let share = (Self.freedom - 2) / Self.freedom
    var covariance = SymmetricMatrix(identityOfSize: size)
    for a in 0..<size {
      for b in 0...a {
        let own = others.products[a * size + b] / others.count - mean[a] * mean[b]
        covariance[a, b] = share * ((1 - shrinkage) * own + (a == b ? shrinkage : 0))
      }
    }
    self.size = size
    self.mean = mean
    self.scales = scales
    factor =
      covariance.choleskyFactor()
      ?? (0..<size * size).map { $0 % (size + 1) == 0 ? share.squareRoot() : 0 }
  }

  /// The names of the columns of random numbers that a proposal needs: a normal for each component, then those of the
  /// gamma distribution.
  static func noise(components: Int) -> [String] {
    (0..<components).map { "direction \($0)" } + (0..<gammaColumns(components)).map { "scale \($0)" }
  }

  /// Gamma(k / 2), k = nu + r, is -log of the product of k / 2 uniforms, and half a squared normal if k is odd.
  private static func gammaColumns(_ components: Int) -> Int { (Int(freedom) + components + 1) / 2 }

  /// Proposes components.
  ///
  /// - Parameters:
  ///   - from: the components of the particles.
  ///   - into: those of the proposals.
  ///   - scale: s, in 0 ... 1.
  ///   - corrections: what the logarithm of the acceptance probability gets for each particle: the ratio of the prior's
  ///     densities over that of the Student distribution's.
  ///   - uniforms: fills the column with a number, of `noise(components:)`.
  func propose(
    from: ParticleColumns, into: ParticleColumns, scale: Double, corrections: UnsafeMutablePointer<Double>,
    uniforms: (_ column: Int, _ into: UnsafeMutablePointer<Double>) -> Void
  ) {
    let n = from.rows
    let kept = (1 - scale * scale).squareRoot()
    let half = 0.5 * (Self.freedom + Double(size))
    let scratch = ParticleColumns(rows: n, columns: 3)
    defer { withExtendedLifetime(scratch) {} }
    let (squares, gammas, noise) = (scratch[0], scratch[1], scratch[2])
    corrections.update(repeating: 0, count: n)
    // The standardised components take the proposals' place.
    for row in 0..<size {
      let (own, standard, weight) = (from[row], into[row], scales[row])
      for i in 0..<n {
        standard[i] = weight * own[i] - mean[row]
        corrections[i] += 0.5 * own[i] * own[i]
      }
      for k in 0..<row {
        let (entry, other) = (factor[row * size + k], into[k])
        for i in 0..<n { standard[i] -= entry * other[i] }
      }
      let pivot = 1 / factor[row * size + row]
      for i in 0..<n {
        standard[i] *= pivot
        squares[i] += standard[i] * standard[i]
      }
    }
    gammas.update(repeating: 1, count: n)
    let columns = Self.gammaColumns(size)
    let isOdd = (Int(Self.freedom) + size) % 2 == 1
    for column in 0..<columns - (isOdd ? 1 : 0) {
      uniforms(size + column, noise)
      for i in 0..<n { gammas[i] *= noise[i] }
    }
    for i in 0..<n { gammas[i] = -log(gammas[i]) }
    if isOdd {
      uniforms(size + columns - 1, noise)
      Columns.apply(.normalQuantile, noise, into: noise, count: n)
      for i in 0..<n { gammas[i] += 0.5 * noise[i] * noise[i] }
    }
    for i in 0..<n {
      corrections[i] -= half * log(1 + squares[i] / Self.freedom)
      gammas[i] = scale * (0.5 * (Self.freedom + squares[i]) / gammas[i]).squareRoot()
      squares[i] = 0
    }
    for row in 0..<size {
      let standard = into[row]
      uniforms(row, noise)
      Columns.apply(.normalQuantile, noise, into: noise, count: n)
      for i in 0..<n {
        standard[i] = kept * standard[i] + gammas[i] * noise[i]
        squares[i] += standard[i] * standard[i]
      }
    }
    for i in 0..<n { corrections[i] += half * log(1 + squares[i] / Self.freedom) }
    for row in (0..<size).reversed() {
      let own = into[row]
      let pivot = factor[row * size + row]
      for i in 0..<n { own[i] = mean[row] + pivot * own[i] }
      for k in 0..<row {
        let (entry, other) = (factor[row * size + k], into[k])
        for i in 0..<n { own[i] += entry * other[i] }
      }
      let weight = 1 / scales[row]
      for i in 0..<n {
        own[i] *= weight
        corrections[i] -= 0.5 * own[i] * own[i]
      }
    }
  }
}
