import LinearAlgebra
import Modeling
import Sampling
import Simulation
import VectorMath

/// Moves joint draws of the prior to the posterior given readings, by the linear update draw by draw.
///
/// A draw has scores z, readings h(z) and errors e from their distribution at a set of standard deviations from their
/// posterior. With V the covariance of h + e at these, C that of the scores with h, and w = V⁻¹ (y - h - e), the scores
/// become z + C w, and the errors e + cov(e) w: Matheron's rule (Journel & Huijbregts 1978, Mining Geostatistics, section
/// VII.A.1; Wilson et al. 2021, jmlr.org/papers/v22/20-1260.html), which is exact where h is linear in the scores, as
/// products of lognormal inputs are. The draws have equal weights.
struct LatentUpdate {
  let moments: LatentMoments
  let readings: LatentReadings
  /// Sets of standard deviations that are equally probable, as many for each population of draws.
  let strata: [[Double]]
  let components: [VarianceComponents.Component]
  let seed: UInt64
  let name: String

  /// The updated draws.
  struct Draws {
    /// The scores, in the order of the moments' coordinates.
    let scores: ParticleColumns
    /// The errors of limits, in the order of `LatentReadings.limits`.
    let limitErrors: ParticleColumns
    /// What the linear model makes of the readings' logarithms.
    let predicted: ParticleColumns
  }

  /// What an update at a stratum needs.
  private struct Step: Sendable {
    /// The Cholesky factor of the covariance of the readings, without limits.
    let factor: [Double]
    /// The Cholesky factor of the errors' covariance, with limits.
    let errors: [Double]
    /// The covariance of the errors of limits with those of readings.
    let limits: [[Double]]
  }

  /// Updates the prior draws; nil where a covariance is not positive definite.
  func draws(options: Engine.Options) -> Draws? {
    let (read, limits) = (readings.read, readings.limits)
    let (size, all, count) = (read.count, readings.readings.count, moments.coordinates.count)
    guard let steps = steps(workers: options.width) else { return nil }
    let result = Draws(
      scores: ParticleColumns(rows: moments.draws, columns: count),
      limitErrors: ParticleColumns(rows: moments.draws, columns: limits.count),
      predicted: ParticleColumns(rows: moments.draws, columns: all))
    // No input has a name with a space.
    let noise = MonteCarlo(
      seed: seed,
      coordinates: (0...all).map {
        CoordinateAddress(name: "latent update of \(name)", labels: [.init(index: "reading", label: "\($0)")])
      })
    let latent = moments.slopes.first?.count ?? 0
    let (moments, readings) = (moments, readings)
    let crossRead = moments.cross.map { row in read.map { row[$0] } }
    let covarianceRows = (0..<all).map { j in read.map { moments.covariance[j, $0] } }
    let values = read.map { readings.readings[$0].value }
    // Standard errors are computed from the differences between populations. If all populations used the same sets, these
    // errors would leave out the error of the sets.
    let populations = WeightedEngine.parts
    let own = steps.count / populations
    _ = concurrentMap(moments.draws / AddressBlock.draws, workers: options.width) { block in
      let columns = ParticleColumns(rows: AddressBlock.draws, columns: all + 1)
      for column in 0...all { noise.fill(coordinate: column, block: block, into: columns[column]) }
      for column in 0..<all {
        Columns.apply(.normalQuantile, columns[column], into: columns[column], count: AddressBlock.draws)
      }
      var (errors, h) = ([Double](repeating: 0, count: all), [Double](repeating: 0, count: all))
      var w = [Double](repeating: 0, count: size)
      let population = block % populations
      for place in 0..<AddressBlock.draws {
        let draw = block * AddressBlock.draws + place
        let step = steps[min(Int(columns[all][place] * Double(own)), own - 1) * populations + population]
        for j in 0..<all {
          var error = 0.0
          for k in 0...j { error += step.errors[j * all + k] * columns[k][place] }
          errors[j] = error
          var value = moments.rests[j][draw]
          for k in 0..<latent { value += moments.slopes[j][k] * moments.scores[k][draw] }
          h[j] = value
        }
        for k in 0..<size { w[k] = values[k] - h[read[k]] - errors[read[k]] }
        w = TriangularSystem.solvedTransposed(step.factor, TriangularSystem.solved(step.factor, w))
        for j in 0..<all {
          var value = h[j]
          for k in 0..<size { value += covarianceRows[j][k] * w[k] }
          result.predicted[j][draw] = value
        }
        for (place, limit) in limits.enumerated() {
          var value = errors[limit]
          for k in 0..<size { value += step.limits[place][k] * w[k] }
          result.limitErrors[place][draw] = value
        }
        for coordinate in 0..<count {
          var value = moments.scores[coordinate][draw]
          for k in 0..<size { value += crossRead[coordinate][k] * w[k] }
          result.scores[coordinate][draw] = value
        }
      }
    }
    return result
  }

  private func steps(workers: Int) -> [Step]? {
    let own = VarianceComponents(residuals: [], known: readings.known, components: components)
    let steps = concurrentMap(strata.count, workers: workers) { stratum -> Step? in
      let errors = own.covariance(strata[stratum])
      var total = errors
      total.add(1, times: moments.covariance)
      guard let errorFactor = errors.choleskyFactor(),
        let factor = total.restricted(to: readings.read).choleskyFactor()
      else { return nil }
      return Step(
        factor: factor, errors: errorFactor,
        limits: readings.limits.map { limit in readings.read.map { errors[limit, $0] } })
    }
    return steps.contains { $0 == nil } ? nil : steps.compactMap { $0 }
  }
}
