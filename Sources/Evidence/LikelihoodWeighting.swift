import Distributions
import Foundation
import Modeling
import Simulation

/// Weighs draws by how well formulas fit what was observed of them.
struct LikelihoodWeighting: ImportanceWeighting {
  let observations: [Observation]
  private let densities: [ObservationDensity]

  init(_ observations: [Observation]) {
    self.observations = observations
    densities = observations.map { ObservationDensity(of: $0.distribution) }
  }

  var requests: [ColumnRequest] { observations.map { .cell($0.quantity, 0) } }

  /// The logarithm of a draw's weight relative to the largest possible; minus infinity where there is none.
  func logWeight(_ values: [UnsafeBufferPointer<Double>], draw: Int) -> Double {
    var sum = 0.0
    for (column, density) in zip(values, densities) {
      sum += density.logRelative(column[draw])
      if sum == -.infinity { break }
    }
    return sum
  }

  /// How far a value is from where an observation's distribution has any probability.
  func distance(_ observation: Int, _ x: Double) -> Double { densities[observation].distance(of: x) }

  /// Whether an observation is of separate values.
  func isDiscrete(_ observation: Int) -> Bool { densities[observation].isDiscrete }

  func weigh(_ columns: [UnsafeBufferPointer<Double>], count: Int, into weights: UnsafeMutablePointer<UInt64>) {
    for draw in 0..<count { weights[draw] = DrawWeight.whole(exp(logWeight(columns, draw: draw))) }
  }
}
