import Foundation
import LinearAlgebra
import Sampling
import VectorMath

/// Particles that are moved and resampled among themselves: one of the parts whose spread gives standard errors.
///
/// A particle is a point of the unit cube, held as normal scores, so that its prior is the standard normal
/// distribution. Scores are kept coordinate by coordinate. Randomness is addressed: by seed, purpose, coordinate and
/// place of the particle.
final class ParticlePopulation: @unchecked Sendable {
  let number: Int
  let particles: Int
  let dimensions: Int
  /// `dimensions` columns of `particles` scores.
  private(set) var scores: UnsafeMutablePointer<Double>
  /// Where particles may move to.
  private(set) var proposals: UnsafeMutablePointer<Double>
  /// The log weights of particles and of proposals.
  private(set) var fits: UnsafeMutablePointer<Double>
  let proposalFits: UnsafeMutablePointer<Double>
  /// How far particles and proposals are from what was observed, where that is looked at; 0 where they can be it.
  private(set) var misses: UnsafeMutablePointer<Double>
  let proposalMisses: UnsafeMutablePointer<Double>
  /// What the proposal's density adds to the logarithm of the acceptance probability.
  private let corrections: UnsafeMutablePointer<Double>
  private let moveStreams: @Sendable (_ move: Int) -> MonteCarlo

  /// Particles without scores.
  ///
  /// - Parameter moveStreams: the streams of a move, one for each coordinate and one for its acceptance.
  init(number: Int, particles: Int, dimensions: Int, moveStreams: @escaping @Sendable (_ move: Int) -> MonteCarlo) {
    self.number = number
    self.particles = particles
    self.dimensions = dimensions
    self.moveStreams = moveStreams
    func room(_ count: Int) -> UnsafeMutablePointer<Double> {
      let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(1, count))
      memory.initialize(repeating: 0, count: max(1, count))
      return memory
    }
    scores = room(particles * dimensions)
    proposals = room(particles * dimensions)
    fits = room(particles)
    proposalFits = room(particles)
    misses = room(particles)
    proposalMisses = room(particles)
    corrections = room(particles)
  }

  deinit { [scores, proposals, fits, proposalFits, misses, proposalMisses, corrections].forEach { $0.deallocate() } }

  private func column(_ memory: UnsafeMutablePointer<Double>, _ coordinate: Int) -> UnsafeMutablePointer<Double> {
    memory + coordinate * particles
  }

  /// The address block of a stream for some of this population's particles.
  private func block(at first: Int, populations: Int) -> Int { first / AddressBlock.draws * populations + number }

  /// Takes the proposals' log weights as the particles' own, before the first move.
  func start() {
    scores.update(from: proposals, count: particles * dimensions)
    fits.update(from: proposalFits, count: particles)
    misses.update(from: proposalMisses, count: particles)
  }

  /// Takes the particles as proposals, so that they can be weighted again.
  func proposeSelf() { proposals.update(from: scores, count: particles * dimensions) }

  // MARK: Resampling

  /// Resamples particles in proportion to exp(step times log weight), systematically (Kitagawa 1996,
  /// doi:10.2307/1390750): each as often as its share says, rounded up or down by one common uniform.
  ///
  /// - Returns: the logarithm of the mean weight; minus infinity, and nothing done, if no particle has any.
  func resample(step: Double, uniform: Double) -> Double {
    let greatest = (0..<particles).reduce(-Double.infinity) { max($0, step * fits[$1]) }
    guard greatest > -.infinity else { return -.infinity }
    let total = resample(uniform) { exp(step * self.fits[$0] - greatest) }
    return greatest + log(total / Double(particles))
  }

  /// Resamples particles among those within a limit of the observed value.
  ///
  /// - Returns: the logarithm of their share; minus infinity, and nothing done, if there are none.
  func restrict(to limit: Double, uniform: Double) -> Double {
    guard (0..<particles).contains(where: { misses[$0] <= limit }) else { return -.infinity }
    let total = resample(uniform) { self.misses[$0] <= limit ? 1 : 0 }
    return log(total / Double(particles))
  }

  /// Resamples particles in proportion to weights.
  ///
  /// - Returns: the sum of the weights.
  private func resample(_ uniform: Double, _ weight: (_ particle: Int) -> Double) -> Double {
    let total = (0..<particles).reduce(0.0) { $0 + weight($1) }
    var parents: [Int] = []
    parents.reserveCapacity(particles)
    var (parent, reached) = (0, weight(0))
    for particle in 0..<particles {
      let place = (Double(particle) + uniform) / Double(particles) * total
      while reached < place, parent + 1 < particles {
        parent += 1
        reached += weight(parent)
      }
      parents.append(parent)
    }
    for coordinate in 0..<dimensions {
      let (from, into) = (column(scores, coordinate), column(proposals, coordinate))
      for particle in 0..<particles { into[particle] = from[parents[particle]] }
    }
    for particle in 0..<particles {
      proposalFits[particle] = fits[parents[particle]]
      proposalMisses[particle] = misses[parents[particle]]
    }
    swap(&scores, &proposals)
    fits.update(from: proposalFits, count: particles)
    misses.update(from: proposalMisses, count: particles)
    return total
  }

  // MARK: Proposals

  /// Proposes scores that leave the prior as it is: sqrt(1 - s²) z + s times normal noise (preconditioned
  /// Crank-Nicolson: Cotter, Roberts, Stuart & White 2013, doi:10.1214/13-STS421).
  func proposeFromPrior(move: Int, scale: Double, populations: Int) {
    let kept = (1 - scale * scale).squareRoot()
    let streams = moveStreams(move)
    for coordinate in 0..<dimensions {
      let (from, into) = (column(scores, coordinate), column(proposals, coordinate))
      fillNormals(streams, coordinate, into, populations: populations)
      for particle in 0..<particles { into[particle] = kept * from[particle] + scale * into[particle] }
    }
    corrections.update(repeating: 0, count: particles)
  }

  /// Proposes scores that leave the normal distribution fitted to the particles as it is; how it differs from the prior
  /// goes into the acceptance.
  ///
  /// The fitted covariance is shrunk towards the prior's by d / (d + n), d coordinates and n particles, so that it is
  /// positive definite. Any fit is right; a good one is accepted often.
  func proposeFromFit(move: Int, scale: Double, populations: Int) {
    guard let (mean, factor) = fit() else {
      return proposeFromPrior(move: move, scale: scale, populations: populations)
    }
    let kept = (1 - scale * scale).squareRoot()
    let streams = moveStreams(move)
    let d = dimensions
    for particle in 0..<particles { corrections[particle] = 0 }
    // Standardised scores, then their proposals, take the proposals' place coordinate by coordinate.
    for row in 0..<d {
      let (from, own) = (column(scores, row), column(proposals, row))
      for particle in 0..<particles {
        own[particle] = from[particle] - mean[row]
        corrections[particle] += 0.5 * from[particle] * from[particle]
      }
      for k in 0..<row {
        let weight = factor[row * d + k], other = column(proposals, k)
        for particle in 0..<particles { own[particle] -= weight * other[particle] }
      }
      let pivot = 1 / factor[row * d + row]
      for particle in 0..<particles {
        own[particle] *= pivot
        corrections[particle] -= 0.5 * own[particle] * own[particle]
      }
    }
    let noise = UnsafeMutablePointer<Double>.allocate(capacity: particles)
    defer { noise.deallocate() }
    for row in 0..<d {
      let own = column(proposals, row)
      fillNormals(streams, row, noise, populations: populations)
      for particle in 0..<particles {
        own[particle] = kept * own[particle] + scale * noise[particle]
        corrections[particle] += 0.5 * own[particle] * own[particle]
      }
    }
    for row in (0..<d).reversed() {
      let own = column(proposals, row)
      let pivot = factor[row * d + row]
      for particle in 0..<particles { own[particle] = mean[row] + pivot * own[particle] }
      for k in 0..<row {
        let weight = factor[row * d + k], other = column(proposals, k)
        for particle in 0..<particles { own[particle] += weight * other[particle] }
      }
      for particle in 0..<particles { corrections[particle] -= 0.5 * own[particle] * own[particle] }
    }
  }

  /// The mean and the Cholesky factor of the particles' shrunk covariance; nil if it has none.
  private func fit() -> (mean: [Double], factor: [Double])? {
    let n = Double(particles)
    let mean = (0..<dimensions).map { coordinate in
      let own = column(scores, coordinate)
      return (0..<particles).reduce(0.0) { $0 + own[$1] } / n
    }
    let shrinkage = Double(dimensions) / (Double(dimensions) + n)
    var covariance = SymmetricMatrix(identityOfSize: dimensions)
    for a in 0..<dimensions {
      for b in 0...a {
        let (x, y) = (column(scores, a), column(scores, b))
        var sum = 0.0
        for particle in 0..<particles { sum += (x[particle] - mean[a]) * (y[particle] - mean[b]) }
        covariance[a, b] = (1 - shrinkage) * sum / n + (a == b ? shrinkage : 0)
      }
    }
    return covariance.choleskyFactor().map { (mean, $0) }
  }

  private func fillNormals(
    _ streams: MonteCarlo, _ coordinate: Int, _ into: UnsafeMutablePointer<Double>, populations: Int
  ) {
    for first in stride(from: 0, to: particles, by: AddressBlock.draws) {
      streams.fill(coordinate: coordinate, block: block(at: first, populations: populations), into: into + first)
    }
    Columns.apply(.normalQuantile, into, into: into, count: particles)
  }

  // MARK: Acceptance

  /// Moves each particle to its proposal with the probability of Metropolis and Hastings (Hastings 1970,
  /// doi:10.1093/biomet/57.1.97) under weights to the power `exponent`.
  ///
  /// - Returns: how many moved.
  func accept(move: Int, exponent: Double, populations: Int) -> Int {
    accept(move: move, populations: populations) { exponent * (self.proposalFits[$0] - self.fits[$0]) }
  }

  /// The same under the prior, among the points within a limit of the observed value.
  func accept(move: Int, within limit: Double, populations: Int) -> Int {
    accept(move: move, populations: populations) { self.proposalMisses[$0] <= limit ? 0 : -.infinity }
  }

  /// - Parameter gain: the logarithm of the ratio of the proposal's weight to the particle's.
  private func accept(move: Int, populations: Int, _ gain: (_ particle: Int) -> Double) -> Int {
    let uniforms = UnsafeMutablePointer<Double>.allocate(capacity: particles)
    defer { uniforms.deallocate() }
    let streams = moveStreams(move)
    for first in stride(from: 0, to: particles, by: AddressBlock.draws) {
      streams.fill(coordinate: dimensions, block: block(at: first, populations: populations), into: uniforms + first)
    }
    var moved = 0
    for particle in 0..<particles {
      guard log(uniforms[particle]) < gain(particle) + corrections[particle] else { continue }
      moved += 1
      fits[particle] = proposalFits[particle]
      misses[particle] = proposalMisses[particle]
      for coordinate in 0..<dimensions {
        column(scores, coordinate)[particle] = column(proposals, coordinate)[particle]
      }
    }
    return moved
  }
}
