import CBlockKernels

/// The conditional quantile function of a pair copula: the v with P(V <= v | U = u) = w.
package struct ConditionalQuantile: Sendable, Hashable {
  /// The copulas that have a kernel, given by C(u, v).
  package enum Copula: UInt32, Sendable, Hashable, CaseIterable {
    // The order is that of `lc_copula`.
    /// (u^-theta + v^-theta - 1)^(-1 / theta), theta > 0
    case clayton
    /// -log(1 + (exp(-theta u) - 1) (exp(-theta v) - 1) / (exp(-theta) - 1)) / theta, theta > 0
    case frank
    /// exp(-((-log u)^theta + (-log v)^theta)^(1 / theta)), theta > 1
    case gumbel
  }

  /// The copula.
  package var copula: Copula
  /// Its parameter.
  package var theta: Double
  /// Whether U is replaced by 1 - U.
  package var reflectsGiven: Bool
  /// Whether V is replaced by 1 - V.
  package var reflectsOwn: Bool

  /// A copula with a parameter, optionally reflected.
  package init(_ copula: Copula, theta: Double, reflectsGiven: Bool = false, reflectsOwn: Bool = false) {
    self.copula = copula
    self.theta = theta
    self.reflectsGiven = reflectsGiven
    self.reflectsOwn = reflectsOwn
  }

  /// The v with P(V <= v | U = u) = w.
  package func value(given u: Double, at w: Double) -> Double {
    var out = 0.0
    withUnsafePointer(to: u) { u in
      withUnsafePointer(to: w) { w in Columns.conditionalQuantile(self, given: u, at: w, into: &out, count: 1) }
    }
    return out
  }
}

extension Columns {
  /// out = the v with P(V <= v | U = u) = w, increasing in w; independent uniform u and w give the pair (u, v).
  ///
  /// The error is within 1e-12 of v, and of 1 - v where the own coordinate is reflected, unless theta is within 1e-3 of
  /// independence. Results are clamped to 2^-53 ... 1 - 2^-53, and NaN where u or w is NaN.
  package static func conditionalQuantile(
    _ quantile: ConditionalQuantile, given u: Column, at w: Column, into out: MutableColumn, count: Int
  ) {
    lc_conditional_quantile(
      lc_copula(quantile.copula.rawValue), quantile.theta, quantile.reflectsGiven ? 1 : 0,
      quantile.reflectsOwn ? 1 : 0, u, w, out, count)
  }
}
