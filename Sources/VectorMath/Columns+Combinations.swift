import CBlockKernels

/// Operations on several columns at once: a product of four columns costs about as much as two products of two.
extension Columns {
  /// out = scale * x[0] * x[1] * …, divided by y[0] * y[1] * … if there is a y; evaluated from left to right.
  package static func product(
    scale: Double = 1, _ x: UnsafeBufferPointer<Column>, over y: UnsafeBufferPointer<Column>,
    into out: MutableColumn, count: Int
  ) {
    lc_product(scale, Self.start(of: x), x.count, Self.start(of: y), y.count, out, count)
  }

  /// out = shift + x[0] + x[1] + …, evaluated from left to right.
  package static func sum(
    shift: Double = 0, _ x: UnsafeBufferPointer<Column>, into out: MutableColumn, count: Int
  ) {
    lc_sum(shift, Self.start(of: x), x.count, out, count)
  }

  /// out = shift + weights[0] * x[0] + weights[1] * x[1] + …, with one weight per column.
  package static func weightedSum(
    shift: Double = 0, weights: UnsafePointer<Double>, _ x: UnsafeBufferPointer<Column>,
    into out: MutableColumn, count: Int
  ) {
    lc_weighted_sum(shift, weights, Self.start(of: x), x.count, out, count)
  }

  /// out = shift + weights[0] * (x[0] * y[0]) + weights[1] * (x[1] * y[1]) + …, with one weight per pair.
  package static func dot(
    shift: Double = 0, weights: UnsafePointer<Double>, _ x: UnsafeBufferPointer<Column>,
    _ y: UnsafeBufferPointer<Column>,
    into out: MutableColumn, count: Int
  ) {
    precondition(x.count == y.count, "A dot product has as many columns on either side.")
    lc_dot(shift, weights, Self.start(of: x), Self.start(of: y), x.count, out, count)
  }

  /// The address of the list of columns; a dummy, never read, if the list is empty.
  private static func start(of columns: UnsafeBufferPointer<Column>) -> UnsafePointer<Column> {
    columns.baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Column>.alignment)!
  }
}
