import Sampling

/// A mean over pairs of draws from different replicates, by pair of replicates.
///
/// Replicates are independent of each other under every design, but draws within one are not: two draws of a net that
/// are close in one coordinate avoid each other in the others. The mean over pairs from different replicates is a
/// U-statistic of order 2 (Hoeffding 1948, doi:10.1214/aoms/1177730196), unbiased under any design.
struct PairStatistics {
  static let count = Replicates.count
  /// Weighted sums of the kernel, and the weights, row-major by the replicates of the pair.
  var sums = [Double](repeating: 0, count: count * count)
  var weights = [Double](repeating: 0, count: count * count)

  /// The mean of the kernel over all pairs from different replicates.
  var mean: Double {
    var (sum, weight) = (0.0, 0.0)
    for first in 0..<Self.count {
      for second in 0..<Self.count where first != second {
        sum += sums[first * Self.count + second]
        weight += weights[first * Self.count + second]
      }
    }
    return sum / weight
  }

  /// The contribution of each pair of replicates to the error of the mean: deviations whose mean over all pairs is
  /// zero.
  var deviations: [Double] {
    let mean = mean
    var weight = 0.0
    for first in 0..<Self.count {
      for second in 0..<Self.count where first != second { weight += weights[first * Self.count + second] }
    }
    let pairs = Double(Self.count * (Self.count - 1))
    var result = [Double](repeating: 0, count: Self.count * Self.count)
    for first in 0..<Self.count {
      for second in 0..<Self.count where first != second {
        let (here, there) = (first * Self.count + second, second * Self.count + first)
        let own = sums[here] - mean * weights[here] + sums[there] - mean * weights[there]
        result[here] = own / 2 * pairs / weight
      }
    }
    return result
  }

  /// The variance of the mean of a symmetric kernel over pairs, from deviations whose mean over all pairs is zero.
  ///
  /// It is unbiased: E U² less the mean over products of disjoint pairs, which estimates (E U)². With A = Σ T² over
  /// unordered pairs and R the row sums, that is (Σ R² - A) / (C(n, 2) C(n - 2, 2)). A jackknife would count the part
  /// of the variance due to pairs twice (Efron & Stein 1981, doi:10.1214/aos/1176345462), and an inert input has only
  /// that part. The variance is never below that of independent pairs, A / (N (N - 1)) with N = C(n, 2).
  static func variance(ofDeviations table: [Double]) -> Double {
    let n = Double(count)
    let pairs = n * (n - 1) / 2
    var (squares, rows) = (0.0, 0.0)
    for first in 0..<count {
      var row = 0.0
      for second in 0..<count where second != first {
        let value = table[first * count + second]
        row += value
        if second < first { squares += value * value }
      }
      rows += row * row
    }
    return max((rows - squares) / (pairs * (n - 2) * (n - 3) / 2), squares / (pairs * (pairs - 1)))
  }

  /// Half the mean squared difference of two draws, which is the variance of one, from counts, sums and sums of squares
  /// by replicate.
  static func variance(counts: [Double], sums: [Double], squares: [Double]) -> PairStatistics {
    var result = PairStatistics()
    for first in 0..<count {
      for second in 0..<count where first != second && counts[first] > 0 && counts[second] > 0 {
        let weight = counts[first] * counts[second]
        let place = first * count + second
        result.weights[place] = weight
        result.sums[place] =
          (squares[first] * counts[second] + squares[second] * counts[first]) / 2 - sums[first] * sums[second]
      }
    }
    return result
  }
}
