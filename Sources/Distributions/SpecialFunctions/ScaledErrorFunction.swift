import Foundation

/// The scaled complementary error function exp(x^2) erfc(x).
enum ScaledErrorFunction {
  /// The value for x >= 0, within a few ulp.
  ///
  /// Below 25 the product, corrected for the rounding of x^2; above, the asymptotic series (DLMF 7.12.1), whose ninth
  /// term is below 1e-17.
  static func value(_ x: Double) -> Double {
    if x < 25 {
      let square = x * x
      let error = (-square).addingProduct(x, x)
      return exp(square) * (1 + error) * erfc(x)
    }
    let half = 0.5 / x / x
    var term = 1.0
    var sum = 1.0
    for n in 1...8 {
      term *= -Double(2 * n - 1) * half
      sum += term
    }
    return sum * 0.564189583547756286948079451561 / x  // 1 / sqrt(pi)
  }

  /// value(x) - value(x + h) for x >= 0 and h > 0, also where the two nearly agree.
  ///
  /// Where they cancel, it is 2 / sqrt(pi) times the integral over t > 0 of exp(-t^2 - 2 x t) (1 - exp(-2 h t)), a
  /// positive integrand, by the double exponential rule t = exp(s - exp(-s)) (Takahasi & Mori 1974, Publ. RIMS 9,
  /// 721-741) in units of the integrand's width.
  static func drop(_ x: Double, _ h: Double) -> Double {
    let (first, second) = (value(x), value(x + h))
    if first > 4 * second { return first - second }
    guard h > 0 else { return 0 }
    let width = 1 / (x + 1)
    var sum = 0.0
    for node in nodes {
      let t = width * node.t
      sum += node.weight * exp(-t * (t + 2 * x)) * -expm1(-2 * h * t)
    }
    return 1.1283791670955125739 * width * sum  // 2 / sqrt(pi)
  }

  /// Steps of 1/16 over -3.75 ... 4.25, where integrands that fall like exp(-t) and vanish at 0 are below 1e-18.
  private static let nodes: [(t: Double, weight: Double)] = (-60...68).map { i in
    let s = Double(i) / 16
    let t = exp(s - exp(-s))
    return (t, t * (1 + exp(-s)) / 16)
  }
}
