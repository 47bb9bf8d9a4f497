import VectorMath

/// The frequencies of a few distinct values, from a sketch's counts.
///
/// They are exact if every value has a separate bin: integers up to 8,192, and larger ones about an offset. Values in
/// the same bin are assumed to be equally frequent.
struct DiscreteValues {
  /// The distinct values, ascending.
  private let values: [Double]
  /// The bin of each.
  private let bins: [Int]
  /// The number of draws below each value, and after the last.
  private let before: [Int]

  /// The frequencies from a sketch's cumulative counts; nil if a draw is in a bin without a value.
  ///
  /// - Parameters:
  ///   - values: all distinct values, ascending.
  ///   - offset: the offset subtracted from every draw before it was counted.
  init?(_ values: [Double], _ bins: SketchBins, before: [Int], offset: Double) {
    var kept: [(value: Double, bin: Int)] = []
    for value in values {
      var (deviation, index) = (SummaryCalibration.deviation(of: value, from: offset), UInt32(0))
      bins.indexes(of: &deviation, into: &index, count: 1)
      let bin = Int(index)
      // For a subset of the draws, some bins are empty or do not exist.
      if bin < bins.binCount, before[bin + 1] > before[bin] { kept.append((value, bin)) }
    }
    var reached = [0]
    var (start, counted) = (0, 0)
    while start < kept.count {
      let bin = kept[start].bin
      let end = kept[start...].firstIndex { $0.bin != bin } ?? kept.count
      let inside = before[bin + 1] - before[bin]
      // Counts of weights may be so large that multiplying before dividing would overflow.
      let (share, rest) = inside.quotientAndRemainder(dividingBy: end - start)
      for known in 1...(end - start) { reached.append(before[bin] + share * known + rest * known / (end - start)) }
      (start, counted) = (end, counted + inside)
    }
    guard counted == before[bins.binCount] else { return nil }
    self.values = kept.map(\.value)
    self.bins = kept.map(\.bin)
    self.before = reached
  }

  /// The rank of the order statistic that is a quantile of a discrete distribution: one less than the smallest whole
  /// number that is at least probability * count.
  static func rank(of probability: Double, count: Int) -> Int {
    // The product of a decimal probability may be rounded upwards from a whole number.
    let place = probability * Double(count) * (1 - 0x1p-50)
    return min(max(Int(place.rounded(.up)) - 1, 0), count - 1)
  }

  /// The order statistic with `rank` draws below it; the largest value if there are fewer draws.
  func orderStatistic(_ rank: Int) -> Double {
    values[min(before.dropFirst().partitioningIndex { $0 > rank } - 1, values.count - 1)]
  }

  /// The number of draws below a value.
  func count(below x: Double) -> Int { before[values.partitioningIndex { $0 >= x }] }

  /// The distance from the smallest to the largest value of a bin.
  func width(ofBin bin: Int) -> Double {
    let first = bins.partitioningIndex { $0 >= bin }
    let next = bins.partitioningIndex { $0 > bin }
    return next > first ? values[next - 1] - values[first] : 0
  }

  /// Edges half-way between integers, for bins of integer width from the smallest to the largest value; nil if values
  /// are not integers, or so large that there is no number half-way.
  func edges(bars: Int) -> [Double]? {
    guard let first = values.first, let last = values.last, max(-first, last) < 0x1p50,
      values.allSatisfy({ $0 == $0.rounded() })
    else { return nil }
    let numbers = last - first + 1
    let width = (numbers / Double(bars)).rounded(.up)
    return (0...Int((numbers / width).rounded(.up))).map { first - 0.5 + Double($0) * width }
  }
}
