import Distributions
import Foundation
import Modeling
import Simulation

/// The likelihood of a model's observations at a draw.
///
/// Weights of draws are relative to a power of two, by default 1: see `scaled(by:)`.
struct LikelihoodWeighting: ImportanceWeighting {
  let observations: [Observation]
  let requests: [ColumnRequest]
  private let factors: [ObservedFactor]
  /// The logarithm of the weight that counts as the largest.
  private let logLargest: Double

  init(_ observations: [Observation]) {
    self.observations = observations
    var requests: [ColumnRequest] = []
    var factors: [ObservedFactor] = []
    for observation in observations {
      let cells = [observation.observed] + observation.arguments
      factors.append(ObservedFactor(observation.measurement, column: requests.count))
      requests += cells.map { .cell($0.quantity, $0.cell) }
    }
    self.requests = requests
    self.factors = factors
    logLargest = 0
  }

  private init(_ other: LikelihoodWeighting, logLargest: Double) {
    observations = other.observations
    requests = other.requests
    factors = other.factors
    self.logLargest = logLargest
  }

  /// The same with weights relative to 2^exponent.
  ///
  /// Counts of weights have 32 bits, so that the exponent must be near that of the greatest weight. Being a power of
  /// two, it is the same for draws of any number of workers, and shards with different exponents can be merged by exact
  /// scaling.
  func scaled(by exponent: Int) -> LikelihoodWeighting {
    LikelihoodWeighting(self, logLargest: Double(exponent) * PowerOfTwo.logTwo)
  }

  /// The factor of an observation.
  subscript(observation: Int) -> ObservedFactor { factors[observation] }

  /// The logarithm of a draw's likelihood, with the densities of fixed distributions relative to their greatest; minus
  /// infinity where it is 0.
  func logWeight(_ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    var sum = 0.0
    for factor in factors {
      sum += factor.logLikelihood(columns, draw: draw)
      if sum == -.infinity { break }
    }
    return sum
  }

  func weigh(_ columns: [UnsafeBufferPointer<Double>], count: Int, into weights: UnsafeMutablePointer<UInt64>) {
    for draw in 0..<count { weights[draw] = DrawWeight.whole(exp(logWeight(columns, draw: draw) - logLargest)) }
  }
}

extension LikelihoodWeighting: ParticleTarget {
  var readings: Int { factors.count }

  func logLikelihood(_ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double { logWeight(columns, draw: draw) }

  func violation(_ reading: Int, _ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    factors[reading].violation(columns, draw: draw)
  }

  func value(_ reading: Int, _ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    factors[reading].value(columns, draw: draw)
  }

  func residual(_ reading: Int, _ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    factors[reading].residual(columns, draw: draw)
  }

  func isDiscrete(_ reading: Int) -> Bool { factors[reading].isDiscrete }
}

/// Powers of two as scales of weights.
enum PowerOfTwo {
  /// log 2.
  static let logTwo = 0.6931471805599453

  /// The smallest n with 2^n >= exp(x), but at least -2^50 and at most 2^50; 0 for an infinite x.
  static func exponent(above x: Double) -> Int {
    x.isFinite ? Int(max(-0x1p50, min(0x1p50, (x / logTwo).rounded(.up)))) : 0
  }
}
