import VectorMath

/// A copula of two coordinates with one parameter: how two probabilities depend on each other, whatever their
/// distributions.
///
/// It is symmetric: C(u, v) = C(v, u). A new one is one file in `Copulas/Families`, one alphabetical line in
/// `CopulaCatalogue` and a kernel of its conditional quantile function.
public protocol PairCopula: Sendable {
  /// The name as written after `copula:`.
  static var name: String { get }
  /// One line for a reader.
  static var summary: String { get }
  /// Author, year, equation or DOI.
  static var source: String { get }
  /// The Kendall correlations that it may be given: those of its parameters that a kernel computes to the last digits.
  static var kendalls: Domain { get }
  /// The kernel of its conditional quantile function.
  static var kernel: ConditionalQuantile.Copula { get }

  /// The copula of a parameter whose Kendall correlation lies in `kendalls`.
  init(theta: Double)
  /// The parameter.
  var theta: Double { get }
  /// Kendall's rank correlation.
  var kendall: Double { get }
  /// The limits of P(V <= t | U <= t) as t goes to 0, and of P(V > t | U > t) as t goes to 1.
  var tailDependence: (lower: Double, upper: Double) { get }
  /// P(U <= u, V <= v).
  func cdf(_ u: Double, _ v: Double) -> Double

  /// The parameter of a Kendall correlation in `kendalls`.
  static func theta(kendall: Double) -> Double
}

/// A pair copula turned over: quarter turns of the unit square, counted as in the literature on vines.
///
/// Turned by 90, (1 - U, V) has the copula, by 180 (1 - U, 1 - V), by 270 (U, 1 - V). Quarter turns make a correlation
/// negative, and a half turn exchanges the tails (Joe 2014, Dependence Modeling with Copulas, section 3.6).
public struct RotatedCopula: Sendable {
  /// The copula that is turned.
  public var base: any PairCopula
  /// The turn in degrees: 0, 90, 180 or 270.
  public var turn: Int

  /// The turns that there are.
  public static let turns = [0, 90, 180, 270]

  /// A copula turned by 0, 90, 180 or 270 degrees.
  public init(_ base: any PairCopula, turn: Int) {
    self.base = base
    self.turn = turn
  }

  /// Whether 1 - U takes the place of U.
  public var reflectsFirst: Bool { turn == 90 || turn == 180 }
  /// Whether 1 - V takes the place of V.
  public var reflectsSecond: Bool { turn == 180 || turn == 270 }

  /// Kendall's rank correlation.
  public var kendall: Double { reflectsFirst == reflectsSecond ? base.kendall : -base.kendall }

  /// The corners of the unit square where the two coordinates go together however far out one looks, and how often.
  public var tails: [(first: Tail, second: Tail, dependence: Double)] {
    let (lower, upper) = base.tailDependence
    func side(_ tail: Tail, _ reflected: Bool) -> Tail { reflected ? tail.opposite : tail }
    return [(Tail.low, lower), (Tail.high, upper)].filter { $0.1 > 0 }.map { tail, dependence in
      (side(tail, reflectsFirst), side(tail, reflectsSecond), dependence)
    }
  }

  /// An end of a coordinate.
  public enum Tail: String, Sendable {
    /// Towards 0.
    case low
    /// Towards 1.
    case high

    /// The other end.
    var opposite: Tail { self == .low ? .high : .low }
  }

  /// The quantile function of one coordinate given the other; the first given stays as it is.
  ///
  /// - Parameter keepsFirst: whether the second coordinate follows the first, or the first the second.
  public func conditionalQuantile(keepsFirst: Bool) -> ConditionalQuantile {
    ConditionalQuantile(
      type(of: base).kernel, theta: base.theta, reflectsGiven: keepsFirst ? reflectsFirst : reflectsSecond,
      reflectsOwn: keepsFirst ? reflectsSecond : reflectsFirst)
  }

  /// P(U <= u, V <= v).
  public func cdf(_ u: Double, _ v: Double) -> Double {
    switch (reflectsFirst, reflectsSecond) {
    case (false, false): base.cdf(u, v)
    case (true, false): v - base.cdf(1 - u, v)
    case (false, true): u - base.cdf(u, 1 - v)
    case (true, true): u + v - 1 + base.cdf(1 - u, 1 - v)
    }
  }
}
