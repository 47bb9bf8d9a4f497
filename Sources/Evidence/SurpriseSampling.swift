import Foundation
import Modeling
import Simulation

/// The prior probability that an observation is on the far side of its formula, as a target of its own: the likelihood
/// is the probability that the observed distribution is beyond the formula's value.
///
/// Its mean under the prior is half of the observation's p-value. Plain draws tell it while some of them come near;
/// sequential Monte Carlo tells its logarithm however small it is.
struct TailTarget: ParticleTarget {
  private let weighting: LikelihoodWeighting
  /// Whether the observation is mostly above the formula's values, so that its lower tail is small.
  let isBelow: Bool

  init(_ observation: Observation, isBelow: Bool) {
    weighting = LikelihoodWeighting([observation])
    self.isBelow = isBelow
  }

  private var factor: ObservedFactor { weighting[0] }

  var requests: [ColumnRequest] { weighting.requests }
  var readings: Int { 1 }

  func logLikelihood(_ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    factor.logTail(isBelow: isBelow, columns, draw: draw)
  }

  func violation(_ reading: Int, _ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    factor.tailViolation(isBelow: isBelow, columns, draw: draw)
  }

  func value(_ reading: Int, _ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    factor.value(columns, draw: draw)
  }

  func residual(_ reading: Int, _ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    let fit = logLikelihood(columns, draw: draw)
    return fit > -.infinity ? (-2 * fit).squareRoot() : .nan
  }

  func isDiscrete(_ reading: Int) -> Bool { false }
}

/// The logarithm of the mean of a likelihood, from those of the populations.
struct LogEvidence {
  /// The bias-corrected logarithm.
  let value: Double
  /// Its standard error.
  let error: Double

  /// Populations share exponents, directions and fits, so that their spread is too small: in prototypes with linear,
  /// curved and discrete models the actual error was 1.0 to 1.25 times the stated one.
  private static let margin = 1.25

  /// Mean and standard error by the jackknife over populations (Efron & Stein 1981, doi:10.1214/aos/1176345462).
  init(of logs: [Double]) {
    let greatest = logs.max() ?? 0
    let weights = logs.map { exp($0 - greatest) }
    let (sum, n) = (weights.reduce(0, +), Double(weights.count))
    let whole = log(sum / n)
    let parts = weights.map { log((sum - $0) / (n - 1)) }
    let mean = parts.reduce(0, +) / n
    value = greatest + n * whole - (n - 1) * mean
    error =
      Self.margin * ((n - 1) / n * parts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }).squareRoot()
  }
}

/// The p-values of observations that plain draws cannot tell.
struct SurpriseSampling {
  let model: Model

  /// Whether a plain estimate of a p-value is replaced: it is below that of a hundred draws, or its relative error is
  /// above 10 %.
  ///
  /// Below that of a hundred draws, its error says nothing: where the observation is far from all draws, its tail
  /// probability varies little among them, and yet the true p-value comes from a region without any draw.
  static func isNeeded(_ plain: Estimate, draws: Int) -> Bool {
    !(plain.value * Double(draws) >= 100 && plain.error <= 0.1 * plain.value)
  }

  /// The logarithm of a p-value; nil where no draw of the inputs comes near the observation.
  ///
  /// - Throws: `Diagnostics` if the model cannot be run; `CancellationError`.
  ///
  /// - Parameter pilot: the times of a pilot, which takes fewer particles; nil for the value.
  func logPValue(
    _ observation: Int, isBelow: Bool, options: Engine.Options, pilot: PilotPhases? = nil
  ) throws -> LogEvidence? {
    let target = TailTarget(model.observations[observation], isBelow: isBelow)
    let sampler = SequentialMonteCarlo(
      model: model, target: target, purpose: "evidence surprise \(observation)", blocks: 1, isPilot: pilot != nil)
    let outcome = { try sampler.outcome(options: options.withoutProgress) }
    do {
      // With one block, the coordinates do not matter.
      let found = try pilot.map { try $0.phase(times: sampler.pilotTimes(coordinates: 1), outcome) } ?? outcome()
      return LogEvidence(of: found.logEvidence)
    } catch is SequentialMonteCarlo.Unreached {
      return nil
    }
  }
}
