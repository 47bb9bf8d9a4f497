/// The distribution of observed values: `empirical("file.csv", column="x")`.
package enum Empirical {
  /// Interpolation between the observed values.
  package enum Shape: String, Sendable, CaseIterable {
    /// The observed values themselves, equally likely: the empirical distribution function.
    case step
    /// Linear interpolation between neighbouring values; the support ends at the smallest and the largest value.
    case linear
    /// A normal kernel around each value: smooth, and slightly beyond the values, but never beyond a bound.
    case kernel
  }

  /// Maximum number of values: the outcomes of steps and the points of linear interpolation are held in memory, and the
  /// table of a smoothed distribution needs some thousand sums over its values.
  package static func mostValues(_ shape: Shape) -> Int { shape == .kernel ? 10_000 : 1_000_000 }

  /// The distribution of values in any order; a constant if they are all equal.
  ///
  /// - Parameters:
  ///   - values: the observations.
  ///   - shape: the interpolation between them.
  ///   - low: the smallest possible value, at which kernels are reflected; minus infinity for none. By default 0 if no
  ///     value is negative, so that quantities that are positive by nature, such as powers and prices, stay positive.
  ///   - high: the largest possible value, likewise; infinity for none. By default 0 if no value is positive.
  /// - Throws: `.impossible` for no values or too many; `.outOfDomain` for one that is not finite or is outside the
  ///   bounds.
  package static func distribution(
    of values: [Double], shape: Shape = .step, low: Double? = nil, high: Double? = nil
  ) throws(DistributionError) -> any Distribution {
    guard let first = values.first else { throw .impossible("empirical needs at least one value") }
    guard values.count <= mostValues(shape) else {
      throw .impossible("empirical takes up to \(mostValues(shape)) values with shape=\(shape.rawValue)")
    }
    for value in values where !value.isFinite {
      throw .outOfDomain(parameter: "value", value: value, domain: .finite)
    }
    let bounds = Domain(low ?? -.infinity, high ?? .infinity)
    for value in values where !bounds.contains(value) {
      throw .outOfDomain(parameter: "value", value: value, domain: bounds)
    }
    if values.allSatisfy({ $0 == first }) { return Constant(first) }
    switch shape {
    case .step:
      let weights = [Double](repeating: 1 / Double(values.count), count: values.count)
      return Resampled(base: try Discrete(outcomes: values, probabilities: weights), values: values.sorted())
    case .linear: return PiecewiseLinear(knots: values.sorted())
    case .kernel:
      return kernel(
        values.sorted(), low: low ?? (values.allSatisfy { $0 >= 0 } ? 0 : -.infinity),
        high: high ?? (values.allSatisfy { $0 <= 0 } ? 0 : .infinity))
    }
  }

  /// The kernel-smoothed distribution of ascending values between bounds.
  private static func kernel(_ values: [Double], low: Double, high: Double) -> any Distribution {
    if low == -.infinity, high == .infinity { return KernelSmoothed(values: values) }
    let text = description(of: values, shape: .kernel, low: low, high: high)
    if low > -.infinity { return ReflectedKernel(values: values, low: low, high: high, description: text) }
    // With only an upper bound it is the mirror image.
    return Affine(
      ReflectedKernel(values: values.reversed().map { -$0 }, low: -high, high: .infinity, description: text), scale: -1)
  }

  /// An identifying text: a few values are listed; for many, the number, the ends and a digest (FNV-1a, 64 bits, of the
  /// sorted values).
  static func description(
    of values: [Double], shape: Shape, low: Double = -.infinity, high: Double = .infinity
  ) -> String {
    var tail = shape == .step ? "" : ", shape=\(shape.rawValue)"
    if low > -.infinity { tail += ", low=\(DistributionText.number(low))" }
    if high < .infinity { tail += ", high=\(DistributionText.number(high))" }
    if values.count <= 12 { return "empirical(\(values.map(DistributionText.number).joined(separator: ", "))\(tail))" }
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    for value in values {
      for shift in stride(from: 0, to: 64, by: 8) {
        digest = (digest ^ (value.bitPattern >> UInt64(shift) & 0xff)) &* 0x100_0000_01b3
      }
    }
    let ends = "\(DistributionText.number(values[0])) to \(DistributionText.number(values[values.count - 1]))"
    return "empirical(\(values.count) values from \(ends), digest \(String(digest, radix: 16))\(tail))"
  }
}

/// Observed values, all equally likely: a discrete distribution with a shorter description.
struct Resampled: Distribution {
  let base: Discrete
  let description: String

  init(base: Discrete, values: [Double]) {
    self.base = base
    description = Empirical.description(of: values, shape: .step)
  }

  func quantile(_ p: Double) -> Double { base.quantile(p) }
  func quantile(survival q: Double) -> Double { base.quantile(survival: q) }
  func cdf(_ x: Double) -> Double { base.cdf(x) }
  func survival(_ x: Double) -> Double { base.survival(x) }
  func density(_ x: Double) -> Double { base.density(x) }
  func probability(of x: Double) -> Double { base.density(x) }
  var mean: Double { base.mean }
  var sd: Double { base.sd }
  var support: ClosedRange<Double> { base.support }
  var atoms: [Double] { base.atoms }
  var quantileExpression: QuantileExpression { base.quantileExpression }
}
