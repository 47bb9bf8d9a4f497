import Foundation

/// A lower triangular matrix L, such as a Cholesky factor, that maps independent normal scores to correlated ones.
package struct TriangularFactor: Sendable, Equatable {
  /// The number of rows.
  package let size: Int
  /// The entries, row-major; those above the diagonal are never read.
  package let entries: [Double]

  /// The greatest magnitude that scores may have: that of a probability's normal score is at most 8.2095.
  package static let greatestScore = 8.25

  private let slices: FactorSlices

  /// A lower triangular matrix of `size * size` entries, row-major, such as `SymmetricMatrix.choleskyFactor()` gives.
  ///
  /// - Parameters:
  ///   - size: the number of rows.
  ///   - entries: row-major; those above the diagonal are not read.
  ///   - bound: the greatest magnitude of the scores that it will be applied to.
  package init(size: Int, entries: [Double], bound: Double = TriangularFactor.greatestScore) {
    precondition(size >= 0 && entries.count == size * size, "A square matrix has as many entries as rows times rows.")
    self.size = size
    self.entries = entries
    slices = FactorSlices(size: size, entries: entries, bound: bound)
    // Before threads work: loading sets variables of the environment. Pairs, which most factors are, may never be applied.
    if size > 2 { _ = OpenBLAS.shared }
  }

  /// scores = L scores, in place, by exact products of slices computed by OpenBLAS, see `FactorSlices`.
  ///
  /// The result has the same bits on every processor, for every version of OpenBLAS and every count. The error is at
  /// most 2^-50 times the sum of the row's absolute entries and of the draw's absolute scores, plus half a unit in the
  /// last place of the result: 1e-15 for a correlation matrix of a few rows. The method may be called concurrently,
  /// with one workspace per thread.
  ///
  /// - Parameters:
  ///   - scores: `size` rows of `count` draws, none beyond the factor's bound: with larger ones sums may be rounded, so that
  ///     last digits depend on the processor. Row r begins at `scores + r * stride`.
  ///   - stride: the distance of rows, at least `count`; off powers of two it is kinder to the caches.
  ///   - count: draws.
  ///   - workspace: memory for the slices of the factor and of the scores, of one worker.
  package func apply(
    to scores: UnsafeMutablePointer<Double>, stride: Int, count: Int, in workspace: ProductWorkspace
  ) {
    precondition(stride >= count, "Rows do not overlap.")
    guard size > 0, count > 0 else { return }
    let mostRows = min(size, FactorSlices.panelRows) * (slices.count + 2)
    let high = workspace.rows(2 * size + mostRows)
    let low = high + size * ProductWorkspace.stride
    let products = low + size * ProductWorkspace.stride
    for first in Swift.stride(from: 0, to: count, by: ProductWorkspace.draws) {
      let draws = min(ProductWorkspace.draws, count - first)
      split(scores + first, stride, draws, high, low)
      for panel in slices.panels {
        multiply(panel, slices.count * panel.rows, high, draws, into: products)
        let seconds = products + slices.count * panel.rows * ProductWorkspace.stride
        multiply(panel, 2 * panel.rows, low, draws, into: seconds)
        add(panel, products, seconds, draws, into: scores + first, stride)
      }
    }
  }

  /// The two slices of the scores: adding 1.5 * 2^(52 - bits) rounds a number to the nearest multiple of 2^-bits.
  private func split(
    _ scores: UnsafeMutablePointer<Double>, _ stride: Int, _ draws: Int, _ high: UnsafeMutablePointer<Double>,
    _ low: UnsafeMutablePointer<Double>
  ) {
    let first = scalbn(1.5, 52 - slices.scoreBits.first), second = scalbn(1.5, 52 - slices.scoreBits.second)
    for row in 0..<size {
      let (x, high, low) = (
        scores + row * stride, high + row * ProductWorkspace.stride, low + row * ProductWorkspace.stride
      )
      for draw in 0..<draws {
        let held = (x[draw] + first) - first
        high[draw] = held
        low[draw] = ((x[draw] - held) + second) - second
      }
    }
  }

  /// The leading rows of a panel's slices times a slice of the scores.
  private func multiply(
    _ panel: FactorSlices.Panel, _ rows: Int, _ scores: UnsafeMutablePointer<Double>, _ draws: Int,
    into products: UnsafeMutablePointer<Double>
  ) {
    OpenBLAS.shared.multiply(
      rows: rows, columns: draws, inner: panel.columns, panel.entries, scores, into: products,
      stride: ProductWorkspace.stride)
  }

  /// The sum over slices, smallest first.
  private func add(
    _ panel: FactorSlices.Panel, _ firsts: UnsafeMutablePointer<Double>, _ seconds: UnsafeMutablePointer<Double>,
    _ draws: Int, into scores: UnsafeMutablePointer<Double>, _ stride: Int
  ) {
    let slice = panel.rows * ProductWorkspace.stride
    for row in 0..<panel.rows {
      let (x, y) = (firsts + row * ProductWorkspace.stride, seconds + row * ProductWorkspace.stride)
      let (x2, x3, y2) = (x + slice, x + 2 * slice, y + slice)
      let out = scores + (panel.first + row) * stride
      if slices.count == 2 {
        for draw in 0..<draws { out[draw] = x[draw] + ((x2[draw] + y[draw]) + y2[draw]) }
      } else {
        for draw in 0..<draws { out[draw] = x[draw] + ((x2[draw] + y[draw]) + (x3[draw] + y2[draw])) }
      }
    }
  }
}
