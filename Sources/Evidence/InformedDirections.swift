import LinearAlgebra
import Simulation

/// The directions of the scores along which a likelihood changes much, as in Cui, Law & Marzouk (2016),
/// doi:10.1016/j.jcp.2015.10.008.
///
/// With J_m the derivatives of the readings' residuals at one particle of each population and phi the exponent, they
/// are the eigenvectors of H = phi / M sum_m J_m' J_m with eigenvalues of at least 0.1: along any other direction the
/// likelihood hardly changes the prior. Moves are valid for any orthonormal directions; good ones make them fast.
struct InformedDirections: Sendable {
  /// The smallest eigenvalue: the posterior's standard deviation along a direction is 1 / sqrt(1 + eigenvalue).
  private static let least = 0.1
  /// Maximum number of directions; the cost of a move is proportional to it.
  private static let most = 128

  /// The number of directions.
  let count: Int
  /// sqrt(1 + eigenvalue) of each: components times it have about the same spread.
  let scales: [Double]
  private let dimensions: Int
  /// Direction by direction, `dimensions` entries each.
  private let entries: [Double]

  /// The directions for rows of derivatives.
  ///
  /// - Parameters:
  ///   - derivatives: row-major, one row of `dimensions` entries for each reading and point, times sqrt(phi / M).
  ///   - dimensions: the number of coordinates.
  init(derivatives: [Double], dimensions: Int) {
    let rows = derivatives.count / max(1, dimensions)
    func row(_ k: Int) -> ArraySlice<Double> { derivatives[k * dimensions..<(k + 1) * dimensions] }
    var pairs: [(value: Double, vector: [Double])] = []
    if rows < dimensions {
      // The eigenvectors v of J J', of which J' v / |J' v| are those of J' J.
      var product = SymmetricMatrix(identityOfSize: rows)
      for a in 0..<rows { for b in 0...a { product[a, b] = zip(row(a), row(b)).reduce(0) { $0 + $1.0 * $1.1 } } }
      pairs = product.eigenpairs().suffix(Self.most).filter { $0.value >= Self.least }.map {
        value, vector -> (value: Double, vector: [Double]) in
        var direction = [Double](repeating: 0, count: dimensions)
        for k in 0..<rows where vector[k] != 0 {
          for (place, entry) in row(k).enumerated() { direction[place] += vector[k] * entry }
        }
        return (value, direction)
      }
    } else {
      var product = SymmetricMatrix(identityOfSize: dimensions)
      for a in 0..<dimensions {
        for b in 0...a {
          var sum = 0.0
          for k in 0..<rows { sum += derivatives[k * dimensions + a] * derivatives[k * dimensions + b] }
          product[a, b] = sum
        }
      }
      pairs = product.eigenpairs().suffix(Self.most).filter { $0.value >= Self.least }
    }
    var entries: [Double] = []
    var scales: [Double] = []
    for (value, vector) in pairs.reversed() {
      guard let direction = Self.orthonormal(vector, to: entries) else { continue }
      entries += direction
      scales.append((1 + value).squareRoot())
    }
    count = scales.count
    self.scales = scales
    self.entries = entries
    self.dimensions = dimensions
  }

  /// A vector orthogonal to directions, of unit length; nil where rounding is all that is left of it.
  private static func orthonormal(_ vector: [Double], to directions: [Double]) -> [Double]? {
    var own = vector
    let before = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard before > 0, before.isFinite else { return nil }
    for pass in 0..<2 {
      for first in stride(from: 0, to: directions.count, by: own.count) {
        var product = 0.0
        for k in own.indices { product += own[k] * directions[first + k] }
        for k in own.indices { own[k] -= product * directions[first + k] }
      }
      let length = own.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if pass == 0, length < 1e-6 * before { return nil }
      for k in own.indices { own[k] /= length }
    }
    return own
  }

  /// Particles that are processed together, so that their columns stay in the cache.
  private static let tile = 512

  /// U'z of each particle.
  func project(_ scores: ParticleColumns, onto components: ParticleColumns) {
    for first in stride(from: 0, to: scores.rows, by: Self.tile) {
      let n = min(Self.tile, scores.rows - first)
      for direction in 0..<count {
        let into = components[direction] + first
        into.update(repeating: 0, count: n)
        for coordinate in 0..<dimensions {
          let (entry, from) = (entries[direction * dimensions + coordinate], scores[coordinate] + first)
          if entry == 0 { continue }
          for i in 0..<n { into[i] += entry * from[i] }
        }
      }
    }
  }

  /// Adds U a to the scores of each particle.
  func add(_ amounts: ParticleColumns, to scores: ParticleColumns) {
    for first in stride(from: 0, to: scores.rows, by: Self.tile) {
      let n = min(Self.tile, scores.rows - first)
      for coordinate in 0..<dimensions {
        let into = scores[coordinate] + first
        for direction in 0..<count {
          let (entry, from) = (entries[direction * dimensions + coordinate], amounts[direction] + first)
          if entry == 0 { continue }
          for i in 0..<n { into[i] += entry * from[i] }
        }
      }
    }
  }
}
