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
    /// For each draw, the weight of the draws below it plus half of its weight.
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

  /// What is known of the parts of the draws.
  private enum PartDraws {
    /// The draws of each part in their order.
    case ordered([Ordered])
    /// A column of equally probable draws in the order in which they were made, those that are not finite replaced by
    /// infinity; the number of finite ones of each part; and their cumulative weights.
    case made([Double], sizes: [Int], EqualWeights)
  }

  private static let bars = 200
  private let whole: Ordered
  private let parts: PartDraws
  private let moments: (mean: Double, sd: Double)
  private let partMeans: [Double]
  private let draws: Int
  private let nonFinite: Int

  /// Equally probable draws in their order; those that are not finite are left out.
  ///
  /// - Parameter shared: weights that serve if they are those of as many draws.
  init(of column: [Double], weights shared: EqualWeights? = nil) {
    let finite = column.reduce(0) { $0 + ($1.isFinite ? 1 : 0) }
    let ordered = RadixSort.sorted(finite == column.count ? column : column.filter(\.isFinite))
    let weights: EqualWeights
    if let shared, shared.count == finite { weights = shared } else { weights = EqualWeights(count: finite) }
    let weight = weights.weight
    var sums = [(weight: Double, product: Double)](repeating: (0, 0), count: WeightedEngine.parts)
    var sizes = [Int](repeating: 0, count: WeightedEngine.parts)
    for first in stride(from: 0, to: column.count, by: AddressBlock.draws) {
      let part = first / AddressBlock.draws % WeightedEngine.parts
      var (sum, size) = (sums[part], sizes[part])
      for value in column[first..<min(first + AddressBlock.draws, column.count)] where value.isFinite {
        sum.weight += weight
        sum.product += weight * value
        size += 1
      }
      (sums[part], sizes[part]) = (sum, size)
    }
    let total = weights.total(of: finite)
    whole = Ordered(values: ordered[...], middles: weights.middles[..<finite], total: total)
    let infinite = finite == column.count ? column : column.map { $0.isFinite ? $0 : .infinity }
    parts = .made(infinite, sizes: sizes, weights)
    let center = sums.reduce(0) { $0 + $1.product } / total
    let unit = SquareUnit.of([center, ordered.first ?? 0, ordered.last ?? 0])
    let origin = center / unit
    var squares = 0.0
    for value in ordered {
      let deviation = value / unit - origin
      squares += weight * deviation * deviation
    }
    moments = (center, (squares / total).squareRoot() * unit)
    partMeans = sums.map { $0.product / $0.weight }
    draws = column.count
    nonFinite = column.count - finite
  }

  /// Draws of a mixture in their order; those that are not finite are left out.
  ///
  /// - Parameter columns: each with the weight of all its draws together.
  init(ofMixture columns: [(draws: [Double], weight: Double)]) {
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
        let tag = UInt32(weights.count) << 16 | UInt32(part)
        var (sum, size) = (sums[part], partSizes[part])
        for value in column.draws[first..<min(first + AddressBlock.draws, column.draws.count)] where value.isFinite {
          sort.append(value, tag: tag)
          sum.weight += weight
          sum.product += weight * value
          size += 1
        }
        (sums[part], partSizes[part]) = (sum, size)
      }
      weights.append(weight)
    }
    let ordered = sort.sorted()
    let tags = sort.tags
    whole = Self.divided(ordered, tags, weights: weights, sizes: [ordered.count]) { _ in 0 }[0]
    parts = .ordered(Self.divided(ordered, tags, weights: weights, sizes: partSizes) { Int($0 & 0xFFFF) })
    let center = sums.reduce(0) { $0 + $1.product } / whole.total
    let unit = SquareUnit.of([center, ordered.first ?? 0, ordered.last ?? 0])
    let origin = center / unit
    var squares = 0.0
    for (value, tag) in zip(ordered, tags) {
      let deviation = value / unit - origin
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

  /// For each of some finite values, the share of each part's weight below it with the number of the part's draws.
  private func partShares(below levels: [Double]) -> [[(share: Double, count: Int)]] {
    switch parts {
    case .ordered(let parts): return levels.map { x in parts.map { ($0.share(below: x), $0.values.count) } }
    case .made(let column, let sizes, let weights):
      var below = [Int](repeating: 0, count: levels.count * sizes.count)
      column.withUnsafeBufferPointer { column in
        below.withUnsafeMutableBufferPointer { below in
          guard let values = column.baseAddress, let counts = below.baseAddress else { return }
          levels.withUnsafeBufferPointer { levels in
            for first in stride(from: 0, to: column.count, by: AddressBlock.draws) {
              let part = first / AddressBlock.draws % sizes.count
              Columns.countBelow(
                levels, Column(values + first), count: min(AddressBlock.draws, column.count - first),
                into: counts + part * levels.count)
            }
          }
        }
      }
      return levels.indices.map { level in
        sizes.indices.map { part in
          (weights.share(below: below[part * levels.count + level], of: sizes[part]), sizes[part])
        }
      }
    }
  }

  /// Quantiles with their standard errors, as `BinnedDistribution.quantileError`: from the share of draws below the
  /// quantile in each part. An error is not a number where about four draws or fewer are to be expected outside the
  /// quantile.
  func quantiles(_ probabilities: [Double]) -> [Estimate] {
    let found = probabilities.map(whole.quantile)
    let n = Double(whole.values.count)
    return zip(zip(probabilities, found), partShares(below: found)).map { pair, shares in
      let (probability, quantile) = pair
      let effect = ReplicateSpread.designEffect(probability, of: n, shares)
      let multiple = ConfidenceInterval.multiple(replicates: shares.count { $0.count > 0 })
      let step = multiple * (probability * (1 - probability) / n * effect).squareRoot()
      guard probability - step > 0, probability + step < 1 else { return Estimate(quantile, error: .nan) }
      let (low, high) = (whole.quantile(probability - step), whole.quantile(probability + step))
      return Estimate(quantile, error: max(high - quantile, quantile - low) / multiple)
    }
  }

  /// The share of the draws above a finite value, with its standard error.
  func share(above x: Double) -> Estimate {
    let (above, n) = (1 - whole.share(below: x), Double(whole.values.count))
    let shares = partShares(below: [x])[0].map { (share: 1 - $0.share, count: $0.count) }
    let effect = ReplicateSpread.designEffect(above, of: n, shares)
    return Estimate(above, error: ReplicateSpread.shareError(above * n, of: n, effect: effect))
  }

  /// All figures.
  var cell: CellSummary {
    CellSummary(
      draws: draws, nonFinite: nonFinite, mean: Estimate(moments.mean, error: Parts.error(partMeans)),
      momentWarning: nil, sd: moments.sd, min: whole.values.first ?? .nan, max: whole.values.last ?? .nan,
      quantiles: quantiles(CellSummary.probabilities), histogram: histogram)
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
    let edges = (0...Self.bars).map(edge)
    var divided = 0
    return (0..<Self.bars).map { k in
      let below = k + 1 == Self.bars ? whole.total : whole.weight(below: edges[k + 1])
      let reached = Int((below / whole.total * Double(count)).rounded())
      defer { divided = reached }
      return CellSummary.Bin(low: edges[k], high: edges[k + 1], count: max(0, reached - divided))
    }
  }
}
