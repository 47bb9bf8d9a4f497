import Diagnostics
import Foundation
import Modeling
import Sampling
import Simulation
import VectorMath

/// Moves draws of the prior to a target in stages.
///
/// Sequential Monte Carlo (Del Moral, Doucet & Jasra 2006, doi:10.1111/j.1467-9868.2006.00553.x, section 3.3.2.3): the
/// likelihood's exponent grows from 0 to 1 in stages, each as far as halves the effective number of particles (Jasra,
/// Stephens, Doucet & Tsagaris 2011, doi:10.1111/j.1467-9469.2010.00723.x); particles are then resampled, and moved by
/// steps that leave the stage's distribution as it is, until their readings are independent of those before. Where most
/// of the prior is outside the region where the likelihood is positive, stages of `RegionLevels` come first.
///
/// Moves alternate between the informed directions (`StudentProposal`, fitted to the other populations) and all others
/// (steps of the prior). Sixteen populations share the exponents, the directions and the fits of the others; the spread
/// of their statistics gives standard errors.
struct SequentialMonteCarlo {
  let model: Model
  let target: any ParticleTarget
  /// The name of the sampler in the addresses of its random numbers.
  let purpose: String
  /// Maximum address blocks of a population; fewer are used with many coordinates.
  let blocks: Int
  /// Whether only the time is wanted: fewer and smaller populations take about as many stages and moves, since each stage
  /// halves the effective number of particles and each move goes as far, however many there are.
  var isPilot = false

  /// The populations, equal in number to the parts of weighted runs.
  private static let populations = WeightedEngine.parts
  /// The populations of a pilot, of one address block each.
  private static let pilotPopulations = 4
  /// Maximum number of evaluations of the target: 400 times 65,536 draws.
  private static let mostEvaluations = 400 << 16
  /// Maximum moves of a stage.
  private static let mostMoves = 200
  /// Moves of a stage end when no rank correlation is above this.
  private static let remembered = 0.1
  /// Steps of the prior end when this part of the components outside the informed directions is left.
  private static let restLeft = 0.02
  /// After that, one round in so many still makes a step of the prior.
  private static let restInterval = 4
  /// The score whose tail probability is the smallest normal number: quantile functions end there.
  private static let greatestScore = 37.5
  /// Maximum number of scores of all particles, which take 1 GiB with their proposals.
  private static let mostScores = 1 << 26

  /// The result.
  struct Outcome {
    var source: ParticleSource
    var draws: Int
    var stages: Int
    var moves: Int
    /// The fraction of proposals that were accepted.
    var acceptance: Double
    /// The logarithm of the mean likelihood under the prior, in each population.
    var logEvidence: [Double]
    /// The mean log likelihood of the particles, in each population.
    var meanLogLikelihood: [Double]
    /// The reading with the largest rank correlation that was left when a stage reached its maximum of moves; nil if
    /// none did.
    var unsettled: (reading: Int, correlation: Double)?
  }

  /// The reason that the target cannot be reached.
  enum Unreached: Error {
    /// The number of particles inside the region, of a number, when levels came no closer.
    case outside(fitting: Int, particles: Int)
    /// The exponent that was reached within the maximum number of evaluations.
    case tooFar(exponent: Double)
    /// The readings are where probabilities of a coordinate have no digits.
    case beyondTails
    /// The number of coordinates that the readings depend on, and the maximum.
    case tooMany(coordinates: Int, most: Int)
  }

  /// Moves particles to the target.
  ///
  /// - Throws: `Unreached`; `Diagnostics` if the model cannot be run; `CancellationError`.
  func outcome(options: Engine.Options) throws -> Outcome {
    let coordinates = try Evaluator(model: model, requests: target.requests).coordinates
    let count = isPilot ? Self.pilotPopulations : Self.populations
    let mostCoordinates = Self.mostScores / (Self.populations * AddressBlock.draws)
    guard coordinates.count <= mostCoordinates else {
      throw Unreached.tooMany(coordinates: coordinates.count, most: mostCoordinates)
    }
    let blocks = isPilot ? 1 : self.blocks(coordinates: coordinates.count)
    let mostEvaluations =
      isPilot ? Int(Double(Self.mostEvaluations) / pilotTimes(coordinates: coordinates.count)) : Self.mostEvaluations
    let populations = (0..<count).map {
      ParticlePopulation(
        number: $0, populations: count, particles: blocks * AddressBlock.draws, dimensions: coordinates.count,
        readings: target.readings)
    }
    let source = ParticleSource(populations, coordinates: coordinates, design: try model.points())
    let sampler = ParticleSampler(
      target: target, source: source, evaluator: try Evaluator(model: model, requests: target.requests, points: source),
      names: coordinates.map { model.coordinates[$0.position].address.description }, seed: model.settings.seed,
      purpose: purpose, options: options)
    try place(populations, coordinates)
    try sampler.begin()

    var logEvidence = [Double](repeating: 0, count: count)
    var unsettled: (reading: Int, correlation: Double)?
    func makeMoves(exponent: Double, limit: Double, isLast: Bool) throws {
      try sampler.prepare(exponent: exponent)
      let memory = RankCorrelation(populations, workers: sampler.workers)
      var (moves, rounds, rest) = (0, 0, 1.0)
      while true {
        rounds += 1
        if sampler.directions.count > 0 {
          _ = try sampler.move(.informed, exponent: exponent, limit: limit)
          moves += 1
        }
        // Particles that reject every step of the prior need some more of them than the mean acceptance says.
        let isDue = sampler.directions.count == 0 || rounds % Self.restInterval == 0
        if sampler.directions.count < coordinates.count, rest >= Self.restLeft || isDue {
          let renewed = try sampler.move(.rest, exponent: exponent, limit: limit)
          rest *= 1 - renewed
          moves += 1
        }
        if sampler.directions.count == coordinates.count { rest = 0 }
        let correlations = memory.correlations(populations).map(\.magnitude)
        let worst = correlations.indices.max { correlations[$0] < correlations[$1] }
        let left = worst.map { correlations[$0] } ?? 0
        if left < Self.remembered, !isLast || rest < Self.restLeft { break }
        if moves >= Self.mostMoves {
          if let worst, left >= Self.remembered, left > unsettled?.correlation ?? 0 { unsettled = (worst, left) }
          break
        }
        guard sampler.evaluations <= mostEvaluations else { throw Unreached.tooFar(exponent: exponent) }
      }
    }
    var stage = 0
    func fitting() -> [Int] {
      populations.map { population in
        (0..<population.particles).count { population.current.logLikelihoods[$0] > -.infinity }
      }
    }
    func outside() -> Unreached {
      .outside(fitting: fitting().reduce(0, +), particles: populations.reduce(0) { $0 + $1.particles })
    }

    var levels = RegionLevels()
    if RegionLevels.areNeeded(fitting(), populations) {
      guard !coordinates.isEmpty, try sampler.measureViolations() else { throw outside() }
      while let limit = levels.nextLimit(populations) {
        stage += 1
        let uniforms = sampler.resamplingUniforms(stage: stage)
        let shares = sampler.onPopulations { $0.restrict(to: limit, uniform: uniforms[$0.number]) }
        guard shares.allSatisfy({ $0 > -.infinity }) else { throw outside() }
        for population in 0..<count { logEvidence[population] += shares[population] }
        try makeMoves(exponent: 0, limit: limit, isLast: false)
      }
      guard levels.hasArrived else { throw outside() }
    }
    let limit = levels.hasArrived ? 0 : Double.infinity
    var exponent = 0.0
    while exponent < 1 {
      stage += 1
      let step = sampler.nextStep(left: 1 - exponent)
      guard step > 0 else { throw Unreached.tooFar(exponent: exponent) }
      let uniforms = sampler.resamplingUniforms(stage: stage)
      let means = sampler.onPopulations { $0.resample(step: step, uniform: uniforms[$0.number]) }
      guard means.allSatisfy({ $0 > -.infinity }) else { throw Unreached.tooFar(exponent: exponent) }
      for population in 0..<count { logEvidence[population] += means[population] }
      exponent = step >= 1 - exponent ? 1 : exponent + step
      try makeMoves(exponent: exponent, limit: limit, isLast: exponent == 1)
      options.progress?(exponent)
    }
    source.reading = .particles
    guard populations.allSatisfy({ $0.isWithin(Self.greatestScore) }) else { throw Unreached.beyondTails }
    return Outcome(
      source: source, draws: sampler.draws, stages: stage, moves: sampler.moves, acceptance: sampler.acceptance,
      logEvidence: logEvidence,
      meanLogLikelihood: populations.map { population in
        (0..<population.particles).reduce(0.0) { $0 + population.current.logLikelihoods[$1] }
          / Double(population.particles)
      }, unsettled: unsettled)
  }

  /// How many times as many particles the whole has as its pilot.
  func pilotTimes(coordinates: Int) -> Double {
    Double(Self.populations * blocks(coordinates: coordinates)) / Double(Self.pilotPopulations)
  }

  /// The particles of all populations.
  func particles(coordinates: Int) -> Int {
    Self.populations * blocks(coordinates: coordinates) * AddressBlock.draws
  }

  /// The address blocks of a population.
  private func blocks(coordinates: Int) -> Int {
    coordinates * blocks * Self.populations * AddressBlock.draws > Self.mostScores / 4 ? 1 : blocks
  }

  /// Puts particles at the first draws of the model's design.
  private func place(_ populations: [ParticlePopulation], _ coordinates: [CoordinateID]) throws(Diagnostics) {
    let design = try model.points()
    for population in populations {
      for (place, coordinate) in coordinates.enumerated() {
        let column = population.proposed.scores[place]
        for first in stride(from: 0, to: population.particles, by: AddressBlock.draws) {
          design.fill(
            coordinate.position, block: first / AddressBlock.draws * populations.count + population.number,
            into: column + first)
        }
        Columns.apply(.normalQuantile, column, into: column, count: population.particles)
      }
    }
  }
}
