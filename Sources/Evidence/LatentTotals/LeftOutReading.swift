import Distributions
import LinearAlgebra
import Simulation

/// The distribution of some readings given all others, and of what they read.
///
/// At one set of standard deviations, with V⁻¹ the inverse covariance of all readings, B its block of the readings left
/// out, and s the part of V⁻¹ (y - m) that belongs to them, they are jointly normal given the others, with mean
/// y - B⁻¹ s and covariance B⁻¹ (for one reading: Sundararajan & Keerthi 2001, doi:10.1162/08997660151134343, section
/// 3.1). What they read, h, has with the covariance C of h with the readings the mean m + C (V⁻¹ (y - m) - U B⁻¹ s) and
/// the covariance S - C V⁻¹ C' + C U B⁻¹ U' C', where U are the columns of V⁻¹ that belong to them and S is the
/// covariance of h.
///
/// Sets of standard deviations are those of the posterior given all readings, each with a weight proportional to one over
/// the density of the readings left out. Where these weights are worth too few sets, the posterior is sampled again from
/// the other readings alone.
struct LeftOutReading: Sendable {
  /// For each reading left out, its logarithm less what was read.
  let readings: [NormalMixture]
  /// For each, the logarithm of the formula less what was read.
  let formulas: [NormalMixture]
  /// The joint log density of the readings left out.
  let logDensity: Double
  /// The effective number of sets of standard deviations.
  let effective: Double

  /// The least effective share of the sets that weights are trusted with: a quarter of 2,048 sets halves the accuracy.
  private static let leastEffective = 0.25

  /// The distributions of groups of readings; nil where a covariance is not positive definite.
  ///
  /// - Parameters:
  ///   - groups: the positions of readings, each left out together.
  ///   - model: all readings.
  ///   - formulas: the covariance of what is read.
  ///   - strata: equally probable sets of standard deviations given all readings.
  ///   - workers: the number of threads.
  ///   - again: equally probable sets given other readings, by a model with them alone.
  static func all(
    _ groups: [[Int]], of model: VarianceComponents, formulas: SymmetricMatrix, strata: [[Double]], workers: Int,
    again: (VarianceComponents) -> [[Double]]?
  ) -> [LeftOutReading]? {
    guard let sets = conditionals(groups, model, formulas, strata, workers) else { return nil }
    return groups.indices.reduce([]) { found, place -> [LeftOutReading]? in
      guard let found else { return nil }
      let own = sets.map { $0[place] }
      let least = own.map(\.logDensity).min() ?? 0
      let weights = own.map { exp(least - $0.logDensity) }
      let total = weights.reduce(0, +)
      let effective = total * total / weights.reduce(0) { $0 + $1 * $1 }
      guard effective >= leastEffective * Double(own.count) else {
        let again = sampledAgain(groups[place], of: model, formulas: formulas, workers: workers, again)
        return again.map { found + [$0] }
      }
      // 1 / mean(1 / density): least - log mean exp(least - density).
      return found + [
        LeftOutReading(
          own, weights: weights, logDensity: least - log(total / Double(own.count)), effective: effective)
      ]
    }
  }

  /// The distribution of a group of readings, with the posterior of the standard deviations given the others alone; nil
  /// where a covariance is not positive definite.
  ///
  /// - Parameters:
  ///   - group: the positions of the readings left out.
  ///   - model: all readings.
  ///   - formulas: the covariance of what is read.
  ///   - workers: the number of threads.
  ///   - strata: equally probable sets given other readings, by a model with them alone.
  static func sampledAgain(
    _ group: [Int], of model: VarianceComponents, formulas: SymmetricMatrix, workers: Int,
    _ strata: (VarianceComponents) -> [[Double]]?
  ) -> LeftOutReading? {
    guard let strata = strata(model.without(group)),
      let sets = conditionals([group], model, formulas, strata, workers)
    else { return nil }
    let own = sets.map { $0[0] }
    let greatest = own.map(\.logDensity).max() ?? 0
    let density = own.reduce(0) { $0 + exp($1.logDensity - greatest) } / Double(own.count)
    return LeftOutReading(
      own, weights: own.map { _ in 1 }, logDensity: greatest + log(density), effective: Double(own.count))
  }

  /// The mixture of distributions at sets of standard deviations.
  private init(_ sets: [Conditional], weights: [Double], logDensity: Double, effective: Double) {
    func mixtures(_ moments: (Conditional) -> [(mean: Double, sd: Double)]) -> [NormalMixture] {
      let all = sets.map(moments)
      return (all.first ?? []).indices.map { member in
        NormalMixture(
          zip(all, weights).map { .init(mean: $0[member].mean, sd: $0[member].sd, weight: $1) })
      }
    }
    readings = mixtures(\.readings)
    formulas = mixtures(\.formulas)
    self.logDensity = logDensity
    self.effective = effective
  }

  /// The distribution at one set of standard deviations, relative to what was read.
  private struct Conditional: Sendable {
    var readings: [(mean: Double, sd: Double)]
    var formulas: [(mean: Double, sd: Double)]
    var logDensity: Double
  }

  /// For each set, the distributions of all groups.
  private static func conditionals(
    _ groups: [[Int]], _ model: VarianceComponents, _ formulas: SymmetricMatrix, _ strata: [[Double]], _ workers: Int
  ) -> [[Conditional]]? {
    let count = model.residuals.count
    let found = concurrentMap(strata.count, workers: workers) { stratum -> [Conditional]? in
      guard let fit = model.fit(strata[stratum]) else { return nil }
      // Columns of L⁻¹, of which V⁻¹ has the inner products.
      let halves = (0..<count).map { j -> [Double] in
        var unit = [Double](repeating: 0, count: count)
        unit[j] = 1
        return TriangularSystem.solved(fit.factor, unit)
      }
      var all: [Conditional] = []
      for group in groups {
        guard let own = conditional(group, model, formulas, fit, halves) else { return nil }
        all.append(own)
      }
      return all
    }
    return found.contains { $0 == nil } ? nil : found.compactMap(\.self)
  }

  private static func conditional(
    _ group: [Int], _ model: VarianceComponents, _ formulas: SymmetricMatrix, _ fit: VarianceComponents.Fit,
    _ halves: [[Double]]
  ) -> Conditional? {
    let size = group.count
    var block = SymmetricMatrix(identityOfSize: size)
    for a in 0..<size { for b in 0...a { block[a, b] = innerProduct(halves[group[a]], halves[group[b]]) } }
    guard let factor = block.choleskyFactor() else { return nil }
    let part = group.map { fit.solution[$0] }
    let half = TriangularSystem.solved(factor, part)
    let shift = TriangularSystem.solvedTransposed(factor, half)
    var logDensity = -0.5 * (innerProduct(half, half) - 2 * Double(size) * StandardNormal.logDensity(0))
    for row in 0..<size { logDensity += log(factor[row * size + row]) }
    let readings = (0..<size).map { member -> (mean: Double, sd: Double) in
      var unit = [Double](repeating: 0, count: size)
      unit[member] = 1
      let column = TriangularSystem.solved(factor, unit)
      return (-shift[member], innerProduct(column, column).squareRoot())
    }
    let read = group.map { reading -> (mean: Double, sd: Double) in
      let cross = model.residuals.indices.map { formulas[reading, $0] }
      let whole = TriangularSystem.solved(fit.factor, cross)
      // C U: the products of L⁻¹ C' with the columns of L⁻¹ that belong to the group.
      let gain = group.map { innerProduct(whole, halves[$0]) }
      let spread = TriangularSystem.solved(factor, gain)
      let mean = innerProduct(cross, fit.solution) - innerProduct(gain, shift)
      let variance = formulas[reading, reading] - innerProduct(whole, whole) + innerProduct(spread, spread)
      return (mean - model.residuals[reading], max(variance, 0x1p-100).squareRoot())
    }
    return Conditional(readings: readings, formulas: read, logDensity: logDensity)
  }
}

extension VarianceComponents {
  /// The model without some readings. Errors that they alone have keep their priors.
  func without(_ positions: [Int]) -> VarianceComponents {
    let kept = residuals.indices.filter { !positions.contains($0) }
    return VarianceComponents(
      residuals: kept.map { residuals[$0] }, known: known.restricted(to: kept),
      components: components.map {
        Component(name: $0.name, scale: $0.scale, pattern: $0.pattern.restricted(to: kept), group: $0.group)
      })
  }
}
