import Foundation
import Simulation

/// How much particles still remember of the readings that they had at the beginning of a stage: the rank correlation of
/// each reading then and now.
///
/// Ranks, because a few extremes of a skewed reading would decide on a correlation of values. Of each population the
/// same few particles are looked at; with 4,096 in all, the standard error of a correlation of 0 is 0.016.
struct RankCorrelation {
  /// Particles of each population.
  private static let sample = 256

  private let places: [Int]
  private let starts: [[Double]]
  private let workers: Int

  /// Takes the readings of the particles as they are.
  init(_ populations: [ParticlePopulation], workers: Int) {
    self.workers = workers
    let particles = populations.first?.particles ?? 0
    let step = max(1, particles / Self.sample)
    places = Array(stride(from: 0, to: particles, by: step))
    let places = places
    starts = concurrentMap(populations.first?.readings ?? 0, workers: workers) { reading in
      Self.ranks(of: Self.values(populations, places, reading))
    }
  }

  /// The correlation of each reading; 0 for one that is or was the same in all particles.
  func correlations(_ populations: [ParticlePopulation]) -> [Double] {
    concurrentMap(starts.count, workers: workers) { reading in
      let now = Self.ranks(of: Self.values(populations, places, reading))
      return zip(starts[reading], now).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  private static func values(_ populations: [ParticlePopulation], _ places: [Int], _ reading: Int) -> [Double] {
    populations.flatMap { population in
      places.map { place in
        let value = population.current.values[reading][place]
        return value.isNaN ? .infinity : value
      }
    }
  }

  /// Ranks with ties at their mean, less the mean rank, as a vector of unit length; zeros if all are equal.
  private static func ranks(of values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
      for place in first...last { ranks[order[place]] = 0.5 * Double(first + last) - 0.5 * Double(order.count - 1) }
      first = last + 1
    }
    let length = ranks.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? ranks.map { $0 / length } : ranks
  }
}
