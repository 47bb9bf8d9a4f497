import VectorMath

/// Draws that take few values, as a sketch's counts tell how many take which.
///
/// Exact where every value has a bin of its own: whole numbers up to 8,192, and further about an offset. Values that
/// share a bin are taken to be equally frequent.
struct DiscreteValues {
  /// The values that occur, ascending.
  private let values: [Double]
  /// The bin of each.
  private let bins: [Int]
  /// The number of draws below each value, and after the last.
  private let before: [Int]

  /// The values of a sketch whose bins have so many draws before them; nil if a draw lies in a bin without a value.
  ///
  /// - Parameters:
  ///   - values: ascending, all that occur.
  ///   - offset: what was subtracted from every draw before the sketch counted it.
  init?(_ values: [Double], _ bins: SketchBins, before: [Int], offset: Double) {
    var kept: [(value: Double, bin: Int)] = []
    for value in values {
      var (deviation, index) = (SummaryCalibration.deviation(of: value, from: offset), UInt32(0))
      bins.indexes(of: &deviation, into: &index, count: 1)
      let bin = Int(index)
      // Of a part of the draws, some bins are empty or do not exist.
      if bin < bins.binCount, before[bin + 1] > before[bin] { kept.append((value, bin)) }
    }
    var reached = [0]
    var (start, counted) = (0, 0)
    while start < kept.count {
      let bin = kept[start].bin
      let end = kept[start...].firstIndex { $0.bin != bin } ?? kept.count
      let inside = before[bin + 1] - before[bin]
      // Counts of weights leave no room for a product of all of them.
      let (share, rest) = inside.quotientAndRemainder(dividingBy: end - start)
      for known in 1...(end - start) { reached.append(before[bin] + share * known + rest * known / (end - start)) }
      (start, counted) = (end, counted + inside)
    }
    guard counted == before[bins.binCount] else { return nil }
    self.values = kept.map(\.value)
    self.bins = kept.map(\.bin)
    self.before = reached
  }

  /// The draw with so many below it; the largest if there are not as many.
  func orderStatistic(_ rank: Int) -> Double {
    values[min(before.dropFirst().partitioningIndex { $0 > rank } - 1, values.count - 1)]
  }

  /// How many draws lie below a value.
  func count(below x: Double) -> Int { before[values.partitioningIndex { $0 >= x }] }

  /// From the smallest to the largest value of a bin.
  func width(ofBin bin: Int) -> Double {
    let first = bins.partitioningIndex { $0 >= bin }
    let next = bins.partitioningIndex { $0 > bin }
    return next > first ? values[next - 1] - values[first] : 0
  }

  /// Edges half-way between whole numbers, for bars of one whole width from the smallest value to the largest; nil where
  /// values are not whole numbers, or so large that there is nothing between them.
  func edges(bars: Int) -> [Double]? {
    guard let first = values.first, let last = values.last, max(-first, last) < 0x1p50,
      values.allSatisfy({ $0 == $0.rounded() })
    else { return nil }
    let numbers = last - first + 1
    let width = (numbers / Double(bars)).rounded(.up)
    return (0...Int((numbers / width).rounded(.up))).map { first - 0.5 + Double($0) * width }
  }
}
