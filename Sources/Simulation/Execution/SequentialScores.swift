import Modeling
import Sampling
import VectorMath

extension SequentialFactor {
  /// scores = L scores, in place, for an address block: row by row, each from the row or the sum of the rows before it.
  ///
  /// The time is in proportion to the rows. The kernels give the same bits on every processor.
  ///
  /// - Parameters:
  ///   - first: the independent scores of the first row.
  ///   - rows: the number of rows.
  ///   - stride: the distance of rows in doubles.
  func apply(to first: MutableColumn, rows: Int, stride: Int) {
    guard rows > 1 else { return }
    let sum = MutableColumn.allocate(capacity: AddressBlock.draws)
    defer { sum.deallocate() }
    sum.initialize(from: first, count: AddressBlock.draws)
    for row in 1..<rows {
      let own = first + row * stride
      let before: Column
      if case .chain = self { before = Column(own - stride) } else { before = Column(sum) }
      let weights = weights(ofRow: row)
      withUnsafePointer(to: (weights.before, weights.own)) { weights in
        withUnsafePointer(to: (before, Column(own))) { columns in
          weights.withMemoryRebound(to: Double.self, capacity: 2) { weights in
            columns.withMemoryRebound(to: Column.self, capacity: 2) { columns in
              Columns.weightedSum(
                weights: weights, UnsafeBufferPointer(start: columns, count: 2), into: own, count: AddressBlock.draws)
            }
          }
        }
      }
      if case .exchangeable = self { Columns.apply(.add, sum, own, into: sum, count: AddressBlock.draws) }
    }
  }
}
