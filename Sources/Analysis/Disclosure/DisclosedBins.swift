import Diagnostics
import Sampling
import Simulation

/// All draws of a target, with their bins by several rules; two bytes or one a draw and rule.
final class DisclosedBins: @unchecked Sendable {
  /// Number of draws: a multiple of 16 blocks.
  let count: Int
  /// The target's draws in ascending order.
  private(set) var ordered: OrderedTarget
  private let low: UnsafeMutablePointer<UInt8>
  private let high: UnsafeMutablePointer<UInt8>
  /// The place of each rule's upper bytes; nil if there are at most 256 bins.
  private let highPlaces: [Int?]

  /// Makes a target's draws and assigns them to bins.
  ///
  /// - Throws: `Diagnostics` if they do not fit into the memory of the options; `CancellationError`.
  init(_ problem: SensitivityProblem, _ reader: LevelReader, target: Int, _ rules: [ConditioningRule]) throws {
    let count = LevelReader.rounded(problem.options.draws)
    var places: [Int?] = []
    var wide = 0
    for rule in rules {
      places.append(rule.kinds.count > 256 ? wide : nil)
      wide += rule.kinds.count > 256 ? 1 : 0
    }
    try LevelReader.requireMemory(
      draws: count, columns: rules.count + 1, drawBytes: rules.count + wide + 4 * MemoryLayout<Double>.size,
      problem.options.engine)
    (self.count, highPlaces) = (count, places)
    low = .allocate(capacity: max(1, rules.count * count))
    high = .allocate(capacity: max(1, wide * count))
    ordered = OrderedTarget(UnsafeBufferPointer(start: nil, count: 0))
    nonisolated(unsafe) let (low, high) = (low, high)
    let highPlaces = places
    let values = UnsafeMutablePointer<Double>.allocate(capacity: count)
    defer { values.deallocate() }
    nonisolated(unsafe) let column = values
    try reader.forEachBlock(draws: count, options: problem.options.engine) { block in
      let start = block.number * AddressBlock.draws
      for (number, rule) in rules.enumerated() {
        let bins = rule.bins(AddressBlock.draws) { Array(block.levels(rule.columns[$0])) }
        for draw in bins.indices { low[number * count + start + draw] = UInt8(truncatingIfNeeded: bins[draw]) }
        guard let place = highPlaces[number] else { continue }
        for draw in bins.indices { high[place * count + start + draw] = UInt8(truncatingIfNeeded: bins[draw] >> 8) }
      }
      guard let from = block.values(target).baseAddress else { return }
      (column + start).initialize(from: from, count: AddressBlock.draws)
    }
    ordered = OrderedTarget(UnsafeBufferPointer(start: values, count: count))
  }

  deinit {
    low.deallocate()
    high.deallocate()
  }

  /// The bins by a rule of the measured draws, in the target's order.
  func bins(_ rule: Int) -> [UInt16] {
    let own = low + rule * count
    guard let place = highPlaces[rule] else { return ordered.draws.map { UInt16(own[Int($0)]) } }
    let upper = high + place * count
    return ordered.draws.map { UInt16(own[Int($0)]) | UInt16(upper[Int($0)]) << 8 }
  }
}
