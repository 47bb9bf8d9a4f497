import Foundation

/// The normal distribution with mean 0 and sd 1.
///
/// Accuracy, tested against mpmath: `quantile` 2 ulp for p from 1e-308; `cdf` and `survival` 4 ulp down to 1e-300, the
/// limit of the normal range of a double.
package enum StandardNormal {
  /// phi(z) = exp(-z^2 / 2) / sqrt(2 pi).
  ///
  /// The square is taken in two parts, so that the rounding of z^2, amplified by z^2 / 2, does not matter.
  package static func density(_ z: Double) -> Double {
    guard z.magnitude < 40 else { return z.isNaN ? .nan : 0 }
    let square = z * z
    let error = (-square).addingProduct(z, z)
    return 0.398942280401432677939946059934 * (exp(-0.5 * square) * (1 - 0.5 * error))
  }

  /// log phi(z) = -z^2 / 2 - log(2 pi) / 2.
  package static func logDensity(_ z: Double) -> Double { -0.5 * z * z - 0.918938533204672741780329736406 }

  /// log Phi(z). Below -37, where Phi underflows, it is -z^2 / 2 + log(exp(t^2) erfc(t) / 2) for t = -z / sqrt 2 (DLMF
  /// 7.2.3).
  static func logCdf(_ z: Double) -> Double {
    if z > 1 { return log1p(-survival(z)) }
    if z > -37 { return log(cdf(z)) }
    return -0.5 * z * z + log(0.5 * ScaledErrorFunction.value(-z * 0.707106781186547524400844362105))
  }

  /// Phi(z), the probability at or below z.
  package static func cdf(_ z: Double) -> Double { survival(-z) }

  /// 1 - Phi(z) = erfc(z / sqrt 2) / 2, relatively accurate in the upper tail.
  ///
  /// erfc amplifies the rounding of z / sqrt(2) by up to 2 z^2; the first-order correction removes it.
  package static func survival(_ z: Double) -> Double {
    let t = z * 0.707106781186547524400844362105
    let value = 0.5 * erfc(t)
    guard z > 1, value > 0 else { return value }
    // z / sqrt(2) - t, from the high and the low part of 1 / sqrt(2).
    let residual = (-t).addingProduct(z, 0.707106781186547524400844362105) + z * -4.833646656726457e-17
    // d/dt (erfc(t) / 2) = -exp(-t^2) / sqrt(pi)
    return value - residual * 0.564189583547756286948079451561 * exp(-t * t)
  }

  /// The quantile function: the z with Phi(z) = p; infinite at 0 and 1, NaN outside.
  ///
  /// Wichura's rational approximations (1988, Algorithm AS 241, PPND16, Applied Statistics 37, 477-484) and one Newton
  /// step. Below 0.5 - 0.425 the step uses Phi, above it the distance from the median.
  package static func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    let q = p - 0.5
    if q.magnitude <= 0.425 {
      let r = 0.180625 - q * q
      let start = q * ratio(r, central.numerator, central.denominator)
      let miss = 0.5 * erf(start * 0.707106781186547524400844362105) - q
      return start - miss / density(start)
    }
    let tail = min(p, 1 - p)
    let r = (-log(tail)).squareRoot()
    let start =
      r <= 5
      ? ratio(r - 1.6, intermediate.numerator, intermediate.denominator)
      : ratio(r - 5, far.numerator, far.denominator)
    let slope = density(start)
    let z = slope > 0 ? start + (survival(start) - tail) / slope : start
    return q < 0 ? -z : z
  }

  private typealias RationalFunction = (numerator: [Double], denominator: [Double])

  /// AS 241, coefficients a and b: |p - 0.5| <= 0.425, in 0.425^2 - q^2.
  private static let central: RationalFunction = (
    [
      3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
      4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
    ],
    [
      1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3, 2.1213794301586595867e+4,
      3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
    ]
  )
  /// AS 241, coefficients c and d: sqrt(-log tail) <= 5, minus 1.6.
  private static let intermediate: RationalFunction = (
    [
      1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
      1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ],
    [
      1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
      1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ]
  )
  /// AS 241, coefficients e and f: sqrt(-log tail) > 5, minus 5.
  private static let far: RationalFunction = (
    [
      6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
      2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ],
    [
      1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
      1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ]
  )

  private static func ratio(_ x: Double, _ numerator: [Double], _ denominator: [Double]) -> Double {
    var above = 0.0
    var below = 0.0
    for i in stride(from: 7, through: 0, by: -1) {
      above = above * x + numerator[i]
      below = below * x + denominator[i]
    }
    return above / below
  }
}
