import Distributions
import Foundation

/// A random target of a fit: quantiles of a distribution with random arguments, some of which are given.
struct FitSearchTarget {
  let family: any DistributionFamily.Type
  let arguments: [Double]
  let fixed: [String: Double]
  let points: [QuantilePoint]
  /// The distance of the outer points; at least a thousandth of that of the quartiles.
  let width: Double

  /// The reasons for which random arguments make no target. A fit's answer to such points is not covered by the claim
  /// that none is refused, because the points do not determine a distribution in double precision, although they would
  /// in exact arithmetic. The search counts them.
  enum Unsuitable: String, CaseIterable, Error {
    case arguments = "arguments not allowed together, or nothing left free"
    case range = "a value beyond 1e-290 ... 1e290, of density 0 or rounded to an end"
    case apart = "values closer than 1e-9 of themselves, or probabilities closer than 1e-4"
    case probability = "the last digit of a value or a place moves a probability by more than 1e-9 of itself"
    case distance = "fewer than nine digits in a distance between points, or in its ratio to that of a given place"
  }

  init(_ family: any DistributionFamily.Type, _ random: inout RandomNumbers) throws(Unsuitable) {
    let parameters = family.parameterisations[0].parameters
    var arguments = RandomArguments(family: family).next(&random)
    let given = parameters.indices.filter { _ in random.uniform() < 0.4 }
    var fixed = Dictionary(uniqueKeysWithValues: given.map { (parameters[$0].name, arguments[$0]) })
    let free = DistributionCatalogue.freeParameters(family, fixed: fixed)
    // An argument that is neither given nor found has its default.
    for (i, parameter) in parameters.enumerated() where !given.contains(i) && !free.contains(i) {
      if let value = parameter.defaultValue { arguments[i] = value }
    }
    guard let distribution = try? family.distribution(arguments), (1...3).contains(free.count) else { throw .arguments }
    fixed = Dictionary(uniqueKeysWithValues: given.map { (parameters[$0].name, distribution.arguments[$0]) })
    let probabilities = Self.probabilities(free.count, &random)
    let points = probabilities.map { QuantilePoint(probability: $0, value: Self.quantile(distribution, $0)) }
    let values = points.map(\.value)
    let support = distribution.support
    guard
      values.allSatisfy({
        (1e-290...1e290).contains($0.magnitude) && distribution.density($0) > 0 && $0 > support.lowerBound
          && $0 < support.upperBound
      })
    else { throw .range }
    guard zip(values, values.dropFirst()).allSatisfy({ $1 - $0 > 1e-9 * max($0.magnitude, $1.magnitude) }),
      zip(probabilities, probabilities.dropFirst()).allSatisfy({ $1 - $0 > 1e-4 })
    else { throw .apart }
    let places = parameters.indices.filter { parameters[$0].role == .location }
    let sizes = places.map { distribution.arguments[$0].magnitude }
    guard
      points.allSatisfy({ point in
        let digit = sizes.reduce(point.value.magnitude, max).ulp
        return distribution.density(point.value) * digit <= 1e-9 * min(point.probability, 1 - point.probability)
      })
    else { throw .probability }
    let givenPlaces = places.filter(given.contains).map { distribution.arguments[$0] }
    for (low, high) in zip(values, values.dropFirst()) {
      let farthest = givenPlaces.map { ($0 - low).magnitude }.reduce(0, max)
      let digit = sizes.reduce(max(low.magnitude, high.magnitude), max).ulp
      guard digit / (high - low) * (1 + farthest / (high - low)) <= 1e-9 else { throw .distance }
    }
    self.family = family
    self.arguments = arguments
    self.fixed = fixed
    self.points = points
    let quartiles = distribution.quantile(0.75) - distribution.quantile(0.25)
    width = max(values[values.count - 1] - values[0], 1e-3 * quartiles)
  }

  /// Probabilities of a usual kind, uniform ones, or ones far in the tails; ascending.
  private static func probabilities(_ count: Int, _ random: inout RandomNumbers) -> [Double] {
    switch random.element([0, 1, 2]) {
    case 0: return [[0.5], [0.05, 0.95], [0.05, 0.5, 0.95]][count - 1]
    case 1: return (0..<count).map { _ in random.uniform() }.sorted()
    default:
      return (0..<count).map { _ in
        let tail = random.power(-4, -0.35)
        return random.uniform() < 0.5 ? tail : 1 - tail
      }.sorted()
    }
  }

  /// Whether a distribution misses a point by more than 1e-8 of the width and 1e-12 of the value.
  func isMissed(by distribution: any Distribution) -> Bool {
    !points.allSatisfy {
      (Self.quantile(distribution, $0.probability) - $0.value).magnitude <= 1e-8 * width + 1e-12 * $0.value.magnitude
    }
  }

  static func quantile(_ distribution: any Distribution, _ p: Double) -> Double {
    p <= 0.5 ? distribution.quantile(p) : distribution.quantile(survival: 1 - p)
  }
}
