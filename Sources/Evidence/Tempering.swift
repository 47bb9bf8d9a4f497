import Diagnostics
import Foundation
import Modeling
import Sampling
import Simulation
import VectorMath

/// Moves draws of the prior to the posterior where too few of them have any weight.
///
/// Sequential Monte Carlo (Del Moral, Doucet & Jasra 2006, doi:10.1111/j.1467-9868.2006.00553.x, section 3.3.2.3): the
/// weights' exponent grows from 0 to 1 in stages, each so far that the effective number of particles halves (Jasra,
/// Stephens, Doucet & Tsagaris 2011, doi:10.1111/j.1467-9469.2010.00723.x); particles are then resampled, and moved by
/// steps that leave the stage's distribution as it is. Sixteen populations of particles do so each for itself, but for
/// the exponents; the spread of their figures gives standard errors.
///
/// Where hardly any draw can be what was observed at all, as of a count of probability 1e-6, particles are first brought there
/// by their distance from it: see `SubsetSimulation`.
struct Tempering {
  let model: Model
  let weighting: LikelihoodWeighting

  /// Particles of a population: four address blocks.
  private static let populationSize = 4 * AddressBlock.draws
  /// Maximum stages; each halves the effective sample size, so 200 stages correspond to 200 bits of surprise.
  private static let mostStages = 200
  /// Minimum and maximum moves of a stage.
  private static let moves = (least: 4, most: 24)
  /// Moves go on until the steps taken, each counted as acceptance times squared scale, come to this: the part of a
  /// particle's scores that is new. The last stage takes twice as many.
  private static let renewal = 2.0
  /// Of the particles, so many must fit at all.
  private static let leastFitting = 0.001

  /// The result.
  struct SMCResult {
    var source: ParticleSource
    var draws: Int
    var stages: Int
    var moves: Int
    /// Part of the proposals that were accepted.
    var acceptance: Double
    /// The mean log weight of the posterior's particles less the logarithm of the prior's mean weight, by population.
    var information: [Double]
  }

  /// The posterior's particles.
  ///
  /// - Throws: `Diagnostics` if hardly any draw fits the observations at all; `CancellationError`.
  func outcome(options: Engine.Options) throws -> SMCResult {
    let count = WeightedEngine.parts
    let draws = count * Self.populationSize
    let probe = try Evaluator(model: model, requests: weighting.requests)
    let coordinates = probe.coordinates
    let addresses = coordinates.map { model.coordinates[$0.position].address.description }
    let seed = model.settings.seed
    let streams = { @Sendable (move: Int) -> MonteCarlo in
      // No input has a name with a space.
      MonteCarlo(
        seed: seed,
        coordinates: (addresses + ["acceptance"]).enumerated().map { place, address in
          CoordinateAddress(
            name: place < addresses.count ? "evidence move" : "evidence acceptance",
            labels: [.init(index: "coordinate", label: address), .init(index: "move", label: "\(move)")])
        })
    }
    let populations = (0..<count).map {
      ParticlePopulation(
        number: $0, particles: Self.populationSize, dimensions: coordinates.count, moveStreams: streams)
    }
    let source = ParticleSource(populations, coordinates: coordinates, design: try model.points())
    let evaluator = try Evaluator(model: model, requests: weighting.requests, points: source)

    /// How far draws are from what was observed, while that is looked at.
    var distances: ObservationDistances?

    func weigh() throws {
      source.readsProposals = true
      let distances = distances
      try evaluator.forEachBlock(draws: draws, options: options.withoutProgress) { _, block in
        let population = populations[block.number % count]
        let first = block.number / count * AddressBlock.draws
        let columns = weighting.requests.indices.map { block[$0] }
        for draw in 0..<block.count { population.proposalFits[first + draw] = weighting.logWeight(columns, draw: draw) }
        if let distances {
          for draw in 0..<block.count { population.proposalMisses[first + draw] = distances.miss(columns, draw: draw) }
        }
      }
    }
    func onPopulations<Result>(_ body: (ParticlePopulation) -> Result) -> [Result] {
      concurrentMap(count, workers: options.width) { body(populations[$0]) }
    }

    var logMeans = [Double](repeating: 0, count: count)
    var (stage, move) = (0, 0)
    var (accepted, proposed) = (0, 0)
    var scales = (prior: 0.5, fit: 1.0)

    /// Moves particles until so much of their scores is new; `accept` says how many of a population moved.
    func makeMoves(renewing wanted: Double, _ accept: (_ population: ParticlePopulation, _ move: Int) -> Int) throws {
      var (renewed, made) = (0.0, 0)
      while made < Self.moves.least || (renewed < wanted && made < Self.moves.most) {
        made += 1
        move += 1
        // Two of three proposals come from the fit, the third from the prior, which reaches tails that a fit misses.
        let isFit = made % 3 != 0
        let scale = isFit ? scales.fit : scales.prior
        let number = move
        _ = onPopulations { population in
          if isFit {
            population.proposeFromFit(move: number, scale: scale, populations: count)
          } else {
            population.proposeFromPrior(move: number, scale: scale, populations: count)
          }
        }
        try weigh()
        let moved = onPopulations { accept($0, number) }.reduce(0, +)
        accepted += moved
        proposed += draws
        let rate = Double(moved) / Double(draws)
        renewed += rate * scale * scale
        // Between a quarter and a half of the proposals: near what random walks do best with.
        let next = rate < 0.25 ? scale * 0.6 : rate > 0.5 ? min(1, scale * 1.4) : scale
        if isFit { scales.fit = next } else { scales.prior = next }
      }
    }

    try placeAtDesign(populations, coordinates)
    try weigh()
    _ = onPopulations { $0.start() }
    if let refusal = refusal(populations) {
      guard let measured = try ObservationDistances.measure(weighting, evaluator, draws: draws, options: options) else {
        throw refusal
      }
      distances = measured
      try weigh()
      _ = onPopulations { $0.start() }
      var subsetSimulation = SubsetSimulation()
      while let limit = subsetSimulation.nextLimit(populations) {
        stage += 1
        let uniforms = resamplingUniforms(stage: stage, seed: seed)
        let shares = onPopulations { $0.restrict(to: limit, uniform: uniforms[$0.number]) }
        guard shares.allSatisfy({ $0 > -.infinity }) else { throw refusal }
        for population in 0..<count { logMeans[population] += shares[population] }
        try makeMoves(renewing: Self.renewal) { $0.accept(move: $1, within: limit, populations: count) }
      }
      guard subsetSimulation.hasArrived else { throw refusal }
      distances = nil
      _ = onPopulations { $0.proposeSelf() }
      try weigh()
      _ = onPopulations { $0.start() }
      scales = (0.5, 1)
    }
    var exponent = 0.0
    while exponent < 1 {
      stage += 1
      let step = nextStep(populations, left: 1 - exponent)
      guard step > 0, stage <= Self.mostStages else { throw cannotReach() }
      let uniforms = resamplingUniforms(stage: stage, seed: seed)
      let means = onPopulations { $0.resample(step: step, uniform: uniforms[$0.number]) }
      guard means.allSatisfy({ $0 > -.infinity }) else { throw cannotReach() }
      for population in 0..<count { logMeans[population] += means[population] }
      exponent = step == 1 - exponent ? 1 : exponent + step
      let power = exponent
      try makeMoves(renewing: Self.renewal * (exponent == 1 ? 2 : 1)) {
        $0.accept(move: $1, exponent: power, populations: count)
      }
      options.progress?(exponent)
    }
    source.readsProposals = false
    let information = populations.map { population in
      (0..<population.particles).reduce(0.0) { $0 + population.fits[$1] } / Double(population.particles)
        - logMeans[population.number]
    }
    return SMCResult(
      source: source, draws: draws, stages: stage, moves: move,
      acceptance: proposed > 0 ? Double(accepted) / Double(proposed) : 0, information: information)
  }

  /// Puts particles where the model's design has its first draws.
  private func placeAtDesign(_ populations: [ParticlePopulation], _ coordinates: [CoordinateID]) throws(Diagnostics) {
    let design = try model.points()
    for population in populations {
      for (place, coordinate) in coordinates.enumerated() {
        let column = population.proposals + place * population.particles
        for first in stride(from: 0, to: population.particles, by: AddressBlock.draws) {
          design.fill(
            coordinate.position, block: first / AddressBlock.draws * populations.count + population.number,
            into: column + first)
        }
        Columns.apply(.normalQuantile, column, into: column, count: population.particles)
      }
    }
  }

  /// The step of the exponent that halves the effective number of particles, or all that is left.
  private func nextStep(_ populations: [ParticlePopulation], left: Double) -> Double {
    let fits = populations.flatMap { population in (0..<population.particles).map { population.fits[$0] } }
    let finite = fits.filter { $0 > -.infinity }
    guard let greatest = finite.max() else { return 0 }
    func effective(_ step: Double) -> Double {
      var (sum, squares) = (0.0, 0.0)
      for fit in finite {
        let weight = exp(step * (fit - greatest))
        sum += weight
        squares += weight * weight
      }
      return sum * sum / squares
    }
    let target = Double(finite.count) / 2
    if effective(left) >= target { return left }
    var (low, high) = (0.0, left)
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if effective(middle) >= target { low = middle } else { high = middle }
    }
    return low
  }

  /// One uniform for each population.
  private func resamplingUniforms(stage: Int, seed: UInt64) -> [Double] {
    let address = CoordinateAddress(
      name: "evidence resampling", labels: [.init(index: "stage", label: "\(stage)")])
    var block = [Double](repeating: 0, count: AddressBlock.draws)
    MonteCarlo(seed: seed, coordinates: [address]).fill(coordinate: 0, block: 0, into: &block)
    return block
  }

  /// The error if the observations have a positive density for too few particles; otherwise nil.
  private func refusal(_ populations: [ParticlePopulation]) -> Diagnostics? {
    let particles = populations.reduce(0) { $0 + $1.particles }
    let fitting = populations.map { population in
      (0..<population.particles).filter { population.fits[$0] > -.infinity }.count
    }
    if fitting.allSatisfy({ $0 > 0 }), Double(fitting.reduce(0, +)) >= Self.leastFitting * Double(particles) {
      return nil
    }
    return Diagnostics(.impossibleObservation(possible: fitting.reduce(0, +), draws: particles), at: place)
  }

  private func cannotReach() -> Diagnostics {
    Diagnostics(.unlikelyObservation(bits: Self.mostStages), at: place)
  }

  private var place: SourcePlace? { weighting.observations.first?.place }
}

extension Engine.Options {
  /// The same without a progress callback.
  var withoutProgress: Engine.Options {
    var options = self
    options.progress = nil
    return options
  }

  /// The same, progress being a stretch of the whole.
  func progressing(from low: Double, to high: Double) -> Engine.Options {
    guard let progress else { return self }
    var options = self
    options.progress = { share in progress(low + (high - low) * share) }
    return options
  }
}
