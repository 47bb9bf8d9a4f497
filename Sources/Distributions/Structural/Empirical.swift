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
      return try Discrete(
        outcomes: values, probabilities: [Double](repeating: 1 / Double(values.count), count: values.count))
    case .linear: return PiecewiseLinear(knots: values.sorted())
    case .kernel: return KernelSmoothed(values: values.sorted())
    }
  }
}
