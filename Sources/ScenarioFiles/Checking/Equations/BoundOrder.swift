import Distributions
import Modeling

/// Proves that one formula exceeds another in every draw, from their difference as a weighted sum of quantities and from
/// the ranges of the inputs in it.
///
/// `u + 1` is above `u`, whatever `u` is; `x` is above `y` if the smallest value of `x` exceeds the largest of `y`.
struct BoundOrder {
  let context: CheckContext

  /// Equations are written out to this depth; deeper ones may have any value.
  private static let depth = 8
  /// Number of quantities in a weighted sum beyond which nothing is proved.
  private static let mostTerms = 1000

  /// A constant plus a weighted sum of quantities, all at the same labels.
  private struct WeightedSum {
    var constant = 0.0
    var weights: [QuantityID: Double] = [:]

    static func + (a: Self, b: Self) -> Self {
      Self(constant: a.constant + b.constant, weights: a.weights.merging(b.weights, uniquingKeysWith: +))
    }

    static func * (factor: Double, sum: Self) -> Self {
      Self(constant: factor * sum.constant, weights: sum.weights.mapValues { factor * $0 })
    }
  }

  /// Whether the first formula is above the second in every draw and cell.
  func isReversed(_ low: Expression, _ high: Expression) -> Bool {
    guard let bottom = sum(low, Self.depth), let top = sum(high, Self.depth) else { return false }
    let difference = bottom + -1 * top
    let smallest = difference.weights.reduce(difference.constant) { least, term in
      guard term.value != 0 else { return least }
      guard let range = context.inputRanges[term.key] else { return -.infinity }
      return least + min(term.value * range.lowerBound, term.value * range.upperBound)
    }
    return smallest > 0
  }

  /// A formula as a weighted sum; nil if it is not one.
  private func sum(_ expression: Expression, _ depth: Int) -> WeightedSum? {
    switch expression.kind {
    case .constant(let number): return number.isFinite ? WeightedSum(constant: number) : nil
    case .quantity(let id):
      if depth > 0, case .equation(let equation) = context[id].kind, let formula = equation.expression,
        let inner = sum(formula, depth - 1)
      {
        return inner
      }
      return WeightedSum(weights: [id: 1])
    case .negate(let operand): return sum(operand, depth).map { -1 * $0 }
    case .binary(let operation, let a, let b):
      guard let x = sum(a, depth), let y = sum(b, depth), x.weights.count + y.weights.count <= Self.mostTerms else {
        return nil
      }
      switch operation {
      case .add: return x + y
      case .subtract: return x + -1 * y
      case .multiply where x.weights.isEmpty: return x.constant * y
      case .multiply where y.weights.isEmpty: return y.constant * x
      case .divide where y.weights.isEmpty && y.constant != 0: return (1 / y.constant) * x
      default: return nil
      }
    default: return nil
    }
  }
}

extension CheckedInput {
  /// The range of its values over all draws and cells, as far as it is known.
  var range: ClosedRange<Double>? {
    guard groups.isEmpty, categories == nil, !supportPoints.isEmpty,
      cells.allSatisfy({ if case .scaled = $0 { false } else { true } })
    else { return nil }
    var (low, high) = (Double.infinity, -Double.infinity)
    for point in supportPoints {
      switch point.value {
      case .constant(let number):
        low = min(low, number)
        high = max(high, number)
      case .distribution(.fixed(let distribution)):
        low = min(low, distribution.support.lowerBound)
        high = max(high, distribution.support.upperBound)
      default: return nil
      }
    }
    return low <= high ? low...high : nil
  }
}
