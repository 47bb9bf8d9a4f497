import Foundation

/// The light tail of a skew-normal distribution: the probability below -z for the density 2 phi(x) Phi(a x), z > 0, a
/// >= 0.
///
/// It is (1 / pi) times the integral over the angles psi in 0 ... acot(a) of exp(-z^2 / (2 sin^2 psi)), and equals 2
/// (T(z, infinity) - T(z, a)) with Owen's T (Owen 1956, doi:10.1214/aoms/1177728074; Azzalini 1985). With c1 = z^2 a^2,
/// c2 = z^2 (1 + a^2) and the increase tau of the exponent as variable it becomes
///
///     exp(-c2 / 2) z / pi integral over tau > 0 of exp(-tau) / (sqrt(c1 + 2 tau) (c2 + 2 tau)),
///
/// All terms are positive, so the tail keeps its relative accuracy however small it is. In log(tau) the integrand is
/// analytic in a strip of half-width pi / 2, where the trapezoidal rule with steps of 1/4 has an error of exp(-4 pi^2).
enum OwenTail {
  /// The logarithm of the probability, also where the probability underflows.
  static func logProbability(below z: Double, _ a: Double) -> Double {
    let probability = probability(below: z, a)
    guard probability < 1e-290 else { return log(probability) }
    if z == .infinity { return -.infinity }
    if a == 0 { return StandardNormal.logCdf(-z) }
    let a = min(a, 1e100)
    let c1 = z * a * (z * a)
    return -0.5 * (c1 + z * z) + log(z * sum(c1, c1 + z * z) * (0.25 / Double.pi))
  }

  /// The probability, to about 16 ulp times 1 + c2.
  static func probability(below z: Double, _ a: Double) -> Double {
    if a == 0 { return StandardNormal.survival(z) }
    // Beyond 1e100 the distribution is half-normal to the last digit.
    let a = min(a, 1e100)
    let atZero = atan2(1, a) / Double.pi
    // The derivative at 0 is -phi(0); the next term is of the order of (a z)^2.
    if z * max(a, 1) < 1e-9 { return max(atZero - 0.398942280401432677939946059934 * z, 0) }
    let c1 = z * a * (z * a)
    let c2 = c1 + z * z
    guard c2 < 1490 else { return 0 }
    return tail(c2) * z * sum(c1, c2) * (0.25 / Double.pi)
  }

  /// The integral over log(tau) without its constant factors.
  private static func sum(_ c1: Double, _ c2: Double) -> Double {
    // Below its smallest scale the integrand times tau falls like tau, or like sqrt(tau) down to c1 if c1 is small.
    let decades = c1 > 0.01 * c2 ? 42.0 : 82
    let first = max(Int((log(min(1, c2)) - decades) * 4) + offset, 0)
    var sum = 0.0
    for node in nodes[first...] {
      let twice = 2 * node.tau
      sum += node.weight / ((c1 + twice).squareRoot() * (c2 + twice))
    }
    return sum
  }

  /// exp(-c / 2), where it is a normal number.
  private static func tail(_ c: Double) -> Double { exp(-0.5 * c) }

  private static let offset = 500

  /// tau = exp(s) for s in steps of 1/4 over -125 ... 3.75, and exp(-tau) tau.
  private static let nodes: [(tau: Double, weight: Double)] = (0...(offset + 15)).map { i in
    let tau = exp(Double(i - offset) / 4)
    return (tau, exp(-tau) * tau)
  }
}
