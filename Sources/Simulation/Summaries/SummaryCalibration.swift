import VectorMath

/// What the first block of draws tells of the values that a run will summarise; the same for all workers.
struct SummaryCalibration {
  /// An output cell's.
  struct Cell {
    /// A number near the mean: squares summed about it lose no digits.
    var pivot = 0.0
    /// What is subtracted from draws before they are counted.
    var offset = 0.0
    /// Where replicates' draws are counted; nil under independent draws.
    var thresholds: Thresholds?
    /// Whether the values that occur are so few that they are kept.
    var isDiscrete = false
    /// Whether they are so few that each is counted.
    var hasOutcomes = false

    /// Nothing known yet.
    init() {}

    /// What the first draws tell; levels are those of the design's replicates, if it has any.
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
  /// A number near the mean of each value that has moments alone.
  var momentPivots: [Double]

  /// Nothing known yet.
  init(_ slots: Plan.SlotCounts) {
    cells = [Cell](repeating: Cell(), count: slots.summaries)
    ratioThresholds = [Thresholds?](repeating: nil, count: slots.ratios)
    momentPivots = [Double](repeating: 0, count: slots.moments)
  }

  /// Takes an output cell's from its first draws.
  fileprivate mutating func setCell(_ slot: Int, _ x: Column, count: Int, hasReplicates: Bool) {
    cells[slot] = Cell(of: x, count: count, hasReplicates: hasReplicates)
  }

  fileprivate static func pivot(_ moments: MomentSums) -> Double { moments.mean.isFinite ? moments.mean : 0 }

  /// Whether draws lie so close together that bins about zero would be coarse beside their spread: a year, or a share
  /// near one. Told by the extremes of the first block, which are exact where squares about zero would cancel: of
  /// a normal distribution they lie 6.5 standard deviations apart, so that others have forty bins to a standard
  /// deviation.
  private static func isNarrow(_ moments: MomentSums) -> Bool {
    let range = moments.maximum - moments.minimum
    return range > 0 && range * 16 < moments.mean.magnitude
  }

  /// A draw less an offset. A finite draw has a finite deviation: one that overflows is held at the largest double.
  static func deviation(of x: Double, from offset: Double) -> Double {
    let deviation = x - offset
    guard deviation.isInfinite, x.isFinite else { return deviation }
    return deviation < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude
  }

  /// Draws less an offset, one by one.
  static func deviations(of x: Column, from offset: Double, count: Int, into out: UnsafeMutablePointer<Double>) {
    // Half of the last place of the largest double is 1e292: nothing overflows that is less than that.
    if offset.magnitude < 1e290 {
      for draw in 0..<count { out[draw] = x[draw] - offset }
    } else {
      for draw in 0..<count { out[draw] = deviation(of: x[draw], from: offset) }
    }
  }
}

/// Takes the calibration from the first block.
final class Pilot: BlockSink {
  private(set) var calibration: SummaryCalibration
  private let hasReplicates: Bool

  /// A pilot that has seen nothing.
  init(_ slots: Plan.SlotCounts, replicates: Int) {
    calibration = SummaryCalibration(slots)
    hasReplicates = replicates > 1
  }

  func summarise(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    calibration.setCell(slot, x, count: count, hasReplicates: hasReplicates)
  }

  func addRatio(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    guard hasReplicates else { return }
    calibration.ratioThresholds[slot] = Thresholds(of: x, count: count, probabilities: ComparisonRow.probabilities)
  }

  func addPositive(_ x: Column, slot: Int, block: Int, count: Int) {}

  func addMoments(_ x: Column, slot: Int, block: Int, count: Int) {
    calibration.momentPivots[slot] = SummaryCalibration.pivot(MomentSums.block(x, pivot: 0, count: count).sums)
  }
}
