import VectorMath

/// Centring and binning parameters estimated from the first block; shared by all workers.
struct SummaryCalibration {
  /// The parameters of an output cell.
  struct Cell {
    /// A number near the mean: squares summed about it lose no digits.
    var pivot = 0.0
    /// The offset subtracted from draws before they are counted.
    var offset = 0.0
    /// The thresholds for replicates' counts; nil for independent draws.
    var thresholds: Thresholds?
    /// Whether there are so few distinct values that they are kept.
    var isDiscrete = false
    /// Whether there are so few distinct values that each is counted.
    var hasOutcomes = false

    /// Default parameters.
    init() {}

    /// The parameters estimated from the first draws, with thresholds if the design has replicates.
    init(of x: Column, count: Int, hasReplicates: Bool) {
      let moments = MomentSums.block(x, pivot: 0, count: count).sums
      pivot = SummaryCalibration.pivot(moments)
      offset = SummaryCalibration.isNarrow(moments) ? moments.mean : 0
      thresholds = hasReplicates ? Thresholds(of: x, count: count, probabilities: CellSummary.probabilities) : nil
      isDiscrete = DistinctValues.areFew(x, count: count)
      hasOutcomes = isDiscrete && DiscreteValueCounts.areFew(x, count: count)
    }
  }

  /// By summary slot.
  var cells: [Cell]
  /// By ratio slot.
  var ratioThresholds: [Thresholds?]
  /// A number near the mean of each value that has moments only.
  var momentPivots: [Double]

  /// Default parameters.
  init(_ slots: Plan.SlotCounts) {
    cells = [Cell](repeating: Cell(), count: slots.summaries)
    ratioThresholds = [Thresholds?](repeating: nil, count: slots.ratios)
    momentPivots = [Double](repeating: 0, count: slots.moments)
  }

  /// Estimates an output cell's parameters from its first draws.
  fileprivate mutating func setCell(_ slot: Int, _ x: Column, count: Int, hasReplicates: Bool) {
    cells[slot] = Cell(of: x, count: count, hasReplicates: hasReplicates)
  }

  fileprivate static func pivot(_ moments: MomentSums) -> Double { moments.mean.isFinite ? moments.mean : 0 }

  /// Whether the spread of the draws is so small relative to their magnitude that bins about zero would be coarse: a
  /// year, or a fraction near one. The criterion uses the extremes of the first block, which are exact even where
  /// squares about zero would cancel. Those of a normal distribution are 6.5 standard deviations apart, so that all
  /// others have forty bins per standard deviation.
  private static func isNarrow(_ moments: MomentSums) -> Bool {
    let range = moments.maximum - moments.minimum
    return range > 0 && range * 16 < moments.mean.magnitude
  }

  /// A draw minus an offset. A finite draw has a finite deviation: overflow is clamped to the largest double.
  static func deviation(of x: Double, from offset: Double) -> Double {
    let deviation = x - offset
    guard deviation.isInfinite, x.isFinite else { return deviation }
    return deviation < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude
  }

  /// Draws minus an offset, one by one.
  static func deviations(of x: Column, from offset: Double, count: Int, into out: UnsafeMutablePointer<Double>) {
    // Half of the last place of the largest double is 1e292; smaller offsets cannot cause overflow.
    if offset.magnitude < 1e290 {
      for draw in 0..<count { out[draw] = x[draw] - offset }
    } else {
      for draw in 0..<count { out[draw] = deviation(of: x[draw], from: offset) }
    }
  }
}

/// Computes the calibration from the first block.
final class Pilot: BlockSink {
  private(set) var calibration: SummaryCalibration
  /// A digest of the block's values.
  private var values = ValueDigest()
  private let hasReplicates: Bool

  /// A digest of the block's values: equal on two machines that compute the same.
  var fingerprint: UInt64 { values.word }

  /// A pilot without draws.
  init(_ slots: Plan.SlotCounts, replicates: Int) {
    calibration = SummaryCalibration(slots)
    hasReplicates = replicates > 1
  }

  func summarise(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    calibration.setCell(slot, x, count: count, hasReplicates: hasReplicates)
    digest(x, count: count)
  }

  func addRatio(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    digest(x, count: count)
    guard hasReplicates else { return }
    calibration.ratioThresholds[slot] = Thresholds(of: x, count: count, probabilities: ComparisonRow.probabilities)
  }

  func addPositive(_ x: Column, slot: Int, block: Int, count: Int) { digest(x, count: count) }

  func addMoments(_ x: Column, slot: Int, block: Int, count: Int) {
    calibration.momentPivots[slot] = SummaryCalibration.pivot(MomentSums.block(x, pivot: 0, count: count).sums)
    digest(x, count: count)
  }

  private func digest(_ x: Column, count: Int) { values.add(UnsafeBufferPointer(start: x, count: count)) }
}
