import Foundation
import Sampling
import VectorMath

/// The variance of a target's conditional mean given an input, Var E[Y | X], by cosines of the input's ranks.
///
/// The conditional mean is expanded in cos(π m u), m = 1 … 32, over the ranks u of the input (Plischke 2012,
/// doi:10.1016/j.ress.2011.12.003). If values are tied, the cosines are first orthonormalised in order, so that a count
/// with two values has one term instead of 32 equivalent ones. The square of a coefficient is estimated by products of
/// the estimates of different replicates, which is unbiased under any design.
///
/// Terms beyond 32 are extrapolated. With E(M) the sum of the first M squares, the remainder falls as 1 / M if the
/// conditional mean jumps, and as 1 / (M ln M) for a normal input: it is between 2/3 and 1 times E(32) - E(16) on average
/// over the places of a jump. At a place t the squares of a jump are sin(π m t)² / m², so that it is 0.94 to 1.39 times
/// that for t = 0.05 … 0.5 (by summation). The value takes 5/6 of it, and the interval is widened on both sides by the
/// distance from that to 1.4.
struct CosineSpectrum: Sendable {
  /// Numbers of terms, and of terms in the lower half.
  static let terms = 32
  static let half = 16
  /// The remainder beyond all terms as a multiple of the upper half's squares, and the maximum error of that.
  static let beyond = 5.0 / 6
  static let doubt = 1.4 - beyond
  /// Squared lengths below which a cosine is a linear combination of those before it.
  private static let dependent = 1e-6

  /// The share of the variance, by pair of replicates; all weights are one.
  let energy: PairStatistics
  /// Half of the uncertainty of the extrapolation.
  let doubt: Double

  /// The spectrum of a standardised target.
  init(_ y: StandardisedTarget, given input: RankedColumn) {
    let (count, terms) = (Replicates.count, Self.terms)
    // By replicate: draws, Σ y, then Σ y cos by term, then Σ cos.
    let width = 2 + 2 * terms
    let (sums, squares) = CosineSums.of(y.values, ranks: input.ranks, products: input.hasTies)
    var products = squares
    var total = [Double](repeating: 0, count: width)
    for replicate in 0..<count { for place in 0..<width { total[place] += sums[replicate * width + place] } }
    let n = max(1, total[0])
    let means = (0..<terms).map { total[2 + terms + $0] / n }
    let level = total[1] / n
    // The mean of y times the centred cosine, by replicate, for cosines of unit length.
    var coefficients = (0..<count).map { replicate -> [Double] in
      let own = sums[replicate * width..<(replicate + 1) * width].map(\.self)
      guard own[0] > 0 else { return [Double](repeating: 0, count: terms) }
      return (0..<terms).map { term in
        let centred = own[2 + term] - means[term] * own[1] - level * (own[2 + terms + term] - means[term] * own[0])
        return 2.0.squareRoot() * centred / own[0]
      }
    }
    if input.hasTies {
      for i in 0..<terms {
        for j in 0...i { products[i * terms + j] = 2 * (products[i * terms + j] / n - means[i] * means[j]) }
      }
      coefficients = Self.orthonormal(coefficients, products)
    }
    var energy = PairStatistics()
    var (lower, upper) = (0.0, 0.0)
    let pairs = Double(count * (count - 1))
    for first in 0..<count {
      for second in 0..<count where first != second {
        func sum(_ range: Range<Int>) -> Double {
          range.reduce(0) { $0 + coefficients[first][$1] * coefficients[second][$1] }
        }
        let (low, high) = (sum(0..<Self.half), sum(Self.half..<terms))
        energy.sums[first * count + second] = low + (1 + Self.beyond) * high
        energy.weights[first * count + second] = 1
        lower += low / pairs
        upper += high / pairs
      }
    }
    self.energy = energy
    doubt = Self.doubt * max(0, upper)
  }

  /// Coefficients on cosines orthonormalised in order (by the Cholesky factor of their products); 0 for those that
  /// depend on earlier ones.
  private static func orthonormal(_ coefficients: [[Double]], _ products: [Double]) -> [[Double]] {
    var factor = [Double](repeating: 0, count: terms * terms)
    var lengths = [Double](repeating: 0, count: terms)
    for i in 0..<terms {
      for j in 0...i {
        var sum = products[i * terms + j]
        for k in 0..<j { sum -= factor[i * terms + k] * factor[j * terms + k] }
        if j < i {
          factor[i * terms + j] = lengths[j] > 0 ? sum / lengths[j] : 0
        } else {
          lengths[i] = sum > dependent ? sum.squareRoot() : 0
        }
      }
    }
    return coefficients.map { own in
      var result = [Double](repeating: 0, count: terms)
      for i in 0..<terms where lengths[i] > 0 {
        var sum = own[i]
        for k in 0..<i { sum -= factor[i * terms + k] * result[k] }
        result[i] = sum / lengths[i]
      }
      return result
    }
  }
}
