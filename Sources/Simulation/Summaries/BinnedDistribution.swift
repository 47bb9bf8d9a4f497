import Foundation
import Modeling
import VectorMath

/// The distribution of finite draws as estimated from a sketch, with order statistics evenly spaced within each bin.
///
/// The error of a quantile is at most the width of its bin, a relative 2.4e-4 for 4,096 bins per octave, and much less
/// if the density is smooth. For draws counted about an offset, the width is relative to the deviation from it. If the
/// set of distinct values is known, order statistics are elements of it.
struct BinnedDistribution {
  private let bins: SketchBins
  /// The number of draws below each bin, and the total.
  private let before: [Int]
  /// The smallest and the largest draw, which a rounded sum with the offset might not reproduce.
  private let smallest: Double, largest: Double
  /// The same, minus the offset.
  private let minimum: Double, maximum: Double
  /// The offset subtracted from every draw before it was counted.
  private let offset: Double
  /// The distinct values, if known.
  private let outcomes: DiscreteValues?

  /// The number of finite draws.
  var count: Int { before[bins.binCount] }

  /// The distribution of a sketch with known extremes.
  ///
  /// If the extremes are unknown, the ends of the outermost bins are used.
  ///
  /// - Parameters:
  ///   - offset: the offset subtracted from every draw before it was counted.
  ///   - values: all distinct values, ascending, if they are few.
  init<Count>(
    _ sketch: Sketch<Count>, minimum: Double? = nil, maximum: Double? = nil, offset: Double = 0,
    values: [Double]? = nil
  ) {
    let bins = sketch.bins
    var before = [Int](repeating: 0, count: bins.binCount + 1)
    var sum = 0
    for index in 0..<bins.binCount {
      sum &+= Int(truncatingIfNeeded: sketch.counts[index])
      before[index + 1] = sum
    }
    self.bins = bins
    self.before = before
    self.offset = offset
    outcomes = values.flatMap { DiscreteValues($0, bins, before: before, offset: offset) }
    // The bin in which the cumulative count first exceeds a limit; the zero bin if there are no draws.
    func bin(above limit: Int) -> Int { before.firstIndex { $0 > limit }.map { $0 - 1 } ?? bins.zeroIndex }
    smallest = minimum ?? bins.bounds(ofBin: bin(above: 0)).low + offset
    largest = maximum ?? bins.bounds(ofBin: bin(above: max(sum - 1, 0))).high + offset
    self.minimum = SummaryCalibration.deviation(of: smallest, from: offset)
    self.maximum = SummaryCalibration.deviation(of: largest, from: offset)
  }

  /// The quantile, interpolated between the two nearest order statistics (type 7 of Hyndman & Fan 1996,
  /// doi:10.1080/00031305.1996.10473566). NaN without draws.
  ///
  /// If the distinct values are known, it is one of them: the smallest that at least this fraction of draws does not
  /// exceed (type 1).
  func quantile(_ probability: Double) -> Double {
    if let outcomes { return quantile(probability, among: outcomes) }
    guard offset != 0 else { return centredQuantile(probability) }
    return min(max(centredQuantile(probability) + offset, smallest), largest)
  }

  /// The quantile, minus the offset.
  private func centredQuantile(_ probability: Double) -> Double {
    guard let outcomes else { return quantile(probability, orderStatistic) }
    return quantile(probability, among: outcomes) - offset
  }

  private func quantile(_ probability: Double, among outcomes: DiscreteValues) -> Double {
    count > 0 ? outcomes.orderStatistic(DiscreteValues.rank(of: probability, count: count)) : .nan
  }

  private func quantile(_ probability: Double, _ orderStatistic: (Int) -> Double) -> Double {
    guard count > 0 else { return .nan }
    let place = min(max(probability, 0), 1) * Double(count - 1)
    let rank = Int(place)
    let fraction = place - Double(rank)
    let low = orderStatistic(rank)
    guard fraction > 0 else { return low }
    let high = orderStatistic(min(rank + 1, count - 1))
    return low + (high - low) * fraction
  }

  /// The standard error of the quantile at a probability p: max(Q(p + z e) - Q(p), Q(p) - Q(p - z e)) / z, with e the
  /// standard error of the fraction below the quantile (Woodruff 1952, doi:10.1080/01621459.1952.10483443; for
  /// independent draws, order statistics).
  ///
  /// The quantile plus or minus z errors thus contains that confidence interval, also in a tail, where the interval is
  /// asymmetric, and at the edge of an atom, where the quantile may be at the atom or beyond it. NaN if an end is
  /// beyond all draws: about four draws must be expected outside the quantile.
  ///
  /// - Parameters:
  ///   - shareError: the standard error of the fraction of draws below the quantile.
  ///   - multiple: z.
  func quantileError(_ probability: Double, shareError: Double, multiple: Double) -> Double {
    let step = multiple * shareError
    guard count > 1, probability - step > 0, probability + step < 1 else { return .nan }
    let middle = centredQuantile(probability)
    let (low, high) = (centredQuantile(probability - step), centredQuantile(probability + step))
    return max(high - middle, middle - low) / multiple
  }

  /// The error due to the even spacing of draws within the quantile's bin: the standard deviation of a position in the
  /// bin, width / sqrt(12), times the relative deviation of the bin's count from that of its neighbours.
  ///
  /// It is negligible if the density is smooth, and complete if the bin contains a single unknown value. It is zero in
  /// a bin of zero width and without draws; with known distinct values, the width is the range of those in the bin.
  func resolution(_ probability: Double) -> Double {
    guard count > 0 else { return 0 }
    let bin = bin(ofRank: Int(min(max(probability, 0), 1) * Double(count - 1)))
    if let outcomes { return outcomes.width(ofBin: bin) / 12.0.squareRoot() }
    func inside(_ bin: Int) -> Double {
      bin >= 0 && bin < bins.binCount ? Double(before[bin + 1] - before[bin]) : 0
    }
    let own = inside(bin)
    let step = max((own - inside(bin - 1)).magnitude, (own - inside(bin + 1)).magnitude)
    let (from, to) = bounds(bin)
    return (to - from) / 12.0.squareRoot() * min(1, step / own)
  }

  /// The order statistic with `rank` draws below it.
  private func orderStatistic(_ rank: Int) -> Double {
    if rank <= 0 { return minimum }
    if rank >= count - 1 { return maximum }
    let bin = bin(ofRank: rank)
    let inside = before[bin + 1] - before[bin]
    let (from, to) = bounds(bin)
    return from + (to - from) * ((Double(rank - before[bin]) + 0.5) / Double(inside))
  }

  /// The bin of the order statistic with `rank` draws below it.
  private func bin(ofRank rank: Int) -> Int {
    min(before.dropFirst().partitioningIndex { $0 > rank } - 1, bins.binCount - 1)
  }

  /// The range of a bin, limited to that of the draws.
  private func bounds(_ bin: Int) -> (Double, Double) {
    let (low, high) = bins.bounds(ofBin: bin)
    return (min(max(low, minimum), maximum), max(min(high, maximum), minimum))
  }

  /// The number of draws below a value.
  func count(below value: Double) -> Int {
    if let outcomes { return outcomes.count(below: value) }
    let x = SummaryCalibration.deviation(of: value, from: offset)
    if x <= minimum { return 0 }
    if x > maximum { return count }
    var index: UInt32 = 0
    var deviation = x
    bins.indexes(of: &deviation, into: &index, count: 1)
    let bin = Int(index)
    guard bin < bins.binCount else {
      // Nearer to zero than every octave, or beyond the last one.
      if x.magnitude < Double(sign: .plus, exponent: bins.lowestExponent, significand: 1) {
        return before[x < 0 ? bins.zeroIndex : bins.zeroIndex + 1]
      }
      return x < 0 ? 0 : count
    }
    let (low, high) = bounds(bin)
    guard high > low else { return before[bin] }
    let share = min(max((x - low) / (high - low), 0), 1)
    return before[bin] + Int((Double(before[bin + 1] - before[bin]) * share).rounded())
  }

  /// A histogram from the smallest to the largest draw, as described for `CellSummary.histogram`; one bin of zero width
  /// if all draws are equal.
  func histogram(bars: Int) -> [CellSummary.Bin] {
    guard count > 0 else { return [] }
    let (minimum, maximum) = (smallest, largest)
    guard maximum > minimum else { return [CellSummary.Bin(low: minimum, high: maximum, count: count)] }
    let edges = edges(bars: bars)
    let below = edges.indices.map { $0 == 0 ? 0 : $0 == edges.count - 1 ? count : count(below: edges[$0]) }
    return edges.indices.dropLast().map {
      CellSummary.Bin(low: edges[$0], high: edges[$0 + 1], count: below[$0 + 1] - below[$0])
    }
  }

  /// The edges of a histogram's bins, ascending.
  private func edges(bars: Int) -> [Double] {
    let (minimum, maximum) = (smallest, largest)
    let isGeometric = minimum > 0 && maximum / minimum > 100
    if !isGeometric || maximum - minimum < Double(bars), let edges = outcomes?.edges(bars: bars) { return edges }
    let (start, ratio) = (PortableMath.log(minimum), PortableMath.log(maximum) - PortableMath.log(minimum))
    func edge(_ k: Int) -> Double {
      if k == 0 { return minimum }
      if k == bars { return maximum }
      let share = Double(k) / Double(bars)
      return isGeometric ? PortableMath.exp(start + ratio * share) : minimum * (1 - share) + maximum * share
    }
    var edges = (0...bars).map(edge)
    for k in 1...bars { edges[k] = max(edges[k], edges[k - 1]) }
    return edges
  }

  /// Iterates over the largest or smallest draws, bin by bin: the bin's midpoint and the number of these draws in it.
  func forEachFromEnd(isUpper: Bool, draws: Int, _ body: (_ value: Double, _ count: Int) -> Void) {
    var left = min(draws, count)
    var bin = isUpper ? bins.binCount - 1 : 0
    while left > 0, bin >= 0, bin < bins.binCount {
      let inside = min(before[bin + 1] - before[bin], left)
      if inside > 0 {
        let (low, high) = bounds(bin)
        body(low / 2 + high / 2 + offset, inside)
      }
      left -= inside
      bin += isUpper ? -1 : 1
    }
  }

  /// The fractions of the sum of absolute deviations from the median, and of their squares, that are due to the
  /// furthest draws; and the fraction of the squares due to the single furthest draw.
  ///
  /// - Parameters:
  ///   - draws: the number of furthest draws.
  ///   - each: the count that represents one draw.
  func concentration(of draws: Int, each: Int = 1) -> (absolute: Double, squared: Double, greatest: Double) {
    let median = centredQuantile(0.5)
    var total = (absolute: 0.0, squared: 0.0)
    var furthest = (absolute: 0.0, squared: 0.0)
    // Scaled by the larger extreme, so that squares stay finite.
    let size = max((maximum - median).magnitude, (minimum - median).magnitude)
    guard size > 0, size < .infinity else { return (0, 0, 0) }
    func deviation(_ bin: Int) -> Double {
      let (low, high) = bounds(bin)
      return ((low / 2 + high / 2) - median).magnitude / size
    }
    func add(_ count: Int, _ deviation: Double, to sums: inout (absolute: Double, squared: Double)) {
      sums.absolute += Double(count) * deviation
      sums.squared += Double(count) * deviation * deviation
    }
    var left = draws
    var greatest = 0.0
    var (low, high) = (0, bins.binCount - 1)
    while low <= high, left > 0 {
      while low < high, before[low + 1] == before[low] { low += 1 }
      while high > low, before[high + 1] == before[high] { high -= 1 }
      let (lowDeviation, highDeviation) = (deviation(low), deviation(high))
      let isLow = lowDeviation > highDeviation
      let (bin, deviation) = isLow ? (low, lowDeviation) : (high, highDeviation)
      let inside = before[bin + 1] - before[bin]
      if inside > 0, greatest == 0 { greatest = Double(each) * deviation * deviation }
      add(inside, deviation, to: &total)
      add(min(inside, left), deviation, to: &furthest)
      left -= min(inside, left)
      if isLow { low += 1 } else { high -= 1 }
    }
    // All other draws contribute only to the total, in any order.
    while low <= high {
      let inside = before[low + 1] - before[low]
      if inside > 0 { add(inside, deviation(low), to: &total) }
      low += 1
    }
    guard total.squared > 0 else { return (0, 0, 0) }
    return (furthest.absolute / total.absolute, furthest.squared / total.squared, greatest / total.squared)
  }
}
