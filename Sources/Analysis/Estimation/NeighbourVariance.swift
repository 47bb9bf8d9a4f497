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
    of(values, given: input, lags: [lags])[0]
  }

  /// The means for several inner windows.
  static func of(_ values: [Double], given input: RankedColumn, lags: [Int?]) -> [PairStatistics] {
    let draws = input.order.filter { values[Int($0)].isFinite }
    let own = draws.map { values[Int($0)] }
    let replicates = draws.map { Int32(Int($0) / AddressBlock.draws % Replicates.count) }
    // Ranges between long runs of equal values, and the runs.
    var ranges: [(draws: Range<Int>, isRun: Bool)] = []
    var start = 0
    var end = 0
    while end < draws.count {
      let value = input.values[Int(draws[end])]
      var next = end + 1
      while next < draws.count, input.values[Int(draws[next])] == value { next += 1 }
      if next - end >= longRun {
        ranges += [(start..<end, false), (end..<next, true)]
        start = next
      }
      end = next
    }
    ranges.append((start..<draws.count, false))
    return lags.map { lags in
      var result = PairStatistics()
      own.withUnsafeBufferPointer { values in
        replicates.withUnsafeBufferPointer { replicates in
          let walk = NeighbourWalk(
            values: values, replicates: replicates, lags: lags ?? Self.lags(ofDraws: draws.count))
          for (draws, isRun) in ranges { walk.add(draws, isRun: isRun, to: &result) }
        }
      }
      return result
    }
  }
}
