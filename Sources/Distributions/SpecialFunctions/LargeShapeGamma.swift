import Foundation

/// The regularised incomplete gamma functions for shapes from 10,000, where series and continued fraction converge
/// slowly.
///
/// Temme's uniform expansion (1979, doi:10.1137/0510071; DLMF 8.12.3 to 8.12.11): with lambda = x / a, mu = lambda - 1
/// and eta^2 / 2 = mu - log(1 + mu), Q = erfc(eta sqrt(a / 2)) / 2 + S and P = erfc(-eta sqrt(a / 2)) / 2 - S, where
/// S = exp(-a eta^2 / 2) / sqrt(2 pi a) (c_0 + c_1 / a + c_2 / a^2 + ...). The next term is below 1e-15 of S.
enum LargeShapeGamma {
  /// P(a, x) and Q(a, x).
  static func tails(shape a: Double, _ x: Double) -> (lower: Double, upper: Double) {
    let mu = (x - a) / a
    let half = max(-logLessExcess(ratio: x / a, excess: mu), 0)
    // Beyond this a tail is below exp(-2000).
    guard half * a < 2000 else { return mu < 0 ? (0, 1) : (1, 0) }
    let eta = (mu < 0 ? -1 : 1) * (2 * half).squareRoot()
    let sum = polynomial(c0, eta) + (polynomial(c1, eta) + polynomial(c2, eta) / a) / a
    let remainder = exp(-a * half) / (2 * Double.pi * a).squareRoot() * sum
    let z = eta * (a / 2).squareRoot()
    let (lower, upper) = (0.5 * erfc(-z) - remainder, 0.5 * erfc(z) + remainder)
    return mu < 0 ? (max(lower, 0), 1 - lower) : (1 - upper, max(upper, 0))
  }

  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }

  // Taylor coefficients in eta, for |eta| up to sqrt(4000 / 10,000) = 0.63; radius of convergence 3.5. Made by
  // Tests/DistributionsTests/Reference/temme.py.
  private static let c0 = [
    -0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073, 0.0003527336860670194,
    -0.0001787551440329218, 3.919263178522438e-05, -2.185448510679992e-06, -1.85406221071516e-06,
    8.296711340953087e-07, -1.7665952736826078e-07, 6.707853543401498e-09, 1.0261809784240309e-08,
    -4.382036018453353e-09, 9.14769958223679e-10, -2.5514193994946248e-11, -5.830772132550426e-11,
    2.4361948020667415e-11,
  ]
  private static let c1 = [
    -0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596,
    0.00020576131687242798, -4.018775720164609e-07, -1.8098550334489977e-05, 7.64916091608111e-06,
    -1.6120900894563446e-06, 4.647127802807434e-09, 1.378633446915721e-07, -5.752545603517705e-08,
    1.1951628599778148e-08, -1.7543241719747647e-11,
  ]
  private static let c2 = [
    0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049, 2.0093878600823047e-06,
    -0.0001073665322636516, 5.2923448829120125e-05, -1.2760635188618728e-05, 3.423578734096138e-08,
    1.3721957309062934e-06, -6.298992138380055e-07, 1.4280614206064242e-07,
  ]
}
