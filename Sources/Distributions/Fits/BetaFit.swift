import Foundation
import VectorMath

/// The two shapes of a beta distribution on 0 ... 1 whose quantile function passes through two points.
///
/// Any two points determine exactly one such distribution (Shih 2015, doi:10.1080/00949655.2014.914513). For a given
/// shape at 0, the probability below the first point increases with the shape at 1, so that a root search finds that
/// shape. The distributions found this way become narrower as the shape at 0 grows, so that the probability below the
/// second point increases too, and a second root search finds the shape at 0. Both searches use logarithms of shapes
/// and log odds of probabilities inside brackets, so that neither shapes below 1 nor shapes in the millions need a good
/// starting value.
struct BetaFit {
  /// A point: log(p / (1 - p)), and the value with its complement, so that neither end of 0 ... 1 loses digits.
  typealias Point = (logOdds: Double, x: Double, y: Double)

  /// A shape at 0, with what all searches for the other shape need of it.
  private struct FirstShape {
    let value: Double
    let logGamma: DoubleDouble

    /// The shape with a logarithm.
    init(_ logarithm: Double) {
      value = exp(logarithm)
      logGamma = LogGamma.parts(DoubleDouble(value))
    }
  }

  private let low: Point
  private let high: Point

  /// The logarithms of the shapes searched; the largest is the family's own limit.
  private static let range = -690...log(StandardBeta.shapes.high)

  /// A fit to two points of ascending probability and value.
  init(_ low: Point, _ high: Point) {
    self.low = low
    self.high = high
  }

  /// The shapes at 0 and at 1; nil if one of them would exceed the family's limit.
  func shapes() -> (alpha: Double, beta: Double)? {
    var second = 0.0
    /// The excess of the second point's log odds; infinity where the first point needs a shape beyond the limit, as it
    /// does for all larger shapes at 0.
    func excess(_ first: Double) -> Double {
      let shape = FirstShape(first)
      guard let root = secondShape(shape, near: second) else { return .infinity }
      second = root
      return Self.logOdds(at: high, shape, root) - high.logOdds
    }
    guard let (from, to) = RootFinding.bracket(near: 0, in: Self.range, excess),
      let first = RootFinding.bracketed(from, to, excess),
      let root = secondShape(FirstShape(first), near: second)
    else { return nil }
    let limit = StandardBeta.shapes.high
    return (min(exp(first), limit), min(exp(root), limit))
  }

  /// The logarithm of the shape at 1 for which the distribution passes through the first point; nil beyond the limit.
  private func secondShape(_ first: FirstShape, near start: Double) -> Double? {
    // The ends of the bracket are needed again by the search in it.
    var known: [(second: Double, excess: Double)] = []
    func excess(_ second: Double) -> Double {
      if let again = known.first(where: { $0.second == second }) { return again.excess }
      known.append((second, Self.logOdds(at: low, first, second) - low.logOdds))
      return known[known.count - 1].excess
    }
    guard let (from, to) = RootFinding.bracket(near: start, in: Self.range, excess) else { return nil }
    return RootFinding.bracketed(from, to, excess)
  }

  /// log(F / (1 - F)) at a point, for the shape at 0 and the logarithm of the shape at 1.
  private static func logOdds(at point: Point, _ first: FirstShape, _ second: Double) -> Double {
    let tails = IncompleteBeta(first.value, exp(second), logGammaA: first.logGamma, isForTails: true).tails(
      point.x, point.y)
    return log(tails.lower) - log(tails.upper)
  }
}

/// Fits of distributions with two bounds.
enum BoundedFit {
  /// The two bounds, from the given arguments or their defaults.
  ///
  /// - Throws: `.order` unless low < high; `.outOfDomain` for points outside the bounds.
  static func ends(
    _ fixed: [String: Double], _ low: QuantilePoint, _ high: QuantilePoint
  ) throws(DistributionError) -> (low: Double, high: Double) {
    let ends = (low: fixed["low"] ?? 0, high: fixed["high"] ?? 1)
    guard ends.low < ends.high else {
      throw .order(parameters: ["low", "high"], values: [ends.low, ends.high], allowsEqual: false)
    }
    let domain = Domain(ends.low, ends.high, includesLow: false, includesHigh: false)
    for (name, point) in [("low end", low), ("high end", high)] where !domain.contains(point.value) {
      throw .outOfDomain(parameter: name, value: point.value, domain: domain)
    }
    return ends
  }

  /// A point's relative position between the bounds, measured from the lower and from the upper one.
  static func place(_ point: QuantilePoint, _ ends: (low: Double, high: Double)) -> (x: Double, y: Double) {
    let width = ends.high - ends.low
    return ((point.value - ends.low) / width, (ends.high - point.value) / width)
  }
}
