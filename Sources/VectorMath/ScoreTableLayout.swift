import CBlockKernels

/// The layout of a table over a normal score z: equal cells over -8.25 ... 8.25.
///
/// This covers all scores of probabilities in 2^-53 ... 1 - 2^-53; scores beyond are clamped. A row is a
/// `CellPolynomial` in the position of z within its cell.
package struct ScoreTableLayout: Sendable, Hashable {
  /// Cells per unit of z.
  package let cellsPerUnit: Int

  /// A layout with a number of cells per unit, a multiple of 4; by default 16.
  package init(cellsPerUnit: Int = 16) {
    precondition(
      cellsPerUnit > 0 && cellsPerUnit <= 1024 && cellsPerUnit % 4 == 0, "A unit of z has 4, 8, … 1024 cells.")
    self.cellsPerUnit = cellsPerUnit
  }

  /// The scores covered.
  package static let range = -8.25...8.25

  /// The total number of rows.
  package var rowCount: Int { cellsPerUnit * 33 / 2 }

  /// The total number of doubles.
  package var doubleCount: Int { rowCount * CellPolynomial.coefficientCount }

  /// The score at a position -1/2 ... 1/2 within a row's cell.
  package func score(ofRow row: Int, at position: Double) -> Double {
    Self.range.lowerBound + (Double(row) + 0.5 + position) / Double(cellsPerUnit)
  }

  /// The rows of a table, from a function of the score, which is evaluated at `CellPolynomial.nodes` of every cell.
  package func rows(of function: (_ score: Double) -> Double) -> [Double] {
    (0..<rowCount).flatMap { row in
      CellPolynomial.coefficients(through: CellPolynomial.nodes.map { function(score(ofRow: row, at: $0)) })
    }
  }
}

extension Columns {
  /// out = the tabulated function of z; NaN where z is NaN.
  ///
  /// - Parameters:
  ///   - layout: the table.
  ///   - out: the results.
  ///   - z: the normal scores.
  ///   - count: the number of values.
  ///   - rows: `layout.doubleCount` doubles.
  /// - Returns: whether no result is NaN.
  @discardableResult
  package static func lookUp(
    _ rows: UnsafePointer<Double>, _ layout: ScoreTableLayout, at z: Column, into out: MutableColumn, count: Int
  ) -> Bool {
    lc_even_table(
      rows, layout.rowCount, ScoreTableLayout.range.lowerBound, Double(layout.cellsPerUnit), z, out, count) == 0
  }
}
