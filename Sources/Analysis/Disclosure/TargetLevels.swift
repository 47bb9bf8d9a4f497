import Sampling
import Simulation

/// The levels of columns in the draws of an ordered target, which all sets of columns share.
struct TargetLevels: Sendable {
  /// By column, the levels in the measured draws, in the target's order; empty for columns that are not needed.
  let measured: [[UInt8]]
  /// By column, the levels in the draws that regressions are fitted to.
  let fit: [[UInt8]]

  /// Gathers the levels of some columns.
  init(_ sample: LevelSample, _ target: OrderedTarget, columns: [Int]) {
    let needed = Set(columns)
    func gathered(_ draws: [Int32]) -> [[UInt8]] {
      concurrentMap(sample.reader.columnCount, workers: sample.workers) {
        needed.contains($0) ? sample.levels($0, in: draws) : []
      }
    }
    (measured, fit) = (gathered(target.draws), gathered(target.fit))
  }
}
