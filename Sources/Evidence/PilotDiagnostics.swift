import Foundation
import Modeling
import Sampling
import Simulation
import VectorMath

/// Statistics of a run's draws before any observation is used: how many have weight, and how well each observation
/// fits.
struct PilotDiagnostics {
  /// The number of draws.
  private(set) var draws = 0
  /// The effective number of draws under the observations' weights.
  private(set) var effective = 0.0
  /// The weights' scale: the greatest is in (2^(exponent - 1), 2^exponent].
  private(set) var exponent = 0
  /// The divergence of posterior from prior in each part, in natural units.
  private(set) var information: [Double] = []
  /// For each observation, `ObservationResult.pValue`.
  private(set) var pValues: [Estimate] = []
  /// For each observation, whether the lower tail of what was observed is the smaller one.
  private(set) var isBelow: [Bool] = []
  /// For each observation, draws in which the formula is not finite.
  private(set) var nonFinite: [Int] = []

  /// A block's or part's sums. Weights are relative to a power of two, so that scaling them is exact.
  private struct Sums {
    var draws = 0
    var exponent = Int.min
    /// Of weights, their squares, and weights times their logarithms.
    var weight = 0.0, squares = 0.0, entropy = 0.0
    /// For each observation: finite draws, and the probabilities that the distribution is below and above them.
    var finite: [Int], below: [Double], above: [Double], lost: [Int]

    init(_ observations: Int) {
      finite = .init(repeating: 0, count: observations)
      below = .init(repeating: 0, count: observations)
      above = below
      lost = finite
    }

    /// Makes the weights relative to a greater power of two.
    mutating func scale(to other: Int) {
      guard other > exponent else { return }
      if exponent > Int.min {
        // Beyond the range of doubles the sums are 0.
        let down = max(exponent - other, -4000)
        weight = scalbn(weight, down)
        squares = scalbn(squares, 2 * down)
        entropy = scalbn(entropy, down)
      }
      exponent = other
    }

    mutating func add(logWeights: [Double]) {
      guard let greatest = logWeights.max(), greatest > -.infinity else { return }
      scale(to: PowerOfTwo.exponent(above: greatest))
      for logWeight in logWeights where logWeight > -.infinity {
        let own = exp(logWeight - Double(exponent) * PowerOfTwo.logTwo)
        weight += own
        squares += own * own
        entropy += own * logWeight
      }
    }

    mutating func add(_ other: Sums) {
      var other = other
      scale(to: other.exponent)
      other.scale(to: exponent)
      draws += other.draws
      weight += other.weight
      squares += other.squares
      entropy += other.entropy
      for k in finite.indices {
        finite[k] += other.finite[k]
        lost[k] += other.lost[k]
        below[k] += other.below[k]
        above[k] += other.above[k]
      }
    }
  }

  /// Evaluates the observed formulas.
  static func measure(
    _ model: Model, weighting: LikelihoodWeighting, draws: Int, options: Engine.Options
  ) throws -> PilotDiagnostics {
    let observations = model.observations.count
    let evaluator = try Evaluator(model: model, requests: weighting.requests)
    let blocks = (draws + AddressBlock.draws - 1) / AddressBlock.draws
    // Sums are kept by block and joined in their order: the same in every bit for any number of workers.
    let memory = UnsafeMutablePointer<Sums>.allocate(capacity: max(1, blocks))
    memory.initialize(repeating: Sums(observations), count: max(1, blocks))
    defer {
      memory.deinitialize(count: max(1, blocks))
      memory.deallocate()
    }
    nonisolated(unsafe) let sums = memory
    try evaluator.forEachBlock(draws: draws, options: options.progressing(from: 0, to: 0.1)) { _, block in
      var own = Sums(observations)
      let columns = weighting.requests.indices.map { block[$0] }
      own.draws = block.count
      own.add(logWeights: (0..<block.count).map { weighting.logWeight(columns, draw: $0) })
      for k in 0..<observations {
        for draw in 0..<block.count {
          guard let tails = weighting[k].tails(columns, draw: draw) else {
            own.lost[k] += 1
            continue
          }
          own.finite[k] += 1
          own.below[k] += tails.below
          own.above[k] += tails.above
        }
      }
      sums[block.number] = own
    }
    var parts = [Sums](repeating: Sums(observations), count: WeightedEngine.parts)
    for block in 0..<blocks { parts[block % parts.count].add(memory[block]) }
    var whole = Sums(observations)
    for part in parts { whole.add(part) }
    var result = PilotDiagnostics()
    result.draws = draws
    result.effective = whole.squares > 0 ? whole.weight * whole.weight / whole.squares : 0
    result.exponent = whole.exponent > Int.min ? whole.exponent : 0
    result.information = parts.map { part in
      part.entropy / part.weight - log(part.weight / Double(part.draws)) - Double(part.exponent) * PowerOfTwo.logTwo
    }
    result.nonFinite = whole.lost
    let isBelow = (0..<observations).map { weighting[$0].isCondition || whole.below[$0] <= whole.above[$0] }
    let filled = parts.filter { $0.draws > 0 }
    result.isBelow = isBelow
    result.pValues = (0..<observations).map { k in
      // A condition has one side: the share of the draws in which it holds.
      let sides = weighting[k].isCondition ? 1.0 : 2
      func tail(_ sums: Sums) -> Double {
        sides * (isBelow[k] ? sums.below[k] : sums.above[k]) / Double(sums.finite[k])
      }
      return Estimate(min(tail(whole), 1), error: Parts.error(filled.map(tail)))
    }
    return result
  }

  /// The diagnostics as they would be with another number of draws, by their expectations.
  func expected(ofDraws number: Int) -> PilotDiagnostics {
    let times = Double(number) / Double(max(1, draws))
    var other = self
    (other.draws, other.effective) = (number, effective * times)
    other.pValues = pValues.map { Estimate($0.value, error: $0.error / times.squareRoot()) }
    return other
  }

  /// The p-values with those that plain draws cannot tell taken from `SurpriseSampling`, and the surprises in bits with
  /// the errors of the logarithms.
  ///
  /// - Parameter pilot: the times of a pilot; nil for the values.
  func surprises(
    of model: Model, options: Engine.Options, pilot: PilotPhases? = nil
  ) throws -> [(pValue: Estimate, bits: Estimate)] {
    let sampling = SurpriseSampling(model: model)
    return try model.observations.indices.map { k in
      let plain = pValues[k]
      if SurpriseSampling.isNeeded(plain, draws: draws),
        let log = try sampling.logPValue(k, isBelow: isBelow[k], options: options, pilot: pilot)
      {
        let isCondition = LikelihoodWeighting([model.observations[k]])[0].isCondition
        let own = log.value + (isCondition ? 0 : PowerOfTwo.logTwo)
        let value = exp(own)
        return (
          Estimate(min(value, 1), error: value * log.error),
          Estimate(max(0, -own / PowerOfTwo.logTwo), error: log.error / PowerOfTwo.logTwo)
        )
      }
      return (
        plain, Estimate(max(0, -log2(plain.value)), error: plain.error / plain.value / PowerOfTwo.logTwo)
      )
    }
  }
}

/// A statistic in each of the parts of the draws.
enum Parts {
  /// The standard error of the parts' mean.
  static func error(_ figures: [Double]) -> Double {
    let n = Double(figures.count)
    let mean = figures.reduce(0, +) / n
    let unit = SquareUnit.of(figures.lazy.map { $0 - mean })
    let squares = figures.reduce(0) { $0 + (($1 - mean) / unit) * (($1 - mean) / unit) }
    return (squares / (n - 1) / n).squareRoot() * unit
  }
}
