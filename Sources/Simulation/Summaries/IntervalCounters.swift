import Sampling
import VectorMath

/// One worker's sink during a replay.
final class IntervalCounters: BlockSink {
  private let columns: [SearchedColumn]
  private let summaries: Int
  private(set) var tallies: [[IntervalTally]]
  private let deviations = UnsafeMutablePointer<Double>.allocate(capacity: AddressBlock.draws)

  /// A sink that counts in some tallies.
  init(_ columns: [SearchedColumn], summaries: Int, tallies: [[IntervalTally]]) {
    self.columns = columns
    self.summaries = summaries
    self.tallies = tallies
  }

  deinit { deviations.deallocate() }

  func summarise(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    add(x, to: slot, count: count, indexes)
  }

  func addRatio(_ x: Column, slot: Int, block: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    add(x, to: summaries + slot, count: count, indexes)
  }

  func addPositive(_ x: Column, slot: Int, block: Int, count: Int) {}

  func addMoments(_ x: Column, slot: Int, block: Int, count: Int) {}

  private func add(_ x: Column, to place: Int, count: Int, _ indexes: UnsafeMutablePointer<UInt32>) {
    let column = columns[place]
    guard !column.intervals.isEmpty else { return }
    var binned = x
    if column.offset != 0 {
      SummaryCalibration.deviations(of: x, from: column.offset, count: count, into: deviations)
      binned = Column(deviations)
    }
    column.bins.indexes(of: binned, into: indexes, count: count)
    column.marks.withUnsafeBufferPointer { marks in
      for draw in 0..<count {
        let bin = indexes[draw]
        if marks[Int(bin / 64)] >> UInt64(bin % 64) & 1 == 1 { take(x[draw], bin: bin, column, place) }
      }
    }
  }

  private func take(_ x: Double, bin: UInt32, _ column: SearchedColumn, _ place: Int) {
    // From the first interval in the bin.
    var position = column.intervals.partitioningIndex { $0.bin >= bin }
    let key = SearchedColumn.key(x)
    while position < column.intervals.count, column.intervals[position].bin == bin {
      let interval = column.intervals[position]
      if key >= interval.firstKey, key <= interval.lastKey {
        if tallies[place][position].counts.isEmpty {
          tallies[place][position].kept.append(x)
        } else {
          tallies[place][position].counts[Int((key - interval.firstKey) >> tallies[place][position].shift)] += 1
        }
        return
      }
      position += 1
    }
  }
}
