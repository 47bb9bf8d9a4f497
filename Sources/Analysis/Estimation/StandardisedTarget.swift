import Sampling
import VectorMath

/// A target's standardised values, (y - mean) / standard deviation, with their sums by replicate.
struct StandardisedTarget: Sendable {
  /// By draw; NaN if the target is not finite.
  let values: [Double]
  /// The number of finite draws, their sums and sums of squares, by replicate.
  let counts: [Double]
  let sums: [Double]
  let squares: [Double]

  init(_ column: RankedColumn) {
    let finite = column.values.filter(\.isFinite)
    let n = Double(max(1, finite.count))
    let unit = SquareUnit.of(finite)
    let mean = finite.reduce(0) { $0 + $1 / unit } / n
    let spread = (finite.reduce(0) { $0 + ($1 / unit - mean) * ($1 / unit - mean) } / n).squareRoot()
    let scale = spread > 0 ? spread : 1
    let values = column.values.map { $0.isFinite ? ($0 / unit - mean) / scale : .nan }
    var (counts, sums) = (
      [Double](repeating: 0, count: Replicates.count), [Double](repeating: 0, count: Replicates.count)
    )
    var squares = counts
    for (draw, value) in values.enumerated() where value.isFinite {
      let replicate = draw / AddressBlock.draws % Replicates.count
      counts[replicate] += 1
      sums[replicate] += value
      squares[replicate] += value * value
    }
    (self.values, self.counts, self.sums, self.squares) = (values, counts, sums, squares)
  }

  /// The variance, by pair of replicates.
  var variance: PairStatistics { .variance(counts: counts, sums: sums, squares: squares) }
}
