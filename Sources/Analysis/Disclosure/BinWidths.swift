import Sampling

/// The mean width of a target's 90 % interval over bins of draws, with its leave-one-replicate-out values.
///
/// Percentiles are of type 8 of Hyndman & Fan 1996 (doi:10.1080/00031305.1996.10473566), which are nearly
/// median-unbiased in small bins; with type 7 the width of 2,048 normal draws is too small by 0.3 %. Quantiles of a target
/// with few values are elements of these values.
///
/// Where a probability of 5 or 95 % is within the noise of a bin from the edge of an atom or of a gap, the quantile is on
/// one side of it in some bins and on the other side in others, and the mean width is biased by up to half of the jump.
/// With D(h) the mean over bins of Q(p + h) - Q(p - h) and e the standard error of the fraction below the quantile,
/// 2 D(2 e) - D(4 e) is the jump near such an edge, and not positive for smooth tails.
struct BinWidths {
  /// The lower tail's probability; the upper tail has the same.
  static let tail = 0.05
  private static let replicateCount = ExpectedConditionalWidth.measuredReplicates

  /// Sums over bins, weighted by their numbers of draws: of widths, of leave-one-replicate-out widths, and of
  /// 2 D(2 e) - D(4 e) in both tails.
  struct Sums {
    var width = 0.0
    var without = [Double](repeating: 0, count: replicateCount)
    var jumps = 0.0
  }

  private let target: OrderedTarget

  init(_ target: OrderedTarget) { self.target = target }

  /// The sums over the bins of each kind.
  ///
  /// - Parameters:
  ///   - bins: the bin of each measured draw.
  ///   - kinds: the kind of each bin, from 0 on, below `kindCount`.
  func sums(_ bins: [UInt16], kinds: [UInt8], kindCount: Int) -> [Sums] {
    let replicates = Self.replicateCount
    // The draws of each bin, in ascending order of the target; and their numbers by replicate.
    var counts = [Int32](repeating: 0, count: kinds.count * replicates)
    counts.withUnsafeMutableBufferPointer { counts in
      for place in bins.indices { counts[Int(bins[place]) * replicates + Int(target.replicates[place])] += 1 }
    }
    var starts = [Int](repeating: 0, count: kinds.count + 1)
    for bin in kinds.indices {
      starts[bin + 1] = starts[bin] + counts[bin * replicates..<(bin + 1) * replicates].reduce(0) { $0 + Int($1) }
    }
    var next = starts
    let places = [Int32](unsafeUninitializedCapacity: bins.count) { places, initialised in
      next.withUnsafeMutableBufferPointer { next in
        bins.withUnsafeBufferPointer { bins in
          for place in bins.indices {
            let bin = Int(bins[place])
            places[next[bin]] = Int32(truncatingIfNeeded: place)
            next[bin] += 1
          }
        }
      }
      initialised = bins.count
    }
    var sums = [Sums](repeating: Sums(), count: kindCount)
    places.withUnsafeBufferPointer { places in
      target.values.withUnsafeBufferPointer { values in
        target.replicates.withUnsafeBufferPointer { replicates in
          for bin in kinds.indices where starts[bin] < starts[bin + 1] {
            let own = OrderedBin(
              places: UnsafeBufferPointer(rebasing: places[starts[bin]..<starts[bin + 1]]), values: values,
              replicates: replicates, hasFewValues: target.hasFewValues)
            let first = bin * Self.replicateCount
            own.add(to: &sums[Int(kinds[bin])], counts: counts[first..<first + Self.replicateCount].map(Int.init))
          }
        }
      }
    }
    return sums
  }
}

/// The draws of a bin in ascending order of the target.
private struct OrderedBin {
  let places: UnsafeBufferPointer<Int32>
  let values: UnsafeBufferPointer<Double>
  let replicates: UnsafeBufferPointer<UInt8>
  let hasFewValues: Bool

  /// Adds the bin's width, times its number of draws.
  func add(to sums: inout BinWidths.Sums, counts: [Int]) {
    let (count, tail) = (places.count, BinWidths.tail)
    let weight = Double(count)
    sums.width += weight * (quantile(1 - tail) - quantile(tail))
    // Both tails in steps of the standard error of the fraction below the quantile.
    let error = (tail * (1 - tail) / weight).squareRoot()
    for probability in [tail, 1 - tail] {
      func spread(_ step: Double) -> Double { quantile(probability + step) - quantile(probability - step) }
      sums.jumps += weight * (2 * spread(2 * error) - spread(4 * error))
    }
    let low = position(tail, of: count).rank
    let high = position(1 - tail, of: count).rank
    var (below, above) = (counts.map { _ in 0 }, counts)
    for place in 0..<low { below[Int(replicates[Int(places[place])])] += 1 }
    for place in high..<count { above[Int(replicates[Int(places[place])])] -= 1 }
    for replicate in counts.indices where counts[replicate] < count {
      let rest = count - counts[replicate]
      let first = quantile(tail, of: rest, without: UInt8(replicate), from: low, passed: low - below[replicate])
      let last = quantile(1 - tail, of: rest, without: UInt8(replicate), from: high, passed: high - above[replicate])
      sums.without[replicate] += Double(rest) * (last - first)
    }
  }

  private func value(_ place: Int) -> Double { values[Int(places[place])] }

  /// The position (n + 1/3) p + 1/3 of a quantile, counted from 0; for a target with few values that of the smallest
  /// value that at least a fraction p of them does not exceed.
  private func position(_ probability: Double, of count: Int) -> (rank: Int, part: Double) {
    if hasFewValues {
      let rank = (Double(count) * probability).rounded(.up) - 1
      return (Int(min(max(rank, 0), Double(count - 1))), 0)
    }
    let place = (Double(count) + 1.0 / 3) * probability + 1.0 / 3 - 1
    guard place > 0 else { return (0, 0) }
    let rank = Int(place)
    return rank + 1 < count ? (rank, place - Double(rank)) : (count - 1, 0)
  }

  private func quantile(_ probability: Double) -> Double {
    let (rank, part) = position(probability, of: places.count)
    let low = value(rank)
    return part > 0 ? low + part * (value(rank + 1) - low) : low
  }

  /// The quantile of the draws of all replicates but one.
  ///
  /// - Parameters:
  ///   - count: their number.
  ///   - start: a place, before which `passed` of them are.
  private func quantile(_ probability: Double, of count: Int, without omitted: UInt8, from start: Int, passed: Int)
    -> Double
  {
    let (rank, part) = position(probability, of: count)
    var (place, before) = (start, passed)
    func isKept(_ place: Int) -> Bool { replicates[Int(places[place])] != omitted }
    while before > rank {
      place -= 1
      if isKept(place) { before -= 1 }
    }
    while true {
      if isKept(place) {
        if before == rank { break }
        before += 1
      }
      place += 1
    }
    let low = value(place)
    guard part > 0 else { return low }
    place += 1
    while !isKept(place) { place += 1 }
    return low + part * (value(place) - low)
  }
}
