import Foundation

/// A family of distributions of counts: whole numbers from 0 on.
///
/// Its quantile function is found by halving among whole numbers, from both tails with relative accuracy; blocks of
/// draws take the steps between the outcomes that sampling can reach, at most `mostOutcomes` of them, which the
/// families' domains see to. Arguments that change from draw to draw cost a search a draw.
package protocol CountDistribution: DistributionFamily {
  /// The greatest count; infinite if there is none.
  var greatest: Double { get }

  /// The probability of a whole number in 0 ... greatest.
  func mass(_ count: Double) -> Double

  /// The logarithm of the mass of a whole number from 1 on, also where the mass underflows.
  func logMass(_ count: Double) -> Double

  /// The mass of the next count over that of a count.
  func ratio(after count: Double) -> Double

  /// The probabilities at or below and above a whole number in 0 ..< greatest.
  func tails(_ count: Double) -> (lower: Double, upper: Double)

  /// A count near the quantile.
  func start(_ p: Double, _ q: Double) -> Double
}

/// What all distributions of counts share.
package enum CountLimit {
  /// Outcomes that a distribution may have between 2^-55 and 1 - 2^-55: 16 MB of steps.
  package static let mostOutcomes = 0x1p20
}

extension CountDistribution {
  /// By default the normal quantile, held inside.
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

  /// The least count whose tails have a property that all greater ones have too.
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
  /// Masses rise up to a count and fall from there on, whose ratio decides: by whole numbers from the mean.
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

  /// The counts between two ends, given that one of them is drawn, but for those whose probabilities together are below
  /// 2^-60: also where the ends lie so far out that no count between them has a probability that a double holds.
  ///
  /// Masses follow from that of the most probable count between the ends by their ratios.
  ///
  /// - Returns: the distribution, and the logarithm of the probability between the ends; nil if no count lies between them.
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

  /// The outcomes between 2^-55 and 1 - 2^-55 with the probabilities at or below them.
  ///
  /// Masses follow from the one in the middle by their ratios, and are summed from the nearer tail.
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
