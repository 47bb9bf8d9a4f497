import Foundation
import VectorMath

/// P(X <= x) = sum of weight_k P(X_k <= x) over the components; one coordinate.
///
/// The quantile function inverts this cdf, so that a mixture can be correlated like any other distribution. Atoms of
/// the components are found exactly.
package struct Mixture: Distribution {
  /// The components, without those of weight zero.
  package let components: [any Distribution]
  /// Their weights, with sum 1.
  package let weights: [Double]
  package let atoms: [Double]

  /// The mixture of distributions.
  ///
  /// - Throws: `.weights` unless there is one weight per component, each in 0 ... 1, with sum 1 within 1e-9.
  package init(_ components: [any Distribution], weights: [Double]) throws(DistributionError) {
    let pairs = zip(components, try Weights.checked(weights, count: components.count)).filter { $0.1 > 0 }
    self.components = pairs.map(\.0)
    self.weights = pairs.map(\.1)
    var atoms: [Double] = []
    for atom in pairs.flatMap({ $0.0.atoms }).sorted() where atom != atoms.last { atoms.append(atom) }
    self.atoms = atoms
  }

  private func total(_ value: (any Distribution) -> Double) -> Double {
    var sum = 0.0
    for (component, weight) in zip(components, weights) { sum += weight * value(component) }
    return sum
  }

  package func cdf(_ x: Double) -> Double { min(total { $0.cdf(x) }, 1) }
  package func survival(_ x: Double) -> Double { min(total { $0.survival(x) }, 1) }

  package func logCdf(_ x: Double) -> Double {
    let cdf = cdf(x)
    guard cdf < 1e-290 else { return LogProbability.of(cdf, complement: survival(x)) }
    return LogProbability.sum(zip(components, weights).map { log($1) + $0.logCdf(x) })
  }

  package func logSurvival(_ x: Double) -> Double {
    let survival = survival(x)
    guard survival < 1e-290 else { return LogProbability.of(survival, complement: cdf(x)) }
    return LogProbability.sum(zip(components, weights).map { log($1) + $0.logSurvival(x) })
  }

  package func density(_ x: Double) -> Double {
    let mass = probability(of: x)
    return mass > 0 ? mass : total { $0.density(x) }
  }

  package func logDensity(_ x: Double) -> Double {
    let density = density(x)
    guard density < .leastNormalMagnitude else { return log(density) }
    return LogProbability.sum(zip(components, weights).map { log($1) + $0.logDensity(x) })
  }

  /// The search starts from quantiles of all components.
  package var greatestDensity: Double {
    guard atoms.isEmpty else { return DensityPeak.height(of: self, near: []) }
    return DensityPeak.height(of: self, near: components.flatMap { DensityPeak.places(in: $0) })
  }

  package func probability(of x: Double) -> Double { total { $0.probability(of: x) } }

  package func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 { return support.lowerBound }
    if p == 1 { return support.upperBound }
    return p <= 0.5 ? search({ $0.quantile(p) }, { cdf($0) - p }) : quantile(survival: 1 - p)
  }

  package func quantile(survival q: Double) -> Double {
    guard q >= 0, q <= 1 else { return .nan }
    if q == 0 { return support.upperBound }
    if q == 1 { return support.lowerBound }
    return q < 0.5 ? search({ $0.quantile(survival: q) }, { q - survival($0) }) : quantile(1 - q)
  }

  /// The smallest x whose `excess` is not negative: the root of the continuous part, or the atom at which it changes
  /// sign.
  ///
  /// - Parameters:
  ///   - ends: a component's own quantile at the wanted probability; the mixture's is between those of the components.
  ///   - excess: the probability up to x minus the wanted one, an increasing function.
  private func search(_ ends: (any Distribution) -> Double, _ excess: (Double) -> Double) -> Double {
    let quantiles = components.map(ends)
    guard var low = quantiles.min(), var high = quantiles.max(), low < high else { return quantiles.first ?? .nan }
    if excess(low) >= 0 { return low }
    let inside = atoms.filter { $0 > low && $0 <= high }
    if !inside.isEmpty {
      let first = inside.partitioningIndex { excess($0) >= 0 }
      if first > 0 { low = inside[first - 1] }
      if first < inside.count {
        let atom = inside[first]
        if excess(atom) - density(atom) < 0 || low == atom.nextDown { return atom }
        high = atom.nextDown
      }
    }
    return RootFinding.bracketed(low, high, excess) ?? high
  }

  /// The smallest index of the components: that of the heaviest tail.
  package var tailIndex: Double? { components.compactMap(\.tailIndex).min() }

  package var mean: Double { total { $0.mean } }

  /// sqrt(sum of weight (sd^2 + (mean - overall mean)^2))
  package var sd: Double {
    let mean = mean
    let unit = SquareUnit.of(components.lazy.map { max($0.sd, ($0.mean - mean).magnitude) })
    return total { component in
      let sd = component.sd / unit
      let distance = (component.mean - mean) / unit
      return sd * sd + distance * distance
    }.squareRoot() * unit
  }

  package var support: ClosedRange<Double> {
    let ends = components.map(\.support)
    return (ends.map(\.lowerBound).min() ?? .nan)...(ends.map(\.upperBound).max() ?? .nan)
  }

  package var quantileExpression: QuantileExpression {
    if components.allSatisfy({ component in
      switch component.quantileExpression {
      case .steps, .constant: true
      default: component is Bernoulli
      }
    }), let discrete = try? Discrete(outcomes: atoms, probabilities: atoms.map(density)) {
      return discrete.quantileExpression
    }
    return atoms.isEmpty ? .tabulated(self) : .scalar(self)
  }

  /// The mixture of the truncated components, weighted by their probabilities inside the interval; nil if all are zero.
  func truncated(low: Double, high: Double) -> (distribution: Mixture, logMass: Double)? {
    var parts: [any Distribution] = []
    var logs: [Double] = []
    for (component, weight) in zip(components, weights) {
      guard let part = try? Truncated(component, low: low, high: high) else { continue }
      parts.append(part)
      logs.append(log(weight) + part.logMass)
    }
    let sum = LogProbability.sum(logs)
    guard sum > -.infinity, let distribution = try? Mixture(parts, weights: logs.map { exp($0 - sum) }) else {
      return nil
    }
    return (distribution, sum)
  }

  package var description: String {
    let distributions = components.map(\.description).joined(separator: ", ")
    return "mixture(\(distributions), weights=(\(weights.map(DistributionText.number).joined(separator: ", "))))"
  }
}
