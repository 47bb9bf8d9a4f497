import Foundation
import Modeling
import VectorMath

/// The distribution of finite draws as a sketch knows it: order statistics within a bin are spread evenly over it.
///
/// A quantile is off by at most the width of its bin, 2.4e-4 of its size for 4,096 bins an octave; where the density
/// is smooth, by far less. Draws that were counted about an offset are given as themselves: there the bin's width is that
/// of the deviation. Where the values that occur are known, order statistics are among them.
struct BinnedDistribution {
  private let bins: SketchBins
  /// The number of draws in bins before each bin, and after the last.
  private let before: [Int]
  /// The smallest and the largest draw, which a rounded sum with the offset could miss.
  private let smallest: Double, largest: Double
  /// The same, less the offset.
  private let minimum: Double, maximum: Double
  /// The number that was subtracted from every draw before it was counted.
  private let offset: Double
  /// The values that occur, where they are known.
  private let outcomes: DiscreteValues?

  /// Finite draws.
  var count: Int { before[bins.binCount] }

  /// The distribution of a sketch, whose extremes are known.
  ///
  /// Without known extremes, the ends of the outermost bins serve.
  ///
  /// - Parameters:
  ///   - offset: what was subtracted from every draw before the sketch counted it.
  ///   - values: all values that occur, ascending, where they are few.
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
    // The bin in which the sum first exceeds a limit; that of zero without draws.
    func bin(above limit: Int) -> Int { before.firstIndex { $0 > limit }.map { $0 - 1 } ?? bins.zeroIndex }
    smallest = minimum ?? bins.bounds(ofBin: bin(above: 0)).low + offset
    largest = maximum ?? bins.bounds(ofBin: bin(above: max(sum - 1, 0))).high + offset
    self.minimum = SummaryCalibration.deviation(of: smallest, from: offset)
    self.maximum = SummaryCalibration.deviation(of: largest, from: offset)
  }

  /// The quantile at a probability: between the two order statistics nearest to it (type 7 of Hyndman & Fan 1996,
  /// doi:10.1080/00031305.1996.10473566). Not a number without draws.
  func quantile(_ probability: Double) -> Double {
    if let outcomes { return quantile(probability, outcomes.orderStatistic) }
    guard offset != 0 else { return centredQuantile(probability) }
    return min(max(centredQuantile(probability) + offset, smallest), largest)
  }

  /// The quantile, less the offset.
  private func centredQuantile(_ probability: Double) -> Double {
    guard let outcomes else { return quantile(probability, orderStatistic) }
    return quantile(probability, outcomes.orderStatistic) - offset
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

  /// The standard error of the quantile at a probability: the further end of the confidence interval whose ends are the
  /// quantiles a multiple z of the share's standard error to either side, over z (Woodruff 1952,
  /// doi:10.1080/01621459.1952.10483443; of independent draws, order statistics).
  ///
  /// So the quantile and z errors to either side hold that interval: also in a tail, where the ends are unlike, and at the
  /// edge of an atom, where the quantile may be at the atom or beyond it. Not a number where an end is beyond all draws:
  /// about four draws are to be expected outside the quantile.
  ///
  /// - Parameters:
  ///   - shareError: the standard error of the share of draws below the quantile.
  ///   - multiple: z.
  func quantileError(_ probability: Double, shareError: Double, multiple: Double) -> Double {
    let step = multiple * shareError
    guard count > 1, probability - step > 0, probability + step < 1 else { return .nan }
    let middle = centredQuantile(probability)
    let (low, high) = (centredQuantile(probability - step), centredQuantile(probability + step))
    return max(high - middle, middle - low) / multiple
  }

  /// What spreading draws evenly over the bin of a quantile may cost: the standard deviation of a place in the bin,
  /// width / sqrt(12), times the part of the bin's draws that its neighbours lack, or have on top.
  ///
  /// Nothing to speak of where the density is smooth; all of it where one value makes up the bin and is not known. Zero
  /// in a bin without width, and without draws; of values that are known, what lies between those of the bin.
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

  /// The draw with so many below it.
  private func orderStatistic(_ rank: Int) -> Double {
    if rank <= 0 { return minimum }
    if rank >= count - 1 { return maximum }
    let bin = bin(ofRank: rank)
    let inside = before[bin + 1] - before[bin]
    let (from, to) = bounds(bin)
    return from + (to - from) * ((Double(rank - before[bin]) + 0.5) / Double(inside))
  }

  /// The bin of the draw with so many below it.
  private func bin(ofRank rank: Int) -> Int {
    min(before.dropFirst().partitioningIndex { $0 > rank } - 1, bins.binCount - 1)
  }

  /// The values of a bin, as far as draws reach.
  private func bounds(_ bin: Int) -> (Double, Double) {
    let (low, high) = bins.bounds(ofBin: bin)
    return (min(max(low, minimum), maximum), max(min(high, maximum), minimum))
  }

  /// How many draws lie below a value.
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

  /// Bars from the smallest to the largest draw, as `CellSummary.histogram` tells. One bar without width if all draws
  /// are equal.
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

  /// The edges of a histogram's bars, ascending.
  private func edges(bars: Int) -> [Double] {
    let (minimum, maximum) = (smallest, largest)
    let isGeometric = minimum > 0 && maximum / minimum > 100
    if !isGeometric || maximum - minimum < Double(bars), let edges = outcomes?.edges(bars: bars) { return edges }
    let (start, ratio) = (log(minimum), log(maximum) - log(minimum))
    func edge(_ k: Int) -> Double {
      if k == 0 { return minimum }
      if k == bars { return maximum }
      let share = Double(k) / Double(bars)
      return isGeometric ? exp(start + ratio * share) : minimum * (1 - share) + maximum * share
    }
    var edges = (0...bars).map(edge)
    for k in 1...bars { edges[k] = max(edges[k], edges[k - 1]) }
    return edges
  }

  /// Hands out the draws furthest up or down, bin by bin: the bin's middle and how many draws of it count.
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

  /// What part of all deviations from the median, and of their squares, the draws furthest from it carry; and what part
  /// of the squares the furthest draw carries alone.
  ///
  /// - Parameters:
  ///   - draws: how many of the furthest draws.
  ///   - each: what the distribution counts for one draw.
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
    // All others count in the total alone, in whatever order.
    while low <= high {
      let inside = before[low + 1] - before[low]
      if inside > 0 { add(inside, deviation(low), to: &total) }
      low += 1
    }
    guard total.squared > 0 else { return (0, 0, 0) }
    return (furthest.absolute / total.absolute, furthest.squared / total.squared, greatest / total.squared)
  }
}
