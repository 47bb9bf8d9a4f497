import Distributions
import Sampling
import VectorMath

/// The finite draws of a target in ascending order.
///
/// Bins of ordered draws are ordered too, so that quantiles within bins need no further sorting.
struct OrderedTarget: Sendable {
  /// Maximum number of values of a target with few values.
  private static let fewValues = 64
  /// Minimum number of finite draws in every replicate.
  private static let leastPerReplicate = 64
  /// Maximum number of draws that a regression is fitted to: with 40 coefficients it explains 0.1 % of the variance by chance.
  private static let mostFitted = 1 << 15

  /// The values on which widths are measured, ascending.
  let values: [Double]
  /// Their draws, and their replicates, counted from the first measured one.
  let draws: [Int32]
  let replicates: [UInt8]
  /// The draws that regressions are fitted to, and the normal scores of the target's ranks in them.
  let fit: [Int32]
  let fitScores: [Double]
  /// Whether the target has few values, so that its quantiles are elements of them.
  let hasFewValues: Bool
  /// The number of finite draws.
  let finite: Int
  /// Whether every replicate has enough draws to measure a width.
  let hasEnough: Bool

  /// The finite ones of a target's values, by draw.
  init(_ all: UnsafeBufferPointer<Double>) {
    var sort = RadixSort(capacity: all.count)
    for (draw, value) in all.enumerated() where value.isFinite { sort.append(value, tag: UInt32(draw)) }
    let sorted = sort.sorted()
    let fitted = ExpectedConditionalWidth.fitted
    var counts = [Int](repeating: 0, count: Replicates.count)
    for draw in sort.tags { counts[Self.replicate(draw)] += 1 }
    let measured = counts[fitted...].reduce(0, +)
    var (values, draws, replicates) = ([Double](), [Int32](), [UInt8]())
    values.reserveCapacity(measured)
    draws.reserveCapacity(measured)
    replicates.reserveCapacity(measured)
    var fit: [(draw: Int32, score: Double)] = []
    var known = 0
    let n = Double(sorted.count)
    for (place, (value, draw)) in zip(sorted, sort.tags).enumerated() {
      if place == 0 || value != sorted[place - 1] { known += 1 }
      let replicate = Self.replicate(draw)
      if replicate >= fitted {
        values.append(value)
        draws.append(Int32(draw))
        replicates.append(UInt8(replicate - fitted))
      } else if Int(draw) < Self.mostFitted * Replicates.count / fitted {
        fit.append((Int32(draw), StandardNormal.quantile((Double(place) + 0.5) / n)))
      }
    }
    (self.values, self.draws, self.replicates) = (values, draws, replicates)
    self.fit = fit.map(\.draw)
    fitScores = fit.map(\.score)
    finite = sorted.count
    hasFewValues = known <= Self.fewValues
    hasEnough = counts[fitted...].allSatisfy { $0 >= Self.leastPerReplicate }
  }

  private static func replicate(_ draw: UInt32) -> Int { Int(draw) / AddressBlock.draws % Replicates.count }
}
