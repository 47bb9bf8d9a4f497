import Diagnostics
import Distributions
import Sampling
import Simulation

/// Draws of a run with the inputs as levels, one byte a draw, and the targets as values.
///
/// Draws belong to 16 groups, as blocks do to replicates.
final class LevelSample: @unchecked Sendable {
  /// The reader of the draws.
  let reader: LevelReader
  /// By column, the normal score of each level: of the probability in its middle.
  private(set) var scores: [[Double]] = []
  /// Number of draws: a multiple of 16 blocks.
  let count: Int
  /// The number of threads of computations on the sample.
  let workers: Int
  private let levels: UnsafeMutablePointer<UInt8>
  private let values: UnsafeMutablePointer<Double>
  /// The place of each kept column; -1 for the others.
  private let places: [Int]

  /// Keeps the first draws of a problem, rounded up to groups of 16 blocks.
  ///
  /// - Parameter kept: the columns that are kept; by default all.
  /// - Throws: `Diagnostics` if the draws do not fit into the memory of the options; `CancellationError`.
  init(_ problem: SensitivityProblem, _ reader: LevelReader, draws: Int, kept: [Int]? = nil) throws {
    let count = LevelReader.rounded(draws)
    let kept = kept ?? Array(0..<reader.columnCount)
    let (columns, targets) = (kept.count, problem.targets.count)
    try LevelReader.requireMemory(
      draws: count, columns: columns + targets, drawBytes: columns + targets * MemoryLayout<Double>.size,
      problem.options.engine)
    places = (0..<reader.columnCount).map { kept.firstIndex(of: $0) ?? -1 }
    (self.reader, self.count) = (reader, count)
    workers = problem.options.engine.width
    levels = .allocate(capacity: max(1, columns * count))
    values = .allocate(capacity: max(1, targets * count))
    nonisolated(unsafe) let (levels, values) = (levels, values)
    try reader.forEachBlock(draws: count, options: problem.options.engine) { block in
      let start = block.number * AddressBlock.draws
      for (place, column) in kept.enumerated() {
        block.levels(column).withUnsafeBufferPointer { from in
          guard let from = from.baseAddress else { return }
          (levels + place * count + start).initialize(from: from, count: AddressBlock.draws)
        }
      }
      for target in 0..<targets {
        guard let from = block.values(target).baseAddress else { continue }
        (values + target * count + start).initialize(from: from, count: AddressBlock.draws)
      }
    }
    scores = concurrentMap(reader.columnCount, workers: workers) { self.places[$0] < 0 ? [] : self.scores(of: $0) }
  }

  deinit {
    levels.deallocate()
    values.deallocate()
  }

  /// The levels of a kept column, by draw.
  func levels(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: levels + places[column] * count, count: count)
  }

  /// A target's values, by draw.
  func values(_ target: Int) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: values + target * count, count: count)
  }

  /// A column's levels in some draws, in their order.
  func levels(_ column: Int, in draws: [Int32]) -> [UInt8] {
    let all = levels(column)
    return draws.map { all[Int($0)] }
  }

  /// The normal score of the middle of each level's probability; 0 if the value is not finite.
  private func scores(of column: Int) -> [Double] {
    var counts = [Int](repeating: 0, count: 256)
    for level in levels(column) { counts[Int(level)] += 1 }
    let known = counts[..<Int(LevelEdges.unknown)].reduce(0, +)
    var below = 0
    return counts.enumerated().map { level, own in
      defer { below += own }
      guard level < Int(LevelEdges.unknown), own > 0 else { return 0 }
      return StandardNormal.quantile((Double(below) + Double(own) / 2) / Double(known))
    }
  }
}
