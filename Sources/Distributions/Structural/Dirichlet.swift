/// Dirichlet shares x_1 + ... + x_n = 1 with density proportional to the product of x_k^(alpha_k - 1), by stick
/// breaking.
///
/// With independent v_k ~ beta(alpha_k, alpha_k+1 + ... + alpha_n) for k = 1 ... n - 1 and v_n = 1, the shares x_k =
/// v_k (1 - v_1) ... (1 - v_k-1) are Dirichlet(alpha_1, ..., alpha_n) (Sethuraman 1994, Statistica Sinica 4, 639-650;
/// Devroye 1986, Non-Uniform Random Variate Generation, p. 595). Each label but the last uses one coordinate.
package struct Dirichlet: Sendable {
  /// The parameters, one per label, in the labels' order.
  package let alpha: [Double]

  /// The shares with parameters that are all finite and positive.
  ///
  /// - Throws: `.outOfDomain` for any other parameter; `.impossible` for an empty list.
  package init(alpha: [Double]) throws(DistributionError) {
    guard !alpha.isEmpty else { throw .impossible("dirichlet needs at least one label") }
    for value in alpha where !Domain.positive.contains(value) {
      throw .outOfDomain(parameter: "alpha", value: value, domain: .positive)
    }
    self.alpha = alpha
  }

  /// The shares with mean shares and a concentration, the sum of the parameters.
  ///
  /// - Throws: `.weights` unless the mean shares are positive and sum to 1 within 1e-9; `.outOfDomain` for the
  ///   concentration.
  package init(shares: [Double], concentration: Double) throws(DistributionError) {
    guard Domain.positive.contains(concentration) else {
      throw .outOfDomain(parameter: "concentration", value: concentration, domain: .positive)
    }
    let means = try Weights.checked(shares, count: shares.count)
    guard means.allSatisfy({ $0 > 0 }) else { throw .weights(shares) }
    try self.init(alpha: means.map { $0 * concentration })
  }

  /// The distributions of v_1 ... v_n-1: the fraction that each label takes of the remainder left by the labels before
  /// it.
  package var sticks: [Beta] {
    var rest = 0.0
    var tails: [Double] = []
    for value in alpha.dropFirst().reversed() {
      rest += value
      tails.append(rest)
    }
    return zip(alpha, tails.reversed()).map { Beta(alpha: $0, beta: $1) }
  }

  /// The shares from the fractions: x_k = v_k (1 - v_1) ... (1 - v_k-1); the last label takes the remainder.
  package static func shares(ofParts parts: [Double]) -> [Double] {
    var left = 1.0
    var shares = parts.map { part in
      defer { left *= 1 - part }
      return left * part
    }
    shares.append(left)
    return shares
  }

  /// The largest factor by which parameters may be multiplied: a parameter, or the sum of those after one, is then the
  /// largest shape of a beta distribution. Infinite for one label, whose share is 1.
  package static func largestFactor(of parameters: [Double]) -> Double {
    var rest = 0.0
    var largest = 0.0
    for value in parameters.dropFirst().reversed() {
      rest += value
      largest = max(largest, value, rest)
    }
    guard parameters.count > 1, let first = parameters.first else { return .infinity }
    return StandardBeta.shapes.high / max(largest, first)
  }

  /// The mean shares, alpha_k / sum.
  package var means: [Double] {
    let sum = alpha.reduce(0, +)
    return alpha.map { $0 / sum }
  }
}

extension Dirichlet: CustomStringConvertible {
  /// `dirichlet(6, 4)`
  package var description: String { "dirichlet(\(alpha.map(DistributionText.number).joined(separator: ", ")))" }
}
