import Foundation
import Modeling
import Sampling
import Units
import VectorMath

/// A worker's scratch memory for a block's weights and shifted values.
final class WeightedScratch {
  let weights = UnsafeMutablePointer<UInt64>.allocate(capacity: AddressBlock.draws)
  let values = UnsafeMutablePointer<Double>.allocate(capacity: AddressBlock.draws)
  let indexes = UnsafeMutablePointer<UInt32>.allocate(capacity: AddressBlock.draws)

  init() {
    weights.initialize(repeating: 0, count: AddressBlock.draws)
    values.initialize(repeating: 0, count: AddressBlock.draws)
    indexes.initialize(repeating: 0, count: AddressBlock.draws)
  }

  deinit {
    weights.deallocate()
    values.deallocate()
    indexes.deallocate()
  }
}

/// The sums over a range of blocks, in order: of the weights and, for each summary, of all draws and then of each part.
struct WeightedSums {
  var weight = 0.0, squares = 0.0
  var moments: [[MomentSums]]

  init(_ slots: WeightedSlots) {
    moments = [[MomentSums]](
      repeating: [MomentSums](repeating: MomentSums(), count: 1 + WeightedEngine.parts), count: slots.summaries.count)
  }

  /// Appends the sums of the range that follows.
  mutating func append(_ next: WeightedSums) {
    weight += next.weight
    squares += next.squares
    for slot in moments.indices {
      for part in moments[slot].indices { moments[slot][part] = moments[slot][part] + next.moments[slot][part] }
    }
  }
}

/// The totals of weighted draws: weighted counts in bins, and sums.
final class WeightedTotals {
  /// The sum of weights, relative to the largest, and the effective sample size.
  var weights: (sum: Double, effective: Double) {
    (sums.weight, sums.squares > 0 ? sums.weight * sums.weight / sums.squares : 0)
  }

  private let calibration: [SummaryCalibration.Cell]
  private var summaries: [WeightedSketch], ratios: [WeightedSketch]
  /// The distinct values of each summary's draws, if they are few.
  private var values: [DistinctValues?]
  /// The weight of each distinct value, if they are so few that each is counted.
  private var outcomes: [DiscreteValueCounts?]
  /// The number of non-finite draws in each summary and ratio, whatever their weight.
  private var nonFinite: [Int], nonFiniteRatios: [Int]
  /// For each excess and part: the weight of draws in which it is positive, and that of finite draws.
  private var excesses: [[(positive: UInt64, finite: UInt64)]]
  private let slots: WeightedSlots
  private var sums: WeightedSums
  private var nextRange = 0
  private var waiting: [Int: WeightedSums] = [:]

  /// Total number of counts in all sketches of a worker: 32 MiB.
  private static let binBudget = 1 << 22
  private static let binLimit = 1 << 16

  init(_ slots: WeightedSlots, _ calibration: [SummaryCalibration.Cell]) {
    let limit = min(Self.binLimit, Self.binBudget / max(1, 2 * (slots.summaries.count + slots.ratios.count)))
    self.slots = slots
    self.calibration = calibration
    values = calibration.map { $0.isDiscrete ? DistinctValues() : nil }
    outcomes = calibration.map { $0.hasOutcomes ? DiscreteValueCounts(replicates: WeightedEngine.parts) : nil }
    summaries = slots.summaries.map { _ in WeightedSketch(replicates: WeightedEngine.parts, limit: limit) }
    ratios = slots.ratios.map { _ in WeightedSketch(replicates: WeightedEngine.parts, limit: limit) }
    nonFinite = slots.summaries.map { _ in 0 }
    nonFiniteRatios = slots.ratios.map { _ in 0 }
    excesses = slots.positives.map { _ in [(UInt64, UInt64)](repeating: (0, 0), count: WeightedEngine.parts) }
    sums = WeightedSums(slots)
  }

  deinit {
    summaries.forEach { $0.destroy() }
    ratios.forEach { $0.destroy() }
  }

  // MARK: Adding

  /// Adds a block's draws: counts to these totals, sums to those of the block's range.
  func add(
    _ memory: KeptColumns, block: Int, count: Int, _ scratch: WeightedScratch, _ sums: inout WeightedSums
  ) {
    let weights = UnsafePointer(scratch.weights)
    let part = block % WeightedEngine.parts
    for draw in 0..<count {
      let weight = Double(weights[draw]) * 0x1p-32
      sums.weight += weight
      sums.squares += weight * weight
    }
    for (number, slot) in slots.summaries.enumerated() {
      guard let column = memory.column(slot, count: count).baseAddress else { continue }
      let (moments, lost) = Self.moments(of: column, weights, pivot: calibration[number].pivot, count: count)
      nonFinite[number] += lost
      sums.moments[number][0] = sums.moments[number][0] + moments
      sums.moments[number][1 + part] = sums.moments[number][1 + part] + moments
      if outcomes[number]?.add(column, weights: weights, block: block, count: count) != true {
        values[number]?.add(column, count: count)
      }
      var counted = column
      let offset = calibration[number].offset
      if offset != 0 {
        SummaryCalibration.deviations(of: column, from: offset, count: count, into: scratch.values)
        counted = UnsafePointer(scratch.values)
      }
      summaries[number].add(counted, weights: weights, block: block, count: count, indexes: scratch.indexes)
    }
    for (number, slot) in slots.ratios.enumerated() {
      guard let column = memory.column(slot, count: count).baseAddress else { continue }
      for draw in 0..<count where !column[draw].isFinite { nonFiniteRatios[number] += 1 }
      ratios[number].add(column, weights: weights, block: block, count: count, indexes: scratch.indexes)
    }
    for (number, slot) in slots.positives.enumerated() {
      let column = memory.column(slot, count: count)
      for draw in 0..<count where column[draw].isFinite {
        excesses[number][part].finite += weights[draw]
        if column[draw] > 0 { excesses[number][part].positive += weights[draw] }
      }
    }
  }

  /// The weighted moments of finite values; `count` is the sum of the weights. Draws of weight 0 do not affect the
  /// extremes.
  private static func moments(
    of x: Column, _ weights: UnsafePointer<UInt64>, pivot: Double, count: Int, unit: Double = 1
  ) -> (MomentSums, nonFinite: Int) {
    var (sum, squares, total, lost) = (0.0, 0.0, UInt64(0), 0)
    var (low, high) = (Double.infinity, -Double.infinity)
    for draw in 0..<count {
      guard x[draw].isFinite else {
        lost += 1
        continue
      }
      guard weights[draw] > 0 else { continue }
      let (weight, deviation) = (Double(weights[draw]), unit == 1 ? x[draw] - pivot : x[draw] / unit - pivot / unit)
      sum += weight * deviation
      squares += weight * deviation * deviation
      total += weights[draw]
      low = min(low, x[draw])
      high = max(high, x[draw])
    }
    var moments = MomentSums()
    guard total > 0 else { return (moments, lost) }
    // Weights are up to 2^32: squares outside this range have lost all or part of their digits.
    if unit == 1, low < high, !(squares >= 1e-250 && squares <= 1e300) {
      let wanted = SquareUnit.of(2 * min(max((low / 2 - pivot / 2).magnitude, (high / 2 - pivot / 2).magnitude), 8e307))
      if wanted != 1 { return Self.moments(of: x, weights, pivot: pivot, count: count, unit: wanted) }
    }
    let shift = sum / Double(total)
    moments.count = Int(total)
    moments.mean = pivot + shift * unit
    moments.unit = unit
    moments.squares = max(squares - sum * shift, 0)
    moments.minimum = low
    moments.maximum = high
    return (moments, lost)
  }

  /// Adds the sums of a range; ranges are merged in order, so that early ones wait.
  func add(range: Int, _ rangeSums: WeightedSums) {
    waiting[range] = rangeSums
    while let next = waiting.removeValue(forKey: nextRange) {
      sums.append(next)
      nextRange += 1
    }
  }

  /// Adds a worker's counts.
  func addCounts(of other: WeightedTotals) {
    for k in summaries.indices {
      summaries[k].add(other.summaries[k])
      if let others = other.values[k] { values[k]?.formUnion(others) }
      if let others = other.outcomes[k] { outcomes[k]?.add(others) }
      nonFinite[k] += other.nonFinite[k]
    }
    for k in ratios.indices {
      ratios[k].add(other.ratios[k])
      nonFiniteRatios[k] += other.nonFiniteRatios[k]
    }
    for k in excesses.indices {
      for part in excesses[k].indices {
        excesses[k][part].positive += other.excesses[k][part].positive
        excesses[k][part].finite += other.excesses[k][part].finite
      }
    }
  }

  // MARK: Statistics

  private typealias ReplicatedDistribution = (whole: BinnedDistribution, parts: WeightedReplicates)

  /// The statistics of an output.
  func result(of plan: OutputPlan, draws: Int) -> OutputResult {
    let scale = plan.output.unit.reportScale
    let figures = plan.cells.map { self.figures($0, scale: scale, draws: draws) }
    return OutputResult(
      output: plan.output, cells: figures.map(\.summary),
      comparisons: plan.comparisons.map { $0.map { comparison($0, figures[$0.cell].distribution, draws: draws) } })
  }

  private func figures(
    _ figures: OutputPlan.Statistics, scale: ReportScale, draws: Int
  ) -> (summary: CellSummary, distribution: ReplicatedDistribution?) {
    switch figures {
    case .constant(let number): return (CellSummary(constant: number / scale, draws: draws), nil)
    case .slot(let slot): return self.figures(.multiple(1, ofSummary: slot), scale: scale, draws: draws)
    case .multiple(let factor, let slot):
      let moments = sums.moments[slot]
      let (values, offset) = (values[slot]?.sorted, calibration[slot].offset)
      let whole = BinnedDistribution(
        summaries[slot].whole, minimum: moments[0].minimum, maximum: moments[0].maximum, offset: offset,
        values: values)
      let parts = WeightedReplicates(
        parts: zip(summaries[slot].parts, moments.dropFirst()).map { sketch, moments in
          (
            BinnedDistribution(
              sketch, minimum: moments.minimum, maximum: moments.maximum, offset: offset, values: values),
            moments
          )
        }, effective: weights.effective)
      var summary = CellSummary(
        whole, moments[0], parts, draws: draws, nonFinite: nonFinite[slot], scale: scale / factor)
      summary.outcomes = (outcomes[slot]?.shares ?? []).map { outcome in
        let share = outcome.replicates.reduce(into: Share()) { $0.add($1) }
        let error = ReplicateSpread.shareError(
          share.value * weights.effective, of: weights.effective,
          effect: ReplicateSpread.designEffect(
            share.value, of: weights.effective, outcome.replicates.map { ($0.value, $0.finite) }))
        return CellSummary.Outcome(outcome.value / (scale / factor), probability: Estimate(share.value, error: error))
      }
      // A few values are bounded, so their moments are stable.
      if !summary.outcomes.isEmpty { (summary.momentWarning, summary.isMeanStable) = (nil, true) }
      // The number of draws, distributed over the bins by weight.
      summary.histogram = Self.divided(summary.histogram, draws: draws - nonFinite[slot])
      return (summary, (whole, parts))
    }
  }

  /// Bins whose counts sum to a number of draws: the cumulative fraction of the weight at each edge, rounded.
  private static func divided(_ bars: [CellSummary.Bin], draws: Int) -> [CellSummary.Bin] {
    let total = Double(bars.reduce(0) { $0 + $1.count })
    guard total > 0 else { return bars }
    var (weight, divided) = (0, 0)
    return bars.map { bar in
      weight += bar.count
      let reached = Int((Double(weight) / total * Double(draws)).rounded())
      defer { divided = reached }
      return CellSummary.Bin(low: bar.low, high: bar.high, count: reached - divided)
    }
  }

  private func comparison(_ row: OutputPlan.Row, _ own: ReplicatedDistribution?, draws: Int) -> ComparisonRow {
    let probabilities = [0.05, 0.5, 0.95]
    var held = probabilities.map { _ in Estimate(.nan, error: .nan) }
    var lost = draws
    switch row.ratio {
    case .constant(let number):
      if number.isFinite {
        held = probabilities.map { _ in Estimate(number, error: 0) }
        lost = 0
      }
    case .multiple(let factor, let slot):
      if let own { held = probabilities.map { own.whole.estimate($0, own.parts, scale: .one / factor) } }
      lost = nonFinite[slot]
    case .slot(let slot):
      let whole = BinnedDistribution(ratios[slot].whole)
      let parts = WeightedReplicates(
        parts: ratios[slot].parts.map { part in
          let distribution = BinnedDistribution(part)
          var counted = MomentSums()
          counted.count = distribution.count
          return (distribution, counted)
        }, effective: weights.effective)
      held = probabilities.map { whole.estimate($0, parts, scale: .one) }
      lost = nonFiniteRatios[slot]
    }
    var exceeds = Estimate(.nan, error: .nan)
    switch row.excess {
    case .constant(let difference):
      if difference.isFinite { exceeds = Estimate(difference > 0 ? 1 : 0, error: 0) }
    case .slot(let slot), .multiple(_, let slot):
      let finite = excesses[slot].reduce(UInt64(0)) { $0 + $1.finite }
      let positive = excesses[slot].reduce(UInt64(0)) { $0 + $1.positive }
      if finite > 0 {
        // A part's weights fit into 62 bits.
        let shares = excesses[slot].map { part in
          (share: part.finite > 0 ? Double(part.positive) / Double(part.finite) : .nan, count: Int(part.finite))
        }
        let share = Double(positive) / Double(finite)
        exceeds = Estimate(
          share,
          error: ReplicateSpread.shareError(
            share * weights.effective, of: weights.effective,
            effect: ReplicateSpread.designEffect(share, of: weights.effective, shares)))
      }
    }
    return ComparisonRow(
      cell: row.cell, referenceLabels: row.referenceLabels, ratio: (held[0].value, held[1].value, held[2].value),
      ratioErrors: (held[0].error, held[1].error, held[2].error), exceeds: exceeds, nonFinite: lost)
  }
}

/// Weighted sketches of all draws and of each part.
struct WeightedSketch {
  private(set) var whole: Sketch<UInt64>
  private(set) var parts: [Sketch<UInt64>]

  init(replicates: Int, limit: Int) {
    whole = Sketch(limit: limit)
    parts = (0..<replicates).map { _ in Sketch(limit: limit / replicates) }
  }

  func destroy() {
    whole.destroy()
    parts.forEach { $0.destroy() }
  }

  mutating func add(
    _ x: Column, weights: UnsafePointer<UInt64>, block: Int, count: Int, indexes: UnsafeMutablePointer<UInt32>
  ) {
    whole.add(x, weights: weights, count: count, indexes: indexes)
    parts[block % parts.count].add(x, weights: weights, count: count, indexes: indexes)
  }

  mutating func add(_ other: WeightedSketch) {
    whole.add(other.whole)
    for part in parts.indices { parts[part].add(other.parts[part]) }
  }
}
