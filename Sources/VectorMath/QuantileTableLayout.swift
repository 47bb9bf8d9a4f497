import CBlockKernels

/// The layout of a table over a probability u that keeps relative accuracy in both tails.
///
/// t = min(u, 1 - u), clamped to 2^-53 ... 1/2, selects the row: each octave 2^-53 ... 2^-52, …, 1/4 ... 1/2 is divided
/// into 2^cellsLog2 equal cells, and a last row is for t = 1/2 alone. The rows for u <= 1/2 come first, followed by the
/// same number for u > 1/2. A row is a `CellPolynomial` in the position of t within its cell: -1/2 at the cell's low
/// end in t.
///
/// With 4 cells per octave a table is 26 KiB; with 8 it is 52 KiB, and the error of a smooth quantile function is 2^8
/// times smaller. Half of all draws read only the first octave, so that the smaller table is no faster.
package struct QuantileTableLayout: Sendable, Hashable {
  /// The binary logarithm of the number of cells per octave.
  package let cellsLog2: Int

  /// A layout with 2^cellsLog2 cells per octave, 0 ... 6; by default 8 cells.
  package init(cellsLog2: Int = 3) {
    precondition((0...6).contains(cellsLog2), "A table has 1 to 64 cells an octave.")
    self.cellsLog2 = cellsLog2
  }

  /// The smallest tail probability that a draw can have.
  package static let smallestTail = 0x1p-53

  /// Rows on one side of 1/2.
  package var rowsPerSide: Int { (52 << cellsLog2) + 1 }

  /// The total number of rows.
  package var rowCount: Int { 2 * rowsPerSide }

  /// The total number of doubles.
  package var doubleCount: Int { rowCount * CellPolynomial.coefficientCount }

  /// The tail probabilities covered by a row.
  package struct Cell: Sendable, Hashable {
    /// Whether the row is for u = 1 - t > 1/2.
    package var isUpper: Bool
    /// The smallest tail probability.
    package var low: Double
    /// The width in tail probability; 0 for the rows of t = 1/2.
    package var width: Double

    /// The tail probability at a position -1/2 ... 1/2.
    package func tail(at position: Double) -> Double { low + (position + 0.5) * width }
  }

  /// The tail probabilities covered by a row.
  package func cell(ofRow row: Int) -> Cell {
    let isUpper = row >= rowsPerSide
    let index = isUpper ? row - rowsPerSide : row
    let octave = index >> cellsLog2
    guard octave < 52 else { return Cell(isUpper: isUpper, low: 0.5, width: 0) }
    let start = Double(sign: .plus, exponent: octave - 53, significand: 1)
    let width = start / Double(1 << cellsLog2)
    let place = index & ((1 << cellsLog2) - 1)
    return Cell(isUpper: isUpper, low: start + Double(place) * width, width: width)
  }

  /// The rows of a table, from a function of (tail probability, whether it is the upper one).
  ///
  /// The function is evaluated at `CellPolynomial.nodes` of every cell, and once per side at t = 1/2.
  package func rows(of function: (_ tail: Double, _ isUpper: Bool) -> Double) -> [Double] {
    var rows: [Double] = []
    rows.reserveCapacity(doubleCount)
    for row in 0..<rowCount {
      let cell = cell(ofRow: row)
      if cell.width == 0 {
        rows += [function(0.5, cell.isUpper)] + [Double](repeating: 0, count: CellPolynomial.coefficientCount - 1)
      } else {
        let values = CellPolynomial.nodes.map { function(cell.tail(at: $0), cell.isUpper) }
        rows += CellPolynomial.coefficients(through: values)
      }
    }
    return rows
  }
}

extension Columns {
  /// out = the tabulated function of u; NaN where u is NaN.
  ///
  /// - Parameters:
  ///   - layout: the table.
  ///   - out: the results.
  ///   - u: the probabilities.
  ///   - count: the number of values.
  ///   - rows: `layout.doubleCount` doubles.
  /// - Returns: whether no result is NaN.
  @discardableResult
  package static func lookUp(
    _ rows: UnsafePointer<Double>, _ layout: QuantileTableLayout, at u: Column, into out: MutableColumn, count: Int
  ) -> Bool {
    lc_octave_table(rows, Int32(layout.cellsLog2), u, out, count) == 0
  }
}
