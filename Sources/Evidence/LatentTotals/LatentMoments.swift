import Diagnostics
import LinearAlgebra
import Modeling
import Sampling
import Simulation
import VectorMath

/// Draws of everything that readings of latent totals depend on, and the linear model of the readings that is fitted to
/// them: h = a + B z + r, with z the scores of the latent totals and r independent of z.
///
/// The slope of a route is known: it does not depend on the latent total. That of a published figure is fitted by least
/// squares near the solution, since a formula may be proportional to the latent total only there.
struct LatentMoments {
  /// The draws.
  let draws: Int
  /// The coordinates of the latent totals, then all others that readings depend on.
  let coordinates: [CoordinateID]
  /// The prior scores of the coordinates.
  let scores: ParticleColumns
  /// The part of the readings' logarithms that the latent totals' scores do not explain: r + a.
  let rests: ParticleColumns
  /// B, a row per reading.
  let slopes: [[Double]]
  /// a.
  let mean: [Double]
  /// The covariance of h, by the linear model.
  let covariance: SymmetricMatrix
  /// The covariance of each coordinate with each reading.
  let cross: [[Double]]
  /// The share of draws in which a reading was not positive and finite; they are replaced by the draw before.
  let replaced: [Double]

  /// Evaluates the readings.
  ///
  /// - Parameters:
  ///   - around: the normal distribution of the latent totals' scores near which slopes are fitted; the prior if nil.
  ///   - draws: a multiple of 16 address blocks.
  init(
    _ model: Model, _ readings: LatentReadings, _ state: LatentState, around: ConditionalNormal?, draws: Int,
    options: Engine.Options
  ) throws {
    let all = readings.readings
    let latent = state.coordinates
    let requests = all.map(\.request)
    let needed = try Evaluator(model: model, requests: requests).coordinates
    coordinates = latent + needed.filter { !latent.contains($0) }
    self.draws = draws
    // Scores of the latent totals near the solution, from the points that the design gives them.
    let prior = try model.scores(of: coordinates, draws: draws, workers: options.width)
    let local = Self.local(prior, around, count: latent.count, draws)
    var near = model
    near.posterior = PosteriorSample(
      addresses: latent.map { model.coordinates[$0.position].address }, scores: local, count: draws,
      replicates: WeightedEngine.parts)
    var columns = try Evaluator(model: near, requests: requests).columns(draws: draws, options: options)
    var replaced: [Double] = []
    for position in columns.indices {
      var lost = 0
      for draw in 0..<draws {
        let value = columns[position][draw]
        let isPositive = value > 0 && value < .infinity
        columns[position][draw] = isPositive ? log(value) : .nan
        if !isPositive { lost += 1 }
      }
      replaced.append(Double(lost) / Double(draws))
      if lost > 0, lost < draws { Self.fill(&columns[position]) }
    }
    self.replaced = replaced

    // Slopes, and what they leave.
    let known: [[Double]?] = all.map { reading in
      reading.routeLabel.map { label in state.row(total: reading.total, label: label).map { -$0 } }
    }
    let fits = Self.slopes(of: columns, known, on: local, draws)
    let rests = ParticleColumns(rows: draws, columns: all.count)
    let slopes = fits
    let logs = columns
    let isRoute = known.map { $0 != nil }
    let means = concurrentMap(all.count, workers: options.width) { j -> Double in
      let rest = rests[j]
      for draw in 0..<draws { rest[draw] = logs[j][draw] }
      if !isRoute[j] {
        for (k, slope) in slopes[j].enumerated() where slope != 0 {
          for draw in 0..<draws { rest[draw] -= slope * local[k][draw] }
        }
      } else {
        let label = all[j].routeLabel ?? 0
        let mean = readings.totals[all[j].total].path.mean[label]
        for draw in 0..<draws { rest[draw] -= mean }
      }
      var sum = 0.0
      for draw in 0..<draws { sum += rest[draw] }
      return sum / Double(draws)
    }
    self.slopes = slopes
    self.rests = rests
    mean = means
    scores = prior
    (covariance, cross) = Self.moments(prior, rests, means, slopes, latent: latent.count, draws, options)
  }

  /// Scores around a normal distribution, with 1.5 times its standard deviations.
  private static func local(
    _ prior: ParticleColumns, _ around: ConditionalNormal?, count: Int, _ draws: Int
  ) -> [[Double]] {
    guard let around, let factor = around.covariance.choleskyFactor() else {
      return (0..<count).map { Array(UnsafeBufferPointer(start: prior[$0], count: draws)) }
    }
    return (0..<count).map { row in
      var column = [Double](repeating: around.mean[row], count: draws)
      for k in 0...row {
        let (entry, scores) = (1.5 * factor[row * count + k], prior[k])
        for draw in 0..<draws { column[draw] += entry * scores[draw] }
      }
      return column
    }
  }

  /// Replaces values that are not finite by the one before, the first of them by the next.
  private static func fill(_ column: inout [Double]) {
    var last = column.first { $0.isFinite } ?? 0
    for draw in column.indices {
      if column[draw].isFinite { last = column[draw] } else { column[draw] = last }
    }
  }

  /// The known slopes, and those of least squares.
  private static func slopes(
    of columns: [[Double]], _ known: [[Double]?], on scores: [[Double]], _ draws: Int
  ) -> [[Double]] {
    let n = Double(draws)
    let means = scores.map { $0.reduce(0, +) / n }
    var gram = SymmetricMatrix(identityOfSize: scores.count)
    for a in scores.indices {
      for b in 0...a {
        gram[a, b] = innerProduct(scores[a], scores[b], count: draws) / n - means[a] * means[b]
      }
    }
    let factor = gram.choleskyFactor()
    return columns.indices.map { j in
      if let own = known[j] { return own }
      guard let factor else { return scores.map { _ in 0 } }
      let mean = columns[j].reduce(0, +) / n
      let products = scores.indices.map { innerProduct(scores[$0], columns[j], count: draws) / n - means[$0] * mean }
      return TriangularSystem.solvedTransposed(factor, TriangularSystem.solved(factor, products))
    }
  }

  /// B B' + cov(r), and the covariances of coordinates with readings: B' for the latent totals.
  private static func moments(
    _ scores: ParticleColumns, _ rests: ParticleColumns, _ means: [Double], _ slopes: [[Double]], latent: Int,
    _ draws: Int, _ options: Engine.Options
  ) -> (SymmetricMatrix, [[Double]]) {
    let (n, size) = (Double(draws), rests.columns)
    let rows = concurrentMap(size, workers: options.width) { a in
      (0...a).map { b in
        let product = innerProduct(rests[a], rests[b], count: draws) / n
        return product - means[a] * means[b] + innerProduct(slopes[a], slopes[b])
      }
    }
    var covariance = SymmetricMatrix(identityOfSize: size)
    for a in 0..<size { for b in 0...a { covariance[a, b] = rows[a][b] } }
    let cross = concurrentMap(scores.columns, workers: options.width) { k -> [Double] in
      if k < latent { return (0..<size).map { slopes[$0][k] } }
      let mean = UnsafeBufferPointer(start: scores[k], count: draws).reduce(0, +) / n
      return (0..<size).map { innerProduct(scores[k], rests[$0], count: draws) / n - mean * means[$0] }
    }
    return (covariance, cross)
  }
}
