import Foundation
import Sampling
import VectorMath

/// Particles that are moved and resampled among themselves: one of the replicates whose spread gives standard errors.
///
/// A particle is a vector of normal scores, one for each coordinate that the readings depend on, so that its prior is
/// the standard normal distribution. Columns hold one coordinate, one reading or one direction for all particles.
/// Random numbers are addressed by seed, purpose, move and the place of the particle.
final class ParticlePopulation: @unchecked Sendable {
  /// What a set of particles consists of.
  struct State {
    /// Normal scores, one column for each coordinate.
    let scores: ParticleColumns
    /// Observed values, one column for each reading.
    let values: ParticleColumns
    /// Components along the informed directions, one column for each.
    var components: ParticleColumns
    /// The logarithm of the likelihood, then the greatest violation.
    let weights: ParticleColumns

    var logLikelihoods: UnsafeMutablePointer<Double> { weights[0] }
    var violations: UnsafeMutablePointer<Double> { weights[1] }

    init(particles: Int, dimensions: Int, readings: Int) {
      scores = ParticleColumns(rows: particles, columns: dimensions)
      values = ParticleColumns(rows: particles, columns: readings)
      components = ParticleColumns(rows: particles, columns: 0)
      weights = ParticleColumns(rows: particles, columns: 2)
    }
  }

  let number: Int
  let particles: Int
  let dimensions: Int
  let readings: Int
  /// The number of populations, which interleave the blocks of a stream.
  let populations: Int
  private(set) var current: State
  private(set) var proposed: State
  /// What a proposal's density adds to the logarithm of its acceptance probability.
  private let corrections: ParticleColumns

  /// Particles without scores.
  init(number: Int, populations: Int, particles: Int, dimensions: Int, readings: Int) {
    self.number = number
    self.populations = populations
    self.particles = particles
    self.dimensions = dimensions
    self.readings = readings
    current = State(particles: particles, dimensions: dimensions, readings: readings)
    proposed = State(particles: particles, dimensions: dimensions, readings: readings)
    corrections = ParticleColumns(rows: particles, columns: 1)
  }

  /// Whether the magnitudes of most scores of each coordinate are below a limit.
  func isWithin(_ limit: Double) -> Bool {
    (0..<dimensions).allSatisfy { place in
      let column = current.scores[place]
      return (0..<particles).count { column[$0].magnitude < limit } > particles / 2
    }
  }

  /// Takes the proposals as the particles, before the first move.
  func start() {
    current.scores.copy(from: proposed.scores)
    current.values.copy(from: proposed.values)
    current.weights.copy(from: proposed.weights)
  }

  // MARK: Resampling

  /// Resamples particles in proportion to exp(step times log likelihood), systematically (Kitagawa 1996,
  /// doi:10.2307/1390750): each as often as its share of the weight, rounded up or down by one common uniform.
  ///
  /// - Returns: the logarithm of the mean weight; minus infinity, and nothing done, if no particle has any.
  func resample(step: Double, uniform: Double) -> Double {
    let fits = current.logLikelihoods
    var greatest = -Double.infinity
    for particle in 0..<particles { greatest = max(greatest, step * fits[particle]) }
    guard greatest > -.infinity else { return -.infinity }
    let weights = (0..<particles).map { exp(step * fits[$0] - greatest) }
    return greatest + log(resample(uniform, weights) / Double(particles))
  }

  /// Resamples particles among those whose violation is within a limit.
  ///
  /// - Returns: the logarithm of their share; minus infinity, and nothing done, if there are none.
  func restrict(to limit: Double, uniform: Double) -> Double {
    let weights = (0..<particles).map { current.violations[$0] <= limit ? 1.0 : 0 }
    guard weights.contains(1) else { return -.infinity }
    return log(resample(uniform, weights) / Double(particles))
  }

  /// Resamples particles in proportion to weights.
  ///
  /// - Returns: the sum of the weights.
  private func resample(_ uniform: Double, _ weights: [Double]) -> Double {
    let total = weights.reduce(0, +)
    var parents: [Int] = []
    parents.reserveCapacity(particles)
    var (parent, reached) = (0, weights[0])
    for particle in 0..<particles {
      let place = (Double(particle) + uniform) / Double(particles) * total
      while reached < place, parent + 1 < particles {
        parent += 1
        reached += weights[parent]
      }
      parents.append(parent)
    }
    for (from, into) in [
      (current.scores, proposed.scores), (current.values, proposed.values), (current.weights, proposed.weights),
    ] {
      for column in 0..<from.columns {
        let (from, into) = (from[column], into[column])
        for particle in 0..<particles { into[particle] = from[parents[particle]] }
      }
    }
    swap(&current, &proposed)
    return total
  }

  // MARK: Directions

  /// Computes the particles' components along new directions.
  func project(on directions: InformedDirections) {
    current.components = ParticleColumns(rows: particles, columns: directions.count)
    proposed.components = ParticleColumns(rows: particles, columns: directions.count)
    directions.project(current.scores, onto: current.components)
  }

  /// The sums of scaled components and of their products, from which proposals are fitted.
  func moments(of directions: InformedDirections) -> ComponentMoments {
    ComponentMoments(of: current.components, scales: directions.scales)
  }

  // MARK: Moves

  /// Proposes new components along the informed directions and leaves all others as they are.
  func propose(_ proposal: StudentProposal, _ directions: InformedDirections, scale: Double, _ noise: MoveNoise) {
    proposal.propose(
      from: current.components, into: proposed.components, scale: scale, corrections: corrections[0]
    ) { column, into in noise.fill(column, population: self, into: into) }
    // Steps along the directions, in place of the proposed scores.
    proposed.scores.copy(from: current.scores)
    let steps = ParticleColumns(rows: particles, columns: directions.count)
    for direction in 0..<directions.count {
      let (from, to, step) = (current.components[direction], proposed.components[direction], steps[direction])
      for particle in 0..<particles { step[particle] = to[particle] - from[particle] }
    }
    directions.add(steps, to: proposed.scores)
  }

  /// Proposes new scores orthogonal to the informed directions by steps that leave the prior as it is (preconditioned
  /// Crank-Nicolson: Cotter, Roberts, Stuart & White 2013, doi:10.1214/13-STS421).
  ///
  /// With U the directions, p = U'z and k = sqrt(1 - t^2): z* = k z + t x + U ((1 - k) p - t U'x), x standard normal.
  func proposeRest(_ directions: InformedDirections, scale: Double, _ noise: MoveNoise) {
    let kept = (1 - scale * scale).squareRoot()
    for coordinate in 0..<dimensions {
      noise.fillNormals(coordinate, population: self, into: proposed.scores[coordinate])
    }
    let steps = ParticleColumns(rows: particles, columns: directions.count)
    directions.project(proposed.scores, onto: steps)
    for coordinate in 0..<dimensions {
      let (from, into) = (current.scores[coordinate], proposed.scores[coordinate])
      for particle in 0..<particles { into[particle] = kept * from[particle] + scale * into[particle] }
    }
    for direction in 0..<directions.count {
      let (own, step) = (current.components[direction], steps[direction])
      for particle in 0..<particles { step[particle] = (1 - kept) * own[particle] - scale * step[particle] }
    }
    directions.add(steps, to: proposed.scores)
    proposed.components.copy(from: current.components)
    corrections[0].update(repeating: 0, count: particles)
  }

  /// Moves each particle to its proposal with the probability of Metropolis and Hastings (Hastings 1970,
  /// doi:10.1093/biomet/57.1.97) under the likelihood to the power `exponent`, within a limit of the violation.
  ///
  /// - Returns: the number of particles that moved.
  func accept(exponent: Double, limit: Double, _ noise: MoveNoise) -> Int {
    let uniforms = ParticleColumns(rows: particles, columns: 1)
    noise.fillAcceptance(population: self, into: uniforms[0])
    var moved: [Int] = []
    for particle in 0..<particles where proposed.violations[particle] <= limit {
      var gain = corrections[0][particle]
      if exponent > 0 {
        gain += exponent * (proposed.logLikelihoods[particle] - current.logLikelihoods[particle])
      }
      if log(uniforms[0][particle]) < gain { moved.append(particle) }
    }
    for (from, into) in [
      (proposed.scores, current.scores), (proposed.values, current.values), (proposed.weights, current.weights),
      (proposed.components, current.components),
    ] {
      for column in 0..<from.columns {
        let (from, into) = (from[column], into[column])
        for particle in moved { into[particle] = from[particle] }
      }
    }
    return moved.count
  }
}

/// The random numbers of one move: columns of streams that no other move or purpose uses.
struct MoveNoise: Sendable {
  private let streams: MonteCarlo
  private let acceptance: Int

  /// - Parameters:
  ///   - seed: the run's seed.
  ///   - purpose: the name of the sampler.
  ///   - move: the number of the move.
  ///   - columns: a name for each column.
  init(seed: UInt64, purpose: String, move: Int, columns: [String]) {
    // Names of inputs have no spaces.
    streams = MonteCarlo(
      seed: seed,
      coordinates: (columns + ["acceptance"]).enumerated().map { place, name in
        CoordinateAddress(
          name: place < columns.count ? "\(purpose) move" : "\(purpose) acceptance",
          labels: [.init(index: "column", label: name), .init(index: "move", label: "\(move)")])
      })
    acceptance = columns.count
  }

  /// Fills a column with uniforms for a population's particles.
  func fill(_ column: Int, population: ParticlePopulation, into: UnsafeMutablePointer<Double>) {
    for first in stride(from: 0, to: population.particles, by: AddressBlock.draws) {
      streams.fill(
        coordinate: column, block: first / AddressBlock.draws * population.populations + population.number,
        into: into + first)
    }
  }

  /// Fills a column with normal numbers.
  func fillNormals(_ column: Int, population: ParticlePopulation, into: UnsafeMutablePointer<Double>) {
    fill(column, population: population, into: into)
    Columns.apply(.normalQuantile, into, into: into, count: population.particles)
  }

  /// Fills the uniforms that decide on acceptance.
  func fillAcceptance(population: ParticlePopulation, into: UnsafeMutablePointer<Double>) {
    fill(acceptance, population: population, into: into)
  }
}
