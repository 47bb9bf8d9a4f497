import VectorMath

/// The exact size of a unit: a product of prime powers, 2^4 * 3^2 * 5^2 for the 3600 s of an hour.
///
/// Every unit in the table is a ratio of integers, and roots of units are possible too. Prime factors represent all of
/// these without rounding, so that a conversion factor is rounded once, however long the unit, and 1 TWh / 1 GWh is
/// exactly 1000.
struct ExactScale: Hashable, Sendable {
  private let primes: Powers<Int>

  private init(_ primes: Powers<Int>) { self.primes = primes }

  static let one = ExactScale(Powers())

  /// `numerator / denominator`, both above 0, for the table of units.
  init(_ numerator: Int, _ denominator: Int = 1) {
    var exponents: [Int: Rational] = [:]
    for (number, sign) in [(numerator, 1), (denominator, -1)] {
      precondition(number > 0)
      var (rest, prime) = (number, 2)
      while rest > 1 {
        if prime * prime > rest { prime = rest }
        var count = 0
        while rest % prime == 0 { (rest, count) = (rest / prime, count + 1) }
        if count > 0 {
          let before = exponents[prime, default: .zero].numerator
          exponents[prime] = Rational(before + sign * count)
        }
        prime += 1
      }
    }
    primes = Powers(exponents)
  }

  /// 10^exponent, for prefixes.
  static func powerOfTen(_ exponent: Rational) -> ExactScale { ExactScale(Powers([2: exponent, 5: exponent])) }

  static func * (a: ExactScale, b: ExactScale) throws(ExponentOverflow) -> ExactScale {
    ExactScale(try a.primes * b.primes)
  }

  func raised(to power: Rational) throws(ExponentOverflow) -> ExactScale {
    ExactScale(try primes.raised(to: power))
  }

  var reciprocal: ExactScale { ExactScale(primes.reciprocal) }

  /// The primes with their exponents if these are all integers, so that the size is a ratio of integers; otherwise nil.
  var wholeFactors: [(prime: Int, count: Int)]? {
    guard primes.factors.allSatisfy({ $0.exponent.denominator == 1 }) else { return nil }
    return primes.factors.map { ($0.base, $0.exponent.numerator) }
  }

  /// The nearest floating-point number; infinite or NaN if it is far out of range.
  var value: Double { split.high }

  /// The size as an unevaluated sum of two floating-point numbers, the first of which is the nearest one.
  ///
  /// With integer exponents, the odd parts of numerator and denominator are multiplied in double-double arithmetic
  /// (Dekker 1971, doi:10.1007/BF01397083), which is exact below 2^106, and divided with one correction; the factor 2^n
  /// is exact. The fractional part of an exponent, as in 2^(1/2), is computed by `pow`, whose error is a few units in
  /// the last place.
  var split: (high: Double, low: Double) {
    var (above, below) = (DoubleDouble(1), DoubleDouble(1))
    var binary = 0
    var roots = 1.0
    for factor in primes.factors {
      let (prime, exponent) = (factor.base, factor.exponent)
      let fraction = (exponent.numerator % exponent.denominator + exponent.denominator) % exponent.denominator
      let whole = (exponent.numerator - fraction) / exponent.denominator
      if fraction != 0 { roots *= PortableMath.pow(Double(prime), Double(fraction) / Double(exponent.denominator)) }
      // The range of Double ends at 2^1024, which is before the 1100th power of any prime.
      guard whole.magnitude < 1100 else { return (.infinity, 0) }
      if prime == 2 {
        binary = whole
      } else if whole > 0 {
        for _ in 0..<whole { above = above * DoubleDouble(Double(prime)) }
      } else {
        for _ in 0..<(-whole) { below = below * DoubleDouble(Double(prime)) }
      }
    }
    let quotient = above / below
    func scaled(_ part: Double) -> Double { Double(sign: .plus, exponent: binary, significand: part) }
    // A second number could not correct the error of `pow`.
    if roots != 1 { return (scaled(quotient.high * roots), 0) }
    return (scaled(quotient.high), quotient.low < 0 ? -scaled(-quotient.low) : scaled(quotient.low))
  }
}
