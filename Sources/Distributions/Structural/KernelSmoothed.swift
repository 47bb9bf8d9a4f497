/// Density: the mean over the n observed values v of phi((x - v) / h) / h, with the bandwidth h.
///
/// h is Silverman's 0.9 min(sd, interquartile range / 1.34) n^(-1/5) (1986, Density Estimation, equation 3.31), which
/// suits a density with one peak.
struct KernelSmoothed: Distribution {
  /// The values, ascending; at least two are different.
  let values: [Double]
  /// The bandwidth: the sd of the normal distribution around each value.
  let bandwidth: Double
  let mean: Double
  let sd: Double

  init(values: [Double]) {
    self.values = values
    let count = Double(values.count)
    let middle = values[values.count / 2]
    let mean = middle + values.reduce(0) { $0 + ($1 - middle) } / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    bandwidth = Self.bandwidth(of: values, variance: variance)
    self.mean = mean
    sd = (variance + bandwidth * bandwidth).squareRoot()
  }

  /// Silverman's bandwidth for ascending values.
  static func bandwidth(of values: [Double]) -> Double {
    let count = Double(values.count)
    let middle = values[values.count / 2]
    let mean = middle + values.reduce(0) { $0 + ($1 - middle) } / count
    return bandwidth(of: values, variance: values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count)
  }

  private static func bandwidth(of values: [Double], variance: Double) -> Double {
    let count = Double(values.count)
    let lines = PiecewiseLinear(knots: values)
    let quartiles = lines.quantile(survival: 0.25) - lines.quantile(0.25)
    let observed = (variance * count / (count - 1)).squareRoot()
    let spread = quartiles > 0 ? min(observed, quartiles / 1.34) : observed
    // n^(-1/5) without a library function: the fifth root by Newton steps from above.
    return 0.9 * spread / fifthRoot(count)
  }

  private static func fifthRoot(_ x: Double) -> Double {
    var root = max(x, 1)
    for _ in 0..<200 {
      let fourth = root * root * root * root
      let next = root - (root - x / fourth) / 5
      if next >= root { break }
      root = next
    }
    return root
  }

  /// The mean over the values of their kernels' tail probabilities at x. A value more than 39 bandwidths away on one
  /// side contributes 0, more than 9 on the other side 1.
  private func average(_ x: Double, upper: Bool) -> Double {
    var sum = 0.0
    for value in values {
      let z = (x - value) / bandwidth
      let tail = upper ? z : -z
      if tail > 39 { continue }
      sum += tail < -9 ? 1 : StandardNormal.survival(tail)
    }
    return sum / Double(values.count)
  }

  func cdf(_ x: Double) -> Double { x.isNaN ? .nan : average(x, upper: false) }
  func survival(_ x: Double) -> Double { x.isNaN ? .nan : average(x, upper: true) }
  func density(_ x: Double) -> Double {
    let sum = values.reduce(0) { $0 + StandardNormal.density((x - $1) / bandwidth) }
    return sum / (Double(values.count) * bandwidth)
  }

  func quantile(_ p: Double) -> Double { quantile(p, 1 - p) }
  func quantile(survival q: Double) -> Double { quantile(1 - q, q) }

  /// Newton steps on the logarithm of the smaller tail, starting from the quantile of the interpolated values or,
  /// beyond them, of the outermost kernel.
  private func quantile(_ p: Double, _ q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    if p == 0 { return -.infinity }
    if q == 0 { return .infinity }
    let line: ClosedRange<Double> = -.infinity ... .infinity
    let lines = PiecewiseLinear(knots: values)
    let count = Double(values.count)
    if p <= q {
      let start =
        p * count < 1 ? values[0] + bandwidth * StandardNormal.quantile(p * count) : lines.quantile(p)
      return QuantileSearch.root(of: p, start: start, in: line) { x in (average(x, upper: false), density(x)) }
    }
    let start =
      q * count < 1
      ? values[values.count - 1] - bandwidth * StandardNormal.quantile(q * count) : lines.quantile(survival: q)
    return QuantileSearch.root(of: q, upper: true, start: start, in: line) { x in (average(x, upper: true), density(x))
    }
  }

  var support: ClosedRange<Double> { -.infinity ... .infinity }
  var description: String { Empirical.description(of: values, shape: .kernel) }
}
