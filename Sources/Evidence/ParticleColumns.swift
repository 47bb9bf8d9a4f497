/// Memory of columns of numbers, one after the other.
final class ParticleColumns: @unchecked Sendable {
  let start: UnsafeMutablePointer<Double>
  let rows: Int
  let columns: Int

  /// Zeros.
  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    let count = max(1, rows * columns)
    start = .allocate(capacity: count)
    start.initialize(repeating: 0, count: count)
  }

  deinit { start.deallocate() }

  subscript(column: Int) -> UnsafeMutablePointer<Double> { start + column * rows }

  /// The columns as arrays.
  var arrays: [[Double]] {
    withExtendedLifetime(self) {
      (0..<columns).map { Array(UnsafeBufferPointer(start: start + $0 * rows, count: rows)) }
    }
  }

  /// Takes the numbers of another of the same shape.
  func copy(from other: ParticleColumns) { start.update(from: other.start, count: rows * columns) }
}
