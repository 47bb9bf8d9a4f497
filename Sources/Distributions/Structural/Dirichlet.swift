/// Shares of labels that sum to one, built by breaking a stick.
///
/// With independent v_k ~ beta(alpha_k, alpha_k+1 + ... + alpha_n) for k = 1 ... n - 1 and v_n = 1, the shares
/// x_k = v_k (1 - v_1) ... (1 - v_k-1) are Dirichlet(alpha_1, ..., alpha_n) (Sethuraman 1994, Statistica Sinica 4,
/// 639-650; Devroye 1986, Non-Uniform Random Variate Generation, p. 595). A coordinate serves a label, but the last.
package struct Dirichlet: Sendable {
  /// The parameters, one a label, in the labels' order.
  package let alpha: [Double]

  /// The shares for parameters that are all finite and positive.
  ///
  /// - Throws: `.outOfDomain` for a parameter that is not; `.impossible` for no parameters.
  package init(alpha: [Double]) throws(DistributionError) {
    guard !alpha.isEmpty else { throw .impossible("dirichlet needs at least one label") }
    for value in alpha where !Domain.positive.contains(value) {
      throw .outOfDomain(parameter: "alpha", value: value, domain: .positive)
    }
    self.alpha = alpha
  }

  /// The shares for mean shares and a concentration, the sum of the parameters.
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

  /// The distributions of v_1 ... v_n-1, the part that each label takes of what the labels before it have left.
  package var sticks: [Beta] {
    var rest = 0.0
    var tails: [Double] = []
    for value in alpha.dropFirst().reversed() {
      rest += value
      tails.append(rest)
    }
    return zip(alpha, tails.reversed()).map { Beta(alpha: $0, beta: $1) }
  }

  /// The shares that broken parts make: x_k = v_k (1 - v_1) ... (1 - v_k-1), the last label taking what is left.
  package static func shares(ofParts parts: [Double]) -> [Double] {
    var left = 1.0
    var shares = parts.map { part in
      defer { left *= 1 - part }
      return left * part
    }
    shares.append(left)
    return shares
  }

  /// How far parameters in this proportion may be multiplied: until one of them, or the sum of all behind it, is the
  /// largest shape of a beta distribution; infinite for one label, whose share is 1.
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
