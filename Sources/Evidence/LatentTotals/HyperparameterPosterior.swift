import Distributions
import LinearAlgebra
import Modeling
import Sampling
import Simulation

/// The posterior of the standard deviations of `VarianceComponents`, by adapted importance sampling.
///
/// Standard deviations are given by normal scores, s_k = scale_k Q(Phi(z_k)) with Q the half-normal quantile function, so
/// that the prior of z is N(0, I). The first round evaluates the likelihood at points of the prior; each further round
/// at points of a Student distribution with 4 degrees of freedom that is fitted to the weighted points of the one before
/// (population Monte Carlo, Cappé, Guillin, Marin & Robert 2004, doi:10.1198/106186004X12803). Only the last round is
/// kept. All points are Sobol' points, so that the result is the same for any number of workers.
struct HyperparameterPosterior: Sendable {
  /// A summary of one standard deviation.
  struct Summary: Sendable {
    var name: String
    var prior: LatentResult.Percentiles
    var posterior: LatentResult.Percentiles
  }

  /// Sets of standard deviations that are equally probable given the readings.
  let strata: [[Double]]
  /// More of them, for distributions that are mixtures over sets: with 256 their 5th percentiles had errors of up to 6 %
  /// over seeds.
  let manyStrata: [[Double]]
  /// One per component.
  let summaries: [Summary]
  /// The logarithm of the probability density of the readings.
  let logEvidence: Double
  /// The effective number of points.
  let effective: Double

  /// The number of equally probable sets of standard deviations: a multiple of the number of populations of draws. Each
  /// takes two Cholesky factors, in all at most 240 MB for the greatest number of readings with more than 256 of them.
  static let strataCount = 1024
  /// The number of sets for more than `manyReadings`.
  private static let fewStrataCount = 256
  /// The number of sets of `manyStrata`.
  static let manyStrataCount = 2048
  /// Rounds after the one from the prior.
  private static let rounds = 3
  /// Address blocks of points in a round.
  static let usualBlocks = 4
  /// Above this number of readings a Cholesky factor takes milliseconds, and a round has one address block.
  private static let manyReadings = 120
  private static let freedom = 4.0

  /// Samples the posterior; nil where the readings have no density anywhere, as where they determine each other exactly.
  init?(
    of model: VarianceComponents, seed: UInt64, name: String, workers: Int, blocks: Int = Self.usualBlocks
  ) {
    let size = model.components.count
    let points = (model.residuals.count > Self.manyReadings ? 1 : blocks) * AddressBlock.draws
    func sds(_ z: [Double]) -> [Double] { zip(model.components, z).map { $0.scale * Self.halfNormal($1) } }
    var proposal = StudentFit(size: size)
    var last: (scores: [[Double]], logWeights: [Double]) = ([], [])
    for round in 0...(size == 0 ? 0 : Self.rounds) {
      let scores =
        size == 0
        ? [[]]
        : Self.points(round: round, points, size: size, proposal: round == 0 ? nil : proposal, seed, name)
      let logWeights = concurrentMap(scores.count, workers: workers) { point -> Double in
        guard let fit = model.fit(sds(scores[point])) else { return -.infinity }
        guard round > 0 else { return fit.logLikelihood }
        let prior = scores[point].reduce(0) { $0 + StandardNormal.logDensity($1) }
        return fit.logLikelihood + prior - proposal.logDensity(scores[point])
      }
      guard let fitted = StudentFit(to: scores, logWeights: logWeights) else { return nil }
      proposal = fitted
      last = (scores, logWeights)
    }
    let greatest = last.logWeights.max() ?? 0
    let weights = last.logWeights.map { exp($0 - greatest) }
    let total = weights.reduce(0, +)
    logEvidence = greatest + log(total / Double(weights.count))
    effective = total * total / weights.reduce(0) { $0 + $1 * $1 }
    // Points in the order of the first score, so that strata are spread over it.
    let order = weights.indices.sorted { (last.scores[$0].first ?? 0, $0) < (last.scores[$1].first ?? 0, $1) }
    func sets(_ count: Int) -> [[Double]] {
      var (place, below) = (0, 0.0)
      return (0..<count).map { stratum in
        let wanted = (Double(stratum) + 0.5) / Double(count) * total
        while place + 1 < order.count, below + weights[order[place]] < wanted {
          below += weights[order[place]]
          place += 1
        }
        return sds(last.scores[order[place]])
      }
    }
    let isLarge = model.residuals.count > Self.manyReadings
    strata = sets(isLarge ? Self.fewStrataCount : Self.strataCount)
    manyStrata = sets(isLarge ? Self.fewStrataCount : Self.manyStrataCount)
    summaries = model.components.enumerated().map { k, component in
      let values = last.scores.map { component.scale * Self.halfNormal($0[k]) }
      let quantile = Self.quantiles(values, weights)
      func prior(_ p: Double) -> Double { -component.scale * StandardNormal.quantile(0.5 * (1 - p)) }
      return Summary(
        name: component.name, prior: .init(prior(0.05), prior(0.5), prior(0.95)),
        posterior: .init(quantile(0.05), quantile(0.5), quantile(0.95)))
    }
  }

  /// The half-normal quantile at the probability of a normal score.
  private static func halfNormal(_ z: Double) -> Double { -StandardNormal.quantile(0.5 * StandardNormal.survival(z)) }

  /// Scores of a round's points: of the prior, or of a proposal.
  private static func points(
    round: Int, _ count: Int, size: Int, proposal: StudentFit?, _ seed: UInt64, _ name: String
  ) -> [[Double]] {
    // No input has a name with a space. Chi-squared with 4 degrees of freedom takes two uniforms.
    let design = Sobol(
      seed: seed,
      coordinates: (0..<size + 2).map {
        CoordinateAddress(
          name: "latent errors of \(name)",
          labels: [.init(index: "round", label: "\(round)"), .init(index: "score", label: "\($0)")])
      })
    var columns = [[Double]](repeating: [Double](repeating: 0.5, count: count), count: size + 2)
    for k in columns.indices {
      columns[k].withUnsafeMutableBufferPointer { column in
        guard let start = column.baseAddress else { return }
        for block in 0..<count / AddressBlock.draws {
          design.fill(coordinate: k, block: block, into: start + block * AddressBlock.draws)
        }
      }
    }
    return (0..<count).map { point in
      let normals = (0..<size).map { StandardNormal.quantile(columns[$0][point]) }
      guard let proposal else { return normals }
      let chiSquared = -2 * log(columns[size][point] * columns[size + 1][point])
      return proposal.point(normals, scale: (freedom / chiSquared).squareRoot())
    }
  }

  /// The quantile function of weighted values, interpolated between the middles of their weights.
  private static func quantiles(_ values: [Double], _ weights: [Double]) -> (_ probability: Double) -> Double {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var sum = 0.0
    let middles = order.map { place -> Double in
      sum += weights[place]
      return sum - 0.5 * weights[place]
    }
    let total = sum
    return { probability in
      let wanted = probability * total
      guard let place = middles.firstIndex(where: { $0 >= wanted }) else { return values[order[order.count - 1]] }
      guard place > 0 else { return values[order[0]] }
      let width = middles[place] - middles[place - 1]
      let share = width > 0 ? (wanted - middles[place - 1]) / width : 0
      return values[order[place - 1]] + share * (values[order[place]] - values[order[place - 1]])
    }
  }
}

/// A Student distribution with 4 degrees of freedom fitted to weighted points.
private struct StudentFit: Sendable {
  private static let freedom = 4.0
  private let mean: [Double]
  /// Lower triangular, row-major.
  private let factor: [Double]
  private let logConstant: Double

  /// The prior's moments.
  init(size: Int) {
    self.init(mean: [Double](repeating: 0, count: size), SymmetricMatrix(identityOfSize: size).entries)
  }

  private init(mean: [Double], _ factor: [Double]) {
    let size = mean.count
    self.mean = mean
    self.factor = factor
    let dimensions = Double(size)
    var logDeterminant = 0.0
    for row in 0..<size { logDeterminant += log(factor[row * size + row]) }
    // log Gamma((nu + d) / 2) - log Gamma(nu / 2) - d / 2 log(nu pi) - log |L|, with Gamma(2) = 1.
    let gamma = LogGamma.value(0.5 * (Self.freedom + dimensions))
    logConstant = gamma - 0.5 * dimensions * log(Self.freedom * Double.pi) - logDeterminant
  }

  /// The fit; nil if no point has weight. The covariance is shrunk towards that of the prior, by d / (d + n) with n
  /// the effective number of points.
  init?(to points: [[Double]], logWeights: [Double]) {
    guard let greatest = logWeights.max(), greatest > -.infinity, let size = points.first?.count else { return nil }
    let weights = logWeights.map { exp($0 - greatest) }
    let total = weights.reduce(0, +)
    let effective = total * total / weights.reduce(0) { $0 + $1 * $1 }
    var mean = [Double](repeating: 0, count: size)
    for (point, weight) in zip(points, weights) { for k in 0..<size { mean[k] += weight / total * point[k] } }
    let shrinkage = Double(size) / (Double(size) + effective)
    var covariance = SymmetricMatrix(identityOfSize: size)
    for a in 0..<size {
      for b in 0...a {
        var sum = 0.0
        for (point, weight) in zip(points, weights) where weight > 0 {
          sum += weight / total * (point[a] - mean[a]) * (point[b] - mean[b])
        }
        covariance[a, b] = (1 - shrinkage) * sum + (a == b ? shrinkage : 0)
      }
    }
    guard let factor = covariance.choleskyFactor() else { return nil }
    self.init(mean: mean, factor)
  }

  /// mean + scale L z.
  func point(_ normals: [Double], scale: Double) -> [Double] {
    let size = mean.count
    var point = mean
    for row in 0..<size {
      for k in 0...row { point[row] += scale * factor[row * size + k] * normals[k] }
    }
    return point
  }

  func logDensity(_ z: [Double]) -> Double {
    let standard = TriangularSystem.solved(factor, zip(z, mean).map { $0 - $1 })
    let square = standard.reduce(0) { $0 + $1 * $1 }
    return logConstant - 0.5 * (Self.freedom + Double(mean.count)) * log(1 + square / Self.freedom)
  }
}
