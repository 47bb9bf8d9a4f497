import Foundation
import Modeling
import Sampling
import Simulation
import VectorMath

/// Statistics of stored draws: exact order statistics, also of each part of the draws, for standard errors.
///
/// A quantile is between the two draws whose mean cumulative weights enclose the probability (type 5 of Hyndman & Fan
/// 1996, doi:10.1080/00031305.1996.10473566, with weights).
struct DrawSummary {
  /// Draws in the order of their size, with their weights.
  private struct Ordered {
    let values: ArraySlice<Double>
    /// The weight below each draw and half of its own.
    let middles: ArraySlice<Double>
    let total: Double

    func quantile(_ probability: Double) -> Double {
      guard let first = values.first, let last = values.last else { return .nan }
      let weight = probability * total
      let place = middles.partitioningIndex { $0 >= weight }
      guard place > values.startIndex else { return first }
      guard place < values.endIndex else { return last }
      let width = middles[place] - middles[place - 1]
      let share = width > 0 ? (weight - middles[place - 1]) / width : 0
      return values[place - 1] + (values[place] - values[place - 1]) * share
    }

    /// The weight below a value.
    func weight(below x: Double) -> Double {
      let place = values.partitioningIndex { $0 >= x }
      guard place > values.startIndex else { return 0 }
      return place < values.endIndex ? 0.5 * (middles[place - 1] + middles[place]) : total
    }

    /// The share of the weight below a value; not a number without draws.
    func share(below x: Double) -> Double { weight(below: x) / total }
  }

  private static let bars = 200
  private let whole: Ordered
  private let parts: [Ordered]
  private let moments: (mean: Double, sd: Double)
  private let partMeans: [Double]
  private let draws: Int
  private let nonFinite: Int

  /// Draws in their order; those that are not finite are left out.
  ///
  /// - Parameter columns: each with the weight of all its draws together; one column, or those of a mixture.
  init(of columns: [(draws: [Double], weight: Double)]) {
    let columns = columns.filter { $0.weight > 0 }
    let partCount = WeightedEngine.parts
    var sums = [(weight: Double, product: Double)](repeating: (0, 0), count: partCount)
    var partSizes = [Int](repeating: 0, count: partCount)
    var lost = 0
    // A tag says of which column a draw is and, in its lower half, of which part.
    var sort = RadixSort(capacity: columns.reduce(0) { $0 + $1.draws.count })
    var weights: [Double] = []
    for column in columns {
      let finite = column.draws.reduce(0) { $0 + ($1.isFinite ? 1 : 0) }
      lost += column.draws.count - finite
      let weight = column.weight / Double(finite)
      for first in stride(from: 0, to: column.draws.count, by: AddressBlock.draws) {
        let part = first / AddressBlock.draws % partCount
        for value in column.draws[first..<min(first + AddressBlock.draws, column.draws.count)] where value.isFinite {
          sort.append(value, tag: UInt32(weights.count) << 16 | UInt32(part))
          sums[part].weight += weight
          sums[part].product += weight * value
          partSizes[part] += 1
        }
      }
      weights.append(weight)
    }
    let ordered = sort.sorted()
    let tags = sort.tags
    whole = Self.divided(ordered, tags, weights: weights, sizes: [ordered.count]) { _ in 0 }[0]
    parts = Self.divided(ordered, tags, weights: weights, sizes: partSizes) { Int($0 & 0xFFFF) }
    let center = sums.reduce(0) { $0 + $1.product } / whole.total
    var squares = 0.0
    let unit = SquareUnit.of([center, ordered.first ?? 0, ordered.last ?? 0])
    for (value, tag) in zip(ordered, tags) {
      let deviation = value / unit - center / unit
      squares += weights[Int(tag >> 16)] * deviation * deviation
    }
    moments = (center, (squares / whole.total).squareRoot() * unit)
    partMeans = sums.map { $0.product / $0.weight }
    draws = columns.first?.draws.count ?? 0
    nonFinite = lost
  }

  /// Ordered draws distributed to groups of known sizes by their tags; the order is preserved.
  private static func divided(
    _ ordered: [Double], _ tags: [UInt32], weights: [Double], sizes: [Int], group: (_ tag: UInt32) -> Int
  ) -> [Ordered] {
    var ends: [Int] = []
    for size in sizes { ends.append((ends.last ?? 0) + size) }
    var places = zip(ends, sizes).map { $0 - $1 }
    var totals = [Double](repeating: 0, count: sizes.count)
    var values = [Double](repeating: 0, count: ordered.count)
    var middles = values
    for (value, tag) in zip(ordered, tags) {
      let (group, weight) = (group(tag), weights[Int(tag >> 16)])
      let place = places[group]
      places[group] = place + 1
      values[place] = value
      middles[place] = totals[group] + 0.5 * weight
      totals[group] += weight
    }
    return sizes.indices.map { group in
      let own = ends[group] - sizes[group]..<ends[group]
      return Ordered(values: values[own], middles: middles[own], total: totals[group])
    }
  }

  /// A quantile with its standard error, as `BinnedDistribution.quantileError`: from the share of draws below the quantile
  /// in each part. Not a number where about four draws or fewer are to be expected outside it.
  func quantile(_ probability: Double) -> Estimate {
    let quantile = whole.quantile(probability)
    let n = Double(whole.values.count)
    let effect = ReplicateSpread.designEffect(
      probability, of: n, parts.map { ($0.share(below: quantile), $0.values.count) })
    let multiple = ConfidenceInterval.multiple(replicates: parts.count { !$0.values.isEmpty })
    let step = multiple * (probability * (1 - probability) / n * effect).squareRoot()
    guard probability - step > 0, probability + step < 1 else { return Estimate(quantile, error: .nan) }
    let (low, high) = (whole.quantile(probability - step), whole.quantile(probability + step))
    return Estimate(quantile, error: max(high - quantile, quantile - low) / multiple)
  }

  /// The share of the draws above a value, with its standard error.
  func share(above x: Double) -> Estimate {
    let (above, n) = (1 - whole.share(below: x), Double(whole.values.count))
    let effect = ReplicateSpread.designEffect(above, of: n, parts.map { (1 - $0.share(below: x), $0.values.count) })
    return Estimate(above, error: ReplicateSpread.shareError(above * n, of: n, effect: effect))
  }

  /// All figures.
  var cell: CellSummary {
    CellSummary(
      draws: draws, nonFinite: nonFinite, mean: Estimate(moments.mean, error: Parts.error(partMeans)),
      momentWarning: nil, sd: moments.sd, min: whole.values.first ?? .nan, max: whole.values.last ?? .nan,
      quantiles: CellSummary.probabilities.map(quantile), histogram: histogram)
  }

  /// Bars as those of outputs: equal in ratio where all draws are positive and span more than two powers of ten, else in
  /// width.
  private var histogram: [CellSummary.Bin] {
    guard let low = whole.values.first, let high = whole.values.last, whole.total > 0 else { return [] }
    let count = draws
    guard high > low else { return [CellSummary.Bin(low: low, high: high, count: count)] }
    let isGeometric = low > 0 && high / low > 100
    func edge(_ k: Int) -> Double {
      if k == 0 { return low }
      if k == Self.bars { return high }
      let share = Double(k) / Double(Self.bars)
      return isGeometric ? low * exp(share * log(high / low)) : low + share * (high - low)
    }
    var divided = 0
    return (0..<Self.bars).map { k in
      let below = k + 1 == Self.bars ? whole.total : whole.weight(below: edge(k + 1))
      let reached = Int((below / whole.total * Double(count)).rounded())
      defer { divided = reached }
      return CellSummary.Bin(low: edge(k), high: edge(k + 1), count: max(0, reached - divided))
    }
  }
}
