import VectorMath

/// Density 2 (x - low) / ((high - low)(mode - low)) up to the mode and 2 (high - x) / ((high - low)(high - mode)) above
/// it: an estimate by minimum, mode and maximum.
package struct Triangular: ContinuousDistribution {
  package static let name = "triangular"
  package static let summary = "low, mode and high: the density rises linearly to the mode, then falls linearly"
  package static let source = "quantile in closed form; Johnson, Kotz & Balakrishnan 1995, vol. 2, section 26.9"
  package static let parameterisations = [
    Parameterisation(
      [Parameter("low", .location), Parameter("mode", .location), Parameter("high", .location)],
      orders: [.ascendingOrEqual(["low", "mode", "high"])])
  ]

  /// The smallest value.
  package let low: Double
  /// The most likely value.
  package let mode: Double
  /// The largest value.
  package let high: Double

  package init(checked arguments: [Double]) {
    low = arguments[0]
    mode = arguments[1]
    high = arguments[2]
  }

  package var arguments: [Double] { [low, mode, high] }

  package static func quantileExpression(of a: [QuantileExpression]) -> QuantileExpression? {
    let width = a[2] - a[0]
    let left = a[1] - a[0]
    guard let square = (width * width).constantValue, square > 1e-280, square < 1e280 else {
      return relativeForm(of: a)
    }
    // Both sides share one square root, the most expensive operation here; its argument is chosen first. If no value on
    // the right is much smaller than the maximum, high - s' with the root s' keeps its digits.
    if case .constant(let mode) = a[1], case .constant(let high) = a[2], (mode > 0 && high <= 4 * mode) || high <= 0 {
      let root = QuantileExpression.squareRoot(
        .choose(
          .probability, lessThan: left / width, then: .probability * (width * left),
          otherwise: .complement * (width * (a[2] - a[1]))))
      return .choose(.probability, lessThan: left / width, then: a[0] + root, otherwise: a[2] - root)
    }
    // On the right, with s = sqrt((1 - u) width / right), high - right s = mode + right (1 - s^2) / (1 + s), which
    // keeps its digits near a mode of 0, where high - right s would cancel.
    let root = QuantileExpression.squareRoot(
      .choose(
        .probability, lessThan: left / width, then: .probability * (width * left),
        otherwise: .complement * (width / (a[2] - a[1]))))
    return .choose(
      .probability, lessThan: left / width, then: a[0] + root,
      otherwise: a[1] + (.probability * width - left) / (1 + root))
  }

  /// The same in units of the width, whose square may overflow or underflow: one more multiplication.
  private static func relativeForm(of a: [QuantileExpression]) -> QuantileExpression {
    let width = a[2] - a[0]
    let left = a[1] - a[0]
    let root = QuantileExpression.squareRoot(
      .choose(
        .probability, lessThan: left / width, then: .probability * (left / width),
        otherwise: .complement * (width / (a[2] - a[1]))))
    return .choose(
      .probability, lessThan: left / width, then: a[0] + width * root,
      otherwise: a[1] + (.probability * width - left) / (1 + root))
  }

  package func cdf(_ x: Double) -> Double {
    if x <= low { return 0 }
    if x >= high { return 1 }
    return x < mode ? outer(x - low, mode - low) : inner(x - mode, high - mode)
  }

  package func survival(_ x: Double) -> Double {
    if x <= low { return 1 }
    if x >= high { return 0 }
    return x < mode ? inner(mode - x, mode - low) : outer(high - x, high - mode)
  }

  /// The probability between an end and a point at `distance` from it, on a side of length `side`.
  private func outer(_ distance: Double, _ side: Double) -> Double { distance / (high - low) * (distance / side) }

  /// The probability from the opposite end up to a point at `distance` beyond the mode; all terms are positive.
  private func inner(_ distance: Double, _ side: Double) -> Double {
    (high - low - side) / (high - low) + distance / (high - low) * (2 - distance / side)
  }

  package func density(_ x: Double) -> Double {
    guard x >= low, x <= high else { return 0 }
    let peak = 2 / (high - low)
    return x < mode ? peak * ((x - low) / (mode - low)) : x > mode ? peak * ((high - x) / (high - mode)) : peak
  }
  package var greatestDensity: Double { 2 / (high - low) }
  package var mean: Double { low / 3 + mode / 3 + high / 3 }
  package var sd: Double {
    let unit = SquareUnit.of(high - low)
    let left = (mode - low) / unit
    let right = (high - mode) / unit
    return ((left * left + left * right + right * right) / 18).squareRoot() * unit
  }
  package var support: ClosedRange<Double> { low...high }
}
