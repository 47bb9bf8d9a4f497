import Modeling
import Sampling
import Simulation
import VectorMath

/// The points of particles, as normal scores: coordinates that readings depend on come from the particles, all others
/// from the model's design, since the readings are independent of them.
///
/// Block b holds particles of population b mod the number of populations.
final class ParticleSource: PointSource, @unchecked Sendable {
  /// The points that are read.
  enum Reading {
    /// The particles.
    case particles
    /// Their proposals.
    case proposals
    /// Points at both sides of some particles, one coordinate at a time; see `ProbePoints`.
    case probes(ProbePoints)
  }

  let populations: [ParticlePopulation]
  var replicates: Int { populations.count }
  let holdsScores = true
  var reading = Reading.particles
  fileprivate let places: [Int: Int]
  private let design: any PointSource

  init(_ populations: [ParticlePopulation], coordinates: [CoordinateID], design: any PointSource) {
    self.populations = populations
    self.design = design
    places = Dictionary(uniqueKeysWithValues: coordinates.enumerated().map { ($1.position, $0) })
  }

  func fill(_ coordinate: Int, block: Int, into scores: UnsafeMutablePointer<Double>) {
    guard let place = places[coordinate] else {
      design.fill(coordinate, block: block, into: scores)
      return Columns.apply(.normalQuantile, scores, into: scores, count: AddressBlock.draws)
    }
    let population = populations[block % populations.count]
    let first = block / populations.count * AddressBlock.draws
    switch reading {
    case .particles: scores.update(from: population.current.scores[place] + first, count: AddressBlock.draws)
    case .proposals: scores.update(from: population.proposed.scores[place] + first, count: AddressBlock.draws)
    case .probes(let probes): probes.fill(place, block: block, into: scores)
    }
  }
}

extension ParticleSource {
  /// The particles as draws of a model, in the order of the blocks that `fill` gives.
  func sample(of model: Model, correlationLeft: Double?) -> PosteriorSample {
    let conditioned = places.sorted { $0.key < $1.key }
    let count = populations.reduce(0) { $0 + $1.particles }
    let scores = conditioned.map { coordinate, place in
      [Double](unsafeUninitializedCapacity: count) { buffer, initialised in
        guard let start = buffer.baseAddress else { return }
        for first in stride(from: 0, to: count, by: AddressBlock.draws) {
          let block = first / AddressBlock.draws
          let own = block / populations.count * AddressBlock.draws
          (start + first).initialize(
            from: populations[block % populations.count].current.scores[place] + own, count: AddressBlock.draws)
        }
        initialised = count
      }
    }
    return PosteriorSample(
      addresses: conditioned.map { model.coordinates[$0.key].address }, scores: scores, count: count,
      replicates: populations.count, correlationLeft: correlationLeft)
  }
}

/// Points for central differences: for each of some particles and each coordinate, the particle with that score less
/// and more by a step.
struct ProbePoints: Sendable {
  /// The step, in standard deviations of the prior: small against the curvature of formulas, large against the steps
  /// of discrete inputs' probabilities.
  static let step = 0.1

  private let dimensions: Int
  /// The scores of the particles, one after the other.
  private let centres: [Double]

  init(centres: [[Double]]) {
    dimensions = centres.first?.count ?? 0
    self.centres = centres.flatMap { $0 }
  }

  /// The number of points.
  var draws: Int { 2 * centres.count }

  func fill(_ coordinate: Int, block: Int, into scores: UnsafeMutablePointer<Double>) {
    for place in 0..<AddressBlock.draws {
      let draw = block * AddressBlock.draws + place
      guard draw < draws else {
        scores[place] = 0
        continue
      }
      let (pair, isUpper) = (draw / 2, draw % 2 == 1)
      let (centre, moved) = (pair / dimensions, pair % dimensions)
      let own = centres[centre * dimensions + coordinate]
      scores[place] = moved == coordinate ? own + (isUpper ? Self.step : -Self.step) : own
    }
  }
}
