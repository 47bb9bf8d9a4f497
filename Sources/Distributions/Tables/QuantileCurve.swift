import Foundation
import VectorMath

/// A quantile function as piecewise polynomials in the logarithm of the tail probability, from which tables are
/// computed.
///
/// Each side of 1/2 is divided into segments of log2(t), t = min(u, 1 - u), from `deepestTail` to 1/2. A segment
/// interpolates the distribution's own quantile function at `order` Chebyshev points; it is halved until its last
/// coefficients are negligible relative to the derivative with respect to log t, that is, as an error in probability.
/// Quantile functions are smooth in log t over octaves, so that some 400 quantiles suffice for a table of 3,500 nodes.
/// Segments that are unresolved at 1/64 octave contain a jump, a kink or the edge of an atom, and are marked broken.
struct QuantileCurve {
  /// Chebyshev points per segment.
  static let order = 20
  /// The target error of a segment in probability, relative to t; rounding excluded.
  private static let tolerance = 1e-12
  /// Maximum number of quantile evaluations; segments unresolved by then are broken. 20,000 take about 20 ms.
  private static let budget = 20_000
  /// The end points of the initial segments as log2 of the tail: geometric at first, then four octaves each.
  private static let breaks: [Double] = [-1, -2, -3, -5, -8, -12, -16, -20, -24, -28]

  /// The smallest tail probability covered by curves and tables. One draw in 10^8 is beyond it and uses the
  /// distribution's scalar quantile: the remaining octaves would be half of the cost of building a table.
  static let deepestTail = 0x1p-28

  /// An interval of log2(t).
  struct Segment {
    var low: Double
    var high: Double
    /// Chebyshev coefficients over the interval; empty if it is broken.
    var coefficients: [Double]

    /// The value and its derivative with respect to the natural logarithm of t (Clenshaw's recurrence for both).
    func point(_ logTail: Double) -> (value: Double, slope: Double) {
      let x = (2 * logTail - low - high) / (high - low)
      var (b1, b2, d1, d2) = (0.0, 0.0, 0.0, 0.0)
      for c in coefficients.dropFirst().reversed() {
        let d = 2 * x * d1 - d2 + 2 * b1
        (d1, d2) = (d, d1)
        let b = 2 * x * b1 - b2 + c
        (b1, b2) = (b, b1)
      }
      let slope = x * d1 - d2 + b1
      return (x * b1 - b2 + (coefficients.first ?? .nan), slope * 2 / (high - low) * 1.4426950408889634)
    }

    /// The value alone.
    func value(_ logTail: Double) -> Double { values(SIMD8(repeating: logTail), low: low, high: high)[0] }

    /// The values alone; the ends are passed so that they are read once.
    @inline(__always)
    func values(_ logTails: SIMD8<Double>, low: Double, high: Double) -> SIMD8<Double> {
      let x = (2 * logTails - low - high) / (high - low)
      var (b1, b2) = (SIMD8<Double>(repeating: 0), SIMD8<Double>(repeating: 0))
      return coefficients.withUnsafeBufferPointer { coefficients in
        var k = coefficients.count - 1
        while k > 0 {
          (b1, b2) = (2 * x * b1 - b2 + coefficients[k], b1)
          k -= 1
        }
        return x * b1 - b2 + (coefficients.first ?? .nan)
      }
    }
  }

  /// The segments of the lower side, by descending tail.
  private(set) var lower: [Segment] = []
  /// The segments of the upper side, by descending tail.
  private(set) var upper: [Segment] = []
  /// The median.
  let median: Double
  /// The number of quantile evaluations.
  private(set) var evaluations = 1

  init(_ distribution: any Distribution) {
    median = distribution.quantile(0.5)
    var stack: [(Double, Double)] = []
    for isUpper in [false, true] {
      var segments: [Segment] = []
      stack = zip(Self.breaks, Self.breaks.dropFirst()).map { ($0.1, $0.0) }.reversed()
      while let (low, high) = stack.popLast() {
        var segment = Segment(low: low, high: high, coefficients: [])
        if evaluations < Self.budget {
          evaluations += Self.order
          let values = Self.nodes.map { node in
            let tail = exp2(0.5 * (low + high) + 0.5 * (high - low) * node)
            return isUpper ? distribution.quantile(survival: tail) : distribution.quantile(tail)
          }
          segment.coefficients = Self.coefficients(through: values)
          if !Self.isResolved(segment, values) {
            segment.coefficients = []
            if high - low > 1.0 / 64, values.allSatisfy(\.isFinite) {
              let middle = 0.5 * (low + high)
              stack.append((low, middle))
              stack.append((middle, high))
              continue
            }
          }
        }
        segments.append(segment)
      }
      if isUpper { upper = segments } else { lower = segments }
    }
  }

  /// Values at eight logarithms to base 2 of tail probabilities in `deepestTail` ... 1/2; NaN where the curve is broken.
  ///
  /// - Parameter place: the segment of a logarithm nearby, where the search begins; it becomes that of the last one.
  func values(at logTails: SIMD8<Double>, isUpper: Bool, near place: inout Int) -> SIMD8<Double> {
    let segments = isUpper ? upper : lower
    place = Self.place(of: logTails[0], in: segments, near: place)
    let (low, high) = (segments[place].low, segments[place].high)
    let isLast = place == segments.count - 1
    // A segment has all logarithms from its low end on that the one before does not have; the last one has the rest.
    if logTails.max() < (place == 0 ? .infinity : segments[place - 1].low), isLast || logTails.min() >= low {
      return segments[place].values(logTails, low: low, high: high)
    }
    var values = SIMD8<Double>()
    for k in 0..<8 {
      place = Self.place(of: logTails[k], in: segments, near: place)
      values[k] = segments[place].value(logTails[k])
    }
    return values
  }

  /// The value and its derivative with respect to the natural logarithm of the tail probability, from the logarithm to
  /// base 2 of one in `deepestTail` ... 1/2; NaN where the curve is broken.
  ///
  /// - Parameter place: as for `values`.
  func point(at logTail: Double, isUpper: Bool, near place: inout Int) -> (value: Double, slope: Double) {
    let segments = isUpper ? upper : lower
    place = Self.place(of: logTail, in: segments, near: place)
    return segments[place].point(logTail)
  }

  /// The first segment whose low end a logarithm is not below, or the last segment.
  private static func place(of logTail: Double, in segments: [Segment], near start: Int) -> Int {
    var place = min(max(start, 0), segments.count - 1)
    while place > 0, segments[place - 1].low <= logTail { place -= 1 }
    while place < segments.count - 1, segments[place].low > logTail { place += 1 }
    return place
  }

  /// Whether the last coefficients are negligible in probability, or within the rounding of the values.
  private static func isResolved(_ segment: Segment, _ values: [Double]) -> Bool {
    guard values.allSatisfy(\.isFinite) else { return false }
    let last = segment.coefficients.suffix(3).reduce(0) { max($0, $1.magnitude) }
    let size = values.reduce(0) { max($0, $1.magnitude) }
    if last <= 4 * Double.ulpOfOne * size { return true }
    var slope = Double.infinity
    for x in [-1.0, -0.5, 0, 0.5, 1] {
      let logTail = 0.5 * (segment.low + segment.high) + 0.5 * (segment.high - segment.low) * x
      slope = min(slope, segment.point(logTail).slope.magnitude)
    }
    return last <= tolerance * slope
  }

  /// The Chebyshev points of the first kind, ascending.
  private static let nodes: [Double] = (0..<order).map { -cos(Double(2 * $0 + 1) * .pi / Double(2 * order)) }

  /// T_k at the nodes, row by row, times 2 / order (1 / order for k = 0).
  private static let transform: [Double] = (0..<order).flatMap { k in
    (0..<order).map { j in
      // T_k(-x) = (-1)^k T_k(x)
      let sign = k.isMultiple(of: 2) ? 1.0 : -1.0
      let angle = Double((k * (2 * j + 1)) % (4 * order)) * .pi / Double(2 * order)
      return sign * cos(angle) * (k == 0 ? 1 : 2) / Double(order)
    }
  }

  private static func coefficients(through values: [Double]) -> [Double] {
    // Differences from one value, so that a constant is reproduced exactly.
    let base = values[order / 2]
    var coefficients = (0..<order).map { k in
      var sum = 0.0
      for j in 0..<order { sum += transform[k * order + j] * (values[j] - base) }
      return sum
    }
    coefficients[0] += base
    return coefficients
  }
}
