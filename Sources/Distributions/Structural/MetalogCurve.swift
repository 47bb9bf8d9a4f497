import Foundation

/// The curve A(c) + B(c) log(u / v), c = u - 1/2, through given points: the transformed quantile function of a metalog.
struct MetalogCurve: Sendable {
  /// The coefficients of A and B, lowest power first.
  private let a: [Double]
  private let b: [Double]
  /// Decreases smaller than this are attributed to rounding.
  private let resolution: Double

  /// The curve with one term per point, in Keelin's order (2016, equation 6): 1; log; c log; c; c^2; c^2 log; ...
  ///
  /// The linear equations are solved by Gaussian elimination with row exchanges, for values relative to their middle,
  /// so that a narrow distribution far from 0 keeps its digits.
  init(through points: [QuantilePoint]) {
    let count = points.count
    let middle = points[count / 2].value
    var rows = points.map { point in
      let c = point.probability - 0.5
      let logit = log(point.probability / (1 - point.probability))
      return (1...count).map { Self.power(c, Self.place($0).degree) * (Self.place($0).isLogarithmic ? logit : 1) }
        + [point.value - middle]
    }
    for i in 0..<count {
      let pivot = (i..<count).max { rows[$0][i].magnitude < rows[$1][i].magnitude } ?? i
      rows.swapAt(i, pivot)
      for k in 0..<count where k != i {
        let factor = rows[k][i] / rows[i][i]
        for j in i...count { rows[k][j] -= factor * rows[i][j] }
      }
    }
    var (a, b) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    for i in 0..<count {
      let place = Self.place(i + 1)
      let coefficient = rows[i][count] / rows[i][i]
      if place.isLogarithmic { b[place.degree] = coefficient } else { a[place.degree] = coefficient }
    }
    a[0] += middle
    func shortened(_ list: [Double]) -> [Double] {
      var list = list
      while list.count > 1, list.last == 0 { list.removeLast() }
      return list
    }
    self.a = shortened(a)
    self.b = shortened(b)
    resolution = 1e-13 * (points[count - 1].value - points[0].value)
  }

  /// The curve's value at u = 1/2, where c and the logarithm are 0.
  var median: Double { a[0] }

  /// The curve shifted to pass through 0 at u = 1/2.
  var fromMedian: MetalogCurve {
    var a = a
    a[0] = 0
    return MetalogCurve(a: a, b: b, resolution: resolution)
  }

  private init(a: [Double], b: [Double], resolution: Double) {
    self.a = a
    self.b = b
    self.resolution = resolution
  }

  private static func place(_ term: Int) -> (isLogarithmic: Bool, degree: Int) {
    switch term {
    case 1: (false, 0)
    case 2: (true, 0)
    case 3: (true, 1)
    case 4: (false, 1)
    default: term.isMultiple(of: 2) ? (true, term / 2 - 1) : (false, (term - 1) / 2)
    }
  }

  private static func power(_ x: Double, _ n: Int) -> Double { (0..<n).reduce(1) { product, _ in product * x } }

  /// The value and the derivative of a polynomial.
  private static func polynomial(_ coefficients: [Double], _ c: Double) -> (value: Double, slope: Double) {
    var (value, slope) = (0.0, 0.0)
    for coefficient in coefficients.reversed() {
      slope = slope * c + value
      value = value * c + coefficient
    }
    return (value, slope)
  }

  /// u - 1/2, from the more accurate of u and its complement v.
  private static func centred(_ u: Double, _ v: Double) -> Double { u < v ? u - 0.5 : 0.5 - v }

  /// The curve at u with complement v.
  func value(_ u: Double, _ v: Double) -> Double {
    let c = Self.centred(u, v)
    return Self.polynomial(a, c).value + Self.polynomial(b, c).value * log(u / v)
  }

  /// The derivative with respect to log(u / v).
  func slope(_ u: Double, _ v: Double) -> Double {
    let c = Self.centred(u, v)
    let b = Self.polynomial(b, c)
    return b.value + (Self.polynomial(a, c).slope + log(u / v) * b.slope) * (u * v)
  }

  /// B at both ends: the slopes of the far tails.
  var ends: (lower: Double, upper: Double) {
    (Self.polynomial(b, -0.5).value, Self.polynomial(b, 0.5).value)
  }

  /// The probabilities between which the curve decreases; nil for an increasing curve.
  ///
  /// The slope is evaluated at log(u / v) from -40 to 40 in steps of 1/64, and between the neighbours of its local
  /// minima. Beyond that range it is the slope of the ends.
  var fall: ClosedRange<Double>? {
    func slope(_ w: Double) -> Double { self.slope(1 / (1 + exp(-w)), 1 / (1 + exp(w))) }
    let step = 1.0 / 64
    let places = (-2560...2560).map { Double($0) * step }
    let slopes = places.map(slope)
    var falling = places.indices.filter { !(slopes[$0] >= -resolution) }.map { places[$0] }
    if falling.isEmpty {
      // A dip between two steps: golden-section search around every local minimum of the slope.
      for i in places.indices.dropFirst().dropLast() where slopes[i] <= slopes[i - 1] && slopes[i] <= slopes[i + 1] {
        var (low, high) = (places[i - 1], places[i + 1])
        for _ in 0..<40 {
          let (left, right) = (high - 0.6180339887498949 * (high - low), low + 0.6180339887498949 * (high - low))
          if slope(left) < slope(right) { high = right } else { low = left }
        }
        if slope(low) < -resolution { falling.append(low) }
      }
    }
    guard let first = falling.min(), let last = falling.max() else { return nil }
    return (1 / (1 + exp(-first)))...(1 / (1 + exp(-last)))
  }

  /// The curve as an expression.
  var quantileExpression: QuantileExpression {
    func polynomial(_ coefficients: [Double]) -> QuantileExpression {
      let c = QuantileExpression.probability - 0.5
      return coefficients.dropLast().reversed().reduce(.constant(coefficients.last ?? 0)) { .constant($1) + c * $0 }
    }
    return polynomial(a) + polynomial(b) * .log(.probability / .complement)
  }
}
