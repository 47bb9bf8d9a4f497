import Modeling
import Sampling
import Simulation
import VectorMath

/// The points of particles: coordinates that observations depend on come from the particles, all others from the
/// model's design, since observations say nothing about them.
///
/// Block b holds particles of population b mod the number of populations.
final class ParticleSource: PointSource, @unchecked Sendable {
  let populations: [ParticlePopulation]
  var replicates: Int { populations.count }
  /// Whether the proposals are read, or the particles where they are.
  var readsProposals = false
  private let places: [Int: Int]
  private let design: any PointSource

  /// The largest and smallest probabilities that a score may give.
  private static let ends = (low: 0x1p-1022, high: 1 - 0x1p-53)

  init(_ populations: [ParticlePopulation], coordinates: [CoordinateID], design: any PointSource) {
    self.populations = populations
    self.design = design
    places = Dictionary(uniqueKeysWithValues: coordinates.enumerated().map { ($1.position, $0) })
  }

  func fill(_ coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    guard let place = places[coordinate] else { return design.fill(coordinate, block: block, into: probabilities) }
    let population = populations[block % populations.count]
    let memory = readsProposals ? population.proposals : population.scores
    let first = memory + place * population.particles + block / populations.count * AddressBlock.draws
    Columns.apply(.normalCdf, first, into: probabilities, count: AddressBlock.draws)
    for draw in 0..<AddressBlock.draws {
      probabilities[draw] = min(max(probabilities[draw], Self.ends.low), Self.ends.high)
    }
  }
}
