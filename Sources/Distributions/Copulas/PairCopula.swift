import VectorMath

/// A one-parameter copula C(u, v) = P(U <= u, V <= v): the dependence of two coordinates, independent of their marginal
/// distributions.
///
/// It is symmetric: C(u, v) = C(v, u). A new one is one file in `Copulas/Families`, one line in alphabetical order in
/// `CopulaCatalogue`, and a kernel for its conditional quantile function.
package protocol PairCopula: Sendable {
  /// The name, written after `copula:`.
  static var name: String { get }
  /// A one-line description.
  static var summary: String { get }
  /// Author, year, equation or DOI.
  static var source: String { get }
  /// The allowed values of Kendall's tau: those for which a kernel is accurate to the last digits.
  static var kendalls: Domain { get }
  /// The kernel of its conditional quantile function.
  static var kernel: ConditionalQuantile.Copula { get }

  /// The copula with a parameter whose Kendall's tau is in `kendalls`.
  init(theta: Double)
  /// The parameter.
  var theta: Double { get }
  /// Kendall's tau.
  var kendall: Double { get }
  /// The limits of P(V <= t | U <= t) as t goes to 0, and of P(V > t | U > t) as t goes to 1.
  var tailDependence: (lower: Double, upper: Double) { get }
  /// P(U <= u, V <= v).
  func cdf(_ u: Double, _ v: Double) -> Double

  /// The parameter for a value of Kendall's tau in `kendalls`.
  static func theta(kendall: Double) -> Double
}

/// A rotated pair copula: quarter turns of the unit square, numbered as in the literature on vine copulas.
///
/// Rotated by 90, (1 - U, V) has the base copula; by 180, (1 - U, 1 - V); by 270, (U, 1 - V). Quarter turns make the
/// dependence negative, and a half turn exchanges the tails (Joe 2014, Dependence Modeling with Copulas, section 3.6).
package struct RotatedCopula: Sendable {
  /// The copula that is rotated.
  package var base: any PairCopula
  /// The rotation in degrees: 0, 90, 180 or 270.
  package var turn: Int

  /// The possible rotations.
  package static let turns = [0, 90, 180, 270]

  /// A copula rotated by 0, 90, 180 or 270 degrees.
  package init(_ base: any PairCopula, turn: Int) {
    self.base = base
    self.turn = turn
  }

  /// Whether U is replaced by 1 - U.
  package var reflectsFirst: Bool { turn == 90 || turn == 180 }
  /// Whether V is replaced by 1 - V.
  package var reflectsSecond: Bool { turn == 180 || turn == 270 }

  /// Kendall's tau.
  package var kendall: Double { reflectsFirst == reflectsSecond ? base.kendall : -base.kendall }

  /// The corners of the unit square with tail dependence, and its coefficient.
  package var tails: [(first: Tail, second: Tail, dependence: Double)] {
    let (lower, upper) = base.tailDependence
    func side(_ tail: Tail, _ reflected: Bool) -> Tail { reflected ? tail.opposite : tail }
    return [(Tail.low, lower), (Tail.high, upper)].filter { $0.1 > 0 }.map { tail, dependence in
      (side(tail, reflectsFirst), side(tail, reflectsSecond), dependence)
    }
  }

  /// An end of a coordinate.
  package enum Tail: String, Sendable {
    /// Towards 0.
    case low
    /// Towards 1.
    case high

    /// The other end.
    var opposite: Tail { self == .low ? .high : .low }
  }

  /// The quantile function of one coordinate conditional on the other, which stays unchanged.
  ///
  /// - Parameter keepsFirst: whether the first coordinate is the given one; otherwise it is the second.
  package func conditionalQuantile(keepsFirst: Bool) -> ConditionalQuantile {
    ConditionalQuantile(
      type(of: base).kernel, theta: base.theta, reflectsGiven: keepsFirst ? reflectsFirst : reflectsSecond,
      reflectsOwn: keepsFirst ? reflectsSecond : reflectsFirst)
  }

  /// P(U <= u, V <= v).
  package func cdf(_ u: Double, _ v: Double) -> Double {
    switch (reflectsFirst, reflectsSecond) {
    case (false, false): base.cdf(u, v)
    case (true, false): v - base.cdf(1 - u, v)
    case (false, true): u - base.cdf(u, 1 - v)
    case (true, true): u + v - 1 + base.cdf(1 - u, 1 - v)
    }
  }
}
