import CBlockKernels

extension Columns {
  /// below[j] += the number of values with x < levels[j]; a NaN is not below any level.
  ///
  /// - Parameters:
  ///   - levels: the levels, ascending.
  ///   - x: the values.
  ///   - count: the number of values.
  ///   - below: one count per level.
  package static func countBelow(
    _ levels: UnsafeBufferPointer<Double>, _ x: Column, count: Int, into below: UnsafeMutablePointer<Int>
  ) {
    guard let first = levels.baseAddress else { return }
    below.withMemoryRebound(to: Int64.self, capacity: levels.count) {
      lc_count_below(x, first, levels.count, $0, count)
    }
  }
}
