/// The law of observed values: `empirical("file.csv", column="x")`.
package enum Empirical {
  /// What is made of the values between which nothing was observed.
  package enum Shape: String, Sendable, CaseIterable {
    /// Each value again, all equally likely: the observed distribution function itself.
    case step
    /// Straight lines between neighbours: nothing beyond the least and the greatest value.
    case linear
    /// A normal law around each value: smooth, and a little beyond.
    case kernel
  }

  /// How many values a law may be made of: the outcomes of steps and the knots of lines are held in memory, and a
  /// table of a smoothed law asks for some thousand sums over its values.
  package static func mostValues(_ shape: Shape) -> Int { shape == .kernel ? 10_000 : 1_000_000 }

  /// The law of values in any order; of a single one, or equal ones, the constant.
  ///
  /// - Throws: `.impossible` for no values or too many; `.outOfDomain` for one that is not finite.
  package static func law(of values: [Double], shape: Shape = .step) throws(LawError) -> any Law {
    guard let first = values.first else { throw .impossible("empirical needs at least one value") }
    guard values.count <= mostValues(shape) else {
      throw .impossible("empirical takes up to \(mostValues(shape)) values with shape=\(shape.rawValue)")
    }
    for value in values where !value.isFinite {
      throw .outOfDomain(parameter: "value", value: value, domain: .finite)
    }
    if values.allSatisfy({ $0 == first }) { return Constant(first) }
    switch shape {
    case .step:
      let weights = [Double](repeating: 1 / Double(values.count), count: values.count)
      return Resampled(base: try Discrete(outcomes: values, probabilities: weights), values: values.sorted())
    case .linear: return PiecewiseLinear(knots: values.sorted())
    case .kernel: return KernelSmoothed(values: values.sorted())
    }
  }
  /// The law as text that tells it from others: a few values themselves, of many the number, the ends and a digest
  /// (FNV-1a, 64 bits, of the ordered values).
  static func description(of values: [Double], shape: Shape) -> String {
    let tail = shape == .step ? "" : ", shape=\(shape.rawValue)"
    if values.count <= 12 { return "empirical(\(values.map(LawText.number).joined(separator: ", "))\(tail))" }
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    for value in values {
      for shift in stride(from: 0, to: 64, by: 8) {
        digest = (digest ^ (value.bitPattern >> UInt64(shift) & 0xff)) &* 0x100_0000_01b3
      }
    }
    let ends = "\(LawText.number(values[0])) to \(LawText.number(values[values.count - 1]))"
    return "empirical(\(values.count) values from \(ends), digest \(String(digest, radix: 16))\(tail))"
  }
}

/// Observed values, all equally likely: a discrete law with a shorter name.
struct Resampled: Law {
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
  var form: QuantileForm { base.form }
}
