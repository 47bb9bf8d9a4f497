/// A buffer of doubles aligned to a cache line.
///
/// Columns and table rows whose strides are multiples of eight doubles then span the minimum number of lines: a vector
/// of eight that straddles two lines costs twice the loads and stores (measured on Sapphire Rapids: 1.3 times the time
/// of a whole run).
///
/// As with any memory, writing through `start` must not be concurrent with reading.
package final class CacheAlignedDoubles: @unchecked Sendable {
  /// Bytes per cache line, on all supported processors.
  package static let alignment = 64

  /// The first double.
  package let start: UnsafeMutablePointer<Double>
  /// The number of doubles.
  package let count: Int

  /// A buffer of zeros.
  package init(count: Int) {
    self.count = max(count, 0)
    let bytes = max(1, self.count) * MemoryLayout<Double>.stride
    start = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: Self.alignment)
      .bindMemory(to: Double.self, capacity: max(1, self.count))
    start.initialize(repeating: 0, count: max(1, self.count))
  }

  /// A copy of an array.
  package convenience init(_ values: [Double]) {
    self.init(count: values.count)
    values.withUnsafeBufferPointer { values in
      if let from = values.baseAddress { start.update(from: from, count: values.count) }
    }
  }

  deinit { start.deallocate() }
}
