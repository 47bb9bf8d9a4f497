import Diagnostics
import Distributions
import LinearAlgebra
import Modeling
import Sampling
import Simulation
import VectorMath

/// The posterior of a model with latent totals: equal-weight draws of all inputs and latent totals, jointly.
///
/// First the readings are evaluated at the prior, to find the region of the latent totals; then again with the latent
/// totals drawn there, for the slopes of published figures' formulas. The standard deviations of errors get their
/// posterior by `HyperparameterPosterior`, and draws are moved by `LatentUpdate`. It moves the inputs' normal scores, and
/// every formula is computed from them again: identities and bounds of the scenario hold in every draw. What is added
/// beyond today, and the limits, come last.
struct LatentConditioning {
  /// Draws, fewer where readings depend on many inputs.
  static let mostDraws = 64 * AddressBlock.draws
  private static let leastDraws = WeightedEngine.parts * AddressBlock.draws
  /// Maximum number of values held at once (512 MiB).
  private static let mostValues = 1 << 26
  /// Maximum number of readings: each set of standard deviations takes a Cholesky factor of their covariance.
  static let mostReadings = 200
  /// Draws in which a reading is not positive are replaced; more than this share are an error.
  private static let mostReplaced = 0.01

  let model: Model
  let readings: LatentReadings
  let state: LatentState
  /// Fewer draws than usual at most, for a pilot.
  private let most: Int
  private let phases: PilotPhases

  /// The result: the model with its posterior sample.
  struct Outcome {
    var model: Model
    var results: [LatentResult]
    /// The effective number of draws after limits.
    var effective: Double
  }

  /// The latent totals of a model.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - mostDraws: the largest number of draws that are held.
  ///   - phases: the times of a pilot.
  init(model: Model, mostDraws: Int = LatentConditioning.mostDraws, phases: PilotPhases = PilotPhases()) {
    self.model = model
    self.phases = phases
    most = mostDraws
    readings = LatentReadings(model.latents)
    state = LatentState(model.latents, in: model)
  }

  var name: String { model.latents.map { model[$0.quantity].name }.joined(separator: " ") }

  /// The linear model of the readings with the posterior of the standard deviations of errors.
  struct Fitted {
    var moments: LatentMoments
    var components: [VarianceComponents.Component]
    /// The readings that are not limits.
    var variances: VarianceComponents
    var posterior: HyperparameterPosterior
  }

  /// The draws that are held for some numbers of coordinates and readings.
  private func draws(coordinates: Int, readings: Int) -> Int {
    let fitting = Self.mostValues / (2 * (coordinates + readings)) / Self.leastDraws * Self.leastDraws
    return max(Self.leastDraws, min(most, fitting))
  }

  /// The draws that are held.
  ///
  /// - Throws: `Diagnostics` where the model cannot be planned.
  func drawCount() throws(Diagnostics) -> Int {
    draws(coordinates: try coordinateCount(), readings: readings.readings.count)
  }

  private func coordinateCount() throws(Diagnostics) -> Int {
    let needed = try Evaluator(model: model, requests: readings.readings.map(\.request)).coordinates
    return Set(needed).union(state.coordinates).count
  }

  /// Bytes of what is held at once, estimated: of every coordinate the scores of the design, of the moved draws and of two
  /// samples of them, some of them twice while they are collected or resampled; of every reading the logarithms, the rests,
  /// and what is read again. Seven values a draw of each, measured with `scenarios/ai-sector.yaml` (750 MiB).
  ///
  /// - Throws: `Diagnostics` where the model cannot be planned.
  func bytes() throws(Diagnostics) -> Double {
    let coordinates = try coordinateCount()
    let columns = 7 * (coordinates + readings.readings.count)
    return 8 * Double(draws(coordinates: coordinates, readings: readings.readings.count)) * Double(columns)
  }

  /// Fits the linear model, and samples the standard deviations.
  ///
  /// - Throws: `Diagnostics` where a reading is not positive, or readings determine each other; `CancellationError`.
  func fitted(options: Engine.Options) throws -> Fitted {
    let place = model.latents.first?.place
    guard readings.readings.count <= Self.mostReadings else {
      throw Diagnostics(.tooManyLatentReadings(readings.readings.count, limit: Self.mostReadings), at: place)
    }
    let quiet = options.withoutProgress
    let first = try phases.constant {
      try LatentMoments(model, readings, state, around: nil, draws: Self.leastDraws, options: quiet)
    }
    try check(first)
    let components = readings.components()
    let medians = components.map { $0.scale * StandardNormal.quantile(0.75) }
    guard let fit = variances(first, components).fit(medians) else { throw Diagnostics(.singularReadings, at: place) }
    let latent = state.coordinates.count
    let around = ConditionalNormal(
      mean: [Double](repeating: 0, count: latent), covariance: SymmetricMatrix(identityOfSize: latent),
      cross: first.cross.prefix(latent).map { row in readings.read.map { row[$0] } }, given: fit)
    let draws = draws(coordinates: first.coordinates.count, readings: readings.readings.count)
    options.progress?(0.1)
    let moments = try LatentMoments(model, readings, state, around: around, draws: draws, options: quiet)
    try check(moments)
    options.progress?(0.4)
    let whole = variances(moments, components)
    let sampled = phases.constant {
      HyperparameterPosterior(of: whole, seed: model.settings.seed, name: name, workers: options.width)
    }
    guard let posterior = sampled else { throw Diagnostics(.singularReadings, at: place) }
    options.progress?(0.7)
    return Fitted(moments: moments, components: components, variances: whole, posterior: posterior)
  }

  /// The distributions of groups of readings, by their positions among those that are not limits, given all others.
  ///
  /// - Throws: `Diagnostics` where readings determine each other.
  func leftOut(_ groups: [[Int]], of fitted: Fitted, options: Engine.Options) throws -> [LeftOutReading] {
    let formulas = fitted.moments.covariance.restricted(to: readings.read)
    let found = phases.constant {
      LeftOutReading.all(
        groups, of: fitted.variances, formulas: formulas, strata: fitted.posterior.manyStrata, workers: options.width
      ) { others in
        HyperparameterPosterior(of: others, seed: model.settings.seed, name: name, workers: options.width)?.manyStrata
      }
    }
    guard let found else { throw Diagnostics(.singularReadings, at: model.latents.first?.place) }
    return found
  }

  /// Conditions the model on all readings.
  ///
  /// - Throws: `Diagnostics` where a reading is not positive, or readings determine each other; `CancellationError`.
  func outcome(options: Engine.Options) throws -> Outcome {
    let quiet = options.withoutProgress
    let fitted = try fitted(options: options)
    let (moments, components, posterior) = (fitted.moments, fitted.components, fitted.posterior)
    let draws = moments.draws
    let update = LatentUpdate(
      moments: moments, readings: readings, strata: posterior.strata, components: components,
      seed: model.settings.seed, name: name)
    guard let moved = update.draws(options: options) else {
      throw Diagnostics(.singularReadings, at: model.latents.first?.place)
    }
    options.progress?(0.8)

    let before = sample(moved, moments)
    let read = try evaluated(before, draws, quiet)
    let logWeights = limitWeights(moved, read, draws)
    let figures = readings.read.indices.filter { readings.readings[readings.read[$0]].figure != nil }
    let summary = LatentSummary(
      model: model, readings: readings, state: state, moments: moments, moved: moved, read: read,
      figures: figures.map { readings.read[$0] }, leftOut: try leftOut(figures.map { [$0] }, of: fitted, options: quiet)
    )
    let kept = Double(logWeights.count { $0 > -.infinity }) / Double(draws)
    let results = summary.results(posterior, components, kept: kept, workers: options.width)
    walk(moved, draws, workers: options.width)
    let after = sample(moved, moments)
    var conditioned = model
    let (resampled, effective) = after.resampled(logWeights: logWeights, seed: model.settings.seed, purpose: "limits")
    conditioned.posterior = resampled
    conditioned.settings.draws = min(model.settings.draws, draws)
    return Outcome(model: conditioned, results: results, effective: effective)
  }

  /// The readings that are not limits, as a normal model with unknown standard deviations.
  private func variances(_ moments: LatentMoments, _ components: [VarianceComponents.Component]) -> VarianceComponents {
    var known = moments.covariance.restricted(to: readings.read)
    let own = readings.known
    for (a, reading) in readings.read.enumerated() { known[a, a] += own[reading, reading] }
    return VarianceComponents(
      residuals: readings.read.map { readings.readings[$0].value - moments.mean[$0] }, known: known,
      components: components.map {
        .init(
          name: $0.name, scale: $0.scale, pattern: $0.pattern.restricted(to: readings.read), group: $0.group)
      })
  }

  private func check(_ moments: LatentMoments) throws(Diagnostics) {
    guard let worst = moments.replaced.indices.max(by: { moments.replaced[$0] < moments.replaced[$1] }),
      moments.replaced[worst] > Self.mostReplaced
    else { return }
    let reading = readings.readings[worst]
    let total = model.latents[reading.total]
    let figure = reading.figure.map { total.figures[$0] }
    throw Diagnostics(
      .readingNotPositive(
        figure?.text ?? model[reading.request.quantity].name, share: moments.replaced[worst]),
      at: figure?.place ?? total.place)
  }

  /// The scores of a sample.
  private func sample(_ moved: LatentUpdate.Draws, _ moments: LatentMoments) -> PosteriorSample {
    PosteriorSample(
      addresses: moments.coordinates.map { model.coordinates[$0.position].address },
      scores: moments.coordinates.indices.map {
        Array(UnsafeBufferPointer(start: moved.scores[$0], count: moments.draws))
      }, count: moments.draws, replicates: WeightedEngine.parts)
  }

  /// The logarithms of what readings read, in draws of a sample.
  private func evaluated(
    _ sample: PosteriorSample, _ draws: Int, _ options: Engine.Options
  ) throws -> [[Double]] {
    var conditioned = model
    conditioned.posterior = sample
    return try Evaluator(model: conditioned, requests: readings.readings.map(\.request))
      .columns(draws: draws, options: options).map { $0.map { $0 > 0 ? log($0) : .nan } }
  }

  /// 0 for draws within all limits, otherwise minus infinity: the errors of a limit are drawn, so that its probability
  /// given the rest of the draw is that of a one-sided reading.
  private func limitWeights(_ moved: LatentUpdate.Draws, _ read: [[Double]], _ draws: Int) -> [Double] {
    (0..<draws).map { draw in
      let isWithin = readings.limits.enumerated().allSatisfy { place, position in
        let reading = readings.readings[position]
        return (read[position][draw] + moved.limitErrors[place][draw] - reading.value) * reading.side >= 0
      }
      return isWithin ? 0 : -.infinity
    }
  }

  /// Adds the random walk beyond today to the latent totals.
  private func walk(_ moved: LatentUpdate.Draws, _ draws: Int, workers: Int) {
    for (position, total) in model.latents.enumerated() {
      guard let today = total.today, total.future > 0 else { continue }
      let labels = total.path.labels
      let steps = total.futureSteps(beyond: today)
      let noise = MonteCarlo(
        seed: model.settings.seed,
        coordinates: labels.indices.map {
          CoordinateAddress(
            name: "latent future of \(model[total.quantity].name)", labels: [.init(index: "label", label: "\($0)")])
        })
      let first = state.blocks[position].first
      _ = concurrentMap(draws / AddressBlock.draws, workers: workers) { block in
        let columns = ParticleColumns(rows: AddressBlock.draws, columns: labels.count)
        for k in labels.indices where labels[k] > today {
          noise.fill(coordinate: k, block: block, into: columns[k])
          Columns.apply(.normalQuantile, columns[k], into: columns[k], count: AddressBlock.draws)
        }
        var changes = [Double](repeating: 0, count: labels.count)
        for place in 0..<AddressBlock.draws {
          var sum = 0.0
          for k in labels.indices {
            if labels[k] > today { sum += steps[k] * columns[k][place] }
            changes[k] = sum
          }
          for (k, score) in state.scores(total: position, changes: changes).enumerated() {
            moved.scores[first + k][block * AddressBlock.draws + place] += score
          }
        }
      }
    }
  }
}

extension ColumnRequest {
  /// The quantity of a cell.
  fileprivate var quantity: QuantityID { if case .cell(let id, _) = self { id } else { QuantityID(0) } }
}
