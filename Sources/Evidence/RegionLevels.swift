import Foundation

/// The limits of the violation by which particles come to the region where a likelihood is positive.
///
/// Subset simulation (Au & Beck 2001, doi:10.1016/S0266-8920(01)00019-4): each limit is the median of the particles'
/// violations; they are resampled from those within it, and moved under the prior without leaving it, so that the
/// product of the shares is the probability of the region. It ends at a violation of 0, or where limits hardly shrink:
/// where a reading is outside everything that the inputs can give, they tend to a violation above 0.
struct RegionLevels {
  /// A limit above this part of the one before hardly shrinks.
  private static let slow = 0.999
  /// The number of consecutive slow limits that end it.
  private static let mostSlow = 5
  /// Maximum number of limits; each halves the probability, so 400 correspond to 400 bits.
  private static let mostLimits = 400
  /// Levels come first where a smaller part of the particles is inside the region.
  private static let leastShare = 0.5

  private var limit = Double.infinity
  private var slowLimits = 0
  private var limits = 0
  /// Whether the last limit was 0.
  var hasArrived: Bool { limit == 0 }

  /// Whether so few particles are inside that levels are needed.
  ///
  /// - Parameter fitting: the number inside, in each population.
  static func areNeeded(_ fitting: [Int], _ populations: [ParticlePopulation]) -> Bool {
    let particles = populations.reduce(0) { $0 + $1.particles }
    return Double(fitting.reduce(0, +)) < leastShare * Double(particles) || fitting.contains(0)
  }

  /// The next limit; nil where there is none.
  mutating func nextLimit(_ populations: [ParticlePopulation]) -> Double? {
    guard limit > 0, limits < Self.mostLimits else { return nil }
    limits += 1
    let violations = populations.flatMap { population in
      (0..<population.particles).map { population.current.violations[$0] }
    }.sorted()
    var next = violations[violations.count / 2]
    // Violations of counts are equal for many: then the greatest that is less.
    if next >= limit { next = violations.last { $0 < limit } ?? limit }
    guard next < limit, next.isFinite else { return nil }
    slowLimits = next > Self.slow * limit ? slowLimits + 1 : 0
    if slowLimits >= Self.mostSlow { return nil }
    limit = next
    return next
  }
}
