import Foundation
import Modeling
import Sampling
import Simulation
import VectorMath

/// The limits of distance by which particles come to where an observation can be at all.
///
/// Subset simulation (Au & Beck 2001, doi:10.1016/S0266-8920(01)00019-4): each limit is the distance within which a fifth of
/// the particles lie; they are resampled from those, and moved under the prior without leaving them, so that the product of
/// the shares is the probability of what was observed. It ends at a distance of 0, or where limits hardly shrink: where an
/// observation lies outside all that the inputs can be, they tend to a distance above 0.
struct SubsetSimulation {
  /// The share of the particles that a limit leaves.
  private static let share = 0.2
  /// A limit above this part of the one before hardly shrinks.
  private static let slow = 0.99
  /// The number of consecutive slow limits that end it.
  private static let mostSlow = 2
  /// Maximum number of limits: a surprise of 200 bits, as `Tempering` allows.
  private static let mostLimits = 86

  private var limit = Double.infinity
  private var slowLimits = 0
  private var limits = 0
  /// Whether the last limit was 0.
  var hasArrived: Bool { limit == 0 }

  /// The next limit; nil where there is none.
  mutating func nextLimit(_ populations: [ParticlePopulation]) -> Double? {
    guard limit > 0, limits < Self.mostLimits else { return nil }
    limits += 1
    let misses = populations.flatMap { population in (0..<population.particles).map { population.misses[$0] } }.sorted()
    var next = misses[Int(Self.share * Double(misses.count))]
    // Distances of counts are equal for many: then the greatest that is less.
    if next >= limit { next = misses[0] < limit ? misses[misses.partitioningIndex { $0 >= limit } - 1] : limit }
    guard next < limit, next.isFinite else { return nil }
    slowLimits = next > Self.slow * limit ? slowLimits + 1 : 0
    if slowLimits >= Self.mostSlow { return nil }
    limit = next
    return next
  }
}

/// How far draws are from what was observed: the sum over observations of the distance of the formula's value from where the
/// observation's distribution has any probability, in units of the mean distance under the prior.
struct ObservationDistances: Sendable {
  private let weighting: LikelihoodWeighting
  private let units: [Double]

  /// Evaluates the observed formulas and measures the units.
  ///
  /// Nil where a discrete observation is of a formula that takes other values in every draw: no draw ever equals it.
  static func measure(
    _ weighting: LikelihoodWeighting, _ evaluator: Evaluator, draws: Int, options: Engine.Options
  ) throws -> ObservationDistances? {
    let observations = weighting.observations.count
    let blocks = draws / AddressBlock.draws
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: blocks * observations)
    memory.initialize(repeating: 0, count: blocks * observations)
    defer { memory.deallocate() }
    nonisolated(unsafe) let sums = memory
    let values = UnsafeMutablePointer<Double>.allocate(capacity: AddressBlock.draws * observations)
    values.initialize(repeating: 0, count: AddressBlock.draws * observations)
    defer { values.deallocate() }
    nonisolated(unsafe) let first = values
    try evaluator.forEachBlock(draws: draws, options: options.withoutProgress) { _, block in
      for k in 0..<observations {
        var sum = 0.0
        for draw in 0..<block.count {
          let distance = weighting.distance(k, block[k][draw])
          if distance.isFinite { sum += distance }
          if block.number == 0 { first[k * AddressBlock.draws + draw] = block[k][draw] }
        }
        sums[block.number * observations + k] = sum
      }
    }
    let units = (0..<observations).map { k in
      (0..<blocks).reduce(0) { $0 + memory[$1 * observations + k] } / Double(draws)
    }
    for k in 0..<observations where weighting.isDiscrete(k) {
      let column = UnsafeBufferPointer(start: values + k * AddressBlock.draws, count: AddressBlock.draws)
      if 2 * Set(column).count > column.count { return nil }
    }
    return ObservationDistances(weighting: weighting, units: units)
  }

  /// The distance of a draw; infinite where a value is not finite.
  func miss(_ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    var sum = 0.0
    for (k, column) in columns.enumerated() where units[k] > 0 { sum += weighting.distance(k, column[draw]) / units[k] }
    return sum
  }
}
