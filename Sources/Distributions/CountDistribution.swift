import Foundation

/// A family of distributions of counts: the integers 0, 1, 2, ...
///
/// The quantile function is a bisection over the integers, with relative accuracy in both tails. Blocks of draws use a
/// step table of the outcomes that sampling can reach, at most `mostOutcomes`, which the families' domains ensure.
/// Arguments that vary from draw to draw cost one search per draw.
package protocol CountDistribution: DistributionFamily {
  /// The largest count; infinite if unbounded.
  var greatest: Double { get }

  /// P(X = count) for an integer in 0 ... greatest.
  func mass(_ count: Double) -> Double

  /// log P(X = count) for an integer of at least 1, also where the mass underflows.
  func logMass(_ count: Double) -> Double

  /// P(X = count + 1) / P(X = count).
  func ratio(after count: Double) -> Double

  /// P(X <= count) and P(X > count) for an integer in 0 ..< greatest.
  func tails(_ count: Double) -> (lower: Double, upper: Double)

  /// A starting value for the search for the quantile.
  func start(_ p: Double, _ q: Double) -> Double
}

/// Limits shared by all count distributions.
package enum CountLimit {
  /// Maximum number of outcomes between the quantiles 2^-55 and 1 - 2^-55: 16 MB of steps.
  package static let mostOutcomes = 0x1p20
}

extension CountDistribution {
  /// By default the normal quantile, clamped to the support.
  package func start(_ p: Double, _ q: Double) -> Double {
    mean + sd * (p < q ? StandardNormal.quantile(p) : -StandardNormal.quantile(q))
  }

  package func quantile(_ p: Double) -> Double { quantile(p, 1 - p) }
  package func quantile(survival q: Double) -> Double { quantile(1 - q, q) }

  private func quantile(_ p: Double, _ q: Double) -> Double {
    guard p >= 0, q >= 0 else { return .nan }
    if p == 0 { return support.lowerBound }
    if q == 0 { return support.upperBound }
    let start = start(p, q)
    return p <= q ? least(from: start) { $0.lower >= p } : least(from: start) { $0.upper <= q }
  }

  /// The smallest count whose tails satisfy a condition that all larger counts satisfy too.
  private func least(from start: Double, _ holds: ((lower: Double, upper: Double)) -> Bool) -> Double {
    let ends = (low: support.lowerBound - 1, high: support.upperBound)
    func isReached(_ count: Double) -> Bool { count >= ends.high || holds(tails(count)) }
    var step = 1.0
    let first = min(max(start.rounded(.down), ends.low + 1), ends.high)
    var (low, high) = (first, first)
    if isReached(first) {
      repeat {
        high = low
        low = max(high - step, ends.low)
        step *= 2
      } while low > ends.low && isReached(low)
    } else {
      repeat {
        low = high
        high = min(low + step, ends.high)
        step *= 2
      } while !isReached(high) && step < 0x1p60
    }
    while high - low > 1 {
      let middle = (low + 0.5 * (high - low)).rounded(.down)
      if isReached(middle) { high = middle } else { low = middle }
    }
    return high
  }

  package func cdf(_ x: Double) -> Double {
    x.isNaN ? .nan : x < 0 ? 0 : x >= greatest ? 1 : tails(x.rounded(.down)).lower
  }
  package func survival(_ x: Double) -> Double {
    x.isNaN ? .nan : x < 0 ? 1 : x >= greatest ? 0 : tails(x.rounded(.down)).upper
  }
  package func density(_ x: Double) -> Double {
    x >= 0 && x <= greatest && x == x.rounded() && x < .infinity ? mass(x) : 0
  }
  /// The mass at the mode, which is reached from the mean in unit steps: the distribution is unimodal, and the ratio of
  /// neighbouring masses gives the direction.
  package var greatestDensity: Double {
    var count = min(max(mean.rounded(), support.lowerBound), support.upperBound)
    while count < support.upperBound, ratio(after: count) > 1 { count += 1 }
    while count > support.lowerBound, ratio(after: count - 1) < 1 { count -= 1 }
    return mass(count)
  }
  package func probability(of x: Double) -> Double { density(x) }
  package func logDensity(_ x: Double) -> Double {
    let density = density(x)
    return density > 0 || !(x > 0 && x <= greatest && x == x.rounded() && x < .infinity) ? log(density) : logMass(x)
  }

  /// The distribution conditional on low <= X <= high, without outcomes whose total conditional probability is below
  /// 2^-60. It also works so far out in a tail that every mass in the interval underflows.
  ///
  /// Masses follow from the largest one in the interval by ratios of neighbours.
  ///
  /// - Returns: the conditional distribution and log P(low <= X <= high); nil if the interval contains no count.
  func given(from low: Double, to high: Double) -> (distribution: Discrete, logMass: Double)? {
    let first = max(low.rounded(.up), support.lowerBound)
    let last = min(high.rounded(.down), support.upperBound)
    guard first <= last else { return nil }
    var top = min(max(mean.rounded(), first), last)
    while top < last, ratio(after: top) > 1 { top += 1 }
    while top > first, ratio(after: top - 1) < 1 { top -= 1 }
    var outcomes = [top]
    var masses = [1.0]
    var (count, mass) = (top, 1.0)
    while count < last, mass > 0x1p-80, outcomes.count < Int(2 * CountLimit.mostOutcomes) {
      mass *= ratio(after: count)
      count += 1
      outcomes.append(count)
      masses.append(mass)
    }
    (count, mass) = (top, 1.0)
    while count > first, mass > 0x1p-80, outcomes.count < Int(4 * CountLimit.mostOutcomes) {
      count -= 1
      mass /= ratio(after: count)
      outcomes.append(count)
      masses.append(mass)
    }
    let sum = masses.reduce(0, +)
    guard sum.isFinite, let distribution = try? Discrete(outcomes: outcomes, probabilities: masses.map { $0 / sum })
    else {
      return nil
    }
    return (distribution, logDensity(top) + log(sum))
  }

  package var support: ClosedRange<Double> { 0...greatest }
  package var atoms: [Double] { reached.outcomes }

  package var quantileExpression: QuantileExpression {
    let reached = reached
    return .steps(outcomes: reached.outcomes, cumulative: reached.cumulative)
  }

  /// The outcomes between the quantiles 2^-55 and 1 - 2^-55 with P(X <= outcome).
  ///
  /// Masses follow from the central one by ratios of neighbours and are summed from the nearer tail.
  private var reached: (outcomes: [Double], cumulative: [Double]) {
    let first = quantile(0x1p-55)
    let last = quantile(survival: 0x1p-55)
    guard last > first, last - first < 2 * CountLimit.mostOutcomes else { return ([first], [1]) }
    let middle = min(max(mean.rounded(), first), last)
    let outcomes = (0...Int(last - first)).map { first + Double($0) }
    let position = Int(middle - first)
    var masses = [Double](repeating: mass(middle), count: outcomes.count)
    for i in stride(from: position - 1, through: 0, by: -1) { masses[i] = masses[i + 1] / ratio(after: outcomes[i]) }
    for i in (position + 1)..<max(outcomes.count, position + 1) {
      masses[i] = masses[i - 1] * ratio(after: outcomes[i - 1])
    }
    var cumulative = [Double](repeating: 1, count: outcomes.count)
    var sum = first > support.lowerBound ? cdf(first - 1) : 0
    var half = 0
    while half < outcomes.count - 1 {
      sum += masses[half]
      if sum > 0.5 { break }
      cumulative[half] = sum
      half += 1
    }
    sum = survival(last)
    for i in (half..<max(outcomes.count - 1, half)).reversed() {
      sum += masses[i + 1]
      cumulative[i] = 1 - sum
    }
    return (outcomes, cumulative)
  }
}
