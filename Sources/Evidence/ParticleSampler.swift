import Foundation
import Modeling
import Sampling
import Simulation

/// The moves of all populations towards a target, and what they are adapted to.
///
/// Everything that a step of Metropolis and Hastings depends on is the same for any number of workers: sums are made
/// within a population by one worker, and over populations in their order.
final class ParticleSampler {
  /// The two kinds of moves.
  enum Move {
    /// Along the informed directions.
    case informed
    /// Orthogonal to them.
    case rest
  }

  private let target: any ParticleTarget
  private let source: ParticleSource
  private let evaluator: Evaluator
  private let names: [String]
  private let seed: UInt64
  private let purpose: String
  private let options: Engine.Options
  /// The scale of each kind of move.
  private var scales = (informed: 1.0, rest: 1.0)
  private var proposals: [StudentProposal] = []
  /// The unit of each reading's violation; empty while violations are not measured.
  private var violationUnits: [Double] = []
  /// The standard deviation of each reading's values under the prior.
  private var valueUnits: [Double] = []
  private var accepted = 0

  let workers: Int
  let draws: Int
  /// The informed directions of the stage.
  private(set) var directions = InformedDirections(derivatives: [], dimensions: 0)
  private(set) var moves = 0
  /// The draws for which the target was computed.
  private(set) var evaluations = 0
  /// The fraction of proposals that were accepted.
  var acceptance: Double { moves > 0 ? Double(accepted) / (Double(moves) * Double(draws)) : 0 }

  private var populations: [ParticlePopulation] { source.populations }

  /// - Parameter names: the names of the coordinates, by which random numbers are addressed.
  init(
    target: any ParticleTarget, source: ParticleSource, evaluator: Evaluator, names: [String], seed: UInt64,
    purpose: String, options: Engine.Options
  ) {
    self.target = target
    self.source = source
    self.evaluator = evaluator
    self.names = names
    self.seed = seed
    self.purpose = purpose
    self.options = options.withoutProgress
    draws = source.populations.reduce(0) { $0 + $1.particles }
    workers = min(evaluator.workers(draws: draws, options: options), source.populations.count)
  }

  /// Computes something for each population.
  func onPopulations<Result>(_ body: (ParticlePopulation) -> Result) -> [Result] {
    let populations = populations
    return concurrentMap(populations.count, workers: workers) { body(populations[$0]) }
  }

  // MARK: Beginning

  /// Takes the proposals as the particles and computes the target for them.
  func begin() throws {
    try weigh()
    _ = onPopulations { $0.start() }
    valueUnits = (0..<target.readings).map { reading in
      var (count, sum, squares) = (0.0, 0.0, 0.0)
      let first = populations.first?.current.values[reading][0] ?? 0
      let pivot = first.isFinite ? first : 0
      for population in populations {
        let values = population.current.values[reading]
        for particle in 0..<population.particles where values[particle].isFinite {
          let deviation = values[particle] - pivot
          (count, sum, squares) = (count + 1, sum + deviation, squares + deviation * deviation)
        }
      }
      return count > 0 ? max(0, squares / count - (sum / count) * (sum / count)).squareRoot() : 0
    }
  }

  /// Begins to measure violations, in units of their means under the prior.
  ///
  /// - Returns: false where separate values are observed of a reading that is different in every draw: no draw ever
  ///   equals them.
  func measureViolations() throws -> Bool {
    let readings = target.readings
    for reading in 0..<readings where target.isDiscrete(reading) {
      let column = UnsafeBufferPointer(start: populations[0].current.values[reading], count: AddressBlock.draws)
      if 2 * Set(column).count > column.count { return false }
    }
    let blocks = draws / AddressBlock.draws
    let sums = ParticleColumns(rows: readings, columns: blocks)
    let target = target
    source.reading = .particles
    try evaluator.forEachBlock(draws: draws, options: options) { _, block in
      let columns = target.requests.indices.map { block[$0] }
      for reading in 0..<readings {
        var sum = 0.0
        for draw in 0..<block.count {
          let violation = target.violation(reading, columns, draw: draw)
          if violation.isFinite { sum += violation }
        }
        sums[block.number][reading] = sum
      }
    }
    violationUnits = (0..<readings).map { reading in
      (0..<blocks).reduce(0) { $0 + sums[$1][reading] } / Double(draws)
    }
    _ = onPopulations { $0.proposed.scores.copy(from: $0.current.scores) }
    try weigh()
    _ = onPopulations { $0.start() }
    return true
  }

  /// Computes the target for the proposals.
  private func weigh() throws {
    evaluations += draws
    source.reading = .proposals
    let (target, populations, units) = (target, populations, violationUnits)
    try evaluator.forEachBlock(draws: draws, options: options) { _, block in
      let state = populations[block.number % populations.count].proposed
      let first = block.number / populations.count * AddressBlock.draws
      let columns = target.requests.indices.map { block[$0] }
      for draw in 0..<block.count {
        let fit = target.logLikelihood(columns, draw: draw)
        state.logLikelihoods[first + draw] = fit
        state.violations[first + draw] = fit > -.infinity ? 0 : Self.violation(target, units, columns, draw: draw)
      }
      for reading in 0..<target.readings {
        let values = state.values[reading] + first
        for draw in 0..<block.count { values[draw] = target.value(reading, columns, draw: draw) }
      }
    }
  }

  /// The greatest violation of a draw without likelihood, in their units: above 0.
  private static func violation(
    _ target: any ParticleTarget, _ units: [Double], _ columns: [UnsafeBufferPointer<Double>], draw: Int
  ) -> Double {
    guard !units.isEmpty else { return .infinity }
    var greatest = Double.leastNonzeroMagnitude
    for reading in units.indices {
      let violation = target.violation(reading, columns, draw: draw)
      if violation > 0 { greatest = max(greatest, units[reading] > 0 ? violation / units[reading] : .infinity) }
    }
    return greatest
  }

  // MARK: Stages

  /// The step of the exponent that halves the effective number of particles with any likelihood, or all that is left; 0
  /// if every step leaves fewer.
  func nextStep(left: Double) -> Double {
    let fits = populations.flatMap { population in
      (0..<population.particles).map { population.current.logLikelihoods[$0] }
    }.filter { $0 > -.infinity }
    guard let greatest = fits.max() else { return 0 }
    func effective(_ step: Double) -> Double {
      var (sum, squares) = (0.0, 0.0)
      for fit in fits {
        let weight = exp(step * (fit - greatest))
        sum += weight
        squares += weight * weight
      }
      return sum * sum / squares
    }
    let wanted = 0.5 * Double(fits.count)
    if effective(left) >= wanted { return left }
    // Precise observations need steps far below what is left, so the step's logarithm is bisected, to 1e-3; with 690 the
    // step is still a normal number.
    var (low, high) = (log(left) - 690, log(left))
    while high - low > 1e-3 {
      let middle = 0.5 * (low + high)
      if effective(exp(middle)) >= wanted { low = middle } else { high = middle }
    }
    // Without any step that leaves enough particles, one particle would represent the posterior.
    return effective(exp(low)) >= wanted ? exp(low) : 0
  }

  /// One uniform for each population.
  func resamplingUniforms(stage: Int) -> [Double] {
    let address = CoordinateAddress(
      name: "\(purpose) resampling", labels: [.init(index: "stage", label: "\(stage)")])
    var block = [Double](repeating: 0, count: AddressBlock.draws)
    MonteCarlo(seed: seed, coordinates: [address]).fill(coordinate: 0, block: 0, into: &block)
    return block
  }

  /// Finds the directions for a stage and fits the proposals, after resampling.
  func prepare(exponent: Double) throws {
    directions = try informedDirections(exponent: exponent)
    let directions = directions
    _ = onPopulations { $0.project(on: directions) }
    let moments = onPopulations { $0.moments(of: directions) }
    proposals = populations.indices.map { own in
      let others = moments.indices.filter { $0 != own }
      var sums = moments[others[0]]
      for other in others.dropFirst() { sums.add(moments[other]) }
      return StudentProposal(fittedTo: sums, scales: directions.scales)
    }
  }

  /// The directions by central differences at one particle of each population.
  private func informedDirections(exponent: Double) throws -> InformedDirections {
    let (dimensions, readings) = (names.count, target.readings)
    let centres = populations.map { population in
      (0..<dimensions).map { population.current.scores[$0][population.particles / 2] }
    }
    let probes = ProbePoints(centres: centres)
    let rows = ParticleColumns(rows: dimensions, columns: centres.count * readings)
    let density = (exponent / Double(centres.count)).squareRoot() / (2 * ProbePoints.step)
    let edge = (1 / Double(centres.count)).squareRoot() / (2 * ProbePoints.step)
    let (target, units) = (target, valueUnits)
    source.reading = .probes(probes)
    evaluations += probes.draws
    try evaluator.forEachBlock(draws: probes.draws, options: options) { _, block in
      let columns = target.requests.indices.map { block[$0] }
      for draw in stride(from: 0, to: block.count, by: 2) {
        let pair = (block.number * AddressBlock.draws + draw) / 2
        let (centre, coordinate) = (pair / dimensions, pair % dimensions)
        for reading in 0..<readings {
          var change =
            (target.residual(reading, columns, draw: draw + 1) - target.residual(reading, columns, draw: draw))
            * density
          if !change.isFinite, units[reading] > 0 {
            // A reading without a density here: the direction in which it changes.
            change =
              (target.value(reading, columns, draw: draw + 1) - target.value(reading, columns, draw: draw))
              / units[reading] * edge
          }
          rows[centre * readings + reading][coordinate] = change.isFinite ? change : 0
        }
      }
    }
    let derivatives = withExtendedLifetime(rows) {
      Array(UnsafeBufferPointer(start: rows.start, count: dimensions * rows.columns))
    }
    return InformedDirections(derivatives: derivatives, dimensions: dimensions)
  }

  /// Makes a move of all particles.
  ///
  /// - Returns: the part of the moved components that is new: the acceptance rate times the squared scale.
  func move(_ kind: Move, exponent: Double, limit: Double) throws -> Double {
    moves += 1
    let directions = directions
    let scale = kind == .informed ? scales.informed : scales.rest
    let noise = MoveNoise(
      seed: seed, purpose: "\(purpose) \(kind)", move: moves,
      columns: kind == .informed ? StudentProposal.noise(components: directions.count) : names)
    let proposals = proposals
    _ = onPopulations { population in
      switch kind {
      case .informed: population.propose(proposals[population.number], directions, scale: scale, noise)
      case .rest: population.proposeRest(directions, scale: scale, noise)
      }
    }
    try weigh()
    let moved = onPopulations { $0.accept(exponent: exponent, limit: limit, noise) }.reduce(0, +)
    accepted += moved
    let rate = Double(moved) / Double(draws)
    // Between a quarter and a half of the proposals: near what random walks do best with.
    let next = rate < 0.25 ? scale * 0.6 : rate > 0.5 ? min(1, scale * 1.4) : scale
    switch kind {
    case .informed: scales.informed = next
    case .rest: scales.rest = next
    }
    return rate * scale * scale
  }
}

extension Engine.Options {
  /// The same without a progress callback.
  var withoutProgress: Engine.Options {
    var options = self
    options.progress = nil
    return options
  }

  /// The same, progress being a range of the whole.
  func progressing(from low: Double, to high: Double) -> Engine.Options {
    guard let progress else { return self }
    var options = self
    options.progress = { share in progress(low + (high - low) * share) }
    return options
  }
}
