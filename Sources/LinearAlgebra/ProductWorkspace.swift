/// Memory for the products of triangular factors with blocks of scores, which one thread uses at a time; it grows to what
/// the largest factor needs.
public final class ProductWorkspace {
  /// Draws that are multiplied at a time: few enough that the slices of a factor of a dozen rows stay in the second-level cache.
  static let draws = 512
  /// The distance of rows, off a power of two, which is kinder to the caches.
  static let stride = draws + 24

  private var memory: UnsafeMutablePointer<Double>
  private var capacity: Int

  /// Memory for nothing yet.
  public init() {
    capacity = 0
    memory = .allocate(capacity: 0)
  }

  deinit { memory.deallocate() }

  /// Room for a number of rows; what was there may be lost.
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
