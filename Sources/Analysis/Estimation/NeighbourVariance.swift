import Sampling

/// The expected conditional variance of a target given an input, E[Var(Y | X)], from draws that are neighbours in the
/// input.
///
/// Half the squared difference of two draws whose ranks of the input are k apart has the mean E[Var(Y | X)] + b k,
/// where b is the change of the conditional mean (J² / 2n per rank for a jump of height J; smaller, of the order k², if
/// it is smooth). It is averaged over the lags 1 … K and K + 1 … 3 K, and extrapolated linearly to lag 0: 4/3 of the
/// first less 1/3 of the second. So there are no wide bins, which would bias the share downwards. (The idea is a
/// variogram's nugget: Matheron 1963, doi:10.2113/gsecongeo.58.8.1246; for first-order indices with lag 1 alone: Gamboa
/// et al. 2022, doi:10.3150/21-BEJ1421.)
///
/// Equal values of an input, as for counts, are at distance zero from each other: a run of them is compared only within
/// itself, without extrapolation. Features of the conditional mean narrower than 3/512 of probability are not resolved by
/// these lags; `FirstOrderShares` compares them with the shortest ones, which resolve a dozen draws.
enum NeighbourVariance {
  /// The lags of the inner window for a number of draws.
  static func lags(ofDraws n: Int) -> Int { max(Replicates.count, n / 512) }

  /// The shortest lags, whose outer window ends at 12 draws.
  static let shortestLags = 4

  /// Length from which a run of equal values is compared within itself: enough to have pairs from different replicates.
  static let longRun = 32

  /// The mean over pairs of neighbours, by pair of replicates; the target's values are standardised.
  ///
  /// - Parameter lags: the lags of the inner window; by default those for the number of draws.
  static func of(_ values: [Double], given input: RankedColumn, lags: Int? = nil) -> PairStatistics {
    let draws = input.order.filter { values[Int($0)].isFinite }
    var walk = Walk(
      values: draws.map { values[Int($0)] },
      replicates: draws.map { Int32(Int($0) / AddressBlock.draws % Replicates.count) },
      lags: lags ?? Self.lags(ofDraws: draws.count))
    // Ranges between long runs of equal values, and the runs.
    var start = 0
    var end = 0
    while end < draws.count {
      let value = input.values[Int(draws[end])]
      var next = end + 1
      while next < draws.count, input.values[Int(draws[next])] == value { next += 1 }
      if next - end >= longRun {
        walk.add(start..<end, isRun: false)
        walk.add(end..<next, isRun: true)
        start = next
      }
      end = next
    }
    walk.add(start..<draws.count, isRun: false)
    return walk.result
  }

  /// Sums over windows that slide along the sorted draws.
  private struct Walk {
    let values: [Double]
    let replicates: [Int32]
    let lags: Int
    var result = PairStatistics()

    init(values: [Double], replicates: [Int32], lags: Int) {
      (self.values, self.replicates, self.lags) = (values, replicates, lags)
    }

    /// Count, sum and sum of squares of the draws in a window, by replicate.
    private struct Window {
      var sums = [Double](repeating: 0, count: 3 * Replicates.count)
      var range = 0..<0

      mutating func move(to new: Range<Int>, _ values: [Double], _ replicates: [Int32]) {
        for place in range.lowerBound..<max(range.lowerBound, min(new.lowerBound, range.upperBound)) {
          add(values[place], replicates[place], -1)
        }
        for place in max(range.upperBound, new.lowerBound)..<max(new.upperBound, range.upperBound) {
          add(values[place], replicates[place], 1)
        }
        range = new
      }

      private mutating func add(_ value: Double, _ replicate: Int32, _ sign: Double) {
        let place = Int(replicate)
        sums[place] += sign
        sums[Replicates.count + place] += sign * value
        sums[2 * Replicates.count + place] += sign * value * value
      }
    }

    /// Adds a range of the sorted draws, which is compared only within itself.
    mutating func add(_ draws: Range<Int>, isRun: Bool) {
      guard draws.count > 1 else { return }
      let count = Replicates.count
      var (sums, weights) = (result.sums, result.weights)
      var inner = Window()
      var whole = Window()
      (inner.range, whole.range) = (
        draws.lowerBound..<draws.lowerBound, draws.lowerBound..<draws.lowerBound
      )
      let (near, far) = (Double(lags + 1) / 2, Double(4 * lags + 1) / 2)
      for place in draws {
        let value = values[place]
        let own = Int(replicates[place])
        inner.move(
          to: max(draws.lowerBound, place - lags)..<min(draws.upperBound, place + lags + 1), values, replicates)
        whole.move(
          to: max(draws.lowerBound, place - 3 * lags)..<min(draws.upperBound, place + 3 * lags + 1), values,
          replicates)
        let partners = Double(whole.range.count) - whole.sums[own]
        let close = Double(inner.range.count) - inner.sums[own]
        // The weights of a pair in the inner and in the outer window.
        let (first, second): (Double, Double)
        if isRun {
          guard partners > 0 else { continue }
          (first, second) = (1 / partners, 1 / partners)
        } else if close > 0, partners > close {
          (first, second) = (far / (far - near) / close, -near / (far - near) / (partners - close))
        } else {
          guard close > 0 else { continue }
          (first, second) = (1 / close, 0)
        }
        inner.sums.withUnsafeBufferPointer { inner in
          whole.sums.withUnsafeBufferPointer { whole in
            for other in 0..<count {
              let pairs = second * whole[other] + (first - second) * inner[other]
              let sum = second * whole[count + other] + (first - second) * inner[count + other]
              let square = second * whole[2 * count + other] + (first - second) * inner[2 * count + other]
              sums[own * count + other] += (value * value * pairs - 2 * value * sum + square) / 2
              weights[own * count + other] += pairs
            }
          }
        }
      }
      (result.sums, result.weights) = (sums, weights)
    }
  }
}
