/// Memory for the products of triangular factors with blocks of scores. One thread uses it at a time; it grows to the
/// size that the largest factor needs.
package final class ProductWorkspace {
  /// Draws per product: few enough for the slices of a factor of a dozen rows to stay in the second-level cache.
  static let draws = 512
  /// The stride of rows, not a power of two, which avoids cache conflicts.
  static let stride = draws + 24

  private var memory: UnsafeMutablePointer<Double>
  private var capacity: Int

  /// An empty workspace.
  package init() {
    capacity = 0
    memory = .allocate(capacity: 0)
  }

  deinit { memory.deallocate() }

  /// Memory for a number of rows; previous contents may be lost.
  func rows(_ count: Int) -> UnsafeMutablePointer<Double> {
    let needed = count * Self.stride
    if needed > capacity {
      memory.deallocate()
      memory = .allocate(capacity: needed)
      capacity = needed
    }
    return memory
  }
}
