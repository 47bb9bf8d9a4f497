import Foundation

/// The maximum of a density, by numerical search.
enum DensityPeak {
  /// Starting points of the search: quantiles at log(u / (1 - u)) in steps of 1/8, out to tails of 1e-13, and the ends
  /// of the support. Neighbours enclose little probability where their densities differ much.
  static func places(in distribution: any Distribution) -> [Double] {
    let steps = (0..<240).map { Double($0) / 8 }
    let tails = steps.map { 1 / (1 + exp($0)) }
    let support = distribution.support
    let inner = tails.map { distribution.quantile($0) } + tails.map { distribution.quantile(survival: $0) }
    return inner + [support.lowerBound, support.upperBound].filter(\.isFinite)
  }

  /// The largest density at the given points, refined by golden-section search between the neighbours of the best one.
  ///
  /// For a distribution with atoms, the largest probability of an atom.
  static func height(of distribution: any Distribution, near places: [Double]) -> Double {
    let atoms = distribution.atoms
    guard atoms.isEmpty else { return atoms.reduce(0) { max($0, distribution.density($1)) } }
    let places = places.sorted()
    let heights = places.map { distribution.density($0) }
    guard let best = heights.indices.max(by: { heights[$0] < heights[$1] }) else { return .nan }
    var greatest = heights[best]
    guard greatest < .infinity else { return greatest }
    var (low, high) = (places[max(best - 1, 0)], places[min(best + 1, places.count - 1)])
    for _ in 0..<80 {
      let left = high - 0.6180339887498949 * (high - low)
      let right = low + 0.6180339887498949 * (high - low)
      let sides = (distribution.density(left), distribution.density(right))
      greatest = max(greatest, sides.0, sides.1)
      if sides.0 < sides.1 { low = left } else { high = right }
    }
    return greatest
  }
}
