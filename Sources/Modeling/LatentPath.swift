import LinearAlgebra
import VectorMath

/// The prior of the logarithm of a latent total along a numeric index: a random walk whose growth is a random walk too.
///
/// With labels t_1 < t_2 < …, x_1 ~ N(start), x_2 = x_1 + g_2 (t_2 - t_1) with g_2 ~ N(growth), and then
/// x_i = x_(i-1) + g_i (t_i - t_(i-1)) with g_i = g_(i-1) + N(0, change² (t_i - t_(i-1))): the local linear trend of
/// Harvey (1989, Forecasting, Structural Time Series Models and the Kalman Filter, section 2.3.6) without a disturbance
/// of its own in the level.
package struct LatentPath: Sendable, Equatable {
  /// The labels, ascending.
  package var labels: [Double]
  /// Mean and standard deviation of the first logarithm.
  package var start: (mean: Double, sd: Double)
  /// Mean and standard deviation of the first growth of the logarithm per unit of the index.
  package var growth: (mean: Double, sd: Double)
  /// The standard deviation of the change of the growth over one unit of the index.
  package var change: Double

  /// Creates a prior.
  package init(
    labels: [Double], start: (mean: Double, sd: Double), growth: (mean: Double, sd: Double), change: Double
  ) {
    self.labels = labels
    self.start = start
    self.growth = growth
    self.change = change
  }

  /// The means of the logarithms.
  package var mean: [Double] {
    labels.map { start.mean + growth.mean * ($0 - (labels.first ?? 0)) }
  }

  /// The lower triangular L, row-major, with x = mean + L z for independent standard normal z.
  package var factor: [Double] {
    let count = labels.count
    var factor = [Double](repeating: 0, count: count * count)
    // Of the growth into each label, its dependence on each score.
    var growths = [Double](repeating: 0, count: count)
    for row in 0..<count {
      factor[row * count] = start.sd
      guard row > 0 else { continue }
      let step = labels[row] - labels[row - 1]
      growths[row] = row == 1 ? growth.sd : change * step.squareRoot()
      for column in 1...row {
        let before = row > 1 && column < row ? factor[(row - 1) * count + column] : 0
        factor[row * count + column] = before + growths[column] * step
      }
    }
    return factor
  }

  /// The covariance L L', row-major.
  package var covariance: [Double] {
    let (count, factor) = (labels.count, factor)
    var covariance = [Double](repeating: 0, count: count * count)
    for a in 0..<count {
      for b in 0..<count {
        for k in 0...min(a, b) { covariance[a * count + b] += factor[a * count + k] * factor[b * count + k] }
      }
    }
    return covariance
  }

  /// Whether two priors are the same.
  package static func == (a: Self, b: Self) -> Bool {
    a.labels == b.labels && a.start == b.start && a.growth == b.growth && a.change == b.change
  }
}

extension LatentPath {
  /// The lower Cholesky factor of the correlation of the logarithms in some order of the labels, row-major; nil where it
  /// is singular in floating point.
  package func correlationFactor(order: [Int]) -> [Double]? {
    let (count, covariance) = (labels.count, covariance)
    var correlation = SymmetricMatrix(identityOfSize: order.count)
    for (a, i) in order.enumerated() {
      for (b, j) in order.enumerated() where b < a {
        let product = covariance[i * count + i] * covariance[j * count + j]
        correlation[a, b] = covariance[i * count + j] / product.squareRoot()
      }
    }
    return correlation.choleskyFactor()
  }

  /// Whether all logarithms are, with a probability of almost 1, between -230 and 230 from each other: a factor of 1e100.
  package var isBounded: Bool {
    let (count, means, covariance) = (labels.count, mean, covariance)
    return labels.indices.allSatisfy { k in
      let sd = covariance[k * count + k].squareRoot()
      return (means[k] - means[0]).magnitude + 4 * sd < 230
    }
  }
}
