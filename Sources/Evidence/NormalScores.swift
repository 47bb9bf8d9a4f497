import Distributions

/// The normal scores of a prior with atoms, or of its draws: the standard normal quantile of P(X < x) + P(X = x) / 2 for
/// each value x.
struct NormalScores {
  /// Distinct values with their scores.
  private let values: [Double], scores: [Double]
  private let mean: Double, sd: Double

  /// Those of a discrete distribution; nil if it has a continuous part, or one value.
  init?(of distribution: any Distribution, factor: Double) {
    self.init(distribution.atoms.map { ($0 * factor, distribution.probability(of: $0)) })
  }

  /// Those of draws in ascending order; nil if all are equal.
  init?(ofDraws sorted: [Double]) {
    var values: [(Double, Double)] = []
    for value in sorted {
      if values.last?.0 == value { values[values.count - 1].1 += 1 } else { values.append((value, 1)) }
    }
    self.init(values.map { ($0.0, $0.1 / Double(sorted.count)) })
  }

  private init?(_ atoms: [(value: Double, probability: Double)]) {
    let total = atoms.reduce(0) { $0 + $1.probability }
    guard atoms.count > 1, abs(total - 1) < 1e-6 else { return nil }
    var below = 0.0
    scores = atoms.map { atom in
      let place = below + 0.5 * atom.probability
      below += atom.probability
      // From the nearer end, so that both tails are accurate.
      return place <= 0.5
        ? StandardNormal.quantile(max(place, 0x1p-1000)) : -StandardNormal.quantile(max(total - place, 0x1p-1000))
    }
    values = atoms.map(\.value)
    let (own, probabilities) = (scores, atoms.map { $0.probability / total })
    let mean = zip(own, probabilities).reduce(0) { $0 + $1.0 * $1.1 }
    self.mean = mean
    sd = zip(own, probabilities).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }.squareRoot()
    guard sd > 0 else { return nil }
  }

  /// The mean score of draws in ascending order less that of the prior, in standard deviations of the prior's scores; a
  /// value between two is interpolated.
  func shift(of sorted: [Double]) -> Double {
    var (place, sum) = (0, 0.0)
    for value in sorted {
      while place < values.count, values[place] < value { place += 1 }
      if place == values.count {
        sum += scores[place - 1]
      } else if place == 0 || values[place] == value {
        sum += scores[place]
      } else {
        let share = (value - values[place - 1]) / (values[place] - values[place - 1])
        sum += scores[place - 1] + (scores[place] - scores[place - 1]) * share
      }
    }
    return (sum / Double(sorted.count) - mean) / sd
  }
}
