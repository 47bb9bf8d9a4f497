import CBlockKernels

extension Columns {
  /// Adds to each level's count how many of a column's values are less than that level; one that is not a number is
  /// less than none.
  ///
  /// - Parameters:
  ///   - levels: the levels, ascending.
  ///   - x: the values.
  ///   - count: how many values there are.
  ///   - below: as many counts as there are levels.
  public static func countBelow(
    _ levels: UnsafeBufferPointer<Double>, _ x: Column, count: Int, into below: UnsafeMutablePointer<Int>
  ) {
    guard let first = levels.baseAddress else { return }
    below.withMemoryRebound(to: Int64.self, capacity: levels.count) {
      lc_count_below(x, first, levels.count, $0, count)
    }
  }
}
